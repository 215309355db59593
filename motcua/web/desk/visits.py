"""The appointments on site of a dossier, as its page shows them: when, where, what came of each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base import words
from motcua.documents.serving import file_response
from motcua.dossiers.lifecycle import MOVES
from motcua.dossiers.models import Visit
from motcua.web.desk.access import Opened, Sitting, at_the_desk, dossier_for_officer
from motcua.web.desk.act_forms.visiting import correct_first


@dataclass(frozen=True)
class Shown:
    """One appointment. `state`: words, `kind`: how they are coloured; `others`: the other times offered, while open."""

    when: str
    visit: Visit
    others: str
    state: str
    kind: str
    document_url: str


def visits_of(opened: Opened) -> dict[str, Any]:
    """Return every appointment, the first one first, and what should be corrected before another is made."""
    if "visits" not in opened.has:
        return {"visits": []}
    found = opened.dossier.visits.select_related("offered_by", "recorded_by", "unit").order_by("round_no")
    visits = [_shown(opened, visit) for visit in found]
    advises = MOVES["propose"] in opened.moves() and any(one.kind in {"action", "soon"} for one in visits)
    return {"visits": visits, "visit_advice": correct_first(opened) if advises else None}


@at_the_desk
def document(_request: HttpRequest, sitting: Sitting, code: str, visit_id: int) -> HttpResponseBase:
    """Send the scan of the minutes."""
    opened = dossier_for_officer(sitting, code, page="visit")
    visit = opened.dossier.visits.select_related("document__file").filter(pk=visit_id).first()
    if visit is None or visit.document is None:
        raise Http404
    return file_response(visit.document.file, name=_("%(code)s biên bản xem tại chỗ") % {"code": code}, inline=False)


def _shown(opened: Opened, visit: Visit) -> Shown:
    state, kind = _state(visit, opened.sitting.at)
    others = [words.moment(one) for one in visit.moments if one != visit.planned_at]
    waits = kind == "action" and visit.agreed_at is None
    return Shown(
        when=words.moment(visit.held_at or visit.planned_at),
        visit=visit,
        others=_(" hoặc ").join(others) if waits else "",
        state=state,
        kind=kind,
        document_url=reverse("desk:visit_document", args=[opened.dossier.code, visit.pk]) if visit.document_id else "",
    )


def _state(visit: Visit, at: datetime) -> tuple[str, str]:
    if visit.recorded_at is not None:
        return _("Đã xem, có biên bản"), "good"
    if visit.called_off_at is not None:
        return _("Không gặp được, báo %(at)s") % {"at": words.moment_short(visit.called_off_at)}, "plain"
    if visit.dropped_at is not None:
        return _("Thôi hẹn vì hồ sơ đã kết thúc"), "plain"
    if visit.planned_at < at:
        return _("Đã đến giờ, chờ ghi biên bản"), "soon"
    if visit.agreed_at is not None:
        return _("Người dân đã chốt giờ"), "action"
    return _("Người dân chưa chọn, giữ giờ đầu"), "action"
