"""The facts of a dossier, worded for its slips: Mẫu 01, 02, 03 frozen with a move, 06 and 07 printed from the rows."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.base import words
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers import clock
from motcua.dossiers.deadlines import term_of
from motcua.dossiers.expected import expected_end
from motcua.dossiers.expiry import after_expiry
from motcua.dossiers.faults import Asked, asked_in
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Channel, Dossier, DossierEvent, Leg, Paper, Slip, Step, Visit
from motcua.dossiers.owners import declared_name, owner_name
from motcua.dossiers.slips.data import (
    Control06,
    HandOverRow,
    Letterhead,
    MissingRow,
    PaperRow,
    Person,
    Receipt01,
    Refusal03,
    Register07,
    RegisterRow,
    SupplementRequest02,
    Tracking,
)
from motcua.people.models import Agency, Officer


def receipt(dossier: Dossier, event: DossierEvent) -> Receipt01:
    """Word Mẫu 01, the receipt with the appointment."""
    papers = list(dossier.papers.exclude(source=Paper.Source.NONE).order_by("position"))
    return Receipt01(
        issued_at=event.at.isoformat(),
        head=letterhead(dossier, event.at),
        tracking=Tracking(code=dossier.code or ""),
        applicant=applicant_of(dossier),
        owner=_owner(dossier),
        request=request_of(dossier),
        papers=tuple(paper_row(paper) for paper in papers),
        sets=1,
        term=_term(dossier),
        received=long_moment(dossier.received_at or event.at),
        due=long_moment(dossier.due_at) if dossier.due_at else _untimed(dossier, event.at),
        return_at=return_place(dossier),
        officer=officer_of(event),
        channel=str(Channel(dossier.channel).label),
        charges=_charges(dossier),
        no_papers="" if papers else _no_papers(dossier),
    )


def _untimed(dossier: Dossier, at: datetime) -> str:
    """Say when a dossier without a term may be expected, by the hours of its steps."""
    running = dossier.steps.filter(done_at__isnull=True, is_beside=False).first()
    end_at = expected_end(dossier, running, at)
    if end_at is None:
        return _("sẽ thông báo: luật không định thời hạn")
    return _("luật không định thời hạn; dự kiến %(end)s, theo giờ của từng bước") % {"end": long_moment(end_at)}


def supplement_request(dossier: Dossier, event: DossierEvent) -> SupplementRequest02:
    """Word Mẫu 02: every paper asked for, what is wrong with it and how to put it right, and until when."""
    supplement = dossier.supplements.get(event=event)
    wanted = asked_in(supplement)
    papers = dossier.papers.select_related("requirement").in_bulk([asked.paper for asked in wanted])
    return SupplementRequest02(
        issued_at=event.at.isoformat(),
        head=letterhead(dossier, event.at),
        tracking=Tracking(code=dossier.code or ""),
        applicant=_owner(dossier) or applicant_of(dossier),
        request=request_of(dossier),
        missing=tuple(_missing_row(asked, papers.get(asked.paper)) for asked in wanted),
        reason=event.reason,
        officer=officer_of(event),
        deadline=long_moment(supplement.due_at),
        contact=_proposer(event),
        after=f"{_after_supplement(dossier, event)} {after_expiry(event.to_status)}",
        request_round=_("thứ %(n)d, %(stage)s")
        % {"n": supplement.round_no, "stage": supplement.get_stage_display().lower()},
    )


def _proposer(event: DossierEvent) -> str:
    """Return whom to ask about a request that a leader approved: the officer who knows the dossier and proposed it."""
    proposer = Officer.objects.filter(pk=event.data.get("proposed_by")).first()
    return proposer.full_name if proposer else ""


def _missing_row(asked: Asked, paper: Paper | None) -> MissingRow:
    """Return the row of a paper asked for: as many originals and copies as the procedure wants, else one original."""
    wanted = paper.requirement if paper else None
    originals, copies = (wanted.original_count, wanted.copy_count) if wanted else (1, 0)
    return MissingRow(
        name=asked.name,
        originals=originals if originals or copies else 1,
        copies=copies,
        needed=asked.words,
        reason=asked.label,
        guidance=asked.guidance,
    )


def _after_supplement(dossier: Dossier, event: DossierEvent) -> str:
    if event.to_status != Status.AWAITING_PAPERS:
        return _("Thời hạn giải quyết bắt đầu tính khi hồ sơ đủ và hợp lệ.")
    if dossier.version.after_pause == ProcedureVersion.AfterPause.RESTART:
        return _("Khi hồ sơ được bổ sung đủ, thời hạn giải quyết tính lại từ đầu.")
    return _("Thời gian chờ bổ sung không tính vào thời hạn giải quyết.")


def refusal(dossier: Dossier, event: DossierEvent) -> Refusal03:
    """Word Mẫu 03: why the dossier is not accepted."""
    return Refusal03(
        issued_at=event.at.isoformat(),
        head=letterhead(dossier, event.at),
        tracking=Tracking(code=dossier.code or ""),
        applicant=applicant_of(dossier),
        request=request_of(dossier),
        reason=event.reason,
        officer=officer_of(event),
        submitted=long_moment(dossier.submitted_at) if dossier.submitted_at else "",
        next_step=" ".join(
            [
                *_handed_back(dossier, event),
                _("Ông/bà có thể nộp hồ sơ mới khi đủ điều kiện, hoặc hỏi nơi tiếp nhận để được hướng dẫn."),
            ]
        ),
    )


def _handed_back(dossier: Dossier, event: DossierEvent) -> Iterator[str]:
    """Say what a dossier declined after acceptance gives back: papers by name and count, and the words on its charges."""
    papers = dossier.papers.filter(pk__in=event.data.get("papers_back", ())).order_by("position")
    if papers:
        named = "; ".join(
            _("%(name)s (%(n)d bản)") % {"name": paper.name, "n": paper.original_count + paper.copy_count}
            for paper in papers
        )
        yield _("Ông/bà nhận lại tại nơi tiếp nhận: %(papers)s.") % {"papers": named}
    if refund := event.data.get("refund"):
        yield _("Khoản đã thu: %(refund)s") % {"refund": refund}


def control(dossier: Dossier, at: datetime) -> Control06:
    """Word Mẫu 06 from the steps that ran so far and what went to other agencies: who gave what to whom, when, early or late."""
    steps = list(dossier.steps.select_related("unit", "done_by", "assignee").order_by("seq"))
    visits = list(dossier.visits.filter(recorded_at__isnull=False))
    legs = _legs_of(dossier)
    return Control06(
        issued_at=at.isoformat(),
        head=letterhead(dossier, at),
        tracking=Tracking(code=dossier.code or ""),
        applicant=_owner(dossier) or applicant_of(dossier),
        request=request_of(dossier),
        received=long_moment(dossier.received_at) if dossier.received_at else "",
        due=long_moment(dossier.due_at) if dossier.due_at else "",
        resolving_agency=dossier.resolving_unit.name if dossier.resolving_unit else "",
        coordinating_agencies=", ".join(dict.fromkeys(leg.to_name for leg in legs)),
        rows=(
            *(_hand_over_row(giver, taker, visits) for giver, taker in itertools.pairwise(steps)),
            *(_leg_row(leg) for leg in legs),
        ),
    )


def register(dossiers: Iterable[Dossier], unit: Agency, first: date, last: date, at: datetime) -> Register07:
    """Word Mẫu 07, the register of `unit`, from the dossiers received there in the period."""
    received = list(dossiers)
    receivers = _receivers(received)
    return Register07(
        issued_at=at.isoformat(),
        head=agency_head(unit, at),
        period=_("Từ ngày %(first)s đến ngày %(last)s") % {"first": words.day(first), "last": words.day(last)},
        rows=tuple(
            _register_row(number, dossier, receivers.get(dossier.pk, ""))
            for number, dossier in enumerate(received, start=1)
        ),
    )


def letterhead(dossier: Dossier, at: datetime) -> Letterhead:
    """Return the head of a slip of the dossier: the counter that received it."""
    if dossier.receiving_unit is None:
        raise ValueError("a draft has no slips")
    return agency_head(dossier.receiving_unit, at)


def agency_head(unit: Agency, at: datetime) -> Letterhead:
    """Return the head of a slip made by `unit`, with place and day."""
    on = words.local_day(at)
    place = unit.parent.place.name if unit.parent and unit.parent.place else (unit.place.name if unit.place else "")
    return Letterhead(
        parent_agency=unit.parent.name if unit.parent else "",
        agency=unit.name,
        place_and_day=_("%(place)s, ngày %(day)s tháng %(month)s năm %(year)s")
        % {"place": place, "day": f"{on.day:02}", "month": f"{on.month:02}", "year": on.year},
    )


def applicant_of(dossier: Dossier) -> Person:
    """Return who filed, as declared that day."""
    declared = dossier.applicant
    identity = declared.get("identity_number") or dossier.filed_by.identity_number or ""
    return Person(
        name=declared.get("full_name") or dossier.filed_by.full_name,
        identity=_("Số định danh %(number)s") % {"number": identity} if identity else "",
        address=declared.get("address") or dossier.filed_by.address,
        phone=declared.get("phone") or dossier.filed_by.phone,
        email=declared.get("email") or dossier.filed_by.email,
    )


def _owner(dossier: Dossier) -> Person | None:
    if name := declared_name(dossier):
        return Person(
            name, _number_of_owner(dossier), *(dossier.declared_owner.get(key, "") for key in ("address", "phone"))
        )
    if dossier.owner_organisation is not None:
        return Person(name=dossier.owner_organisation.name, identity=dossier.owner_organisation.tax_code)
    if dossier.owner_id == dossier.filed_by_id:
        return None
    return Person(name=dossier.owner.full_name, address=dossier.owner.address)


def _number_of_owner(dossier: Dossier) -> str:
    declared = dossier.declared_owner
    if code := declared.get("tax_code"):
        return _("Mã số thuế %(number)s") % {"number": code}
    number = declared.get("identity_number")
    return _("Số định danh %(number)s") % {"number": number} if number else ""


def request_of(dossier: Dossier) -> str:
    """Return what is asked for: procedure, case, subject."""
    parts = [
        dossier.version.name,
        dossier.case.name if dossier.case and dossier.version.cases.count() > 1 else "",
        dossier.subject,
    ]
    return " – ".join(part for part in parts if part)


def paper_row(paper: Paper) -> PaperRow:
    """Return the row of a paper: one that came as a file alone is one electronic copy, not «0 originals, 0 copies»."""
    is_electronic = paper.source == Paper.Source.FILE and not (paper.original_count or paper.copy_count)
    if is_electronic:
        return PaperRow(name=paper.name, originals=0, copies=1, note=_("Bản điện tử"))
    note = "" if paper.source in {Paper.Source.PAPER, Paper.Source.FILE} else str(paper.get_source_display())
    return PaperRow(name=paper.name, originals=paper.original_count, copies=paper.copy_count, note=note)


def _no_papers(dossier: Dossier) -> str:
    """Return why the receipt lists no paper: none had to be handed in, or none has been so far."""
    if dossier.papers.exists():
        return _("chưa nộp giấy tờ nào.")
    return _("không phải nộp giấy tờ nào.")


def _term(dossier: Dossier) -> str:
    term = term_of(dossier.version, dossier.case, dossier.channel)
    return clock.term_words(term) if term else _("Luật không định thời hạn")


def long_moment(at: datetime) -> str:
    """Write a moment as slips do: «10 giờ 05 phút, thứ Sáu ngày 27/11/2026»."""
    return _("%(clock)s, %(weekday)s ngày %(day)s") % {
        "clock": words.clock_time(at).replace(":", _(" giờ ")) + _(" phút"), "weekday": words.weekday(at), "day": words.day(at),
    }  # fmt: skip


def return_place(dossier: Dossier) -> str:
    """Return where the result is handed over."""
    if dossier.return_method == "counter" and dossier.receiving_unit:
        return dossier.receiving_unit.name
    return ", ".join(part for part in (str(dossier.get_return_method_display()), dossier.return_address) if part)


def _charges(dossier: Dossier) -> str:
    charges = list(dossier.charges.all())
    if not charges:
        return _("Không thu")
    worded = [
        f"{charge.name}: {words.vnd(charge.amount_vnd) if charge.amount_vnd is not None else _('chưa xác định')}" for charge in charges
    ]  # fmt: skip
    return "; ".join(worded)


def officer_of(event: DossierEvent) -> str:
    """Return who made the move; empty for a citizen or the system."""
    return event.officer.full_name if event.officer else ""


def _hand_over_row(giver: Step, taker: Step, visits: Sequence[Visit]) -> HandOverRow:
    result = ""
    if giver.due_at is not None and giver.done_at is not None:
        result = _("Quá hạn") if giver.done_at > giver.due_at else _("Đúng hạn")
    return HandOverRow(
        giver=f"{giver.unit.name} ({giver.name})",
        receiver=f"{taker.unit.name} ({taker.name})",
        given=long_moment(taker.received_at),
        given_by=giver.done_by.full_name if giver.done_by else "",
        received_by=taker.assignee.full_name if taker.assignee else (taker.done_by.full_name if taker.done_by else ""),
        result=result,
        note=". ".join(part for part in (giver.note, *_seen(giver, visits)) if part),
    )


def _seen(step: Step, visits: Sequence[Visit]) -> Iterator[str]:
    """Say the visits whose minutes were written while the step ran: when, and who was there."""
    for visit in visits:
        held, recorded = visit.held_at, visit.recorded_at
        if held and recorded and step.received_at <= recorded <= (step.done_at or recorded):
            yield _("Xem tại chỗ %(when)s, có mặt: %(who)s") % {"when": words.moment(held), "who": visit.present}


def _legs_of(dossier: Dossier) -> list[Leg]:
    if not dossier.has_legs:
        return []
    legs = dossier.legs.select_related("from_unit", "sent_by", "received_by", "refused_by", "child")
    return list(legs.order_by("number"))


def _leg_row(leg: Leg) -> HandOverRow:
    """Word what went to another agency as a hand-over (liên thông), with what became of it."""
    taker = leg.received_by or leg.refused_by
    result = _("Quá hạn") if leg.late_at else _("Đúng hạn") if leg.returned_at and leg.due_at else ""
    return HandOverRow(
        giver=leg.from_unit.name,
        receiver=f"{leg.to_name} ({leg.child.code})" if leg.child else leg.to_name,
        given=long_moment(leg.sent_at),
        given_by=leg.sent_by.full_name,
        received_by=taker.full_name if taker else "",
        result=result,
        note=_leg_note(leg),
    )


def _leg_note(leg: Leg) -> str:
    """Say how many papers went along and how the leg stands."""
    number = sum(line["count"] for line in leg.manifest)
    sent = _("Liên thông số %(number)d, kèm %(papers)d giấy tờ.") % {"number": leg.number, "papers": number}
    if leg.refused_at:
        return _("%(sent)s Không nhận: %(words)s") % {"sent": sent, "words": leg.words}
    if leg.returned_at:
        return _("%(sent)s Trả về %(at)s.") % {"sent": sent, "at": long_moment(leg.returned_at)}
    return _("%(sent)s Thôi chờ.") % {"sent": sent} if leg.dropped_at else sent


def _receivers(dossiers: Iterable[Dossier]) -> dict[int, str]:
    """Return who took each dossier in, by its id; one query for any number of them."""
    taken = DossierEvent.objects.filter(dossier__in=dossiers, move__in=["take_in", "accept"], officer__isnull=False)
    return dict(taken.order_by("seq").values_list("dossier_id", "officer__full_name"))


def _register_row(number: int, dossier: Dossier, received_by: str) -> RegisterRow:
    result = getattr(dossier, "result", None)
    declared = dossier.declared_owner
    return RegisterRow(
        number=number,
        code=dossier.code or "",
        request=dossier.version.desk_name or dossier.version.title,
        sets=1,
        owner=owner_name(dossier),
        address=declared.get("address", "") if declared else dossier.owner.address,
        phone=declared.get("phone", "") if declared else dossier.owner.phone,
        received_on=words.day(dossier.received_at) if dossier.received_at else "",
        due_on=words.day(dossier.due_at) if dossier.due_at else _("không định hạn"),
        returned_on=words.day(dossier.returned_at) if dossier.returned_at else "",
        returned_by=result.returned_by.full_name if result and result.returned_by else "",
        returned_to=result.receiver_name if result else "",
        received_by=received_by,
    )


def pdf_form(slip: Slip) -> str:
    """Return the file name of a slip's PDF."""
    return f"mau-{slip.form}-{slip.dossier.code}.pdf"
