"""Taking in at the counter: one transaction from the person to the slip, and what is said when something is missing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import connection

from motcua.base.models import Reading
from motcua.catalogue.actions import draft_next, publish_version
from motcua.catalogue.models import PaperGroup, PaperRequirement
from motcua.documents.models import Document, StoredFile
from motcua.dossiers import actions
from motcua.dossiers.actions import CounterPaper, Intake, Scan
from motcua.dossiers.actions.filing import FilingNotReady
from motcua.dossiers.actions.intake import promise
from motcua.dossiers.actions.supplements import NothingAsked
from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import Dossier, DossierEvent, Paper
from motcua.dossiers.verification import disagreements
from motcua.people.identity import BadIdentityNumber
from motcua.people.models import Citizen
from tests.world import LONG_AGO, World, vn

pytestmark = pytest.mark.django_db
AT = vn("2026-11-20 09:34")
KEY = UUID("1f8b0c9e-2d0a-4a55-9a1c-0f5a2f7f6a11")


def intake_of(world: World, *papers: CounterPaper, **changed: object) -> Intake:
    """Return An's dossier as the counter keys it in: complete with the two papers of somebody who has a neighbour."""
    given = papers or (CounterPaper(world.drawing, True, 2, 1), CounterPaper(world.promise, True, 1, 0))
    intake = Intake(
        filing_key=KEY, version=world.version, person=world.an, units=world.units, answers={"neighbour": "yes"},
        form_data={"address": "12/7 kiệt 84 Lâm Hoằng", "floors": 2}, papers=given, declared={},
        subject="12/7 kiệt 84 Lâm Hoằng",
    )  # fmt: skip
    return replace(intake, **changed)  # type: ignore[arg-type]


def with_data(world: World) -> tuple[World, PaperRequirement]:
    """Publish a next version that also has a paper which data replace; return the world with it, and that paper."""
    draft = draft_next(procedure=world.version.procedure, at=LONG_AGO)
    group = PaperGroup.objects.create(version=draft, position=3, rule="all_of")
    card = PaperRequirement.objects.create(
        group=group, position=1, code="CC", name="Thẻ căn cước", kind="show", replaced_by_data="csdl_dan_cu"
    )
    version = publish_version(version=draft, at=LONG_AGO, actor=None)
    papers = {paper.code: paper for paper in PaperRequirement.objects.filter(group__version=version)}
    return replace(world, version=version, drawing=papers["BV"], promise=papers["CK"]), card


def with_alternatives(world: World) -> tuple[World, list[PaperRequirement]]:
    """Publish a next version that also wants one of two papers; return the world with it, and the two."""
    draft = draft_next(procedure=world.version.procedure, at=LONG_AGO)
    group = PaperGroup.objects.create(version=draft, position=3, rule="one_of")
    both = [
        PaperRequirement.objects.create(group=group, position=number, code=f"Q{number}", name=f"Giấy quyền {number}")
        for number in (1, 2)
    ]
    version = publish_version(version=draft, at=LONG_AGO, actor=None)
    papers = {paper.code: paper for paper in PaperRequirement.objects.filter(group__version=version)}
    return replace(world, version=version, drawing=papers["BV"], promise=papers["CK"]), both


def noted(world: World, **changed: object) -> Dossier:
    """Note that both papers are missing, and nothing else."""
    papers = (CounterPaper(world.drawing, False), CounterPaper(world.promise, False))
    intake = intake_of(world, *papers, **{"form_data": {}, "subject": "", **changed})
    return actions.note_missing(intake=intake, actor=world.actor(By.COUNTER), at=AT)


def given(dossier: Dossier) -> list[tuple[str, str, int, int]]:
    rows = dossier.papers.order_by("position")
    return list(rows.values_list("requirement__code", "source", "original_count", "copy_count"))


