"""What is filled in when a dossier will be late, or was: by how much it is extended, the cause, the unit that made it late."""

from collections.abc import Sequence
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base import words
from motcua.base.words import local_day
from motcua.dossiers import clock, policy
from motcua.dossiers.actions.extending import Extension, lengths, unit_of_extension
from motcua.dossiers.legs import late_leg
from motcua.dossiers.models import Delay, Leg, Proposal
from motcua.people.models import Agency
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.base import ActForm, text_field
from motcua.web.desk.act_forms.deciding import waiting

MOST_LENGTHS = 30  # offered, from the shortest that ends in the future

Choices = list[tuple[str, str]]


class CauseForm(ActForm):
    """Why, and which unit made it so: the dossier's own units first, then every agency of the province."""

    cause = forms.ChoiceField(
        label=gettext_lazy("Nguyên nhân"), choices=[("", gettext_lazy("Chọn nguyên nhân")), *Delay.Cause.choices]
    )
    late_unit = forms.ChoiceField(label=gettext_lazy("Đơn vị làm chậm"))

    def prepare(self) -> None:
        """Offer the units."""
        field = self.fields["late_unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = _units(self.opened)
        if self.opened.step:
            self.initial.setdefault("late_unit", str(self.opened.step.unit_id))


class StateCauseForm(CauseForm):
    """The cause of a due moment that passed, in a code and in words."""

    reason = text_field(
        gettext_lazy("Nói rõ, viết cho lãnh đạo và người tổng hợp"),
        hint=gettext_lazy("Vướng ở đâu, đã làm gì, khi nào xong. Lời này vào diễn biến, không gửi người dân."),
    )

    def prepare(self) -> None:
        """Begin with the agency whose part was late, else the unit that held the dossier then."""
        delay, leg = self.opened.delay, late_leg(self.opened.dossier)
        if leg:  # who had a part of it when that was late, made the whole late
            is_central = leg.to_system == Leg.System.CENTRAL
            self.initial.setdefault("cause", (Delay.Cause.UPPER_LEVEL if is_central else Delay.Cause.OTHER_UNIT).value)
            self.fields["late_unit"].help_text = _("%(unit)s trả phần liên thông số %(n)d quá hạn %(due)s.") % {
                "unit": leg.to_name, "n": leg.number, "due": words.moment(leg.due_at) if leg.due_at else "",
            }  # fmt: skip
        if leg and leg.to_unit_id:
            self.initial.setdefault("late_unit", str(leg.to_unit_id))
        elif delay:
            self.initial.setdefault("late_unit", str(delay.unit_id))
        super().prepare()


class ExtensionForm(CauseForm):
    """By how much: each length says the due moment it gives, beside the one that cannot be kept."""

    days = forms.ChoiceField(label=gettext_lazy("Gia hạn thêm"))
    reason = text_field(
        gettext_lazy("Lý do, viết cho người dân đọc"), hint=gettext_lazy("Lời này đi cùng lời xin lỗi trong Mẫu 04.")
    )
    field_order = ("days", "cause", "late_unit", "reason")

    def prepare(self) -> None:
        """Offer the lengths that give a due moment to come."""
        super().prepare()
        field, due_at = self.fields["days"], self.opened.dossier.due_at
        if isinstance(field, forms.ChoiceField):
            field.choices = _lengths(self.opened)
        if due_at:
            field.help_text = _("Hẹn trả đang ghi: %(due)s. Ngày hẹn cũ vẫn giữ trong hồ sơ, cạnh ngày mới.") % {
                "due": words.moment(due_at)
            }
        self.initial.setdefault("days", str(policy.extension_days()))

    def extension(self) -> Extension:
        """Return what was chosen."""
        said = self.cleaned_data
        term = clock.Term(Decimal(said["days"]), unit_of_extension(self.opened.dossier))
        return Extension(term, said["cause"], int(said["late_unit"]))


class ExtendForm(ExtensionForm):
    """Extending as proposed, or by another length the leader chooses."""

    def prepare(self) -> None:
        """Begin with what was proposed."""
        proposal = waiting(self.opened, Proposal.Kind.EXTEND)
        if proposal:
            proposed = Extension.of(proposal.data)
            begun = {
                "days": str(proposed.term.quantity.to_integral_value()),
                "cause": proposed.cause,
                "late_unit": str(proposed.late_unit),
                "reason": proposal.reason,
            }
            self.initial = begun | dict(self.initial)
        super().prepare()


def _lengths(opened: Opened) -> Choices:
    """Return the lengths that end in the future: «3 ngày làm việc, hẹn trả 17:00 thứ Tư 02/12/2026»."""
    found = lengths(opened.dossier, opened.sitting.at, most=MOST_LENGTHS)
    said = _("%(term)s, hẹn trả %(due)s")
    return [
        (str(term.quantity), said % {"term": clock.term_words(term), "due": words.moment(due_at)})
        for term, due_at in found
    ]


def _units(opened: Opened) -> Sequence[tuple[str, Choices]]:
    """Return the units to choose from, grouped: those the dossier passes through, then the agencies of the province."""
    dossier = opened.dossier
    own = {dossier.receiving_unit_id, dossier.competent_unit_id, dossier.resolving_unit_id}
    own |= set(dossier.steps.values_list("unit_id", flat=True))
    rows = list(
        Agency.objects.valid_on(local_day(opened.sitting.at)).order_by("name").values_list("pk", "name", "type")
    )
    rows.sort(key=lambda row: words.alphabet_key(row[1]))
    mine = [(str(pk), name) for pk, name, _type in rows if pk in own]
    others = [(str(pk), name) for pk, name, kind in rows if pk not in own and kind != Agency.Type.DIVISION]
    return [(_("Đơn vị của hồ sơ này"), mine), (_("Cơ quan khác"), others)]
