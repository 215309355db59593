"""What an officer fills in to ask other units, and what the unit asked answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base import words
from motcua.dossiers import policy
from motcua.dossiers.models import Consultation
from motcua.dossiers.queries import OPEN_CONSULTATION
from motcua.people.models import Agency
from motcua.web.desk.act_forms.base import ActForm, file_field, text_field

MOST_UNITS = 3
MOST_DAYS = 30


class ConsultForm(ActForm):
    """Which units are asked what, and within how many working days they answer."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Việc hỏi"), choices=Consultation.Kind.choices, widget=forms.RadioSelect
    )
    reason = text_field(gettext_lazy("Nội dung hỏi, viết cho đơn vị được hỏi"))
    days = forms.IntegerField(
        label=gettext_lazy("Trả lời trong, ngày làm việc"),
        min_value=1,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("Hết hạn mà chưa trả lời thì hệ thống ghi là im lặng."),
    )

    def prepare(self) -> None:
        """Offer the units that are open today; several answer side by side."""
        self.initial = {"kind": Consultation.Kind.OPINION.value, "days": policy.reply_days()} | dict(self.initial)
        choices = [("", _("Chọn đơn vị")), *_units(self.opened.sitting.at)]
        for number in range(1, MOST_UNITS + 1):
            label = _("Đơn vị được hỏi") if number == 1 else _("Hỏi thêm đơn vị thứ %(n)d") % {"n": number}
            self.fields[f"unit{number}"] = forms.ChoiceField(label=label, choices=choices, required=number == 1)
        self.order_fields(["kind", *(f"unit{number}" for number in range(1, MOST_UNITS + 1)), "reason", "days"])

    def units(self) -> set[int]:
        """Return the ids of the units chosen."""
        chosen = (self.cleaned_data.get(f"unit{number}") for number in range(1, MOST_UNITS + 1))
        return {int(unit) for unit in chosen if unit}


class AnswerForm(ActForm):
    """The answer of the unit asked, in words and, if there is one, its document."""

    reason = text_field(gettext_lazy("Trả lời của đơn vị bạn"))
    document = file_field(gettext_lazy("Văn bản trả lời (PDF)"))

    def prepare(self) -> None:
        """Say what is asked and until when."""
        asked = asked_of(self)
        if asked is not None:
            said = {"unit": asked.asked_by.full_name, "question": asked.question, "due": words.moment(asked.due_at)}
            self.fields["reason"].help_text = _("%(unit)s hỏi: “%(question)s”. Hạn trả lời %(due)s.") % said


def asked_of(form: Any) -> Consultation | None:
    """Return what the officer's unit was asked and has not answered."""
    units = {post.unit_id for post in form.opened.sitting.posts}
    asked = form.opened.dossier.consultations.filter(OPEN_CONSULTATION, unit__in=units)
    found: Consultation | None = asked.select_related("asked_by").first()
    return found


def _units(at: Any) -> list[tuple[str, str]]:
    """Return the agencies and divisions open today, by name; a division says whose it is."""
    open_today = Agency.objects.valid_on(words.local_day(at)).select_related("parent").exclude(type__in=Agency.CENTRES)
    named = [
        (str(unit.pk), f"{unit.short_name} – {unit.parent.short_name}" if unit.parent else unit.name)
        for unit in open_today
    ]
    return sorted(named, key=lambda pair: pair[1])
