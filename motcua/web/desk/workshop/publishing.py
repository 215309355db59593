"""Sending a draft for approval, and the page of whoever approves it: what changes where, then publish or send back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.words import day, local_day
from motcua.catalogue import actions
from motcua.catalogue.processes.differences import Difference, changed
from motcua.catalogue.processes.parameters import resolved
from motcua.catalogue.processes.queries import followed_now
from motcua.catalogue.processes.rows import rows_of
from motcua.dossiers.standing import open_counts
from motcua.people.roles import Permission
from motcua.web.desk.access import Sitting
from motcua.web.desk.workshop.access import draft_of, in_the_workshop, template_of
from motcua.web.desk.workshop.findings import findings_of
from motcua.web.desk.workshop.page import Opened, compared, prove_opened
from motcua.web.desk.workshop.tried import tried
from motcua.web.shared import held

REFUSED = (
    actions.NotADraft,
    actions.NotPublishable,
    actions.NotSent,
    actions.SamePerson,
    actions.DayPassed,
)
MOST_UNITS = 6
HELD = gettext_lazy(
    "Phiên làm việc đã hết lúc bạn bấm nên chưa ban hành. Những gì bạn điền vẫn còn; bạn xem lại rồi bấm."
)


class PublishForm(forms.Form):
    """From which day, by which decision."""

    effective_from = forms.DateField(
        label=gettext_lazy("Áp dụng từ ngày"), input_formats=["%d/%m/%Y"], help_text=gettext_lazy("Ví dụ: 01/12/2026"),
        error_messages={"invalid": gettext_lazy("Ngày này chưa đọc được. Hãy viết như 01/12/2026.")},
    )  # fmt: skip
    decision_number = forms.CharField(
        label=gettext_lazy("Số quyết định"), max_length=100, help_text=gettext_lazy("Ví dụ: 1234/QĐ-UBND")
    )


class ReturnForm(forms.Form):
    """Why a draft goes back to who sent it."""

    reason = forms.CharField(
        label=gettext_lazy("Cần sửa gì, vì sao"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Người soạn đọc lý do này ở trang của bản và trong danh sách quy trình."),
    )  # fmt: skip


@dataclass(frozen=True)
class Affected:
    """One procedure whose dossiers will follow the draft: where, how many run now, and what will be other."""

    code: str
    name: str
    units: str
    open_number: int
    changes: list[Difference]


@in_the_workshop
@require_POST
def propose(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Send the draft for approval."""
    try:
        actions.propose_edition(edition=draft_of(code), at=sitting.at, actor=sitting.officer.user)
    except (actions.NotADraft, actions.NotPublishable) as refused:
        messages.warning(request, _("Chưa gửi duyệt được. %(why)s") % {"why": refused})
        return redirect("desk:process", code)
    messages.success(
        request, _("Đã gửi duyệt. Người khác có quyền ban hành sẽ xem rồi ban hành, hoặc trả lại bạn kèm lý do.")
    )
    return redirect("desk:process_publish", code)


@in_the_workshop
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show what publishing the draft will change; posted, publish it."""
    opened = Opened.of(template_of(code))
    if opened.editions.draft is None:
        messages.warning(request, _("Quy trình này không có bản thảo nào chờ ban hành."))
        return redirect("desk:process", code)
    if request.method == "POST" and not sitting.may(Permission.APPROVE_PROCESS):
        raise PermissionDenied
    said = held.posted_or_held(request)
    if said is not None and request.method == "GET":
        messages.warning(request, str(HELD))
    is_return = said is not None and "tra-lai" in said
    first = {"effective_from": day(local_day(sitting.at) + timedelta(days=1))}
    form = PublishForm(said if not is_return else None, initial=first, auto_id="ban-hanh-%s")
    back = ReturnForm(said if is_return else None, auto_id="tra-lai-%s")
    if request.method == "POST" and is_return and back.is_valid() and _sent_back(request, sitting, opened, back):
        return redirect("desk:process", code)
    if request.method == "POST" and not is_return and form.is_valid() and _published(request, sitting, opened, form):
        return redirect("desk:process", code)
    return render(request, "desk/workshop/publish.html", _context(sitting, opened) | {"form": form, "back": back})


def _published(request: HttpRequest, sitting: Sitting, opened: Opened, form: PublishForm) -> bool:
    """Publish the draft; where that is refused the form says why."""
    said = form.cleaned_data
    try:
        edition = actions.publish_edition(
            edition=opened.edition, effective_from=said["effective_from"], decision_number=said["decision_number"],
            at=sitting.at, actor=sitting.officer.user,
        )  # fmt: skip
    except REFUSED as refused:
        form.add_error("effective_from" if isinstance(refused, actions.DayPassed) else None, str(refused))
        return False
    words = {"number": edition.number, "on": day(said["effective_from"])}
    messages.success(
        request, _("Đã ban hành bản %(number)s, áp dụng từ %(on)s. Hồ sơ đang chạy vẫn theo bản của mình.") % words
    )
    return True


def _sent_back(request: HttpRequest, sitting: Sitting, opened: Opened, form: ReturnForm) -> bool:
    """Send the draft back; where that is refused the form says why."""
    sender = opened.edition.proposed_by
    try:
        actions.return_edition(
            edition=opened.edition, reason=form.cleaned_data["reason"], at=sitting.at, actor=sitting.officer.user
        )
    except (actions.NotADraft, actions.NotSent, actions.SamePerson) as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(
        request,
        _("Đã trả lại %(name)s kèm lý do của bạn. Bản đang dùng không đổi.")
        % {"name": sender.full_name if sender else ""},
    )
    return True


def _context(sitting: Sitting, opened: Opened) -> dict[str, Any]:
    edition = opened.edition
    return compared(sitting, opened) | {
        "template": opened.template,
        "edition": edition,
        "editions": opened.editions,
        "tried": tried(edition, opened.versions),
        "findings": findings_of(prove_opened(opened, local_day(sitting.at)), rows_of(edition.content)),
        "affected": list(_affected(sitting, opened)),
        "may_publish": sitting.may(Permission.APPROVE_PROCESS)
        and edition.proposed_by_id not in (None, sitting.officer.user_id),
        "sent_by_me": edition.proposed_by_id == sitting.officer.user_id,
    }


def _affected(sitting: Sitting, opened: Opened) -> Iterable[Affected]:
    """Yield each procedure with its units; units that differ otherwise, having hours of their own, stand apart."""
    content, running = opened.edition.content, open_counts()
    before = followed_now(opened.uses, opened.versions, local_day(sitting.at))
    names = {version.procedure_id: version.title for version in opened.versions}
    groups: dict[tuple[int, str], tuple[list[str], list[Difference]]] = {}
    for use in opened.uses:
        changes = changed(before[use.pk], resolved(content, use.parameters))
        key = use.procedure_id, "; ".join(f"{one.code} {one.words}" for one in changes)
        units, _same = groups.setdefault(key, ([], changes))
        units.append(use.unit.short_name if use.unit else _("mọi đơn vị không đặt riêng"))
    codes = {use.procedure_id: use.procedure.code for use in opened.uses}
    for (procedure_id, _words), (units, changes) in groups.items():
        name = names.get(procedure_id, codes[procedure_id])
        yield Affected(codes[procedure_id], name, _some(units), running.get(procedure_id, 0), changes)


def _some(units: list[str]) -> str:
    shown, rest = ", ".join(units[:MOST_UNITS]), len(units) - MOST_UNITS
    return shown if rest <= 0 else _("%(shown)s và %(rest)d nơi khác") % {"shown": shown, "rest": rest}
