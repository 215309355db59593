"""Lives that turn off the straight way: for each move of such a turn, a dossier to which it has just happened."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal

from motcua.catalogue.models import Case
from motcua.dossiers import actions, clock
from motcua.dossiers.actions.extending import Extension
from motcua.dossiers.actions.obligations import Notice
from motcua.dossiers.actions.returning import Receiver
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency, Inheritance
from tests.world import World, accepted, another_procedure, complete, document, faulty, in_process, submitted, vn

FILED, ACCEPTED, HANDED = vn("2026-11-02 08:00"), vn("2026-11-02 09:00"), vn("2026-11-02 10:00")
FIRST, SECOND, THIRD = vn("2026-11-04 09:00"), vn("2026-11-05 09:00"), vn("2026-11-06 09:00")
VISIT, LATER_VISIT = vn("2026-11-09 09:00"), vn("2026-11-10 14:00")
TAX = Notice("TB-0001", "Thuế cơ sở 3", "3751.0.1054321 tại Kho bạc", [("Lệ phí trước bạ", 1_250_000)])
LAND = Notice("TB-0002", "Thuế cơ sở 3", "3751.0.1054321 tại Kho bạc", [("Tiền sử dụng đất", 84_000_000)])
WHY = "Thửa đất đang tranh chấp"


def working(world: World) -> Dossier:
    return in_process(world, FILED, ACCEPTED, HANDED)


def asked_before(world: World) -> Dossier:
    dossier = submitted(world, FILED)
    faulty(dossier.papers.get(requirement=world.drawing), "Mờ khung tên")
    actions.ask_papers(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=ACCEPTED, reason="Chụp lại trang 2")
    return dossier


def asked(world: World) -> Dossier:
    dossier = working(world)
    faulty(dossier.papers.get(requirement=world.drawing), "Thiếu mặt cắt")
    actions.ask_papers(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=HANDED, reason="Bổ sung mặt cắt")
    return dossier


def reminded(world: World) -> Dossier:
    dossier = asked(world)
    actions.remind(dossier_id=dossier.pk, at=FIRST)
    return dossier


def lapsed(dossier: Dossier) -> Dossier:
    actions.lapse(dossier_id=dossier.pk, at=dossier.supplements.get().due_at + timedelta(minutes=1))
    return dossier


def asked_again(world: World) -> Dossier:
    dossier = asked(world)
    drawing = dossier.papers.get(requirement=world.drawing)
    actions.attach_paper(
        dossier_id=dossier.pk, requirement=world.drawing, document=document(), name=drawing.name, at=FIRST
    )
    actions.supply_papers(dossier_id=dossier.pk, actor=world.citizen, at=FIRST)
    faulty(dossier.papers.get(requirement=world.drawing), "Vẫn thiếu mặt cắt")
    actions.propose_again(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=SECOND, reason="Bổ sung mặt cắt B-B")
    actions.ask_again(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=THIRD)
    return dossier


def owing(world: World, *notices: Notice) -> Dossier:
    dossier = working(world)
    for notice in notices:
        actions.ask_payment(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=FIRST, notice=notice)
    return dossier


def paying(world: World, *notices: Notice) -> Dossier:
    dossier = owing(world, *notices)
    first = dossier.obligations.order_by("pk")[0]
    actions.confirm_payment(
        obligation_id=first.pk, actor=world.actor(By.COUNTER), at=SECOND, proof_number="GNT 0099812"
    )
    return dossier


def added(world: World) -> Dossier:
    dossier = working(world)
    complete(world, dossier, FIRST, draft=document("du-thao.pdf"))
    actions.add_papers(
        dossier_id=dossier.pk, actor=world.citizen, at=SECOND, name="Trích lục", document=document("trich-luc.pdf")
    )
    return dossier


def withdrawing(world: World) -> Dossier:
    dossier = working(world)
    actions.ask_withdrawal(dossier_id=dossier.pk, actor=world.citizen, at=FIRST, reason="Gia đình chưa xây năm nay")
    return dossier


def recalled(world: World) -> Dossier:
    return actions.recall_withdrawal(dossier_id=withdrawing(world).pk, actor=world.citizen, at=SECOND)


def let_go(world: World) -> Dossier:
    return actions.grant_withdrawal(dossier_id=withdrawing(world).pk, actor=world.actor(By.APPROVER), at=SECOND)


def kept(world: World) -> Dossier:
    dossier = withdrawing(world)
    return actions.refuse_withdrawal(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=SECOND, reason=WHY)


def proposed(world: World, kind: str = "stop") -> Dossier:
    dossier = working(world)
    actions.propose_stop(dossier_id=dossier.pk, kind=kind, actor=world.actor(By.OFFICER), at=FIRST, reason=WHY)
    return dossier


def stopped(world: World, kind: str = "stop") -> Dossier:
    dossier = proposed(world, kind)
    return actions.stop(dossier_id=dossier.pk, kind=kind, actor=world.actor(By.APPROVER), at=SECOND)


def turned_down(world: World) -> Dossier:
    dossier = proposed(world)
    actions.turn_down(
        dossier_id=dossier.pk, kind="stop", actor=world.actor(By.APPROVER), at=SECOND, reason="Chưa đủ căn cứ"
    )
    return dossier


def extended(world: World) -> Dossier:
    dossier = working(world)
    three_days = Extension(clock.Term(Decimal(3), clock.Unit.WORKING_DAYS), "verification", world.division.pk)
    actions.propose_extension(
        dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=FIRST, extension=three_days, reason="Xác minh kéo dài"
    )
    return actions.extend(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=SECOND)


def corrected(world: World) -> Dossier:
    """Correct the case; the world's procedure gets a second one."""
    dossier = accepted(world, FILED, ACCEPTED)
    other = Case.objects.exclude(pk=dossier.case_id).get(version=world.version)
    actions.propose_correction(
        dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=FIRST, case_id=other.pk, reason="Nhà có tầng hầm"
    )
    return actions.correct(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=SECOND)


