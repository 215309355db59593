"""The facts a notice speaks of, worded: code, procedure, units, moments, papers."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.base.words import day, moment, vnd
from motcua.catalogue.bundles import bundles
from motcua.dossiers.actions.bundling import ENDED_WITHOUT
from motcua.dossiers.expected import expected_end
from motcua.dossiers.expiry import after_expiry
from motcua.dossiers.faults import Asked, asked_in, own_reason
from motcua.dossiers.models import BundleMember, Dossier, DossierEvent, Obligation, Supplement
from motcua.dossiers.queries import open_request
from motcua.dossiers.returns import how_returned


def facts_of(event: DossierEvent) -> Mapping[str, str]:
    """Return the worded facts of an event and its dossier; a fact that does not apply is "" ."""
    dossier = event.dossier
    supplement = _supplement(event)
    return {
        "code": dossier.code or "",
        "procedure": dossier.version.title,
        "receiving_unit": dossier.receiving_unit.name if dossier.receiving_unit else "",
        "resolving_unit": dossier.resolving_unit.name if dossier.resolving_unit else "",
        "how_returned": how_returned(dossier),
        "reception_due": _moment(dossier.reception_due_at),
        "due": _due(dossier, event),
        "due_before": _moment(datetime.fromisoformat(before)) if (before := event.data.get("before")) else "",
        "reason": _sentence(own_reason(supplement) if supplement else event.reason),
        "supplement_due": _moment(supplement.due_at) if supplement else "",
        "obligation": _obligation(event),
        "notice": event.data.get("notice", ""),
        "decision": event.data.get("decision", ""),
        "from_unit": event.data.get("from_name", ""),
        "to_unit": event.data.get("to_name", ""),
        "from_day": day(date.fromisoformat(since)) if (since := event.data.get("on")) else "",
        "round": str(supplement.round_no) if supplement else "",
        "items": "; ".join(_item(asked) for asked in asked_in(supplement)) if supplement else "",
        "leg_to": event.data.get("unit_name", ""),
        "leg_until": _until(event),
        "papers": "; ".join(event.data.get("paper_names", ())),
        "told": event.data.get("told", ""),
        "days": str(event.data.get("days", "")),
        "step": event.data.get("step_name", ""),
        "since": day(datetime.fromisoformat(since)) if (since := event.data.get("since")) else "",
        "holder": event.data.get("unit_name", ""),
        "visit": _moment(datetime.fromisoformat(visit_at)) if (visit_at := event.data.get("visit_at")) else "",
        "visit_times": _(" hoặc ").join(moment(datetime.fromisoformat(at)) for at in event.data.get("visit_times", ())),
        "place": event.data.get("place", ""),
        "after_expiry": after_expiry(event.to_status) if supplement else "",
    }


def about_bundle(event: DossierEvent) -> str:
    """Say what an event means for the bundle a dossier was filed with; "" where it means nothing, or there is none.

    A dossier that waited was filed by time; one that ended without a result keeps back those that need it.
    """
    if event.move != "submit" and event.to_status not in ENDED_WITHOUT:
        return ""
    member = BundleMember.objects.select_related("bundle").filter(dossier=event.dossier, stopped_at=None).first()
    kind = bundles().get(member.bundle.kind) if member else None
    if member is None or kind is None:
        return ""
    if event.move == "submit":
        waited = kind.waits_for(member.key)
        said = _("Hồ sơ này thuộc bộ %(bundle)s, tự chuyển đi vì đã có %(output)s.")
        return said % {"bundle": member.bundle.code, "output": waited} if waited else ""
    needing = [one.key for one in kind.members if member.key in one.after]
    held = member.bundle.members.filter(key__in=needing, dossier__code=None).select_related("dossier__version")
    titles = ", ".join(f"«{one.dossier.version.title}»" for one in held)
    said = _(
        "Trong bộ %(bundle)s, %(titles)s cần kết quả này nên không chuyển đi; những gì đã khai vẫn còn, xem trang của bộ."
    )
    return said % {"bundle": member.bundle.code, "titles": titles} if titles else ""


def _moment(at: datetime | None) -> str:
    return moment(at) if at else ""


def _supplement(event: DossierEvent) -> Supplement | None:
    """Return the request the event made, or reminded of."""
    made: Supplement | None = getattr(event, "supplement", None)  # the reverse of a one-to-one raises AttributeError
    return made or (open_request(event.dossier) if event.move == "remind" else None)


def _obligation(event: DossierEvent) -> str:
    obligation: Obligation | None = getattr(event, "obligation", None)
    if obligation is None:
        return ""
    told = {
        "number": obligation.notice_number, "payee": obligation.payee, "sum": vnd(obligation.total_vnd),
        "account": obligation.account, "by": day(obligation.pay_by) if obligation.pay_by else "",
    }  # fmt: skip
    if obligation.pay_by:
        return (
            _("Thông báo số %(number)s: nộp %(sum)s cho %(payee)s, tài khoản %(account)s, chậm nhất ngày %(by)s.")
            % told
        )
    return _("Thông báo số %(number)s: nộp %(sum)s cho %(payee)s, tài khoản %(account)s.") % told


def _until(event: DossierEvent) -> str:
    """Say when a central agency is expected to reply, or why nobody knows."""
    if on := event.data.get("expected_on"):
        return _("Dự kiến họ trả lời ngày %(day)s.") % {"day": day(date.fromisoformat(on))}
    why = _sentence(event.data.get("unknown_why", ""))
    return _("Chưa biết ngày họ trả lời: %(why)s") % {"why": why} if why else ""


def _due(dossier: Dossier, event: DossierEvent) -> str:
    """Say what was promised by the event itself, else what stands now."""
    promised = event.data.get("due_at")
    due_at = datetime.fromisoformat(promised) if promised else dossier.due_at
    if due_at is None:
        return _untimed(dossier, event)
    return _("Hẹn trả %(due)s.") % {"due": moment(due_at)}


def _untimed(dossier: Dossier, event: DossierEvent) -> str:
    """Say that the law gives no term, and when the dossier may be expected by the hours of its steps."""
    running = dossier.steps.filter(done_at__isnull=True, is_beside=False).first()
    end_at = expected_end(dossier, running, event.at) if dossier.received_at else None
    if end_at is None:
        return _("Luật không định thời hạn cho việc này; chúng tôi báo ngay khi có kết quả.")
    said = _("Luật không định thời hạn cho việc này; dự kiến xong %(end)s, theo giờ của từng bước.")
    return said % {"end": moment(end_at)}


def _item(asked: Asked) -> str:
    """Say a paper with what is wrong with it and how to put it right; what is usual needs no second word."""
    said = ": ".join(part for part in (asked.label, asked.words) if part).rstrip(". ")
    parts = [part.rstrip(". ") for part in (said, asked.own_guidance) if part]
    return f"{asked.name} ({'. '.join(parts)})" if parts else asked.name


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?" else f"{text}."
