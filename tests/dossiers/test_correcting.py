"""A correction after acceptance: another procedure, or another receipt moment; two people, one event, nothing lost."""

from datetime import datetime
from decimal import Decimal

import pytest

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers import actions, clock, corrections, deadlines
from motcua.dossiers.actions import correcting, extending
from motcua.dossiers.actions.extending import Extension
from motcua.dossiers.expected import is_untimed
from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import Charge, Dossier, Proposal, Slip
from motcua.dossiers.queries import replaced_receipts
from motcua.dossiers.verification import disagreements
from tests.dossiers.clock_cases import NATIONAL
from tests.turning import ACCEPTED, FILED, FIRST, SECOND, THIRD, asked, extended, offered, untimed, withdrawing, working
from tests.world import World, accepted, another_procedure, complete, document, make_world, vn

WHY = "Nhà đã có, đây là sửa chữa chứ không phải xây mới"


@pytest.fixture
def repair(world: World) -> ProcedureVersion:
    """Publish the procedure it should have been: the drawing under the same code, a paper of its own name, another fee."""
    papers = {"BV": "Bản vẽ hiện trạng và bản vẽ sửa chữa"}
    return another_procedure(world, code="1.013226", papers=papers, fee_vnd=100_000)


def propose(world: World, dossier: Dossier, version: ProcedureVersion, by: By = By.COUNTER) -> Proposal:
    return actions.propose_procedure(
        dossier_id=dossier.pk, actor=world.actor(by), at=FIRST, version_id=version.pk, answers={"neighbour": "no"},
        units=world.units, reason=WHY,
    )  # fmt: skip


def corrected(world: World, dossier: Dossier, version: ProcedureVersion) -> Dossier:
    propose(world, dossier, version)
    actions.correct(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=SECOND)
    return Dossier.objects.get(pk=dossier.pk)


def agrees() -> bool:
    return list(disagreements(Dossier.objects.all())) == []


def test_the_right_procedure_counts_its_own_term_from_the_same_receipt(world: World, repair: ProcedureVersion) -> None:
    dossier = accepted(world, FILED, ACCEPTED)
    code = dossier.code

    dossier = corrected(world, dossier, repair)

    receipts = list(Slip.objects.filter(dossier=dossier, form="01").order_by("pk"))
    assert (dossier.code, dossier.version, dossier.received_at) == (code, repair, ACCEPTED)
    assert (dossier.status, dossier.due_at) == (Status.RECEIVED, vn("2026-11-16 17:00"))  # 10 working days, not 7
    assert replaced_receipts(receipts) == {receipts[0].pk}
    assert "sửa chữa" in receipts[1].data["request"]
    assert agrees()


def test_papers_of_both_stay_with_file_and_verdict_and_others_lie_beside_them(
    world: World, repair: ProcedureVersion
) -> None:
    dossier = working(world)
    drawing = dossier.papers.get(requirement=world.drawing)
    before = (drawing.pk, drawing.document_id)
    actions.judge_paper(
        dossier_id=dossier.pk, paper_id=drawing.pk, actor=world.actor(By.OFFICER), at=FIRST, verdict="good"
    )

    dossier = corrected(world, dossier, repair)

    papers = list(dossier.papers.order_by("position"))
    assert [(paper.name, paper.requirement_id is None) for paper in papers] == [
        ("Bản vẽ hiện trạng và bản vẽ sửa chữa", False), ("Bản cam kết an toàn công trình liền kề", True),
    ]  # fmt: skip
    assert (papers[0].pk, papers[0].document_id, papers[0].verdict) == (*before, "good")


def test_a_paper_only_the_right_procedure_requires_is_named_and_may_come_first(world: World) -> None:
    wanted = another_procedure(world, code="1.013227", papers={"HD": "Hợp đồng thi công"})
    dossier = working(world)

    with pytest.raises(MoveNotAllowed, match="còn cần: Hợp đồng thi công"):
        propose(world, dossier, wanted)
    actions.add_papers(
        dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=FIRST, name="Hợp đồng thi công",
        document=document("hd.pdf"),
    )  # fmt: skip
    dossier = corrected(world, dossier, wanted)

    assert dossier.papers.get(requirement__code="HD").document is not None
    assert agrees()


@pytest.mark.parametrize(
    ("paid", "charges", "said"),
    [
        (False, [("Lệ phí sửa nhà", 100_000)], "Phí, lệ phí: 100.000 đ."),
        (True, [("Lệ phí cấp giấy phép", 75_000), ("Thu thêm do sửa thủ tục", 25_000)], "thu thêm 25.000 đ."),
    ],
)
def test_what_was_paid_stays_paid_and_the_difference_is_told(
    paid: bool, charges: list[tuple[str, int]], said: str, world: World, repair: ProcedureVersion
) -> None:
    dossier = working(world)
    if paid:
        charge = Charge.objects.get(dossier=dossier)
        actions.collect_charge(charge_id=charge.pk, actor=world.actor(By.COUNTER), at=FIRST)

    dossier = corrected(world, dossier, repair)

    event = dossier.events.get(move="correct")
    assert list(dossier.charges.order_by("pk").values_list("name", "amount_vnd")) == charges
    assert event.data["told"].endswith(said)
    assert (event.data["version_before"], event.data["version"]) == (world.version.pk, repair.pk)
    assert event.data["form_before"] == dossier.form_data  # both forms have the same fields


