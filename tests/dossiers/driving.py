"""Making any move of the table on any dossier, with what it needs made up: for tests that try them at random."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from motcua.base.words import local_day
from motcua.catalogue.models import PublishedProcess
from motcua.dossiers import actions, clock
from motcua.dossiers.actions.extending import Extension
from motcua.dossiers.actions.obligations import Notice
from motcua.dossiers.actions.reception import PaperNotOpen
from motcua.dossiers.actions.returning import Receiver
from motcua.dossiers.actions.supplements import NothingAsked, NothingSupplied
from motcua.dossiers.actor import Actor
from motcua.dossiers.legs import OPEN_LEG, papers_to_send
from motcua.dossiers.lifecycle import MOVES, By, MoveNotAllowed, Status
from motcua.dossiers.models import Delay, Dossier, Leg, Paper, Step, Supplement
from motcua.dossiers.queries import OPEN_CONSULTATION, OPEN_OBLIGATION, OPEN_PROPOSAL, OPEN_REQUEST, OPEN_VISIT
from motcua.people.models import Inheritance
from tests.world import World, document

REFUSALS = (
    MoveNotAllowed, actions.NoResultYet, actions.DraftGone, NothingAsked, NothingSupplied, PaperNotOpen,
)  # fmt: skip
"""What is refused is no failure."""

Drive = Callable[[World, Dossier, dict[str, Any], Random], list[str]]


def act(world: World, dossier: Dossier, name: str, rng: Random, at: datetime) -> list[str]:
    """Make the move as somebody who may; return the moves made: one, none where nothing was to do, or two of one act."""
    by = rng.choice(MOVES[name].by)
    who: dict[str, Any] = {"dossier_id": dossier.pk, "actor": _actor(world, dossier, by, rng), "at": at}
    return MADE[name](world, dossier, who, rng)


def _actor(world: World, dossier: Dossier, by: By, rng: Random) -> Actor:
    if by is By.CITIZEN:
        return world.citizen
    if by is By.SYSTEM:
        return Actor(by=By.SYSTEM)
    running = list(Step.objects.filter(dossier=dossier, done_at=None))
    step = rng.choice(running) if running else None
    if by is By.OFFICER and step is not None and step.role in world.posts:
        post = world.posts[step.role]
        seq = step.seq if len(running) > 1 else None
        return Actor(by=by, officer_id=post.officer_id, unit_id=post.unit_id, step_seq=seq)
    return world.actor(by)


def _plainly(action: Callable[..., object], *names: str, **more: Any) -> Drive:
    def drive(_world: World, _dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
        action(**who, **more)
        return list(names)

    return drive


def _judge(dossier: Dossier, who: dict[str, Any], rng: Random) -> None:
    """Judge every paper, one of them faulty."""
    papers = list(dossier.papers.exclude(source=Paper.Source.NONE))
    wrong = rng.choice(papers)
    for paper in papers:
        verdict, fault = ("faulty", "Mờ") if paper == wrong else ("good", "")
        actions.judge_paper(**who, paper_id=paper.pk, verdict=verdict, fault=fault)


def _ask(_world: World, dossier: Dossier, who: dict[str, Any], rng: Random) -> list[str]:
    _judge(dossier, who, rng)
    return [actions.ask_papers(**who, reason="Bổ sung bản rõ").event.move]


def _supply(world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    asked = Supplement.objects.filter(OPEN_REQUEST, dossier=dossier).first()
    for item in asked.items if asked else ():
        paper = Paper.objects.get(pk=item["paper"])
        actions.attach_paper(
            dossier_id=dossier.pk, requirement=paper.requirement, document=document(), name=paper.name, at=who["at"]
        )
    supplied = actions.supply_papers(**who)
    return ["supply_before" if supplied.status == Status.SUBMITTED else "give_papers"]


def _change_process(_world: World, dossier: Dossier, who: dict[str, Any], rng: Random) -> list[str]:
    """Move to another published process: into the one with branches at its start, out of it where only one runs."""
    process = rng.choice(list(PublishedProcess.objects.exclude(pk=dossier.process_id)))
    mapping = {"appraise": "share", "check": "share"} if "share" in str(process.content) else {"share": "appraise"}
    actions.change_process(**who, process=process, mapping=mapping, reason="Quy trình mới")
    return ["change_process"]


def _assign(world: World, _dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    actions.assign(**who, to=world.posts["specialist"].officer)
    return ["assign"]


def _complete(_world: World, _dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    actions.complete_step(**who, draft=document("du-thao.pdf"))
    return ["complete_step"]


def _extension(world: World, days: int) -> Extension:
    return Extension(clock.Term(Decimal(days), clock.Unit.WORKING_DAYS), "verification", world.division.pk)


def _propose(world: World, dossier: Dossier, who: dict[str, Any], rng: Random) -> list[str]:
    kind = rng.choice(["extend", "stop", "decline", "correct", "ask_again"])
    if kind == "extend":
        actions.propose_extension(**who, extension=_extension(world, rng.randint(20, 90)), reason="Xác minh lâu")
    elif kind == "correct":
        other = rng.choice(list(world.version.cases.exclude(pk=dossier.case_id)))
        actions.propose_correction(**who, case_id=other.pk, reason="Nhận nhầm trường hợp")
    elif kind == "ask_again":
        actions.propose_again(**who, reason="Bổ sung lần nữa")
    else:
        actions.propose_stop(**who, kind=kind, reason="Không đủ điều kiện")
    return ["propose"]


def _turn_down(_world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    waiting = dossier.proposals.filter(OPEN_PROPOSAL).exclude(kind="withdraw").first()
    actions.turn_down(**who, kind=waiting.kind if waiting else "stop", reason="Chưa đủ căn cứ")
    return ["turn_down"]


def _stop(kind: str) -> Drive:
    return _plainly(actions.stop, kind, kind=kind)


def _ask_payment(_world: World, _dossier: Dossier, who: dict[str, Any], rng: Random) -> list[str]:
    notice = Notice(f"TB-{rng.randrange(10**9)}", "Thuế cơ sở 3", "3751.0.1054321", [("Lệ phí trước bạ", 1_250_000)])
    return [actions.ask_payment(**who, notice=notice).event.move]


def _pay(_world: World, dossier: Dossier, who: dict[str, Any], rng: Random) -> list[str]:
    owed = dossier.obligations.filter(OPEN_OBLIGATION).first() or dossier.obligations.first()
    if owed is None:
        return []
    said = {name: value for name, value in who.items() if name != "dossier_id"}
    actions.confirm_payment(obligation_id=owed.pk, proof_number=f"GNT {rng.randrange(10**6)}", **said)
    last = dossier.events.filter(move__in=["pay_part", "pay_all"], data__notice=owed.notice_number).order_by("-seq")[0]
    return [last.move]


def _remind(_world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    return ["remind"] if actions.remind(dossier_id=dossier.pk, at=who["at"]) is not None else []


def _lapse(_world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    asked = Supplement.objects.filter(OPEN_REQUEST, dossier=dossier).first()
    lapsed = actions.lapse(dossier_id=dossier.pk, at=asked.due_at if asked else who["at"])
    if lapsed is None:
        return []
    return ["lapse_before" if lapsed.stage == Supplement.Stage.BEFORE else "lapse"]


def _add(_world: World, _dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    actions.add_papers(**who, name="Ảnh chụp hiện trạng", document=document())
    return ["add_papers"]


def _state_cause(world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    actions.note_delay(dossier_id=dossier.pk, at=who["at"])
    delay = Delay.objects.filter(dossier=dossier).order_by("stated_at").last()
    if delay is None:
        return []
    said = {name: value for name, value in who.items() if name != "dossier_id"}
    actions.state_cause(
        delay_id=delay.pk, cause="verification", late_unit=world.division.pk, words="Xác minh lâu", **said
    )
    return ["state_cause"]


def _consult(world: World, _dossier: Dossier, who: dict[str, Any], rng: Random) -> list[str]:
    units = rng.sample([world.elsewhere.pk, world.commune.pk], rng.randint(1, 2))
    asked = actions.consult(**who, kind="opinion", units=units, question="Ranh giới thửa đất?", days=3)
    return ["consult"] * len(asked)


def _answer(_world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    asked = dossier.consultations.filter(OPEN_CONSULTATION).first() or dossier.consultations.first()
    if asked is None:
        return []
    said = {name: value for name, value in who.items() if name != "dossier_id"}
    actions.answer(consultation_id=asked.pk, words="Không có ý kiến khác", **said)
    return ["answer"]


def _silence(_world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    asked = dossier.consultations.filter(OPEN_CONSULTATION, silent_at=None).order_by("due_at").first()
    at = max(who["at"], asked.due_at) if asked else who["at"]
    return ["note_silence"] * (actions.note_silence(dossier_id=dossier.pk, at=at) or 0)


def _send(world: World, dossier: Dossier, who: dict[str, Any], rng: Random) -> list[str]:
    papers = [paper.pk for paper in papers_to_send(dossier)]
    sending = actions.Sending(
        world.elsewhere, world.version, "Xác minh", papers, days=3, is_required=rng.random() < 0.3
    )
    return [actions.send_leg(**who, sending=sending).event.move]


def _send_central(_world: World, _dossier: Dossier, who: dict[str, Any], rng: Random) -> list[str]:
    sending = actions.CentralSending(
        "Bộ Xây dựng", "Xin ý kiến", f"{rng.randrange(10**6)}/UBND", [], unknown_why="Chờ họp"
    )
    return [actions.send_central(**who, sending=sending).event.move]


def _at_the_other_agency(world: World, dossier: Dossier, name: str, status: str, at: datetime) -> list[str]:
    """Act on a part of the dossier that stands in `status`; return what its parent is told, if it has not ended."""
    part = Dossier.objects.filter(parent=dossier, status=status).order_by("pk").first()
    if part is None:
        return []
    before = dossier.events.filter(move=name, data__part=part.pk).count()
    post = world.posts["elsewhere"]
    who = {"dossier_id": part.pk, "at": at, "actor": Actor(By.LEADER, post.officer_id, post.unit_id)}
    if name == "leg_received":
        actions.take_leg(**who)
    elif name == "leg_refused":
        actions.refuse_leg(**who, reason="Không thuộc thẩm quyền")
    else:
        actions.propose_stop(
            **who | {"actor": Actor(By.OFFICER, post.officer_id, post.unit_id)}, kind="stop", reason="Hết"
        )
        actions.stop(**who | {"actor": world.actor(By.APPROVER)}, kind="stop")
    return [name] * (dossier.events.filter(move=name, data__part=part.pk).count() - before)


def _elsewhere(name: str, status: str) -> Drive:
    def drive(world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
        return _at_the_other_agency(world, dossier, name, status, who["at"])

    return drive


def _reassign(name: str) -> Drive:
    """Let the units of the world be taken over by themselves: what moves is all that a merger moves."""

    def drive(world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
        own = (world.commune, world.centre, world.division) if name == "reassign_unit" else (world.elsewhere,)
        itself = [Inheritance(unit=unit, heir=unit) for unit in own]
        written = actions.reassign(
            inheritances=itself,
            decision="Nghị quyết 12/NQ-HĐND",
            on=local_day(who["at"]),
            at=who["at"],
            among=[dossier.pk],
        )
        return [move for move, number in written.items() if number]

    return drive


def _leg(dossier: Dossier, system: str) -> Leg | None:
    legs = Leg.objects.filter(dossier=dossier, to_system=system)
    return legs.filter(OPEN_LEG).first() or legs.first()


def _recall(_world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    leg = _leg(dossier, "internal")
    if leg is None:
        return []
    actions.recall_leg(leg_id=leg.pk, actor=who["actor"], at=who["at"], reason="Không cần nữa")
    return ["recall_leg"]


def _reply(_world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    leg = _leg(dossier, "central")
    if leg is None:
        return []
    actions.central_reply(leg_id=leg.pk, actor=who["actor"], at=who["at"], words="Đồng ý", number="7/BXD")
    return ["central_reply"]


def _note_late(_world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    leg = Leg.objects.filter(OPEN_LEG, dossier=dossier, late_at=None, due_at__isnull=False).order_by("due_at").first()
    at = max(who["at"], leg.due_at) if leg and leg.due_at else who["at"]
    return ["note_late_leg"] * (actions.note_late_legs(dossier_id=dossier.pk, at=at) or 0)


def _remind_leg(_world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    later = who["at"] + timedelta(days=20)
    return ["remind_leg"] * (actions.remind_leg(dossier_id=dossier.pk, at=later) or 0)


def _offer_visit(_world: World, _dossier: Dossier, who: dict[str, Any], rng: Random) -> list[str]:
    times = [who["at"] + timedelta(days=rng.randint(1, 4), minutes=number) for number in range(2)]
    actions.offer_visit(**who, times=times, place="12/7 kiệt 84 Lâm Hoằng", purpose="Xem ranh giới")
    return ["offer_visit"]


def _agree_visit(_world: World, dossier: Dossier, who: dict[str, Any], rng: Random) -> list[str]:
    visit = dossier.visits.filter(OPEN_VISIT).first()
    actions.agree_visit(**who, time=rng.choice(visit.moments) if visit else who["at"])
    return ["agree_visit"]


def _remind_visit(_world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    visit = dossier.visits.filter(OPEN_VISIT).first()
    at = visit.planned_at - timedelta(hours=1) if visit else who["at"]
    return ["remind_visit"] if actions.remind_visit(dossier_id=dossier.pk, at=at) is not None else []


def _record_visit(_world: World, _dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    actions.record_visit(**who, held_at=who["at"], present="Nguyễn Hoài An", minutes="Đúng như bản vẽ.")
    return ["record_visit"]


def _no_news(_world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    return ["note_no_news"] * (actions.note_no_news(dossier_id=dossier.pk, at=who["at"]) is not None)


def _hand_back(_world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    actions.hand_back(**who, papers=list(dossier.papers.values_list("pk", flat=True)), receiver=RECEIVER)
    return ["hand_back"]


RECEIVER = Receiver(name="Nguyễn Hoài An", identity="046196000214")


def _time_out(_world: World, dossier: Dossier, who: dict[str, Any], _rng: Random) -> list[str]:
    at = who["at"]
    Step.objects.filter(dossier=dossier, done_at=None, timer_at__isnull=False).update(timer_at=at)
    return ["time_out"] * (actions.time_out(dossier_id=dossier.pk, at=at) or 0)


# fmt: off
MADE: Mapping[str, Drive] = {
    "change_process":    _change_process,
    "accept":            _plainly(actions.accept, "accept"),
    "ask_before":        _ask,
    "supply_before":     _supply,
    "refuse":            _plainly(actions.refuse, "refuse", reason="Không thuộc thẩm quyền"),
    "withdraw":          _plainly(actions.withdraw, "withdraw"),
    "hand_over":         _plainly(actions.hand_over, "hand_over"),
    "assign":            _assign,
    "complete_step":     _complete,
    "send_back":         _plainly(actions.send_back, "send_back", reason="Xem lại"),
    "ask_papers":        _ask,
    "give_papers":       _supply,
    "sign_off":          _plainly(actions.sign_off, "sign_off"),
    "issue":             _plainly(actions.issue, "issue", number="12/GPXD"),
    "return_result":     _plainly(actions.return_result, "return_result", receiver=RECEIVER),
    "ask_again":         _plainly(actions.ask_again, "ask_again"),
    "remind":            _remind,
    "lapse_before":      _lapse,
    "lapse":             _lapse,
    "add_papers":        _add,
    "ask_payment":       _ask_payment,
    "ask_more_payment":  _ask_payment,
    "pay_part":          _pay,
    "pay_all":           _pay,
    "ask_withdrawal":    _plainly(actions.ask_withdrawal, "ask_withdrawal", reason="Không làm nữa"),
    "recall_withdrawal": _plainly(actions.recall_withdrawal, "recall_withdrawal"),
    "grant_withdrawal":  _plainly(actions.grant_withdrawal, "grant_withdrawal"),
    "refuse_withdrawal": _plainly(actions.refuse_withdrawal, "refuse_withdrawal", reason="Đã có quyết định"),
    "propose":           _propose,
    "turn_down":         _turn_down,
    "extend":            _plainly(actions.extend, "extend"),
    "stop":              _stop("stop"),
    "decline":           _stop("decline"),
    "correct":           _plainly(actions.correct, "correct"),
    "reopen":            _plainly(actions.reopen, "reopen", reason="Sai diện tích"),
    "restore":           _plainly(actions.restore, "restore", reason="Dừng nhầm"),
    "state_cause":       _state_cause,
    "consult":           _consult,
    "answer":            _answer,
    "note_silence":      _silence,
    "time_out":          _time_out,
    "send_leg":          _send,
    "leg_received":      _elsewhere("leg_received", "submitted"),
    "leg_refused":       _elsewhere("leg_refused", "submitted"),
    "leg_back":          _elsewhere("leg_back", "processing"),
    "recall_leg":        _recall,
    "note_late_leg":     _note_late,
    "send_central":      _send_central,
    "central_reply":     _reply,
    "remind_leg":        _remind_leg,
    "reassign_unit":     _reassign("reassign_unit"),
    "reassign_asked":    _reassign("reassign_asked"),
    "note_no_news":      _no_news,
    "hand_back":         _hand_back,
    "offer_visit":       _offer_visit,
    "agree_visit":       _agree_visit,
    "call_off_visit":    _plainly(actions.call_off_visit, "call_off_visit", reason="Gia đình đi vắng"),
    "remind_visit":      _remind_visit,
    "record_visit":      _record_visit,
}
# fmt: on
