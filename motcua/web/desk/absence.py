"""Absence: a post is lent for some days, its work shows up with the deputy; unfinished work nobody holds is listed."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.base.words import day, local_day, start_of
from motcua.dossiers.owners import owner_name
from motcua.dossiers.unattended import Left, unattended
from motcua.people.actions import BadPeriod, DutiesNotSeparate, cancel_delegation, delegate, end_delegation
from motcua.people.lending import lendable_posts, loans_of, may_borrow, units_led
from motcua.people.models import Delegation, Officer, Post
from motcua.people.roles import Permission, permits
from motcua.web.desk.access import Sitting, at_the_desk
from motcua.web.shared import held

DAY = ["%d/%m/%Y"]
_ONE_DAY = timedelta(days=1)
HELD = gettext_lazy(
    "Phiên làm việc đã hết lúc bạn bấm nên chưa cho mượn. Những gì bạn điền vẫn còn; bạn xem lại rồi bấm."
)


class LendForm(forms.Form):
    """To whom, from which day to which, and why."""

    to = forms.ChoiceField(label=gettext_lazy("Người làm thay"))
    first = forms.DateField(
        label=gettext_lazy("Từ ngày"), input_formats=DAY, help_text=gettext_lazy("Ví dụ: 20/11/2026")
    )
    last = forms.DateField(
        label=gettext_lazy("Đến hết ngày"), input_formats=DAY, help_text=gettext_lazy("Ví dụ: 27/11/2026")
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=250)

    def __init__(self, post: Post, sitting: Sitting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "muon-%s"} | kwargs)
        self.today = local_day(sitting.at)
        self.initial = {"first": day(self.today)} | dict(self.initial)
        field = self.fields["to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Chọn một đồng nghiệp")), *_as_choices(may_borrow(post, self.today))]
        for name in ("first", "last"):
            self.fields[name].error_messages["invalid"] = _("Ngày này chưa đọc được. Hãy viết như 20/11/2026.")

    def clean(self) -> dict[str, Any]:
        """Refuse days that have passed, and an end before the beginning."""
        said = super().clean() or self.cleaned_data
        first, last = said.get("first"), said.get("last")
        if first and first < self.today:
            self.add_error("first", _("Ngày %(on)s đã qua. Hãy chọn từ hôm nay trở đi.") % {"on": day(first)})
        if first and last and last < first:
            self.add_error("last", _("Ngày cuối đứng trước ngày đầu. Hãy đổi lại."))
        return said


@at_the_desk
@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Show who stands in for whom and what nobody holds; posted, lend a post."""
    said = request.POST if request.method == "POST" else held.take(request)
    wanted = (said if said is not None else request.GET).get("vi-tri", "")
    posts = _lendable(sitting)
    post = next((post for post in posts if str(post.pk) == wanted), None)
    if wanted and post is None:
        raise Http404
    if request.method == "GET" and said is not None:
        messages.warning(request, str(HELD))
    form = _form(sitting, post, said, posted=request.method == "POST") if post else None
    if request.method == "POST" and post and form and form.is_valid() and _lent(request, sitting, post, form):
        return redirect("desk:absence")
    return render(request, "desk/absence.html", _context(sitting, posts, post, form))


@at_the_desk
@require_http_methods(["GET", "POST"])
def end_loan(request: HttpRequest, sitting: Sitting, loan_id: int) -> HttpResponse:
    """End a loan that lasts, or take back one that has not begun."""
    loan = Delegation.objects.filter(pk=loan_id, post__in=_lendable(sitting)).select_related("to_officer").first()
    if loan is None:
        raise Http404
    if request.method == "GET":
        held.say_not_done(request)
        return redirect("desk:absence")
    name = {"name": loan.to_officer.full_name}
    try:
        if loan.starts_at > sitting.at:
            cancel_delegation(delegation=loan, at=sitting.at)
            messages.success(request, _("Đã bỏ lần cho mượn chưa bắt đầu; %(name)s sẽ không làm thay.") % name)
        else:
            end_delegation(delegation=loan, ends_at=sitting.at, by=sitting.officer)
            messages.success(request, _("Đã kết thúc: %(name)s không còn làm thay. Việc đã làm vẫn giữ nguyên.") % name)
    except BadPeriod as refused:
        messages.warning(request, str(refused))
    return redirect("desk:absence")


