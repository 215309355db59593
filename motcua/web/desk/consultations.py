"""What a dossier asked of other units, as its page shows it: whom, what, until when, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base import words
from motcua.documents.serving import file_response
from motcua.dossiers.models import Consultation, Dossier
from motcua.web.desk.access import Sitting, at_the_desk, dossier_for_officer


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
    document_url: str


def consultations_of(dossier: Dossier, at: datetime) -> list[Shown]:
    """Return everything asked, the first one first; one query."""
    asked = dossier.consultations.select_related("unit", "asked_by", "answered_by").order_by("asked_at", "pk")
    return [_shown(dossier, one, at) for one in asked]


@at_the_desk
def document(_request: HttpRequest, sitting: Sitting, code: str, consultation_id: int) -> HttpResponseBase:
    """Send the document of an answer."""
    opened = dossier_for_officer(sitting, code, page="answer")
    asked = opened.dossier.consultations.select_related("document__file", "unit").filter(pk=consultation_id).first()
    if asked is None or asked.document is None:
        raise Http404
    name = _("%(code)s trả lời của %(unit)s") % {"code": code, "unit": asked.unit.short_name}
    return file_response(asked.document.file, name=name, inline=False)


def _shown(dossier: Dossier, one: Consultation, at: datetime) -> Shown:
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
        document_url=reverse("desk:answer_document", args=[dossier.code, one.pk]) if one.document_id else "",
    )


def _state(one: Consultation, at: datetime) -> tuple[str, str]:
    if one.answered_at is not None:
        late = one.answered_at > one.due_at
        said = _("Trả lời %(at)s, muộn") if late else _("Trả lời %(at)s")
        return said % {"at": words.moment(one.answered_at)}, "soon" if late else "good"
    if one.dropped_at is not None:
        return _("Thôi hỏi vì hồ sơ đã kết thúc"), "plain"
    if one.silent_at is not None or one.due_at <= at:
        return _("Hết hạn, chưa trả lời: ghi là im lặng"), "late"
    return _("Đang chờ trả lời"), "action"