def test_under_way_the_work_begins_anew_in_the_right_process(world: World, repair: ProcedureVersion) -> None:
    dossier = working(world)
    complete(world, dossier, FIRST, draft=document("du-thao.pdf"))

    dossier = corrected(world, dossier, repair)

    steps = list(dossier.steps.order_by("seq").values_list("code", "outcome"))
    assert steps[-2:] == [("check", "replanned"), ("appraise", "")]
    assert not hasattr(dossier, "result")
    assert dossier.status == Status.PROCESSING
    assert agrees()


def test_nothing_is_corrected_while_others_are_bound_by_it(world: World, repair: ProcedureVersion) -> None:
    signed = working(world)
    complete(world, signed, FIRST, draft=document("du-thao.pdf"))
    complete(world, signed, FIRST)
    actions.sign_off(dossier_id=signed.pk, actor=world.actor(By.SIGNER), at=FIRST)

    with pytest.raises(MoveNotAllowed, match="Kết quả đã ký"):
        propose(world, signed, repair)
    with pytest.raises(MoveNotAllowed, match="buổi hẹn"):
        propose(world, offered(world), repair)
    for waiting in (asked(world), withdrawing(world)):
        with pytest.raises(MoveNotAllowed, match="trạng thái"):
            propose(world, waiting, repair)


def test_the_same_procedure_is_no_correction(world: World) -> None:
    dossier = accepted(world, FILED, ACCEPTED)

    with pytest.raises(MoveNotAllowed, match="một thủ tục khác"):
        propose(world, dossier, world.version)


# --- a term that goes, a term that comes -----------------------------------------------------------------------------------


@pytest.fixture
def opinion(world: World) -> ProcedureVersion:
    """Publish a procedure to which the law gives no term."""
    return another_procedure(world, code="2.000830", no_legal_term=True)


def of_the_clock(dossier: Dossier) -> list[tuple[str, str, bool]]:
    return [(row.effect, row.term_unit, row.no_term) for row in dossier.ledger.order_by("seq")]


def test_to_a_procedure_without_a_term_the_due_moment_goes_and_the_ledger_says_why(
    world: World, opinion: ProcedureVersion
) -> None:
    dossier = corrected(world, working(world), opinion)

    receipt = Slip.objects.filter(dossier=dossier, form="01").order_by("-pk")[0].data
    lines = [(line.title, line.amount) for line in clock.explain(deadlines.reckoning_of(dossier))]
    assert dossier.due_at is None
    assert of_the_clock(dossier) == [("start", "working_days", False), ("recalculate", "", True)]
    assert receipt["term"] == "Luật không định thời hạn"
    assert receipt["due"].startswith("luật không định thời hạn; dự kiến 15 giờ 00 phút, thứ Năm ngày 12/11/2026")
    assert ("Tính lại: luật không định thời hạn cho việc này", "không có hạn") in lines
    assert lines[-1] == ("Ngày hẹn trả", "không có hạn")
    assert is_untimed(dossier)
    assert agrees()


def test_what_waits_to_lengthen_a_term_that_goes_is_closed(world: World, opinion: ProcedureVersion) -> None:
    dossier = working(world)
    three_days = Extension(clock.Term(Decimal(3), clock.Unit.WORKING_DAYS), "verification", world.division.pk)
    actions.propose_extension(
        dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=FIRST, extension=three_days, reason="Xác minh kéo dài"
    )

    dossier = corrected(world, dossier, opinion)

    assert [one.is_granted for one in dossier.proposals.filter(kind="extend")] == [False]


def test_from_a_procedure_without_a_term_one_appears_counted_from_the_receipt(
    world: World, repair: ProcedureVersion
) -> None:
    dossier = untimed(world)
    said = actions.propose_procedure(
        dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=FIRST, version_id=another_procedure(
            world, code="1.013229", term=(10, "days")
        ).pk, answers={"neighbour": "no"}, units=world.units, reason=WHY,
    )  # fmt: skip
    foreseen = corrections.due_when_right(dossier, said.data, SECOND)
    actions.correct(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=SECOND)

    dossier = Dossier.objects.get(pk=dossier.pk)
    lines = clock.explain(deadlines.reckoning_of(dossier))
    appeared = next(line for line in lines if line.kind == "recalculation")
    assert foreseen == dossier.due_at == vn("2026-11-12 17:00")  # ten days after 2/11
    assert appeared.title == "Tính lại theo thời hạn 10 ngày"
    assert appeared.detail == "09:00 thứ Năm 05/11. Tính từ ngày tiếp theo, bắt đầu 03/11"
    assert appeared.amount == "+ 10 ngày"
    assert extending.unit_of_extension(dossier) == "days"
    assert agrees()