def test_taking_in_starts_the_clock_and_gives_the_receipt(world: World) -> None:
    dossier = actions.take_in(intake=intake_of(world), actor=world.actor(By.COUNTER), at=AT)

    assert (dossier.code, dossier.status, dossier.channel) == ("H57.31.12-261120-0001", Status.RECEIVED, "counter")
    assert (dossier.received_at, dossier.due_at) == (AT, vn("2026-12-02 17:00"))
    assert (dossier.filed_by, dossier.owner, dossier.subject) == (world.an, world.an, "12/7 kiệt 84 Lâm Hoằng")
    assert dossier.applicant["phone"] == "0912000371"
    assert [event.move for event in dossier.events.all()] == ["take_in"]
    assert [slip.form for slip in dossier.slips.all()] == ["01"]
    assert dossier.steps.get(done_at=None).code == "hand_over"
    assert list(disagreements(Dossier.objects.all())) == []


def test_papers_are_counted_as_they_lie_on_the_counter(world: World) -> None:
    dossier = actions.take_in(intake=intake_of(world), actor=world.actor(By.COUNTER), at=AT)

    assert given(dossier) == [("DON", "form", 0, 0), ("BV", "paper", 2, 1), ("CK", "paper", 1, 0)]


def test_a_scan_becomes_a_document_of_the_citizen(world: World) -> None:
    stored = StoredFile.objects.create(
        sha256="a" * 64, size_bytes=9, media_type="application/pdf", pages=1, created_at=AT
    )
    papers = (CounterPaper(world.drawing, True, 1, 0, Scan(stored, "quet.pdf")), CounterPaper(world.promise, True, 1))

    dossier = actions.take_in(intake=intake_of(world, *papers), actor=world.actor(By.COUNTER), at=AT)

    document = dossier.papers.get(requirement=world.drawing).document
    assert document is not None
    assert (document.owner, document.source, document.title) == (world.an, "scan", "Bản vẽ thiết kế xây dựng")
    assert document.created_by == world.posts["receptionist"].officer.user


def test_a_new_person_becomes_known_with_the_dossier(world: World) -> None:
    person = {"full_name": "Phạm Thị Quỳnh Như", "identity_number": "046196000777", "phone": "0912000777"}

    dossier = actions.take_in(intake=intake_of(world, person=person), actor=world.actor(By.COUNTER), at=AT)

    assert dossier.owner == Citizen.objects.get(identity_number="046196000777")
    assert dossier.applicant["full_name"] == "Phạm Thị Quỳnh Như"


def test_what_is_declared_today_stands_in_the_dossier_only(world: World) -> None:
    declared = {"phone": "0912000555", "address": ""}

    dossier = actions.take_in(intake=intake_of(world, declared=declared), actor=world.actor(By.COUNTER), at=AT)

    world.an.refresh_from_db()
    assert dossier.applicant["phone"] == "0912000555"
    assert dossier.applicant["address"] == world.an.address
    assert world.an.phone == "0912000371"


def test_everything_missing_is_said_at_once_and_nothing_is_written(world: World) -> None:
    incomplete = intake_of(world, CounterPaper(world.drawing, False), form_data={"floors": 2})
    person = {"full_name": "Phạm Thị Quỳnh Như", "phone": "0912000777"}

    with pytest.raises(FilingNotReady) as refused:
        actions.take_in(intake=replace(incomplete, person=person), actor=world.actor(By.COUNTER), at=AT)

    assert [problem.where for problem in refused.value.problems] == ["form_data.address", "paper:102", "paper:201"]
    assert Dossier.objects.count() == 0
    assert not Citizen.objects.filter(phone="0912000777").exists()


def test_a_wrong_identity_number_of_a_new_person_writes_nothing(world: World) -> None:
    person = {"full_name": "Phạm Thị Quỳnh Như", "identity_number": "123"}

    with pytest.raises(BadIdentityNumber):
        actions.take_in(intake=intake_of(world, person=person), actor=world.actor(By.COUNTER), at=AT)

    assert Dossier.objects.count() == 0


