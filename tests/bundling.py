"""A bundle for tests: the birth of a child, by the starter catalogue's own procedures, filled in by An."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from motcua.catalogue import actions as catalogue
from motcua.catalogue import starter
from motcua.catalogue.bundles import Bundle, bundles
from motcua.catalogue.models import PaperRequirement, ProcedureVersion
from motcua.dossiers import actions
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By, Status
from motcua.dossiers.models import Dossier, FiledBundle
from tests.world import LONG_AGO, World, document, vn

BIRTH = "sinh-con"
BEGUN, FILED = vn("2026-11-02 08:00"), vn("2026-11-02 08:30")
APPLICANT = {
    "applicant.full_name": "Nguyễn Hoài An", "applicant.identity_number": "046196000214",
    "applicant.phone": "0912000371", "applicant.address": "12/7 kiệt 84 Lâm Hoằng",
}  # fmt: skip
REQUESTER = {
    "form_data.requester_full_name": "Nguyễn Hoài An", "form_data.requester_identity_number": "046196000214",
    "form_data.requester_phone": "0912000371", "form_data.requester_address": "12/7 kiệt 84 Lâm Hoằng",
}  # fmt: skip
CHILD = {"full_name": "Nguyễn Minh Khôi", "birth_on": "2026-10-20", "gender": "male"}
SAID: dict[str, dict[str, Any]] = {
    "khai-sinh": {
        "answers.birth_paper": "certificate", "answers.in_time": "yes", "answers.wants_copies": "no",
        **{f"form_data.child_{name}": value for name, value in CHILD.items()},
        "form_data.child_birth_place": "Bệnh viện Trung ương Huế", "form_data.child_hometown": "Thành phố Huế",
        "form_data.child_ethnicity": "Kinh", "form_data.child_nationality": "VN",
        "form_data.mother_full_name": "Nguyễn Hoài An", "form_data.mother_birth_on": "1996-03-12",
        "form_data.mother_ethnicity": "Kinh", "form_data.mother_residence": "12/7 kiệt 84 Lâm Hoằng",
        "form_data.requester_relation": "mother",
    },
    "thuong-tru": {
        **{f"form_data.person_{name}": value for name, value in CHILD.items()},
        "form_data.residence_address": "12/7 kiệt 84 Lâm Hoằng", "form_data.head_full_name": "Nguyễn Văn Ông",
        "form_data.head_identity_number": "046060000111", "form_data.head_relation": "cháu",
    },
    "bao-hiem": {
        **{f"form_data.person_{name}": value for name, value in CHILD.items()},
        "form_data.residence_address": "12/7 kiệt 84 Lâm Hoằng", "form_data.hospital": "Trạm Y tế phường Vỹ Dạ",
    },
}  # fmt: skip


def load_members(code: str = BIRTH) -> Bundle:
    """Publish the procedures of a bundle from the starter catalogue, and no others."""
    bundle = bundles()[code]
    wanted = {member.procedure for member in bundle.members}
    records = [record for _path, record in starter.records() if record["code"] in wanted]
    catalogue.write_contents(contents=[starter.content_of(one) for one in records], origin="starter", at=LONG_AGO)
    return bundle


def begun(world: World, at: datetime = BEGUN) -> FiledBundle:
    """Begin the bundle with everything said, and the one paper that is asked for."""
    bundle = load_members()
    versions = {member.key: ProcedureVersion.objects.get(procedure__code=member.procedure) for member in bundle.members}
    known = {key: {**APPLICANT, **REQUESTER, **said, "answers.commune": "19900"} for key, said in SAID.items()}
    row = actions.start_bundle(
        bundle=bundle, versions=versions, known=known, citizen=world.an, at=at, filing_key=uuid4()
    )
    birth = member_of(row, "khai-sinh")
    paper = PaperRequirement.objects.get(group__version=birth.version, code="000.00.00.G15-KQ004389")
    actions.attach_paper(
        dossier_id=birth.pk, requirement=paper, document=document("chung-sinh.pdf"), name=paper.name, at=at
    )
    return row


def filed(world: World, at: datetime = FILED) -> FiledBundle:
    """File it: each member goes, or would go, to the world's own units."""
    row = begun(world)
    units = {key: world.units for key in SAID}
    return actions.file_bundle(bundle_id=row.pk, units=units, actor=world.citizen, at=at)


def member_of(row: FiledBundle, key: str) -> Dossier:
    return Dossier.objects.get(bundle_member__bundle=row, bundle_member__key=key)


def finish_birth(world: World, row: FiledBundle, at: datetime, number: str = "101/2026") -> Dossier:
    """Take the birth to its result, through the world's officers."""
    birth = member_of(row, "khai-sinh")
    counter = world.actor(By.COUNTER)
    if birth.status == Status.SUBMITTED:  # one taken in at the counter is received already
        actions.accept(dossier_id=birth.pk, actor=counter, at=at)
    actions.hand_over(dossier_id=birth.pk, actor=counter, at=at)
    while (step := birth.steps.get(done_at=None)).kind != "return":
        post = world.posts[step.role]
        by = {"work": By.OFFICER, "sign": By.SIGNER, "issue": By.CLERK}[step.kind]
        who: dict[str, Any] = {"dossier_id": birth.pk, "actor": Actor(by, post.officer_id, post.unit_id), "at": at}
        if step.kind == "work":
            actions.complete_step(**who, draft=document("khai-sinh.pdf"))
        elif step.kind == "sign":
            actions.sign_off(**who)
        else:
            actions.issue(**who, number=number)
    return Dossier.objects.get(pk=birth.pk)
