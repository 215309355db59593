"""Fields and procedures: which version counts, which draft is being written, and the way to the next one."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.administration import ActsAdmin, act, rows_holding
from motcua.base.words import day
from motcua.catalogue import actions
from motcua.catalogue.admin.fields import WellAsked
from motcua.catalogue.models import Field, Procedure, ProcedureVersion
from motcua.catalogue.queries import versions_of

State = ProcedureVersion.State


@admin.register(Field)
class FieldAdmin(ActsAdmin):
    """Fields of administration."""

    list_display = ("name", "code")
    list_per_page = 50
    ordering = ("name",)
    search_fields = ("code", "name")
    folded_search = ("code", "name")

    def save_model(self, request: HttpRequest, obj: Field, form: Any, change: bool) -> None:  # noqa: ARG002
        """Save through the action."""
        actions.keep_field(field=obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False


class Standing(admin.SimpleListFilter):
    """Procedures by what their versions are."""

    title = _("tình trạng")
    parameter_name = "tinh-trang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        return [
            ("ap-dung", _("Đang áp dụng")),
            ("nop-duoc", _("Nộp được ở đây")),
            ("ban-thao", _("Có bản thảo đang soạn")),
            ("chua", _("Chưa có phiên bản áp dụng")),
            ("bai-bo", _("Đã bãi bỏ")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Procedure]) -> QuerySet[Procedure]:  # noqa: ARG002
        published, drafts = _having(state=State.PUBLISHED), _having(state=State.DRAFT)
        fileable = Exists(_versions(state=State.PUBLISHED).exclude(form_schema={}).exclude(process={}))
        # fmt: off
        kept = {
            "ap-dung":  Q(published),
            "nop-duoc": Q(fileable),
            "ban-thao": Q(drafts),
            "chua":     ~Q(published),
            "bai-bo":   Q(retired_on__isnull=False),
        }
        # fmt: on
        return queryset.filter(kept.get(self.value() or "", Q()))


@admin.register(Procedure)
class ProcedureAdmin(WellAsked, ActsAdmin):
    """Procedures as identities; what one says stands in its versions."""

    refusals = (actions.NotPublished, actions.NotADraft)
    note = _("Sửa một thủ tục: mở thủ tục, bấm «Soạn phiên bản mới», sửa, rồi công bố.")
    list_display = ("name", "code", "field", "type", "standing", "retired_on")
    list_display_links = ("name", "code")
    list_filter = (Standing, "type", "field")
    list_select_related = ("field",)
    list_per_page = 50
    ordering = ("code",)
    search_fields = ("code", "local_code")
    search_help_text = _("Mã, tên chính thức, tên dân hiểu, có hoặc không dấu")
    autocomplete_fields = ("field",)
    fields = ("code", "local_code", "national_id", "type", "field", "aliases", "life_events", "retired_on")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        """Show the versions first, where there are any."""
        return ("versions", *self.fields) if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        """Hold a procedure to its code once it has one: versions and dossiers are known by it."""
        return ("versions", "code") if obj else ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Procedure]:
        """Bring along of the versions what a list shows."""
        light = ProcedureVersion.objects.only("procedure_id", "number", "state", "name", "plain_name")
        return super().get_queryset(request).prefetch_related(Prefetch("versions", light.order_by("-number")))

    def get_search_results(
        self,
        request: HttpRequest,  # noqa: ARG002
        queryset: QuerySet[Any],
        search_term: str,
    ) -> tuple[QuerySet[Any], bool]:
        """Search the names of the versions too."""
        found = versions_called(search_term)
        if found is None:
            return queryset, False
        return queryset.filter(pk__in=found.values("procedure")), False

    @admin.display(description=_("tên"), ordering="code")
    def name(self, procedure: Procedure) -> str:
        """Return the name of the version in force, else of the newest."""
        versions = sorted(procedure.versions.all(), key=lambda version: version.state != State.PUBLISHED)
        return versions[0].title if versions else "–"

    @admin.display(description=_("phiên bản"))
    def standing(self, procedure: Procedure) -> str:
        """Return the number in force and the drafts."""
        numbers = {state: [v.number for v in procedure.versions.all() if v.state == state] for state in State}
        said = [now_("đang áp dụng: %(n)s") % {"n": number} for number in numbers[State.PUBLISHED]]
        said += [now_("bản thảo: %(n)s") % {"n": number} for number in numbers[State.DRAFT]]
        return "; ".join(said) or now_("chưa áp dụng")

    @admin.display(description=_("các phiên bản"))
    def versions(self, procedure: Procedure) -> str:
        """Return every version as a link with its life, the newest first."""
        rows = (
            (
                reverse("admin:catalogue_procedureversion_change", args=[row.pk]),
                row.number,
                row.get_state_display(),
                life_of(row),
                f" · {row.published_by}" if row.published_by else "",
            )
            for row in versions_of(procedure)
        )
        listed = format_html_join("", '<li><a href="{}">Phiên bản {}</a>: {}, {}{}</li>', rows)
        return format_html("<ul>{}</ul>", listed) if listed else now_("chưa có")

    def state_of(self, request: HttpRequest, row: Procedure) -> Any:  # noqa: ARG002
        """Say how a procedure is changed."""
        return _("Tên, giấy tờ, lệ phí, mẫu đơn và quy trình nằm ở phiên bản. Muốn sửa, bạn soạn phiên bản mới: nó là bản chép của phiên bản đang áp dụng, sửa xong thì công bố.")  # fmt: skip

    def acts_open(self, request: HttpRequest, row: Procedure) -> Iterable[str]:  # noqa: ARG002
        """Offer the next version to whoever may edit one."""
        return ["soan-phien-ban"] if request.user.has_perm("catalogue.change_procedureversion") else []

    @act(_("Soạn phiên bản mới"), name="soan-phien-ban", is_main=True)
    def draft(self, request: HttpRequest, row: Procedure, said: dict[str, Any]) -> HttpResponse:  # noqa: ARG002
        """Draft the next version, or go to the draft there is."""
        return to_draft(self, request, row)

    def save_model(self, request: HttpRequest, obj: Procedure, form: Any, change: bool) -> None:  # noqa: ARG002
        """Save through the action, which lets the search see the new names."""
        actions.keep_procedure(procedure=obj, at=timezone.now())

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: a procedure is withdrawn from a day on, its dossiers stay."""
        return False