def test_a_form_posted_twice_files_once(world: World) -> None:
    first = actions.take_in(intake=intake_of(world), actor=world.actor(By.COUNTER), at=AT)

    with pytest.raises(actions.AlreadyFiled) as again:
        actions.turn_away(intake=intake_of(world), actor=world.actor(By.COUNTER), at=AT, reason="Nhầm")

    assert again.value.dossier == first
    assert Dossier.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_posted_twice_at_once_files_once(world: World) -> None:
    def post(_number: int) -> str:
        try:
            return actions.take_in(intake=intake_of(world), actor=world.actor(By.COUNTER), at=AT).code or ""
        except actions.AlreadyFiled as filed:
            return f"again {filed.dossier.code}"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(post, range(2)))

    assert sorted(answers) == ["H57.31.12-261120-0001", "again H57.31.12-261120-0001"]
    assert DossierEvent.objects.count() == 1


def test_another_form_files_another_dossier(world: World) -> None:
    codes = [
        actions.take_in(intake=intake_of(world, filing_key=uuid4()), actor=world.actor(By.COUNTER), at=AT).code
        for _ in range(2)
    ]

    assert codes == ["H57.31.12-261120-0001", "H57.31.12-261120-0002"]


def test_a_paper_with_a_fault_noted_is_not_taken_in(world: World) -> None:
    papers = (CounterPaper(world.drawing, True, 1, fault="Thiếu mặt cắt"), CounterPaper(world.promise, True, 1))

    with pytest.raises(FilingNotReady) as refused:
        actions.take_in(intake=intake_of(world, *papers), actor=world.actor(By.COUNTER), at=AT)

    assert [problem.text for problem in refused.value.problems] == ["Còn điều cần sửa ở: Bản vẽ thiết kế xây dựng"]


def test_noting_missing_papers_asks_for_all_at_once(world: World) -> None:
    papers = (CounterPaper(world.drawing, True, 1, fault="Thiếu mặt cắt"), CounterPaper(world.promise, False))

    dossier = actions.note_missing(intake=intake_of(world, *papers), actor=world.actor(By.COUNTER), at=AT)

    supplement = dossier.supplements.get()
    assert (dossier.status, dossier.due_at) == (Status.INCOMPLETE, None)
    assert [(item["name"], item["fault"]) for item in supplement.items] == [
        ("Bản vẽ thiết kế xây dựng", "Thiếu mặt cắt"), ("Bản cam kết an toàn công trình liền kề", "Chưa nộp."),
    ]  # fmt: skip
    assert supplement.reason == (
        "Còn thiếu hoặc cần sửa: Bản vẽ thiết kế xây dựng; Bản cam kết an toàn công trình liền kề."
    )
    assert [slip.form for slip in dossier.slips.all()] == ["02"]
    assert list(disagreements(Dossier.objects.all())) == []


def test_noting_missing_papers_needs_no_form(world: World) -> None:
    dossier = noted(world)

    assert (dossier.status, dossier.form_data) == (Status.INCOMPLETE, {})
    assert [slip.form for slip in dossier.slips.all()] == ["02"]
    assert list(disagreements(Dossier.objects.all())) == []


def test_noting_missing_papers_keeps_who_found_them_missing(world: World) -> None:
    papers = noted(world).papers.filter(verdict="faulty")

    assert set(papers.values_list("judged_by", "judged_at")) == {(world.posts["receptionist"].officer_id, AT)}


def test_noting_missing_papers_needs_what_decides_about_papers(world: World) -> None:
    with pytest.raises(FilingNotReady) as refused:
        noted(world, answers={})

    assert [(problem.where, problem.text) for problem in refused.value.problems] == [
        ("answers.neighbour", "Hãy trả lời để phiếu nêu đủ giấy tờ trong một lần: Có nhà nào sát bên không?")
    ]
    assert Dossier.objects.count() == 0


def test_nothing_is_asked_for_when_nothing_is_missing(world: World) -> None:
    with pytest.raises(NothingAsked):
        actions.note_missing(intake=intake_of(world), actor=world.actor(By.COUNTER), at=AT)

    assert Dossier.objects.count() == 0


