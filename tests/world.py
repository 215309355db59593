"""A small world for tests: a commune with its centre and division, its officers, three people, one procedure.

Three people recur: An files, Bình works at the counter, Chi must see nothing. Dossiers are made through the actions.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import count
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from motcua.base.text import fold
from motcua.catalogue.models import (
    Case,
    FeeRule,
    Field,
    PaperGroup,
    PaperRequirement,
    Procedure,
    ProcedureVersion,
)
from motcua.documents.models import Document, StoredFile
from motcua.dossiers import actions
from motcua.dossiers.actions.returning import Receiver
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Paper
from motcua.dossiers.papers import unseen_papers
from motcua.people.models import (
    Agency,
    CalendarDay,
    CalendarSession,
    CalendarVersion,
    Citizen,
    Officer,
    Place,
    Post,
    User,
    WorkingCalendar,
)
from motcua.people.roles import Role
from motcua.people.vietnam_days import days_of_vietnam

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

PROCESS = {
    "steps": [
        {
            "code": "appraise", "name": "Thẩm định", "kind": "work", "unit": "resolving", "role": "specialist",
            "hours": 24, "produces": "Dự thảo", "next": [{"to": "check"}],
        },
        {
            "code": "check", "name": "Kiểm tra", "kind": "work", "unit": "resolving", "role": "division_head",
            "hours": 8, "produces": "", "next": [{"to": "sign"}],
        },
        {
            "code": "sign", "name": "Ký duyệt", "kind": "sign", "unit": "competent", "role": "signer",
            "hours": 8, "produces": "", "next": [{"to": "issue"}],
        },
        {
            "code": "issue", "name": "Phát hành", "kind": "issue", "unit": "competent", "role": "clerk",
            "hours": 4, "produces": "Giấy phép", "next": [],
        },
    ]
}  # fmt: skip

FORM = {
    "type": "object",
    "properties": {
        "address": {"type": "string", "title": "Địa điểm xây dựng", "minLength": 3},
        "floors": {"type": "integer", "title": "Số tầng", "minimum": 1, "maximum": 60},
    },
    "required": ["address", "floors"],
    "additionalProperties": False,
}
FORM_UI = {
    "groups": [{"key": "building", "title": "Công trình", "fields": ["address", "floors"]}],
    "fields": {"address": {"hint": "Số nhà, đường", "widget": "text"}, "floors": {"widget": "number"}},
}
QUESTIONS = [
    {
        "key": "neighbour",
        "label": "Có nhà nào sát bên không?",
        "hint": "",
        "options": [{"value": "yes", "label": "Có"}, {"value": "no", "label": "Không"}],
    }
]


def vn(text: str) -> datetime:
    """Return the moment a clock in Vietnam shows: «2026-11-20 09:10»."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@dataclass
class World:
    """What a test needs to name."""

    commune: Agency
    centre: Agency
    division: Agency
    elsewhere: Agency
    version: ProcedureVersion
    drawing: PaperRequirement
    promise: PaperRequirement
    an: Citizen
    chi: Citizen
    posts: dict[str, Post]

    def actor(self, by: By) -> Actor:
        """Return the officer of this world who acts in that capacity."""
        post = self.posts[_ROLE_OF[by]]
        return Actor(by=by, officer_id=post.officer_id, unit_id=post.unit_id)

    @property
    def citizen(self) -> Actor:
        return Actor(by=By.CITIZEN, citizen_id=self.an.pk)

    @property
    def units(self) -> actions.Units:
        return actions.Units(receiving=self.centre, competent=self.commune, resolving=self.division)


_ROLE_OF = {
    By.COUNTER: Role.RECEPTIONIST,
    By.RETURNER: Role.RECEPTIONIST,
    By.OFFICER: Role.SPECIALIST,
    By.LEADER: Role.DIVISION_HEAD,
    By.SIGNER: Role.SIGNER,
    By.CLERK: Role.CLERK,
    By.APPROVER: Role.SIGNER,
    By.ADVISER: "elsewhere",
    By.PLANNER: Role.SIGNER,
}


