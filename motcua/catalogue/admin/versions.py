"""Versions of procedures: a draft is edited, checked and published here; a published one is read, copied and retired."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.administration import ActsAdmin, act, rows_in
from motcua.catalogue import actions
from motcua.catalogue.admin.frozen import CaseInline, FeeRuleInline, FrozenMixin, PaperGroupInline
from motcua.catalogue.admin.procedures import life_of, to_draft, versions_called
from motcua.catalogue.models import ProcedureVersion
from motcua.people.models import User

State, Level = ProcedureVersion.State, ProcedureVersion.Level


class AtLevel(admin.SimpleListFilter):
    """Versions resolved at a level of government."""

    title = _("cấp thực hiện")
    parameter_name = "cap"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        return list(Level.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[ProcedureVersion]) -> QuerySet[ProcedureVersion]:  # noqa: ARG002
        return queryset.filter(levels__contains=[self.value()]) if self.value() in Level.values else queryset


@admin.register(ProcedureVersion)
class ProcedureVersionAdmin(FrozenMixin, ActsAdmin):
    """Every version with its state and life."""

    refusals = (actions.NotADraft, actions.NotPublished, actions.NotPublishable)
    note = _(
        "Mở bản thảo để sửa, kiểm tra và công bố. Phiên bản đang áp dụng không sửa được: mở nó rồi soạn phiên bản mới."
    )
    list_display = ("called", "code", "number", "state", "life", "origin", "field")
    list_display_links = ("called", "code")
    list_filter = ("state", "origin", "online_level", AtLevel, "procedure__field")
    list_select_related = ("procedure__field",)
    list_per_page = 50
    ordering = ("procedure__code", "-number")
    search_fields = ("procedure__code",)
    search_help_text = _("Mã, tên chính thức, tên dân hiểu, có hoặc không dấu")
    inlines = (CaseInline, PaperGroupInline, FeeRuleInline)
    readonly_fields = (
        "procedure", "number", "state", "origin", "life", "checked", "created_at", "published_at", "published_by",
        "retired_at", "not_decided",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": (("procedure", "number"), ("state", "life", "origin"), "checked", "not_decided")}),
        (_("Tên"), {"fields": ("name", "plain_name", "desk_name", "summary", "description")}),
        (
            _("Cơ quan"),
            {"fields": ("levels", "competent_subject", "promulgated_by", "authority", "executing", "coordinating")},
        ),
        (_("Quyết định công bố"), {"fields": ("decision_number", "decision_on", "effective_from")}),
        (
            _("Dịch vụ trực tuyến"),
            {"fields": ("online_level", "partial_reason", "non_territorial", "returning_methods")},
        ),
        (_("Thời hạn"), {"fields": ("no_legal_term", "same_day", "granularity", "after_pause")}),
        (
            _("Lời cho người đọc"),
            {
                "classes": ("collapse",),
                "fields": ("requirements", "subject_types", "execution_steps", "channels", "results", "legal_bases"),
            },
        ),
        (
            _("Trường hợp, mẫu đơn, quy trình"),
            {"classes": ("collapse",), "fields": ("questions", "form_schema", "form_ui", "form_bindings", "process")},
        ),
        (
            _("Đời của phiên bản"),
            {"classes": ("collapse",), "fields": ("created_at", "published_at", "published_by", "retired_at")},
        ),
    )

    def get_search_results(
        self,
        request: HttpRequest,  # noqa: ARG002
        queryset: QuerySet[Any],
        search_term: str,
    ) -> tuple[QuerySet[Any], bool]:
        """Search codes and names without accents."""
        found = versions_called(search_term)
        return queryset if found is None else queryset.filter(pk__in=found), False

    @admin.display(description=_("tên"), ordering="plain_name")
    def called(self, version: ProcedureVersion) -> str:
        return version.title

    @admin.display(description=_("mã"), ordering="procedure__code")
    def code(self, version: ProcedureVersion) -> str:
        return version.procedure.code

    @admin.display(description=_("lĩnh vực"), ordering="procedure__field__name")
    def field(self, version: ProcedureVersion) -> str:
        return version.procedure.field.name

    @admin.display(description=_("áp dụng"), ordering="published_at")
    def life(self, version: ProcedureVersion) -> str:
        return life_of(version)

    @admin.display(description=_("kiểm tra"))
    def checked(self, version: ProcedureVersion) -> str:
        """Return what keeps a draft from being published, each fault a line."""
        if version.state != State.DRAFT:
            return now_("đã kiểm tra khi công bố")
        faults = actions.faults_before_publishing(version)
        if not faults:
            return now_("Không thấy lỗi nào: công bố được.")
        listed = format_html_join("", "<li>{}</li>", ((fault,) for fault in faults))
        return format_html("{}<ul>{}</ul>", now_("Chưa công bố được:"), listed)

    @admin.display(description=_("chưa quyết được khi nhập"))
    def not_decided(self, version: ProcedureVersion) -> str:
        """Return what the import could not decide, each a line."""
        rows = ((one.get("text") or one.get("code", ""),) for one in version.undecided)
        listed = format_html_join("", "<li>{}</li>", rows)
        return format_html("<ul>{}</ul>", listed) if listed else now_("không có")

    def state_of(self, request: HttpRequest, row: ProcedureVersion) -> Any:  # noqa: ARG002
        """Say whether the version can be changed, and what to do otherwise."""
        if row.state == State.DRAFT:
            return _("Bản thảo: người dân chưa thấy. Bạn sửa, lưu, xem mục «Kiểm tra», rồi công bố. Công bố xong thì đóng băng, không sửa được nữa.")  # fmt: skip
        if row.state == State.PUBLISHED:
            return _("Đang áp dụng và đã đóng băng: hồ sơ đang làm theo phiên bản này. Muốn sửa, bạn soạn phiên bản mới; phiên bản này vẫn áp dụng cho đến lúc công bố phiên bản mới.")  # fmt: skip
        return _("Hết áp dụng và đã đóng băng: chỉ hồ sơ nộp trước đó còn theo. Muốn dùng lại, bạn soạn phiên bản mới.")

    def acts_open(self, request: HttpRequest, row: ProcedureVersion) -> Iterable[str]:
        """Offer what the state allows."""
        if not request.user.has_perm("catalogue.change_procedureversion"):
            return []
        # fmt: off
        return {
            State.DRAFT:     ["cong-bo"],
            State.PUBLISHED: ["soan-phien-ban", "thoi-ap-dung"],
            State.RETIRED:   ["soan-phien-ban"],
        }[State(row.state)]
        # fmt: on

    @act(
        _("Công bố"),
        name="cong-bo",
        before=_(
            "Từ bây giờ người dân nộp theo phiên bản này, phiên bản đang áp dụng (nếu có) hết áp dụng, và phiên bản này không sửa được nữa."
        ),
        is_main=True,
    )
    def publish(self, request: HttpRequest, row: ProcedureVersion, said: dict[str, Any]) -> None:  # noqa: ARG002
        """Publish the draft."""
        actions.publish_version(version=row, at=timezone.now(), actor=cast(User, request.user))
        self.message_user(request, _("Đã công bố %(version)s.") % {"version": row}, messages.SUCCESS)

    @act(_("Soạn phiên bản mới"), name="soan-phien-ban", is_main=True)
    def draft(self, request: HttpRequest, row: ProcedureVersion, said: dict[str, Any]) -> HttpResponse:  # noqa: ARG002
        """Draft the procedure's next version, or go to the draft there is."""
        return to_draft(self, request, row.procedure)

    @act(
        _("Thôi áp dụng"),
        name="thoi-ap-dung",
        before=_("Không ai nộp mới theo phiên bản này nữa; hồ sơ đã nộp vẫn được giải quyết đến cùng."),
    )
    def retire(self, request: HttpRequest, row: ProcedureVersion, said: dict[str, Any]) -> None:  # noqa: ARG002
        """Retire the published version."""
        actions.retire_version(version=row, at=timezone.now())
        self.message_user(request, _("%(version)s thôi áp dụng.") % {"version": row}, messages.SUCCESS)

    def save_model(self, request: HttpRequest, obj: ProcedureVersion, form: Any, change: bool) -> None:
        """Leave it to save_related, which writes the version together with its rows."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Sequence[Any], change: bool) -> None:  # noqa: ARG002
        """Write all through the action."""
        rows, gone = rows_in(formsets)
        actions.keep_draft(version=form.instance, rows=rows, gone=gone)

    def delete_model(self, request: HttpRequest, obj: ProcedureVersion) -> None:  # noqa: ARG002
        """Throw a draft away through the action."""
        actions.drop_draft(version=obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: a version begins as a draft of its procedure."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether it is one draft."""
        return obj is not None and super().has_delete_permission(request, obj)
