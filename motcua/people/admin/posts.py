"""Posts: given, ended and lent. They are the only source of rights, so nobody gives one to themselves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.base.administration import act
from motcua.base.words import day, local_day
from motcua.people.actions import (
    AlreadyAppointed,
    BadPeriod,
    DutiesNotSeparate,
    UnitClosed,
    appoint,
    check_appointment,
    end_post,
)
from motcua.people.admin.scope import ScopedAdmin
from motcua.people.admin_rights import administers_all_units
from motcua.people.models import Post
from motcua.people.roles import Role, roles_within_units

REFUSALS = (AlreadyAppointed, BadPeriod, DutiesNotSeparate, UnitClosed)
OWN = _("Bạn không tự giao vị trí cho mình được. Bạn nhờ một quản trị khác, để quyền của mỗi người luôn có người thứ hai biết.")  # fmt: skip


class PostForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A new post."""

    giver: Any = None
    """The account of who gives it; set by the page."""

    def clean(self) -> dict[str, Any]:
        """Refuse what the action would refuse, in its words."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("officer") and said["officer"].user_id == self.giver.pk:
            self.add_error("officer", OWN)
        elif all(said.get(name) for name in ("officer", "unit", "role", "valid_from")):
            names = ("officer", "unit", "role", "valid_from", "valid_to")
            try:
                check_appointment(**{name: said.get(name) for name in names})  # type: ignore[arg-type]
            except REFUSALS as error:
                self.add_error(None, str(error))
        return said


class EndForm(forms.Form):
    """The last day of a post."""

    ended_on = forms.DateField(
        label=_("Ngày cuối cùng giữ vị trí"),
        widget=AdminDateWidget,
        help_text=_("Hết ngày này, người giữ không còn quyền của vị trí; hồ sơ đang làm vẫn ở đơn vị."),
    )


class InForce(admin.SimpleListFilter):
    """Posts of today, past and future."""

    title = _("thời gian")
    parameter_name = "luc"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        return [("nay", _("Đang giữ")), ("sau", _("Sắp giữ")), ("truoc", _("Đã kết thúc"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:  # noqa: ARG002
        today = local_day(timezone.now())
        ended = Q(valid_to__lt=today)
        kept = {"nay": Q(valid_from__lte=today) & ~ended, "sau": Q(valid_from__gt=today), "truoc": ended}
        return queryset.filter(kept.get(self.value() or "", Q()))


@admin.register(Post)
class PostAdmin(ScopedAdmin):
    """Posts. A new one is given here; of one that is there only the end can be said, and it can be lent."""

    form = PostForm
    refusals = REFUSALS
    note = _("Giao vị trí: bấm «Thêm vị trí». Kết thúc hoặc ủy quyền một vị trí: mở vị trí đó. Không thấy tên một người từ đơn vị khác chuyển đến: nhờ quản trị hệ thống giao vị trí đầu tiên.")  # fmt: skip
    fields = ("officer", "unit", "role", "valid_from", "valid_to")
    list_display = ("officer", "role", "unit", "valid_from", "valid_to")
    list_filter = (InForce, "role")
    list_select_related = ("officer", "unit")
    list_per_page = 50
    ordering = ("unit__path", "role", "pk")
    search_fields = ("officer__full_name", "unit__name", "unit__code")
    search_help_text = _("Tên cán bộ hoặc đơn vị, có hoặc không dấu")
    folded_search = ("officer__full_name", "unit__name", "unit__code")
    autocomplete_fields = ("officer", "unit")

    def state_of(self, request: HttpRequest, row: Post) -> Any:  # noqa: ARG002
        """Say whether the post is held and what can be done with it."""
        if _is_over(row):
            return _("Vị trí này đã kết thúc và được giữ lại để biết ai làm gì lúc nào. Muốn người này làm lại, bạn giao vị trí mới.")  # fmt: skip
        until = _("đến hết %(on)s") % {"on": day(row.valid_to)} if row.valid_to else _("chưa định ngày kết thúc")
        return _(
            "Giữ từ %(since)s, %(until)s. Người, đơn vị và vai trò của một vị trí không sửa được: bạn kết thúc vị trí này rồi giao vị trí mới."
        ) % {"since": day(row.valid_from), "until": until}

    def acts_open(self, request: HttpRequest, row: Post) -> Iterable[str]:
        """Offer to end and to lend a post that is not over."""
        if _is_over(row) or not request.user.has_perm("people.change_post"):
            return []
        return ["ket-thuc", "uy-quyen"]

    @act(_("Kết thúc vị trí"), name="ket-thuc", form=EndForm)
    def end(self, request: HttpRequest, row: Post, said: dict[str, Any]) -> None:
        """End the post after a day."""
        end_post(post=row, ended_on=said["ended_on"])
        self.message_user(request, _("Vị trí kết thúc sau ngày %(on)s.") % {"on": day(said["ended_on"])})

    @act(_("Ủy quyền cho người khác"), name="uy-quyen")
    def lend(self, request: HttpRequest, row: Post, said: dict[str, Any]) -> HttpResponse:  # noqa: ARG002
        """Go to the page of a new delegation with the post chosen."""
        return redirect(f"{reverse('admin:people_delegation_add')}?post={row.pk}")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form who gives the post, and let a unit's administrator choose only roles that end with the unit."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.giver = request.user
        if "role" in form.base_fields and not administers_all_units(request.user):
            within = roles_within_units()
            form.base_fields["role"].choices = [
                ("", "---------"),
                *(pair for pair in Role.choices if pair[0] in within),
            ]
        return form

    def save_model(self, request: HttpRequest, obj: Post, form: PostForm, change: bool) -> None:  # noqa: ARG002
        """Give the post; the action makes the row, which the page then shows as the one it saved."""
        made = appoint(
            officer=obj.officer, unit=obj.unit, role=obj.role, valid_from=obj.valid_from, valid_to=obj.valid_to
        )
        obj.pk, obj._state.adding = made.pk, False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the list may be worked on; a post itself is changed by its acts alone."""
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: a post ends, it is not deleted."""
        return False


def _is_over(post: Post) -> bool:
    return post.valid_to is not None and post.valid_to < local_day(timezone.now())