def make_world(
    *,
    term: tuple[int, str] = (7, "working_days"),
    second_case: bool = False,
    untimed_case: bool = False,
    **version_says: Any,
) -> World:
    """Make the world; called once per test that needs it. `version_says`: columns of the procedure's version."""
    commune, centre, division, elsewhere = _agencies()
    version, drawing, promise = _procedure(term, version_says, second_case=second_case, untimed_case=untimed_case)
    posts = {
        Role.RECEPTIONIST: _post("Trần Quốc Bình", centre, Role.RECEPTIONIST),
        Role.SPECIALIST: _post("Hoàng Thị Mỹ Linh", division, Role.SPECIALIST),
        Role.DIVISION_HEAD: _post("Lê Đức Hải", division, Role.DIVISION_HEAD),
        Role.SIGNER: _post("Võ Đình Khải", commune, Role.SIGNER),
        Role.CLERK: _post("Phan Thu Trang", commune, Role.CLERK),
        "elsewhere": _post("Đỗ Văn Nơi Khác", elsewhere, Role.SPECIALIST),
    }
    return World(
        commune, centre, division, elsewhere, version, drawing, promise,
        an=_citizen("Nguyễn Hoài An", "046196000214", "0912000371"),
        chi=_citizen("Lê Thị Chi", "046196000999", "0912000999"),
        posts=posts,
    )  # fmt: skip


def world_again() -> World:
    """Return the world that another process made in this database."""
    codes = ("H57.31.12", "H57.31.12.1", "H57.31.12.2", "H57.31.13")
    commune, centre, division, elsewhere = (Agency.objects.get(code=code) for code in codes)
    drawing, promise = (PaperRequirement.objects.get(code=code) for code in ("BV", "CK"))
    posts = {post.role: post for post in Post.objects.exclude(unit=elsewhere)}
    return World(
        commune, centre, division, elsewhere, drawing.group.version, drawing, promise,
        an=Citizen.objects.get(identity_number="046196000214"), chi=Citizen.objects.get(identity_number="046196000999"),
        posts=posts | {"elsewhere": Post.objects.get(unit=elsewhere)},
    )  # fmt: skip


def _agencies() -> tuple[Agency, Agency, Agency, Agency]:
    calendar = make_calendar()
    place = Place.objects.create(code="19900", name="Phường Vỹ Dạ", level="commune")
    other_place = Place.objects.create(code="19901", name="Phường Phú Xuân", level="commune")
    commune = _agency("H57.31.12", "UBND phường Vỹ Dạ", "commune", place=place, calendar=calendar)
    centre = _agency("H57.31.12.1", "Trung tâm Phục vụ hành chính công phường Vỹ Dạ", "commune_centre", parent=commune)
    division = _agency("H57.31.12.2", "Phòng Kinh tế, Hạ tầng và Đô thị", "division", parent=commune, subject="economy")
    elsewhere = _agency("H57.31.13", "UBND phường Phú Xuân", "commune", place=other_place, calendar=calendar)
    return commune, centre, division, elsewhere


def make_calendar() -> WorkingCalendar:
    """Make the national working calendar with its days off."""
    calendar = WorkingCalendar.objects.create(code="vn", name="Lịch chung")
    version = CalendarVersion.objects.create(calendar=calendar, number=1, published_at=LONG_AGO)
    sessions = [(time(7), time(11, 30)), (time(13, 30), time(17))]
    CalendarSession.objects.bulk_create(
        CalendarSession(version=version, weekday=weekday, opens=opens, closes=closes)
        for weekday in range(5)
        for opens, closes in sessions
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(version=version, on=day.on, kind=day.kind, name=day.name) for day in days_of_vietnam()
    )
    return calendar


def _agency(code: str, name: str, type_: str, *, parent: Agency | None = None, **extra: object) -> Agency:
    agency = Agency.objects.create(code=code, name=name, short_name=name, type=type_, parent=parent, **extra)
    agency.path = [*(parent.path if parent else []), agency.pk]
    agency.save(update_fields=["path"])
    return agency


def _post(name: str, unit: Agency, role: str) -> Post:
    email = f"{fold(name).replace(' ', '.')}@vidu.vn"
    user = User.objects.create_user(email=email, password="mat-khau-dai", full_name=name)
    officer = Officer.objects.create(user=user, full_name=name)
    return Post.objects.create(officer=officer, unit=unit, role=role, valid_from=date(2020, 1, 1))