def finished(world: World) -> Dossier:
    dossier = working(world)
    complete(world, dossier, FIRST, draft=document("du-thao.pdf"))
    complete(world, dossier, FIRST)
    actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=SECOND)
    return actions.issue(dossier_id=dossier.pk, actor=world.actor(By.CLERK), at=SECOND, number="12/GPXD")


def reopened(world: World) -> Dossier:
    return actions.reopen(
        dossier_id=finished(world).pk, actor=world.actor(By.APPROVER), at=THIRD, reason="Sai diện tích"
    )


def restored(world: World) -> Dossier:
    return actions.restore(dossier_id=stopped(world).pk, actor=world.actor(By.APPROVER), at=THIRD, reason="Dừng nhầm")


def consulted(world: World) -> Dossier:
    dossier = working(world)
    actions.consult(
        dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=FIRST, kind="verification", units=[world.elsewhere.pk],
        question="Ranh giới với thửa 112?", days=3,
    )  # fmt: skip
    return dossier


def answered(world: World) -> Dossier:
    dossier = consulted(world)
    asked = dossier.consultations.get()
    actions.answer(consultation_id=asked.pk, actor=world.actor(By.ADVISER), at=SECOND, words="Không tranh chấp.")
    return dossier


def silent(world: World) -> Dossier:
    dossier = consulted(world)
    actions.note_silence(dossier_id=dossier.pk, at=dossier.consultations.get().due_at)
    return dossier


def sent(world: World) -> Dossier:
    """Send a part to the other commune; its procedure is the world's own."""
    dossier = working(world)
    papers = list(dossier.papers.values_list("pk", flat=True))
    sending = actions.Sending(world.elsewhere, world.version, "Xác minh ranh giới phía bên ấy", papers, days=3)
    actions.send_leg(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=FIRST, sending=sending)
    return dossier


