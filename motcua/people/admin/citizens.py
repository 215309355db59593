"""Citizens and organisations, to look up. Private numbers are masked; corrections are made where the person is met."""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from motcua.base.words import masked_email, masked_identity, masked_phone
from motcua.people.models import Citizen, Organisation
from motcua.people.queries import citizen_by_any


class LookUpAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Rows to look at, never to change here."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Return no: rows are made by the actions of this package."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: rows are changed by the actions of this package."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Return no: dossiers stand on them."""
        return False


@admin.register(Citizen)
class CitizenAdmin(LookUpAdmin):
    """Found by whole number, whole phone or the beginning of the name, as at the counter."""

    list_display = ("full_name", "birth_on", "hidden_identity_number", "hidden_phone", "place", "met_at")
    list_select_related = ("place",)
    ordering = ("folded_name", "pk")
    search_fields = ("folded_name",)
    search_help_text = _("Số định danh, số điện thoại đầy đủ, hoặc phần đầu của họ tên")
    fields = (
        "full_name", "birth_on", "gender", "hidden_identity_number", "hidden_phone", "hidden_email", "place", "met_at",
    )  # fmt: skip
    show_full_result_count = False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Citizen], search_term: str
    ) -> tuple[QuerySet[Citizen], bool]:
        """Search as the counter does."""
        if not search_term:
            return super().get_search_results(request, queryset, search_term)
        return queryset.filter(pk__in=[citizen.pk for citizen in citizen_by_any(search_term)]), False

    @admin.display(description=_("số định danh cá nhân"))
    def hidden_identity_number(self, citizen: Citizen) -> str:
        """Return the identity number with its last part hidden."""
        return masked_identity(citizen.identity_number or "")

    @admin.display(description=_("số điện thoại"))
    def hidden_phone(self, citizen: Citizen) -> str:
        """Return the phone number with its middle hidden."""
        return masked_phone(citizen.phone)

    @admin.display(description=_("thư điện tử"))
    def hidden_email(self, citizen: Citizen) -> str:
        """Return the address with its name hidden."""
        return masked_email(citizen.email) if citizen.email else ""


@admin.register(Organisation)
class OrganisationAdmin(LookUpAdmin):
    """Found by name or tax code."""

    list_display = ("name", "tax_code", "representative", "address")
    list_select_related = ("representative",)
    ordering = ("name", "pk")
    search_fields = ("name", "=tax_code")
    fields = ("name", "tax_code", "representative", "address", "met_at")
