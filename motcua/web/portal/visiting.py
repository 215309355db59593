"""The appointment on site, for the citizen: choose one of the times offered, or say that none can be kept."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.base.words import moment
from motcua.dossiers import actions
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import MOVES, By, MoveNotAllowed
from motcua.dossiers.models import Dossier, Visit
from motcua.dossiers.queries import OPEN_VISIT
from motcua.web.portal.access import citizen_of, dossier_of_citizen, signed_in
from motcua.web.shared import held

MOST_WORDS = 500
NONE = "khong"  # what is posted for «none of these times»


@dataclass(frozen=True)
class Appointment:
    """An appointment that stands: when, where, what for; `times`: to choose from (value, words), none once chosen."""

    visit: Visit
    when: str
    times: list[tuple[str, str]]
    has_passed: bool

    @property
    def waits(self) -> bool:
        """Whether the citizen has still to choose."""
        return bool(self.times)


def appointment_of(dossier: Dossier, now: datetime) -> Appointment | None:
    """Return the appointment that stands; one query."""
    if dossier.status not in MOVES["agree_visit"].sources:
        return None
    visit = dossier.visits.filter(OPEN_VISIT).select_related("unit", "offered_by").first()
    if visit is None:
        return None
    left = [] if visit.agreed_at else [one for one in visit.moments if one > now]
    times = [(one.isoformat(), moment(one)) for one in left]
    return Appointment(visit, moment(visit.planned_at), times, visit.planned_at <= now)


@signed_in
@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the times offered; on POST take the one chosen, or the reason why none can be kept."""
    dossier, now = dossier_of_citizen(request, code), timezone.now()
    appointment = appointment_of(dossier, now)
    if appointment is None or appointment.has_passed:
        messages.info(request, _("Hồ sơ này lúc này không có buổi hẹn nào chờ bạn. Không có gì thay đổi."))
        return redirect("portal:dossier", code)
    if request.method != "POST":
        return _page(request, dossier, appointment, held.take(request) or {})
    chosen, reason = request.POST.get("time", ""), request.POST.get("reason", "").strip()[:MOST_WORDS]
    if chosen == NONE and not reason:
        problem = _("Hãy ghi vì sao bạn không gặp được, để cán bộ hẹn lại cho hợp.")
        return _page(request, dossier, appointment, request.POST.dict(), problem, "reason")
    if chosen != NONE and chosen not in dict(appointment.times):
        return _page(request, dossier, appointment, request.POST.dict(), _("Bạn chưa chọn giờ nào."), "time-1")
    return _do(request, dossier, chosen, reason)


def _do(request: HttpRequest, dossier: Dossier, chosen: str, reason: str) -> HttpResponseBase:
    actor, at = Actor(by=By.CITIZEN, citizen_id=citizen_of(request).pk), timezone.now()
    try:
        if chosen == NONE:
            actions.call_off_visit(dossier_id=dossier.pk, actor=actor, at=at, reason=reason)
            messages.success(request, _("Đã báo cán bộ. Nếu hẹn lại, bạn được báo ngay; hồ sơ vẫn được làm tiếp."))
        else:
            time = datetime.fromisoformat(chosen)
            actions.agree_visit(dossier_id=dossier.pk, actor=actor, at=at, time=time)
            messages.success(
                request, _("Đã chốt giờ: %(when)s. Cán bộ thấy ngay lựa chọn của bạn.") % {"when": moment(time)}
            )
    except MoveNotAllowed as refused:
        messages.error(request, str(refused))
    return redirect("portal:dossier", dossier.code)


def _page(
    request: HttpRequest, dossier: Dossier, appointment: Appointment, typed: dict[str, str], problem: str = "",
    target: str = "",
) -> HttpResponse:  # fmt: skip
    context = {
        "dossier": dossier, "appointment": appointment, "typed": typed, "most": MOST_WORDS, "none": NONE,
        "problem": problem, "target": target, "errors": [{"target": target, "text": problem}] if problem else [],
    }  # fmt: skip
    return render(request, "portal/visit.html", context)