def test_turning_away_needs_a_reason_and_little_else(world: World) -> None:
    intake = intake_of(world, CounterPaper(world.drawing, False), answers={}, form_data={})
    with pytest.raises(MoveNotAllowed):
        actions.turn_away(intake=intake, actor=world.actor(By.COUNTER), at=AT, reason=" ")

    dossier = actions.turn_away(intake=intake, actor=world.actor(By.COUNTER), at=AT, reason="Không thuộc thẩm quyền")

    assert (dossier.status, dossier.case) == (Status.REFUSED, world.version.cases.get())
    assert [slip.form for slip in dossier.slips.all()] == ["03"]
    assert not dossier.steps.exists()


def test_data_replace_a_paper_without_anybody_asking_for_it(world: World) -> None:
    world, _card = with_data(world)

    dossier = actions.take_in(intake=intake_of(world), actor=world.actor(By.COUNTER), at=AT)

    assert given(dossier)[-1] == ("CC", "data", 0, 0)


def test_a_paper_asked_for_instead_of_data_keeps_the_reason(world: World) -> None:
    world, card = with_data(world)
    papers = [*intake_of(world).papers, CounterPaper(card, True, 1, 0, data_reason="outage")]

    dossier = actions.take_in(intake=intake_of(world, *papers), actor=world.actor(By.COUNTER), at=AT)

    paper = dossier.papers.get(requirement=card)
    assert (paper.source, paper.data_reason) == (Paper.Source.SHOWN, "outage")


def test_a_paper_asked_for_instead_of_data_must_come(world: World) -> None:
    world, card = with_data(world)
    papers = [*intake_of(world).papers, CounterPaper(card, False, data_reason="not_found")]
    with pytest.raises(FilingNotReady) as refused:
        actions.take_in(intake=intake_of(world, *papers), actor=world.actor(By.COUNTER), at=AT)

    dossier = actions.note_missing(intake=intake_of(world, *papers), actor=world.actor(By.COUNTER), at=AT)

    assert [problem.where for problem in refused.value.problems] == ["paper:301"]
    assert [item["fault"] for item in dossier.supplements.get().items] == ["Chưa xuất trình."]


def test_one_of_several_papers_is_enough_and_the_others_are_not_waited_for(world: World) -> None:
    world, (_first, second) = with_alternatives(world)
    papers = [*intake_of(world).papers, CounterPaper(second, True, 1)]

    dossier = actions.take_in(intake=intake_of(world, *papers), actor=world.actor(By.COUNTER), at=AT)

    assert [row[:2] for row in given(dossier)] == [("DON", "form"), ("BV", "paper"), ("CK", "paper"), ("Q2", "paper")]


def test_of_several_papers_of_which_one_is_enough_one_is_asked_for(world: World) -> None:
    world, _both = with_alternatives(world)

    dossier = actions.note_missing(intake=intake_of(world), actor=world.actor(By.COUNTER), at=AT)

    assert [(item["name"], item["fault"]) for item in dossier.supplements.get().items] == [
        ("Giấy quyền 1", "Chưa nộp. Có thể nộp thay bằng: Giấy quyền 2."),
    ]  # fmt: skip


def test_what_is_promised_before_is_what_is_kept_after(world: World) -> None:
    case = world.version.cases.get()

    promised = promise(version=world.version, case=case, units=world.units, at=AT)

    dossier = actions.take_in(intake=intake_of(world), actor=world.actor(By.COUNTER), at=AT)
    assert promised.due_at == dossier.due_at
    assert promised.hand_over_by == dossier.steps.get(done_at=None).due_at == vn("2026-11-20 17:00")


def test_only_taking_in_is_a_move_and_looking_ahead_writes_nothing(world: World) -> None:
    promise(version=world.version, case=world.version.cases.get(), units=world.units, at=AT)

    assert (Dossier.objects.count(), Document.objects.count(), Reading.objects.count()) == (0, 0, 0)