def received_elsewhere(world: World) -> Dossier:
    dossier = sent(world)
    actions.take_leg(dossier_id=dossier.parts.get().pk, actor=_elsewhere(world, By.LEADER), at=SECOND)
    return dossier


def refused_elsewhere(world: World) -> Dossier:
    dossier = sent(world)
    part = dossier.parts.get()
    actions.refuse_leg(dossier_id=part.pk, actor=_elsewhere(world, By.LEADER), at=SECOND, reason="Không thuộc địa bàn")
    return dossier


def back_from_elsewhere(world: World) -> Dossier:
    dossier = received_elsewhere(world)
    part = dossier.parts.get().pk
    actions.propose_stop(dossier_id=part, kind="stop", actor=_elsewhere(world, By.OFFICER), at=SECOND, reason=WHY)
    actions.stop(dossier_id=part, kind="stop", actor=world.actor(By.APPROVER), at=THIRD)
    return dossier


def recalled_leg(world: World) -> Dossier:
    dossier = sent(world)
    actions.recall_leg(
        leg_id=dossier.legs.get().pk, actor=world.actor(By.OFFICER), at=SECOND, reason="Đã có bản đồ mới"
    )
    return dossier


def reassigned(dossier: Dossier, *units: Agency) -> Dossier:
    """Let units be taken over by themselves: what moves is all that a merger moves."""
    itself = [Inheritance(unit=unit, heir=unit) for unit in units]
    actions.reassign(
        inheritances=itself, decision="Nghị quyết 12/NQ-HĐND", on=SECOND.date(), at=SECOND, among=[dossier.pk]
    )
    return dossier


def late_elsewhere(world: World) -> Dossier:
    dossier = sent(world)
    actions.note_late_legs(dossier_id=dossier.pk, at=dossier.legs.get().due_at + timedelta(minutes=1))
    return dossier


def gone_central(world: World) -> Dossier:
    dossier = working(world)
    sending = actions.CentralSending(
        "Bộ Xây dựng", "Xin ý kiến thẩm định", "112/UBND-KT", [], unknown_why="Bộ chưa có lịch họp hội đồng"
    )
    actions.send_central(dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=FIRST, sending=sending)
    return dossier


def answered_central(world: World) -> Dossier:
    dossier = gone_central(world)
    actions.central_reply(
        leg_id=dossier.legs.get().pk, actor=world.actor(By.OFFICER), at=THIRD, words="Đồng ý", number="77/BXD"
    )
    return dossier


def reminded_central(world: World) -> Dossier:
    dossier = gone_central(world)
    actions.remind_leg(dossier_id=dossier.pk, at=FIRST + timedelta(days=10))
    return dossier


def _elsewhere(world: World, by: By) -> Actor:
    post = world.posts["elsewhere"]
    return Actor(by=by, officer_id=post.officer_id, unit_id=post.unit_id)


def offered(world: World) -> Dossier:
    dossier = working(world)
    actions.offer_visit(
        dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=FIRST, times=[VISIT, LATER_VISIT],
        place="12/7 kiệt 84 Lâm Hoằng", purpose="Xem ranh giới thửa đất",
    )  # fmt: skip
    return dossier


def agreed(world: World) -> Dossier:
    dossier = offered(world)
    actions.agree_visit(dossier_id=dossier.pk, actor=world.citizen, at=SECOND, time=LATER_VISIT)
    return dossier


def called_off(world: World) -> Dossier:
    dossier = offered(world)
    actions.call_off_visit(dossier_id=dossier.pk, actor=world.citizen, at=SECOND, reason="Gia đình đi vắng cả tuần")
    return dossier


def reminded_of_visit(world: World) -> Dossier:
    dossier = offered(world)
    actions.remind_visit(dossier_id=dossier.pk, at=VISIT - timedelta(hours=20))
    return dossier