def _lendable(sitting: Sitting) -> list[Post]:
    led = units_led(sitting.posts).values_list("pk", flat=True)
    return lendable_posts(sitting.officer, led, local_day(sitting.at))


def _form(sitting: Sitting, post: Post, said: QueryDict | None, *, posted: bool) -> LendForm:
    if said is None:
        return LendForm(post, sitting)
    return LendForm(post, sitting, said) if posted else LendForm(post, sitting, initial=said.dict())


def _lent(request: HttpRequest, sitting: Sitting, post: Post, form: LendForm) -> bool:
    """Lend the post; where that is refused the form says why."""
    said = form.cleaned_data
    starts_at = max(start_of(said["first"]), sitting.at)
    to = Officer.objects.get(pk=said["to"])
    try:
        delegate(
            post=post, to_officer=to, starts_at=starts_at, ends_at=start_of(said["last"]) + _ONE_DAY,
            reason=said["reason"], by=sitting.officer,
        )  # fmt: skip
    except (BadPeriod, DutiesNotSeparate) as refused:
        form.add_error(None, str(refused))
        return False
    told = {
        "name": to.full_name,
        "whose": post.officer.full_name,
        "first": day(said["first"]),
        "last": day(said["last"]),
    }
    messages.success(request, _("%(name)s làm thay %(whose)s từ %(first)s đến hết %(last)s.") % told)
    return True


def _context(sitting: Sitting, posts: list[Post], post: Post | None, form: LendForm | None) -> dict[str, Any]:
    led = list(units_led(sitting.posts).values_list("pk", flat=True))
    number, left = unattended(led, local_day(sitting.at), sitting.at) if led else (0, [])
    return {
        "desk": sitting,
        "borrowed": [post for post in sitting.posts if post.delegation is not None],
        "own": [post for post in posts if post.officer_id == sitting.officer.pk],
        "led": [post for post in posts if post.officer_id != sitting.officer.pk],
        "loans": [(loan, _state(loan, sitting)) for loan in loans_of(posts, sitting.at)],
        "chosen": post,
        "form": form,
        "leads": bool(led),
        "left_number": number,
        "left": [_row(one) for one in left],
        "may_give": any(permits(post.role, Permission.ASSIGN) for post in sitting.posts),
    }


def _state(loan: Delegation, sitting: Sitting) -> str:
    if loan.ends_at <= sitting.at:
        return "ended"
    return "runs" if loan.starts_at <= sitting.at else "ahead"


def _row(one: Left) -> dict[str, Any]:
    step, dossier = one.step, one.step.dossier
    return {
        "code": dossier.code,
        "procedure": dossier.version.desk_name or dossier.version.name,
        "owner": owner_name(dossier),
        "step": step.name,
        "unit": step.unit.short_name,
        "since": step.received_at,
        "holder": step.assignee.full_name if step.assignee else "",
        "why": _why(one),
    }


def _why(one: Left) -> str:
    step = one.step
    if one.desk_is_empty:
        return _("Không ai giữ vị trí %(role)s ở đây") % {"role": step.get_role_display().lower()}
    return _("%(name)s không còn giữ vị trí này") % {"name": step.assignee.full_name if step.assignee else ""}


def _as_choices(posts: list[Post]) -> list[tuple[str, str]]:
    return [
        (str(post.officer_id), f"{post.officer.full_name} · {post.get_role_display()}, {post.unit.short_name}")
        for post in posts
    ]
