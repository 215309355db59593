"""What is filled in about an appointment on site: the times offered, the one agreed on, why it failed, its minutes."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base import words
from motcua.dossiers import deadlines
from motcua.dossiers.actions.correcting import longer_for_verification
from motcua.dossiers.actions.visiting import MOST_TIMES
from motcua.dossiers.models import Visit
from motcua.dossiers.queries import OPEN_VISIT
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.base import CHANGED, ActForm, Advice, file_field, text_field
from motcua.web.desk.act_forms.turning import may_correct

MOMENT = ["%H:%M %d/%m/%Y"]
NOT_READ = gettext_lazy("Giờ này chưa đọc được. Hãy viết như 09:00 24/11/2026.")


class OfferVisitForm(ActForm):
    """Where, when (and up to two other times), and what is looked at, in words the citizen reads."""

    place = forms.CharField(label=gettext_lazy("Nơi gặp"), max_length=250)
    reason = text_field(
        gettext_lazy("Xem gì, bạn cần người dân chuẩn bị gì"), hint=gettext_lazy("Viết cho người dân đọc.")
    )

    def prepare(self) -> None:
        """Ask for the first time and two others."""
        for number in range(1, MOST_TIMES + 1):
            self.fields[f"time{number}"] = _moment_field(
                _("Giờ hẹn") if number == 1 else _("Hoặc giờ khác, lựa chọn %(n)d") % {"n": number - 1},
                hint=_("Ví dụ: 09:00 24/11/2026. Người dân chưa chọn thì giữ giờ này.") if number == 1 else "",
                required=number == 1,
            )
        self.order_fields(["place", *(f"time{number}" for number in range(1, MOST_TIMES + 1)), "reason"])

    def clean(self) -> dict[str, Any]:
        """Refuse times that have passed or are said twice, and days off."""
        said = super().clean() or self.cleaned_data
        seen: set[datetime] = set()
        for name in (f"time{number}" for number in range(1, MOST_TIMES + 1)):
            time = said.get(name)
            if time is None:
                continue
            if problem := self._problem(time, seen):
                self.add_error(name, problem)
            seen.add(time)
        return said

    def times(self) -> list[datetime]:
        """Return the times filled in, the first one first."""
        given = (self.cleaned_data.get(f"time{number}") for number in range(1, MOST_TIMES + 1))
        return [time for time in given if time is not None]

    @property
    def advice(self) -> Advice | None:
        """Return that the dossier should first be of the case with the longer term for verification, where there is one."""
        return correct_first(self.opened)

    def _problem(self, time: datetime, seen: set[datetime]) -> str:
        if time <= self.opened.sitting.at:
            return _("Giờ này đã qua. Hãy chọn từ bây giờ trở đi.")
        if not deadlines.calendar(self.opened.dossier).is_working_day(words.local_day(time)):
            return _("%(day)s là ngày nghỉ. Hãy chọn một ngày làm việc.") % {"day": words.day(time)}
        return _("Giờ này đã ghi ở trên. Hãy chọn giờ khác, hoặc để trống.") if time in seen else ""


class AgreeVisitForm(ActForm):
    """Which of the times offered the citizen chose, when they called."""

    time = forms.ChoiceField(
        label=gettext_lazy("Giờ người dân chọn"), widget=forms.RadioSelect, error_messages=CHANGED,
        help_text=gettext_lazy("Chỉ ghi khi chính người dân gọi điện hoặc đến nói."),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer the times that are still to come."""
        visit, field = open_visit(self.opened), self.fields["time"]
        if visit and isinstance(field, forms.ChoiceField):
            field.choices = [(one.isoformat(), words.moment(one)) for one in times_left(visit, self.opened.sitting.at)]

    def clean_time(self) -> datetime:
        """Return the moment chosen."""
        return datetime.fromisoformat(self.cleaned_data["time"])


class CallOffVisitForm(ActForm):
    """Why the appointment cannot be kept, or was not."""

    reason = text_field(
        gettext_lazy("Vì sao không gặp được, viết cho người dân đọc"),
        hint=gettext_lazy("Người dân báo bận, không có ai ở nhà, mưa lũ… Hẹn lại được một lần nữa."),
    )


class RecordVisitForm(ActForm):
    """The minutes: when, who was there, what was found; a photograph or scan of the signed paper if there is one."""

    present = text_field(gettext_lazy("Có mặt những ai"), rows=2)
    reason = text_field(
        gettext_lazy("Biên bản: đã thấy gì, kết luận thế nào"), hint=gettext_lazy("Người dân đọc được lời này.")
    )
    document = file_field(gettext_lazy("Bản chụp biên bản có chữ ký (không bắt buộc)"))

    def prepare(self) -> None:
        """Expect the time that was planned, where it has come."""
        self.fields["held_at"] = _moment_field(_("Xem lúc"), hint=_("Ví dụ: 09:00 24/11/2026"), required=True)
        visit = open_visit(self.opened)
        if visit and visit.planned_at <= self.opened.sitting.at:
            self.initial = {"held_at": words.local(visit.planned_at).strftime(MOMENT[0])} | dict(self.initial)
        self.order_fields(["held_at", "present", "reason", "document"])

    def clean_held_at(self) -> datetime:
        """Refuse a time that has not come, or is before the appointment was made."""
        held_at, visit = self.cleaned_data["held_at"], open_visit(self.opened)
        if held_at > self.opened.sitting.at or (visit and held_at < visit.offered_at):
            since = words.moment(visit.offered_at) if visit else ""
            raise forms.ValidationError(
                _("Giờ xem phải sau lúc hẹn (%(since)s) và không ở tương lai.") % {"since": since}
            )
        return datetime.fromisoformat(held_at.isoformat())


def open_visit(opened: Opened) -> Visit | None:
    """Return the appointment that is neither held nor called off."""
    return opened.dossier.visits.filter(OPEN_VISIT).first() if "visits" in opened.has else None


def times_left(visit: Visit, at: datetime) -> list[datetime]:
    """Return the times offered that have not passed."""
    return [one for one in visit.moments if one > at]


def correct_first(opened: Opened) -> Advice | None:
    """Return the advice to propose the case with the longer term before a verification, where the procedure has one."""
    case = longer_for_verification(opened.dossier, opened.sitting.at) if may_correct(opened) else None
    if case is None:
        return None
    url = reverse("desk:act", args=[opened.dossier.code, "propose_correction"])
    text = _(
        "Thủ tục này có trường hợp «%(case)s» với thời hạn dài hơn. Nếu phải xác minh, hãy đề xuất sửa trường hợp trước."
    )
    return Advice(text % {"case": case.name}, f"{url}?case={case.pk}", _("Đề xuất sửa trường hợp"))


def _moment_field(label: str, *, hint: str, required: bool) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, help_text=hint, required=required, input_formats=MOMENT, error_messages={"invalid": NOT_READ}
    )