def _citizen(name: str, identity: str, phone: str) -> Citizen:
    email = f"{fold(name).replace(' ', '.')}@vidu.vn"
    user = User.objects.create_user(email=email, phone=phone, password="mat-khau-dai", full_name=name)
    return Citizen.objects.create(
        user=user, full_name=name, folded_name=fold(name), identity_number=identity, phone=phone, email=email,
        birth_on=date(1996, 3, 12), gender="female", address="12/7 kiệt 84 Lâm Hoằng, phường Vỹ Dạ",
    )  # fmt: skip


def _procedure(
    term: tuple[int, str], says: Mapping[str, object], *, second_case: bool, untimed_case: bool = False
) -> tuple[ProcedureVersion, PaperRequirement, PaperRequirement]:
    field = Field.objects.create(code="G17-XD11", name="Hoạt động xây dựng")
    procedure = Procedure.objects.create(code="1.013225", field=field, aliases=["giấy phép xây nhà"])
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=1, origin="province", created_at=LONG_AGO, name="Cấp giấy phép xây dựng nhà ở riêng lẻ",
        plain_name="Xin giấy phép xây nhà ở riêng lẻ", desk_name="Xây nhà ở riêng lẻ", levels=["commune"],
        competent_subject="economy", online_level="full", questions=QUESTIONS, form_schema=FORM, form_ui=FORM_UI,
        results=[{"code": "GPXD", "name": "Giấy phép xây dựng"}], **{"process": PROCESS, "after_pause": "resume", **says},
    )  # fmt: skip
    Case.objects.create(
        version=version, code="1.013225.01", name="Nhà ở riêng lẻ", term_quantity=term[0], term_unit=term[1]
    )
    if second_case:
        Case.objects.create(
            version=version, code="1.013225.02", position=2, name="Nhà ở có tầng hầm", term_quantity=15,
            term_unit="working_days",
        )  # fmt: skip
    if untimed_case:
        Case.objects.create(version=version, code="1.013225.03", position=3, name="Nhà trong khu di tích")
    always = PaperGroup.objects.create(version=version, position=1, rule="all_of", title="Giấy tờ phải nộp")
    PaperRequirement.objects.create(
        group=always, position=1, code="DON", name="Đơn đề nghị cấp giấy phép", from_form=True
    )
    drawing = PaperRequirement.objects.create(group=always, position=2, code="BV", name="Bản vẽ thiết kế xây dựng")
    beside = PaperGroup.objects.create(version=version, position=2, rule="if", condition={"neighbour": ["yes"]})
    promise = PaperRequirement.objects.create(
        group=beside, position=1, code="CK", name="Bản cam kết an toàn công trình liền kề"
    )
    FeeRule.objects.create(version=version, name="Lệ phí cấp giấy phép", kind="charge", amount_vnd=75000)
    version.state, version.published_at = "published", LONG_AGO
    version.save()
    return version, drawing, promise


def another_procedure(
    world: World, *, code: str, papers: Mapping[str, str] = MappingProxyType({}), fee_vnd: int = 0,
    term: tuple[int, str] = (10, "working_days"), **says: Any,
) -> ProcedureVersion:  # fmt: skip
    """Publish a second procedure of the world's field and form; `papers`: code → name of those it asks for."""
    procedure = Procedure.objects.create(code=code, field=world.version.procedure.field)
    named = {"name": "Cấp giấy phép sửa chữa, cải tạo nhà ở", "plain_name": "Xin giấy phép sửa nhà"} | says
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=1, origin="province", created_at=LONG_AGO, levels=["commune"],
        competent_subject="economy", online_level="full", questions=QUESTIONS, form_schema=FORM, form_ui=FORM_UI,
        results=[{"code": "GPXD", "name": "Giấy phép xây dựng"}], process=PROCESS, after_pause="resume", **named,
    )  # fmt: skip
    Case.objects.create(version=version, code=f"{code}.01", name="Sửa nhà", term_quantity=term[0], term_unit=term[1])
    group = PaperGroup.objects.create(version=version, position=1, rule="all_of", title="Giấy tờ phải nộp")
    for position, (paper, name) in enumerate(papers.items(), start=1):
        PaperRequirement.objects.create(group=group, position=position, code=paper, name=name)
    if fee_vnd:
        FeeRule.objects.create(version=version, name="Lệ phí sửa nhà", kind="charge", amount_vnd=fee_vnd)
    version.state, version.published_at = "published", LONG_AGO
    version.save()
    return version


