"""Withdrawing one's dossier: at once before acceptance, afterwards by asking the leader, and thinking better of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.dossiers import actions
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By, MoveNotAllowed, moves_open_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import is_signed
from motcua.web.portal.access import citizen_of, dossier_of_citizen, signed_in
from motcua.web.portal.bundle_failures import held_back_by
from motcua.web.shared import held

MOST_WORDS = 500


@dataclass(frozen=True)
class Withdrawal:
    """How a move of withdrawal is asked of the citizen: the button, the question, what will happen, what is said then."""

    move: str
    label: Promise
    question: Promise
    text: Promise
    done: Promise
    keep: Promise
    takes_back: bool = False


T = gettext_lazy
WITHDRAWALS: Mapping[str, Withdrawal] = {
    one.move: one
    for one in (
        Withdrawal(
            "withdraw", T("Rút hồ sơ"), T("Rút hồ sơ này?"),
            T("Sau khi rút, hồ sơ dừng hẳn và không mở lại được. Khi cần, bạn nộp hồ sơ mới."),
            T("Đã rút hồ sơ %(code)s. Hồ sơ không còn được xử lý."), T("Không rút"),
        ),
        Withdrawal(
            "ask_withdrawal", T("Xin rút hồ sơ"), T("Xin rút hồ sơ này?"),
            T(
                "Hồ sơ đã được tiếp nhận nên lãnh đạo cơ quan phải đồng ý. Đồng hồ dừng từ lúc bạn xin, bạn được báo ngay khi "
                "có quyết định, và có thể thôi rút trước lúc đó. Được rút thì bạn nhận lại giấy tờ bản giấy ở nơi tiếp nhận."
            ),
            T("Đã gửi yêu cầu rút hồ sơ %(code)s. Bạn được báo ngay khi lãnh đạo quyết định."), T("Không rút"),
        ),
        Withdrawal(
            "recall_withdrawal", T("Thôi rút hồ sơ"), T("Thôi rút, để hồ sơ được làm tiếp?"),
            T("Hồ sơ đi tiếp từ chỗ đang dừng. Thời gian chờ quyết định không tính vào thời hạn giải quyết."),
            T("Bạn đã thôi rút hồ sơ %(code)s. Hồ sơ được làm tiếp."), T("Vẫn xin rút"), takes_back=True,
        ),
    )
}  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask whether to withdraw, or to think better of it; on POST do what was asked, never what has become open since."""
    dossier = dossier_of_citizen(request, code)
    if request.method == "POST":
        return _do(request, dossier)
    withdrawal = withdrawal_open(dossier)
    if withdrawal is None:
        messages.info(request, _("Hồ sơ này lúc này không rút được. Không có gì thay đổi."))
        return redirect("portal:dossier", code)
    posted = held.take(request)
    context = {"dossier": dossier, "withdrawal": withdrawal, "most": MOST_WORDS, "typed": posted or {}}
    context["held_back"] = [] if withdrawal.takes_back else held_back_by(dossier)
    return render(request, "portal/withdraw.html", context)


def withdrawal_open(dossier: Dossier) -> Withdrawal | None:
    """Return which move of withdrawal the citizen may make now; none once the result is signed."""
    open_moves = {move.name for move in moves_open_to(dossier.status, By.CITIZEN)}
    withdrawal = next((one for name, one in WITHDRAWALS.items() if name in open_moves), None)
    if withdrawal and withdrawal.move == "ask_withdrawal" and is_signed(dossier.pk):
        return None
    return withdrawal


def _do(request: HttpRequest, dossier: Dossier) -> HttpResponseBase:
    withdrawal = WITHDRAWALS.get(request.POST.get("move", ""), WITHDRAWALS["withdraw"])
    actor, at = Actor(by=By.CITIZEN, citizen_id=citizen_of(request).pk), timezone.now()
    reason = request.POST.get("reason", "")[:MOST_WORDS]
    try:
        if withdrawal.move == "withdraw":
            actions.withdraw(dossier_id=dossier.pk, actor=actor, at=at, reason=reason)
        elif withdrawal.move == "ask_withdrawal":
            actions.ask_withdrawal(dossier_id=dossier.pk, actor=actor, at=at, reason=reason)
        else:
            actions.recall_withdrawal(dossier_id=dossier.pk, actor=actor, at=at)
    except MoveNotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(withdrawal.done) % {"code": dossier.code})
    return redirect("portal:dossier", dossier.code)
