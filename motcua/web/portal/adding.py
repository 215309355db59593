"""Adding papers nobody asked for, until the result is signed: each is sent at once, with what it is."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.documents.actions import FileRefused
from motcua.dossiers.actions import add_papers
from motcua.dossiers.actions.adding import PaperUnnamed, require_unsigned, returns_to
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import MOVES, By, MoveNotAllowed
from motcua.dossiers.models import Dossier, Paper, Step
from motcua.people.models import User
from motcua.web.portal.access import citizen_of, dossier_of_citizen, signed_in
from motcua.web.portal.papers import ACCEPTED, refusal_sentences
from motcua.web.shared import held
from motcua.web.shared.uploads import keep_upload

KEY = "them"
NOT_SENT = gettext_lazy(
    "Phiên làm việc đã hết lúc bạn bấm nên tệp chưa gửi. Bạn chọn lại tệp rồi gửi; tên giấy tờ vẫn còn."
)


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show what was added and take in one more paper; on POST it is sent."""
    dossier = dossier_of_citizen(request, code)
    if not may_add(dossier):
        messages.warning(
            request, _("Hồ sơ lúc này không nhận thêm giấy tờ. Tệp của bạn chưa gửi, không có gì thay đổi.")
        )
        return redirect("portal:dossier", code)
    if request.method == "GET":
        posted = held.take(request)
        if posted is not None:
            messages.warning(request, str(NOT_SENT))
        return _page(request, dossier, name=posted.get("name", "") if posted else "")
    files = request.FILES.getlist("files")
    name = request.POST.get("name", "").strip()[:200]
    if not files:
        return _page(request, dossier, [_("Bạn chưa chọn tệp hay ảnh nào.")], name)
    try:
        _add(request, dossier, name)
    except FileRefused as refused:
        return _page(request, dossier, refusal_sentences(refused, files), name)
    except PaperUnnamed as refused:
        return _page(request, dossier, [str(refused)], name)
    except MoveNotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Đã gửi thêm «%(name)s». Cán bộ giữ hồ sơ thấy ngay giấy tờ mới.") % {"name": name})
    return redirect("portal:add", code)


def may_add(dossier: Dossier) -> bool:
    """Return whether a paper can be added now: the dossier is being worked on, and nothing is signed."""
    if dossier.status not in MOVES["add_papers"].sources:
        return False
    try:
        require_unsigned(dossier)
    except MoveNotAllowed:
        return False
    return True


def _add(request: HttpRequest, dossier: Dossier, name: str) -> None:
    """Keep the files as one document of the citizen and add it. Raises FileRefused, MoveNotAllowed."""
    at, citizen, user = timezone.now(), citizen_of(request), request.user
    assert isinstance(user, User)  # noqa: S101  # behind @signed_in
    if not name:
        raise PaperUnnamed(_("Hãy ghi đây là giấy tờ gì, rồi chọn lại tệp. Tệp chưa gửi, hồ sơ chưa đổi gì."))
    files = request.FILES.getlist("files")
    document = keep_upload(files=files, title=name, at=at, actor=user, owner=citizen)
    actor = Actor(by=By.CITIZEN, citizen_id=citizen.pk)
    add_papers(dossier_id=dossier.pk, actor=actor, at=at, name=name, document=document)


def _page(request: HttpRequest, dossier: Dossier, faults: Sequence[str] = (), name: str = "") -> HttpResponse:
    running = list(
        Step.objects.filter(dossier=dossier, done_at__isnull=True).select_related("unit").order_by("is_beside", "seq")
    )
    context = {
        "dossier": dossier,
        "added": added_papers(dossier),
        "returns": returns_to(dossier, running) is not None,
        "errors": [{"target": f"giay-{KEY}", "text": text} for text in faults],
        "typed": name,
        "accepted": ACCEPTED,
        "limit_mb": settings.PAPER_MAX_BYTES // 1024 // 1024,
    }
    return render(request, "portal/add.html", context)


def added_papers(dossier: Dossier) -> list[Paper]:
    """Return the papers added after the dossier was accepted, in the order they came."""
    extra = dossier.papers.filter(requirement__isnull=True, document__isnull=False, given_at__gt=dossier.received_at)
    return list(extra.select_related("document__file").order_by("position"))