_DIGESTS = count(os.getpid() * 10**9)  # also when several threads or processes make documents at once


def document(name: str = "ban-ve.pdf") -> Document:
    """Make a stored document without going through an upload."""
    digest = f"{next(_DIGESTS):064x}"
    stored = StoredFile.objects.create(
        sha256=digest, size_bytes=1000, media_type="application/pdf", pages=1, created_at=LONG_AGO
    )  # fmt: skip
    return Document.objects.create(file=stored, title=name, original_name=name, source="upload", created_at=LONG_AGO)


# --- lives: each function takes a dossier one stage further ----------------------------------------------------------------


def a_draft(world: World, at: datetime, *, neighbour: str = "yes") -> Dossier:
    """Return a complete draft of An's."""
    draft = actions.start_draft(version=world.version, filed_by=world.an, owner=world.an, channel="online", at=at)
    fields = {"answers.neighbour": neighbour, "form_data.address": "12/7 kiệt 84 Lâm Hoằng", "form_data.floors": 2}
    actions.save_draft(dossier_id=draft.pk, base_revision=0, fields=fields, at=at)
    actions.attach_paper(
        dossier_id=draft.pk, requirement=world.drawing, document=document(), name=world.drawing.name, at=at
    )
    if neighbour == "yes":
        actions.attach_paper(
            dossier_id=draft.pk, requirement=world.promise, document=document(), name=world.promise.name, at=at
        )
    return Dossier.objects.get(pk=draft.pk)


def submitted(world: World, at: datetime) -> Dossier:
    """Return a dossier filed online."""
    draft = a_draft(world, at)
    return actions.file(dossier_id=draft.pk, units=world.units, actor=world.citizen, at=at)


def accepted(world: World, filed_at: datetime, at: datetime) -> Dossier:
    dossier = submitted(world, filed_at)
    return actions.accept(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=at)


def in_process(world: World, filed_at: datetime, accepted_at: datetime, at: datetime) -> Dossier:
    dossier = accepted(world, filed_at, accepted_at)
    return actions.hand_over(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=at)


def complete(
    world: World, dossier: Dossier, at: datetime, *, by: By = By.OFFICER, draft: Document | None = None
) -> Dossier:
    """Complete the running work step as the officer whose role it needs."""
    step = dossier.steps.get(done_at=None)
    post = world.posts[step.role]
    actor = Actor(by=by, officer_id=post.officer_id, unit_id=post.unit_id)
    return actions.complete_step(dossier_id=dossier.pk, actor=actor, at=at, draft=draft)


def returned(world: World, moments: list[datetime]) -> Dossier:
    """Take a dossier the whole way through eight moments: file, accept, hand over, two steps, sign, issue, return."""
    filed_at, accepted_at, handed_at, worked_at, checked_at, signed_at, issued_at, returned_at = moments
    dossier = in_process(world, filed_at, accepted_at, handed_at)
    complete(world, dossier, worked_at, draft=document("du-thao.pdf"))
    complete(world, dossier, checked_at)
    actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=signed_at)
    actions.issue(dossier_id=dossier.pk, actor=world.actor(By.CLERK), at=issued_at, number="12/GPXD")
    return actions.return_result(
        dossier_id=dossier.pk, actor=world.actor(By.RETURNER), at=returned_at,
        receiver=Receiver(name="Nguyễn Hoài An", identity="046196000214"),
    )  # fmt: skip


def judged(paper: Paper, verdict: str, fault: str = "", **more: str) -> None:
    """Judge a paper as an officer of the running step, at the moment the step began; `more`: its code and guidance."""
    step = paper.dossier.steps.get(done_at=None, is_beside=False)
    post = Post.objects.filter(unit=step.unit, role=step.role).order_by("pk")[0]
    by = By.COUNTER if step.kind == "reception" else By.OFFICER
    actions.judge_paper(
        dossier_id=paper.dossier_id, paper_id=paper.pk, verdict=verdict, fault=fault, at=step.received_at,
        actor=Actor(by=by, officer_id=post.officer_id, unit_id=post.unit_id), **more,
    )  # fmt: skip


def faulty(paper: Paper, fault: str, **more: str) -> None:
    """Judge a paper faulty as an officer who holds it, and pass the others nobody has looked at."""
    judged(paper, "faulty", fault, **more)
    for other in unseen_papers(paper.dossier):
        judged(other, "good")
