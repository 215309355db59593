"""What a dossier asked of other units, as its page shows it: whom, what, until when, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base import words
from motcua.dossiers.models import Consultation, Dossier


@dataclass(frozen=True)
class Shown:
    """One unit asked. `state`: words, `kind`: how they are coloured."""

    title: str
    unit: str
    question: str
    asked: str
    answer: str
    state: str
    kind: str


def consultations_of(dossier: Dossier, at: datetime) -> list[Shown]:
    """Return everything asked, the first one first; one query."""
    asked = dossier.consultations.select_related("unit", "asked_by", "answered_by").order_by("asked_at", "pk")
    return [_shown(one, at) for one in asked]


def _shown(one: Consultation, at: datetime) -> Shown:
    state, kind = _state(one, at)
    return Shown(
        title=one.get_kind_display(),
        unit=one.unit.name,
        question=one.question,
        asked=_("%(who)s hỏi %(at)s, hạn trả lời %(due)s")
        % {"who": one.asked_by.full_name, "at": words.moment(one.asked_at), "due": words.moment(one.due_at)},
        answer=one.answer,
        state=state,
        kind=kind,
    )


def _state(one: Consultation, at: datetime) -> tuple[str, str]:
    if one.answered_at is not None:
        late = one.answered_at > one.due_at
        said = _("Trả lời %(at)s, muộn") if late else _("Trả lời %(at)s")
        return said % {"at": words.moment(one.answered_at)}, "soon" if late else "good"
    if one.dropped_at is not None:
        return _("Thôi hỏi vì hồ sơ đã kết thúc"), ""
    if one.silent_at is not None or one.due_at <= at:
        return _("Hết hạn, chưa trả lời: ghi là im lặng"), "late"
    return _("Đang chờ trả lời"), "action"