def test_a_term_that_went_and_comes_back_is_as_it_was(world: World, opinion: ProcedureVersion) -> None:
    dossier = extended(world)
    before = Dossier.objects.get(pk=dossier.pk).due_at
    gone = corrected(world, dossier, opinion).due_at
    actions.propose_procedure(
        dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=THIRD, version_id=world.version.pk,
        answers={"neighbour": "no"}, units=world.units, reason="Sửa nhầm",
    )  # fmt: skip
    actions.correct(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=THIRD)

    again = Dossier.objects.get(pk=dossier.pk).due_at
    assert (before, gone, again) == (vn("2026-11-16 17:00"), None, vn("2026-11-16 17:00"))
    assert agrees()


@pytest.mark.django_db
def test_a_case_without_a_term_is_a_case_like_any_other() -> None:
    world = make_world(untimed_case=True)
    dossier = working(world)
    case = next(case for case in correcting.right_cases(dossier) if case.term_quantity is None)
    actions.propose_correction(
        dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=FIRST, case_id=case.pk, reason="Nhà trong khu di tích"
    )
    actions.correct(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=SECOND)

    dossier = Dossier.objects.get(pk=dossier.pk)
    assert (dossier.case, dossier.due_at) == (case, None)
    assert agrees()


# --- the receipt moment ---------------------------------------------------------------------------------------------------


def moved(world: World, dossier: Dossier, received_at: datetime) -> Dossier:
    actions.propose_receipt(
        dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=FIRST, received_at=received_at, reason="Ghi nhầm ngày"
    )
    actions.correct(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=SECOND)
    return Dossier.objects.get(pk=dossier.pk)


def test_another_receipt_day_moves_the_due_moment_and_the_ledger_keeps_both(world: World) -> None:
    dossier = moved(world, working(world), vn("2026-11-03 08:00"))

    lines = list(dossier.ledger.order_by("seq").values_list("effect", "at", "counts_from"))
    receipt = Slip.objects.filter(dossier=dossier, form="01").order_by("pk").last()
    assert dossier.received_at == vn("2026-11-03 08:00")
    assert dossier.due_at == vn("2026-11-12 17:00")  # a working day later than 11/11
    assert lines == [("start", ACCEPTED, None), ("recalculate", SECOND, vn("2026-11-03 08:00"))]
    assert receipt is not None
    assert receipt.data["received"] == "08 giờ 00 phút, thứ Ba ngày 03/11/2026"
    assert dossier.events.get(move="correct").data["told"].startswith("Ngày nhận: 09:00 thứ Hai 02/11/2026 sửa thành")
    assert agrees()


@pytest.mark.parametrize("at", ["2026-11-02 07:59", "2026-11-04 09:01", "2026-11-02 09:00"])
def test_a_receipt_before_filing_to_come_or_unchanged_is_refused(at: str, world: World) -> None:
    dossier = working(world)

    with pytest.raises(MoveNotAllowed, match="Ngày nhận đúng"):
        moved(world, dossier, vn(at))


@pytest.mark.django_db
def test_after_the_term_was_counted_anew_the_receipt_moment_moves_nothing() -> None:
    world = make_world(after_pause="restart")
    dossier = asked(world)
    drawing = dossier.papers.get(requirement=world.drawing)
    actions.attach_paper(
        dossier_id=dossier.pk, requirement=world.drawing, document=document(), name=drawing.name, at=FIRST
    )
    actions.supply_papers(dossier_id=dossier.pk, actor=world.citizen, at=FIRST)

    with pytest.raises(MoveNotAllowed, match="tính lại từ đầu"):
        moved(world, dossier, vn("2026-11-03 08:00"))


def test_the_explanation_says_from_which_receipt_it_counts() -> None:
    term = clock.parse_term("7 working_days")
    start, right = vn("2026-11-02 09:00"), vn("2026-11-03 08:00")
    entries = [
        clock.Entry(start, clock.Effect.START, term),
        clock.Entry(vn("2026-11-05 09:00"), clock.Effect.RECALCULATE, counts_from=right),
    ]
    reckoning = clock.reckon(entries, NATIONAL, clock.Policy(None, clock.AfterPause.RESUME))
    lines = clock.explain(reckoning)

    assert reckoning.received_at == right
    assert any("Tính từ lúc nhận đúng: 08:00" in line.detail for line in lines)
    assert sum(line.minutes for line in lines) == 7 * clock.MINUTES_PER_WORKING_DAY
