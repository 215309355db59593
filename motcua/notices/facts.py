"""The facts a notice speaks of, worded: code, procedure, units, moments, papers."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.words import moment, vnd
from motcua.dossiers.models import Dossier, DossierEvent, Obligation, Supplement
from motcua.dossiers.queries import open_request


def facts_of(event: DossierEvent) -> Mapping[str, str]:
    """Return the worded facts of an event and its dossier; a fact that does not apply is "" ."""
    dossier = event.dossier
    supplement = _supplement(event)
    return {
        "code": dossier.code or "",
        "procedure": dossier.version.title,
        "receiving_unit": dossier.receiving_unit.name if dossier.receiving_unit else "",
        "resolving_unit": dossier.resolving_unit.name if dossier.resolving_unit else "",
        "reception_due": _moment(dossier.reception_due_at),
        "due": _due(dossier, event),
        "reason": _sentence(event.reason),
        "supplement_due": _moment(supplement.due_at) if supplement else "",
        "obligation": _obligation(event),
        "items": "; ".join(_item(item) for item in supplement.items) if supplement else "",
    }


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
    told = {"number": obligation.notice_number, "payee": obligation.payee, "sum": vnd(obligation.total_vnd)}
    return _("Thông báo số %(number)s: nộp %(sum)s cho %(payee)s.") % told


def _due(dossier: Dossier, event: DossierEvent) -> str:
    """Say what was promised by the event itself, else what stands now."""
    promised = event.data.get("due_at")
    due_at = datetime.fromisoformat(promised) if promised else dossier.due_at
    if due_at is None:
        return _("Luật không định thời hạn cho việc này; chúng tôi báo ngay khi có kết quả.")
    return _("Hẹn trả %(due)s.") % {"due": moment(due_at)}


def _item(item: Mapping[str, str]) -> str:
    fault = item.get("fault", "").rstrip(". ")
    return f"{item['name']} ({fault})" if fault else item["name"]


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?" else f"{text}."
