"""The catalogue in the administration pages: drafts are edited here and published; what is published is only read.

The edge of the program: it reads the clock and hands everything that decides to the actions.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalogue import actions
from motcua.catalogue.content import ProcedureContent
from motcua.catalogue.models import Case, FeeRule, Field, PaperGroup, PaperRequirement, Procedure, ProcedureVersion

State = ProcedureVersion.State


class FrozenMixin:
    """Rows of a version: edited while it is a draft, read once it is published. The database holds to it too."""

    def version_of(self, obj: Any) -> ProcedureVersion | None:
        """Return the version `obj` belongs to; None while it is being made."""
        return obj if isinstance(obj, ProcedureVersion) else getattr(obj, "version", None)

    def is_open(self, obj: Any) -> bool:
        version = self.version_of(obj)
        return version is None or version.state == State.DRAFT

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.is_open(obj) and super().has_add_permission(request, obj)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.is_open(obj) and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.is_open(obj) and super().has_delete_permission(request, obj)  # type: ignore[misc]


class CaseInline(FrozenMixin, admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = Case
    extra = 0


class PaperGroupInline(FrozenMixin, admin.TabularInline):  # type: ignore[type-arg]
    model = PaperGroup
    extra = 0
    show_change_link = True
    fields = ["position", "rule", "title", "condition", "why_not"]


class FeeRuleInline(FrozenMixin, admin.StackedInline):  # type: ignore[type-arg]
    model = FeeRule
    extra = 0
    classes = ["collapse"]


class PaperInline(FrozenMixin, admin.StackedInline):  # type: ignore[type-arg]
    model = PaperRequirement
    extra = 0


@admin.register(Field)
class FieldAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["code", "name"]
    search_fields = ["code", "name"]


@admin.register(Procedure)
class ProcedureAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["code", "local_code", "field", "type", "retired_on"]
    list_filter = ["type", "field"]
    list_select_related = ["field"]
    search_fields = ["code", "local_code", "aliases", "versions__name"]
    autocomplete_fields = ["field"]
    actions = ["draft"]

    def save_model(self, request: HttpRequest, obj: Procedure, form: Any, change: bool) -> None:
        """Save, and let the search see the new names."""
        obj.changed_at = timezone.now()
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    @admin.action(description="Soạn phiên bản mới", permissions=["change"])
    def draft(self, request: HttpRequest, procedures: QuerySet[Procedure]) -> None:
        """Draft the next version of each procedure: a copy of the published one, or an empty one."""
        for procedure in procedures.select_related("field"):
            version = _next_draft(procedure)
            self.message_user(request, _("Đã lập bản thảo %(version)s.") % {"version": version}, messages.SUCCESS)


@admin.register(ProcedureVersion)
class ProcedureVersionAdmin(FrozenMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["code", "number", "title", "state", "origin", "published_at"]
    list_filter = ["state", "origin", "levels", "procedure__field"]
    list_select_related = ["procedure"]
    search_fields = ["procedure__code", "name", "plain_name"]
    date_hierarchy = "published_at"
    actions = ["publish", "retire"]
    inlines = [CaseInline, PaperGroupInline, FeeRuleInline]
    readonly_fields = [
        "procedure", "number", "state", "origin", "created_at", "published_at", "published_by", "retired_at", "undecided",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": [("procedure", "number"), ("state", "origin"), "undecided"]}),
        ("Tên", {"fields": ["name", "plain_name", "desk_name", "summary", "description"]}),
        (
            "Cơ quan",
            {"fields": ["levels", "competent_subject", "promulgated_by", "authority", "executing", "coordinating"]},
        ),
        ("Quyết định công bố", {"fields": ["decision_number", "decision_on", "effective_from"]}),
        (
            "Dịch vụ trực tuyến",
            {"fields": ["online_level", "partial_reason", "non_territorial", "returning_methods"]},
        ),
        ("Thời hạn", {"fields": ["no_legal_term", "same_day", "granularity", "after_pause"]}),
        (
            "Lời cho người đọc",
            {
                "classes": ["collapse"],
                "fields": [
                    "requirements", "subject_types", "execution_steps", "channels", "results", "legal_bases",
                ],
            },
        ),
        (
            "Trường hợp, mẫu đơn, quy trình",
            {"classes": ["collapse"], "fields": ["questions", "form_schema", "form_ui", "form_bindings", "process"]},
        ),
        (
            "Đời của phiên bản",
            {"classes": ["collapse"], "fields": ["created_at", "published_at", "published_by", "retired_at"]},
        ),
    ]  # fmt: skip

    @admin.display(description="mã", ordering="procedure__code")
    def code(self, version: ProcedureVersion) -> str:
        return version.procedure.code

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """A version begins as a draft of its procedure: see «Soạn phiên bản mới» there."""
        return False

    @admin.action(description="Công bố", permissions=["change"])
    def publish(self, request: HttpRequest, versions: QuerySet[ProcedureVersion]) -> None:
        """Publish each draft, or say everything that is wrong with it."""
        for version in versions.select_related("procedure"):
            try:
                actions.publish_version(version=version, at=timezone.now(), actor=request.user)  # type: ignore[arg-type]
            except actions.NotPublishable as error:
                for fault in error.faults:
                    self.message_user(request, f"{version}: {fault}", messages.ERROR)
            except actions.NotADraft as error:
                self.message_user(request, f"{version}: {error}", messages.ERROR)
            else:
                self.message_user(request, _("Đã công bố %(version)s.") % {"version": version}, messages.SUCCESS)

    @admin.action(description="Thôi áp dụng", permissions=["change"])
    def retire(self, request: HttpRequest, versions: QuerySet[ProcedureVersion]) -> None:
        """Retire each published version: no new dossier, while the old ones go on."""
        for version in versions.select_related("procedure"):
            try:
                actions.retire_version(version=version, at=timezone.now())
            except actions.NotPublished as error:
                self.message_user(request, f"{version}: {error}", messages.ERROR)
            else:
                self.message_user(request, _("%(version)s thôi áp dụng.") % {"version": version}, messages.SUCCESS)


@admin.register(PaperGroup)
class PaperGroupAdmin(FrozenMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    """One group with its papers, reached from its version."""

    inlines = [PaperInline]
    readonly_fields = ["version"]

    def has_module_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False


def _next_draft(procedure: Procedure) -> ProcedureVersion:
    try:
        return actions.draft_from_published(procedure=procedure, at=timezone.now())
    except actions.NotPublished:
        empty = ProcedureContent(
            code=procedure.code,
            field_code=procedure.field.code,
            field_name=procedure.field.name,
            version={"name": procedure.code},
            content_hash="",
        )
        return actions.draft_version(content=empty, at=timezone.now())
