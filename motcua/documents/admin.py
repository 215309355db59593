"""The document store in the administration pages: to look at, never to change."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from motcua.documents.models import Document, StoredFile


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Show rows; every write is an action of this package."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return False


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin):
    list_display = ["sha256", "media_type", "pages", "size_bytes", "created_at"]
    search_fields = ["sha256"]
    date_hierarchy = "created_at"


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "owner", "source", "issued_on", "valid_until", "created_at"]
    list_filter = ["source"]
    list_select_related = ["owner"]
    search_fields = ["title", "kind", "original_name"]
    date_hierarchy = "created_at"
