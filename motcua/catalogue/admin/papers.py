"""One group of papers with its papers, reached from its version."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from motcua.base.administration import ActsAdmin, act, rows_in
from motcua.catalogue import actions
from motcua.catalogue.admin.frozen import FrozenMixin, PaperInline
from motcua.catalogue.models import PaperGroup


@admin.register(PaperGroup)
class PaperGroupAdmin(FrozenMixin, ActsAdmin):
    """Edited while the version is a draft."""

    refusals = (actions.NotADraft,)
    inlines = (PaperInline,)
    readonly_fields = ("version",)

    def state_of(self, request: HttpRequest, row: PaperGroup) -> Any:  # noqa: ARG002
        """Say whether it can be changed."""
        if self.is_open(row):
            return _("Thuộc một bản thảo: bạn sửa giấy tờ ở dưới, lưu, rồi về phiên bản để công bố.")
        return _("Phiên bản này đã công bố nên đóng băng. Muốn sửa, bạn về phiên bản và soạn phiên bản mới.")

    def acts_open(self, request: HttpRequest, row: PaperGroup) -> Iterable[str]:  # noqa: ARG002
        """Offer the way back."""
        return ["phien-ban"]

    @act(_("Về phiên bản"), name="phien-ban")
    def to_version(self, request: HttpRequest, row: PaperGroup, said: dict[str, Any]) -> HttpResponse:  # noqa: ARG002
        """Go to the version the group belongs to."""
        return redirect("admin:catalogue_procedureversion_change", row.version_id)

    def save_model(self, request: HttpRequest, obj: PaperGroup, form: Any, change: bool) -> None:
        """Leave it to save_related, which writes the group together with its papers."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Sequence[Any], change: bool) -> None:  # noqa: ARG002
        """Write all through the action."""
        rows, gone = rows_in(formsets)
        actions.keep_draft(version=form.instance.version, rows=[form.instance, *rows], gone=gone)

    def delete_model(self, request: HttpRequest, obj: PaperGroup) -> None:  # noqa: ARG002
        """Delete through the action."""
        actions.keep_draft(version=obj.version, rows=[], gone=[obj])

    def has_module_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False
