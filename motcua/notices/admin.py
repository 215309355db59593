"""Notices in the administration: read only, and a parked sending can be released."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from motcua.base.words import masked
from motcua.notices import actions
from motcua.notices.models import Sending


@admin.register(Sending)
class SendingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """What was sent over which channel, and what could not be."""

    list_display = ("notice", "channel", "masked_address", "state", "tries", "fault", "sent_at")
    list_filter = ("state", "channel")
    list_select_related = ("notice",)
    actions = ("release",)

    @admin.display(description=_("nơi nhận"))
    def masked_address(self, sending: Sending) -> str:
        return masked(sending.address)

    @admin.action(description=_("Gửi lại những thông báo không gửi được"))
    def release(self, _request: HttpRequest, queryset: QuerySet[Sending]) -> None:
        for sending in queryset.filter(state=Sending.State.PARKED):
            actions.release(sending_id=sending.pk)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Sending | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Sending | None = None) -> bool:
        return False
