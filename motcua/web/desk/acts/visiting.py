"""The acts about an appointment on site: offering it, a call that agrees on a time, that it failed, its minutes."""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers import actions
from motcua.dossiers.actions.visiting import may_offer
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.visiting import (
    AgreeVisitForm,
    CallOffVisitForm,
    OfferVisitForm,
    RecordVisitForm,
    open_visit,
    times_left,
)
from motcua.web.desk.acts.kinds import Act, Call, facts, kept, with_reason


def _offer(opened: Opened, form: OfferVisitForm) -> Call:
    said = form.cleaned_data
    return partial(
        actions.offer_visit, **facts(opened, "offer_visit"), times=form.times(), place=said["place"],
        purpose=said["reason"],
    )  # fmt: skip


def _agree(opened: Opened, form: AgreeVisitForm) -> Call:
    return partial(actions.agree_visit, **facts(opened, "agree_visit"), time=form.cleaned_data["time"])


def _record(opened: Opened, form: RecordVisitForm) -> Call:
    said = form.cleaned_data
    document = kept(opened, said["document"], _("Biên bản xem tại chỗ")) if said["document"] else None
    return partial(
        actions.record_visit, **facts(opened, "record_visit"), held_at=said["held_at"], present=said["present"],
        minutes=said["reason"], document=document,
    )  # fmt: skip


def _may_offer(opened: Opened) -> bool:
    return "visits" not in opened.has or may_offer(opened.dossier)


def _may_agree(opened: Opened) -> bool:
    """Return whether a time may still be agreed on: nobody has, and one of those offered is to come."""
    visit = open_visit(opened)
    return visit is not None and visit.agreed_at is None and bool(times_left(visit, opened.sitting.at))


def _is_open(opened: Opened) -> bool:
    return open_visit(opened) is not None


T = gettext_lazy
# fmt: off
ACTS: Mapping[str, Act] = {
    "offer_visit":    Act("g", OfferVisitForm, _offer, T("Đã gửi giờ hẹn cho người dân. Đồng hồ vẫn chạy; lịch hẹn hiện ở trang này và ở hàng «Hẹn xem tại chỗ»."), T("Hẹn xem tại chỗ"), makes_sense=_may_offer),
    "record_visit":   Act("g", RecordVisitForm, _record, T("Đã ghi biên bản; người dân đọc được trên cổng."), T("Ghi biên bản xem tại chỗ"), makes_sense=_is_open),
    "agree_visit":    Act("t", AgreeVisitForm, _agree, T("Đã chốt giờ hẹn theo lời người dân."), T("Ghi giờ người dân chọn"), makes_sense=_may_agree),
    "call_off_visit": Act("c", CallOffVisitForm, with_reason(actions.call_off_visit, "call_off_visit"), T("Đã ghi buổi hẹn không thành. Hẹn lại được khi chưa quá số lần cho phép."), T("Không gặp được"), makes_sense=_is_open),
}
# fmt: on
ABOUT_VISIT = frozenset({"record_visit", "agree_visit", "call_off_visit"})
"""Acts about the appointment that is open: they stand with it and not in the bar."""
