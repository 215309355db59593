"""One act on several dossiers chosen in the inbox: each its own transaction, with a word on every one that failed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.web.desk.access import Opened, Sitting, at_the_desk, dossier_for_officer
from motcua.web.shared import held

MOST_AT_ONCE = 100


@at_the_desk
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, sitting: Sitting, move: str) -> HttpResponse:
    """Take the chosen dossiers for oneself, or hand them over, and return to the list."""
    if move not in _DONE:
        raise Http404
    if request.method == "GET":
        held.say_not_done(request)
        return redirect("desk:inbox")
    codes = list(dict.fromkeys(request.POST.getlist("code")))[:MOST_AT_ONCE]
    if not codes:
        messages.warning(request, _("Chưa chọn hồ sơ nào. Đánh dấu hồ sơ ở đầu dòng (phím x) rồi bấm lại."))
    done = 0
    for code in codes:
        refusal = _one(sitting, code, move)
        done += not refusal
        if refusal:
            messages.warning(request, _("Hồ sơ %(code)s: %(why)s") % {"code": code, "why": refusal})
    if done:
        messages.success(request, _DONE[move](done))
    return redirect(_back(request))


def _one(sitting: Sitting, code: str, move: str) -> str:
    """Make the move on one dossier; return why it was refused, or nothing."""
    opened = dossier_for_officer(sitting, code, page=f"batch:{move}")
    try:
        _make(opened, move)
    except MoveNotAllowed as refused:
        return str(refused)
    return ""


def _make(opened: Opened, move: str) -> None:
    if opened.step is None:
        raise MoveNotAllowed(_("Hồ sơ đã kết thúc. Chưa có gì thay đổi."))
    actor, at = opened.actor(move), opened.sitting.at
    if move == "hand_over":
        actions.hand_over(dossier_id=opened.dossier.pk, actor=actor, at=at)
    else:
        actions.assign(dossier_id=opened.dossier.pk, actor=actor, to=opened.sitting.officer, at=at)


def _taken(number: int) -> str:
    return ngettext("Bạn đã nhận %(n)d hồ sơ.", "Bạn đã nhận %(n)d hồ sơ.", number) % {"n": number}


def _handed_over(number: int) -> str:
    return ngettext("Đã bàn giao %(n)d hồ sơ.", "Đã bàn giao %(n)d hồ sơ.", number) % {"n": number}


_DONE = {"assign": _taken, "hand_over": _handed_over}


def _back(request: HttpRequest) -> str:
    page = request.POST.get("next", "")
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}) else reverse("desk:inbox")