def to_draft(page: ActsAdmin, request: HttpRequest, procedure: Procedure) -> HttpResponse:
    """Go to the province's draft of a procedure; draft one from the version in force if there is none."""
    drafts = procedure.versions.filter(state=State.DRAFT, origin=ProcedureVersion.Origin.PROVINCE)
    draft = drafts.order_by("-number").first()
    if draft is not None:
        page.message_user(request, _("Thủ tục này đã có bản thảo đang soạn, chính là trang này."))
    else:
        draft = actions.draft_next(procedure=procedure, at=timezone.now())
        page.message_user(request, _("Đã lập bản thảo %(version)s. Bạn sửa rồi công bố.") % {"version": draft})
    return redirect("admin:catalogue_procedureversion_change", draft.pk)


def life_of(version: ProcedureVersion) -> str:
    """Return from when to when a version was in force."""
    if version.published_at is None:
        return now_("lập ngày %(on)s") % {"on": day(version.created_at)}
    if version.retired_at is None:
        return now_("từ %(since)s") % {"since": day(version.published_at)}
    return now_("từ %(since)s đến %(until)s") % {"since": day(version.published_at), "until": day(version.retired_at)}


def versions_called(text: str) -> QuerySet[ProcedureVersion] | None:
    """Return the versions in whose codes and names every word of `text` stands, accents aside; None for no words."""
    return rows_holding(
        ProcedureVersion.objects.all(), text,
        ("procedure__code", "procedure__local_code", "procedure__aliases", "name", "plain_name", "desk_name"),
    )  # fmt: skip


def _versions(**wanted: Any) -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(procedure=OuterRef("pk"), **wanted)


def _having(**wanted: Any) -> Exists:
    return Exists(_versions(**wanted))