def visited(world: World) -> Dossier:
    dossier = agreed(world)
    actions.record_visit(
        dossier_id=dossier.pk, actor=world.actor(By.OFFICER), at=LATER_VISIT + timedelta(hours=2), held_at=LATER_VISIT,
        present="Nguyễn Hoài An; tổ trưởng tổ dân phố", minutes="Ranh giới đúng như bản vẽ.",
    )  # fmt: skip
    return dossier


def untimed(world: World) -> Dossier:
    """File, accept and hand over a dossier to which the law gives no term."""
    version = another_procedure(world, code="2.000829", no_legal_term=True)
    draft = actions.start_draft(version=version, filed_by=world.an, owner=world.an, channel="online", at=FILED)
    fields = {"answers.neighbour": "no", "form_data.address": "12/7 kiệt 84 Lâm Hoằng", "form_data.floors": 2}
    actions.save_draft(dossier_id=draft.pk, base_revision=0, fields=fields, at=FILED)
    actions.file(dossier_id=draft.pk, units=world.units, actor=world.citizen, at=FILED)
    actions.accept(dossier_id=draft.pk, actor=world.actor(By.COUNTER), at=ACCEPTED)
    return actions.hand_over(dossier_id=draft.pk, actor=world.actor(By.COUNTER), at=HANDED)


def quiet(world: World) -> Dossier:
    """Let ten working days pass without anything happening."""
    dossier = untimed(world)
    actions.note_no_news(dossier_id=dossier.pk, at=HANDED + timedelta(days=14))
    return dossier


def handed_back(world: World) -> Dossier:
    dossier = withdrawing(world)
    papers = list(dossier.papers.values_list("pk", flat=True))
    actions.grant_withdrawal(dossier_id=dossier.pk, actor=world.actor(By.APPROVER), at=SECOND, papers_back=papers)
    actions.hand_back(
        dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=THIRD, papers=papers[:2],
        receiver=Receiver(name="Nguyễn Hoài An", identity="046196000214"),
    )  # fmt: skip
    return dossier


# fmt: off
TURNS: Mapping[str, Callable[[World], Dossier]] = {
    "ask_again":         asked_again,
    "remind":            reminded,
    "lapse_before":      lambda world: lapsed(asked_before(world)),
    "lapse":             lambda world: lapsed(asked(world)),
    "add_papers":        added,
    "ask_payment":       lambda world: owing(world, TAX),
    "ask_more_payment":  lambda world: owing(world, TAX, LAND),
    "pay_part":          lambda world: paying(world, TAX, LAND),
    "pay_all":           lambda world: paying(world, TAX),
    "ask_withdrawal":    withdrawing,
    "recall_withdrawal": recalled,
    "grant_withdrawal":  let_go,
    "refuse_withdrawal": kept,
    "propose":           proposed,
    "turn_down":         turned_down,
    "extend":            extended,
    "stop":              stopped,
    "decline":           lambda world: stopped(world, "decline"),
    "correct":           corrected,
    "reopen":            reopened,
    "restore":           restored,
    "consult":           consulted,
    "answer":            answered,
    "note_silence":      silent,
    "send_leg":          sent,
    "leg_received":      received_elsewhere,
    "leg_refused":       refused_elsewhere,
    "leg_back":          back_from_elsewhere,
    "recall_leg":        recalled_leg,
    "note_late_leg":     late_elsewhere,
    "send_central":      gone_central,
    "central_reply":     answered_central,
    "remind_leg":        reminded_central,
    "reassign_unit":     lambda world: reassigned(asked(world), *vars(world.units).values()),
    "reassign_asked":    lambda world: reassigned(consulted(world), world.elsewhere),
    "note_no_news":      quiet,
    "hand_back":         handed_back,
    "offer_visit":       offered,
    "agree_visit":       agreed,
    "call_off_visit":    called_off,
    "remind_visit":      reminded_of_visit,
    "record_visit":      visited,
}
# fmt: on
