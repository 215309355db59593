"""Officers: who they are. Their posts are shown here and given, ended and lent on the pages of posts."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from motcua.base.administration import act
from motcua.people.actions import keep_officer
from motcua.people.admin.scope import ScopedAdmin, in_scope
from motcua.people.models import Officer, Post


class PostInline(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    """An officer's posts, past ones too, each with the way to its page."""

    model = Post
    extra = 0
    ordering = ("-valid_from", "pk")
    fields = readonly_fields = ("unit", "role", "valid_from", "valid_to", "page")
    verbose_name_plural = _("Vị trí đang và đã giữ; mở từng vị trí để kết thúc hoặc ủy quyền")

    @admin.display(description=_("trang"))
    def page(self, post: Post) -> str:
        """Return the way to the post's own page."""
        return format_html('<a href="{}">{}</a>', reverse("admin:people_post_change", args=[post.pk]), _("Mở vị trí"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        """Return the posts in scope: what the officer is elsewhere is not this administrator's matter."""
        return in_scope(request, super().get_queryset(request).select_related("unit", "officer"))

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: a post is given on its own page."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: a post ends, it is not deleted."""
        return False


@admin.register(Officer)
class OfficerAdmin(ScopedAdmin):
    """Officers; a new one needs an account first."""

    note = _("Người mới: quản trị hệ thống lập tài khoản, rồi thêm cán bộ. Quyền của một người là do vị trí: mở cán bộ rồi bấm «Giao vị trí».")  # fmt: skip
    list_display = ("full_name", "title", "user")
    list_select_related = ("user",)
    list_per_page = 50
    ordering = ("full_name", "pk")
    search_fields = ("full_name", "user__email")
    search_help_text = _("Họ tên có hoặc không dấu, thư điện tử, chức danh")
    folded_search = ("full_name", "user__email", "title")
    autocomplete_fields = ("user",)
    inlines = (PostInline,)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        """Leave the account to those who administer accounts."""
        return ("user", "full_name", "title") if request.user.has_perm("people.view_user") else ("full_name", "title")

    def state_of(self, request: HttpRequest, row: Officer) -> Any:  # noqa: ARG002
        """Say where the posts are given."""
        return _("Người này làm được việc gì là do vị trí. Giao thêm vị trí bằng nút dưới đây; kết thúc hoặc ủy quyền ở trang của từng vị trí.")  # fmt: skip

    def acts_open(self, request: HttpRequest, row: Officer) -> Iterable[str]:  # noqa: ARG002
        """Offer a post to whoever may give one."""
        return ["giao-vi-tri"] if request.user.has_perm("people.add_post") else []

    @act(_("Giao vị trí"), name="giao-vi-tri", is_main=True)
    def give_post(self, request: HttpRequest, row: Officer, said: dict[str, Any]) -> HttpResponse:  # noqa: ARG002
        """Go to the page of a new post with the officer chosen."""
        return redirect(f"{reverse('admin:people_post_add')}?officer={row.pk}")

    def save_model(self, request: HttpRequest, obj: Officer, form: Any, change: bool) -> None:  # noqa: ARG002
        """Save through the action."""
        keep_officer(officer=obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: an officer who leaves has posts that ended."""
        return False
