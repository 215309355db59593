"""Posts lent for a period."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.base.administration import act
from motcua.base.words import moment
from motcua.people.actions import (
    BadPeriod,
    DutiesNotSeparate,
    cancel_delegation,
    check_lending,
    delegate,
    end_delegation,
)
from motcua.people.admin.posts import OWN
from motcua.people.admin.scope import ScopedAdmin
from motcua.people.models import Delegation


class DelegationForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A new delegation, checked as the action checks it."""

    giver: Any = None
    """The account of who enters it; set by the page."""

    def clean(self) -> dict[str, Any]:
        """Refuse a wrong period and duties the law keeps apart."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("to_officer") and said["to_officer"].user_id == self.giver.pk:
            self.add_error("to_officer", OWN)
            return said
        names = ("post", "to_officer", "starts_at", "ends_at")
        if all(said.get(name) for name in names):
            try:
                check_lending(**{name: said[name] for name in names})
            except (BadPeriod, DutiesNotSeparate) as error:
                raise forms.ValidationError(str(error)) from error
        return said


@admin.register(Delegation)
class DelegationAdmin(ScopedAdmin):
    """Delegations: made here, ended early while they last, taken back before they begin."""

    form = DelegationForm
    exclude = ("made_by", "ended_by")  # written by the actions
    refusals = (BadPeriod, DutiesNotSeparate)
    list_display = ("post", "to_officer", "starts_at", "ends_at", "reason")
    list_select_related = ("post__officer", "post__unit", "to_officer")
    list_per_page = 50
    ordering = ("-starts_at", "pk")
    search_fields = ("post__officer__full_name", "to_officer__full_name")
    search_help_text = _("Tên người ủy quyền hoặc người được ủy quyền, có hoặc không dấu")
    folded_search = ("post__officer__full_name", "to_officer__full_name", "post__unit__name")
    autocomplete_fields = ("post", "to_officer")

    def state_of(self, request: HttpRequest, row: Delegation) -> Any:  # noqa: ARG002
        """Say whether it lasts."""
        at = timezone.now()
        if row.covers(at):
            return _("Đang có hiệu lực đến %(until)s.") % {"until": moment(row.ends_at)}
        if row.ends_at <= at:
            return _("Đã hết hiệu lực; được giữ lại để biết ai làm gì lúc nào.")
        return _("Chưa bắt đầu: sẽ có hiệu lực từ %(since)s.") % {"since": moment(row.starts_at)}

    def acts_open(self, request: HttpRequest, row: Delegation) -> Iterable[str]:
        """Offer the end of one that lasts."""
        may = request.user.has_perm("people.change_delegation")
        return ["ket-thuc"] if may and row.covers(timezone.now()) else []

    @act(
        _("Kết thúc ngay"),
        name="ket-thuc",
        before=_("Ủy quyền hết hiệu lực ngay bây giờ. Những việc đã làm theo ủy quyền vẫn giữ nguyên."),
    )
    def end(self, request: HttpRequest, row: Delegation, said: dict[str, Any]) -> None:  # noqa: ARG002
        """End the delegation now."""
        end_delegation(delegation=row, ends_at=timezone.now(), by=getattr(request.user, "officer", None))
        self.message_user(request, _("Ủy quyền đã kết thúc."))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Tell the form who enters it."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.giver = request.user
        return form

    def save_model(self, request: HttpRequest, obj: Delegation, form: DelegationForm, change: bool) -> None:  # noqa: ARG002
        """Lend the post; the action makes the row, which the page then shows as the one it saved."""
        made = delegate(
            post=obj.post, to_officer=obj.to_officer, starts_at=obj.starts_at, ends_at=obj.ends_at, reason=obj.reason,
            by=getattr(request.user, "officer", None),
        )  # fmt: skip
        obj.pk, obj._state.adding = made.pk, False

    def delete_model(self, request: HttpRequest, obj: Delegation) -> None:  # noqa: ARG002
        """Take it back through the action."""
        cancel_delegation(delegation=obj, at=timezone.now())

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the list may be worked on; a delegation itself is changed by its acts alone."""
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether it has not begun: by one that has somebody may have acted."""
        return obj is not None and obj.starts_at > timezone.now() and super().has_delete_permission(request, obj)
