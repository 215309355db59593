"""Rows of a version: edited while it is a draft, read once it is published. The database holds to it too."""

from typing import Any

from django.contrib.admin import StackedInline, TabularInline
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.admin.fields import WellAsked
from motcua.catalogue.models import Case, FeeRule, PaperGroup, PaperRequirement, ProcedureVersion

State = ProcedureVersion.State


class FrozenMixin(WellAsked):
    """Refuses every change to what belongs to a version that is no draft."""

    def is_open(self, obj: Any) -> bool:
        """Return whether the version `obj` is or belongs to is a draft, or not made yet."""
        version = obj if isinstance(obj, ProcedureVersion) else getattr(obj, "version", None)
        return version is None or version.state == State.DRAFT

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.is_open(obj) and super().has_add_permission(request, obj)  # type: ignore[call-arg]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.is_open(obj) and super().has_delete_permission(request, obj)


class CaseInline(FrozenMixin, TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = Case
    extra = 0
    verbose_name_plural = _("Trường hợp; cái đầu tiên có điều kiện đúng được chọn, cái cuối không có điều kiện")


class PaperGroupInline(FrozenMixin, TabularInline):  # type: ignore[type-arg]
    model = PaperGroup
    extra = 0
    show_change_link = True
    fields = ("position", "rule", "title", "condition", "why_not")
    verbose_name_plural = _("Nhóm giấy tờ; lưu rồi bấm «Sửa» ở nhóm để ghi từng giấy tờ")


class FeeRuleInline(FrozenMixin, StackedInline):  # type: ignore[type-arg]
    model = FeeRule
    extra = 0
    classes = ("collapse",)


class PaperInline(FrozenMixin, StackedInline):  # type: ignore[type-arg]
    model = PaperRequirement
    extra = 0
