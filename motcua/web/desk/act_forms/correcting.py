"""What is filled in to correct a dossier beyond its case: the right procedure with its own questions, the right receipt moment."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base import words
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.actions import Units
from motcua.people.models import Place
from motcua.people.queries import NoCompetentAgency
from motcua.web.desk.act_forms.base import ActForm, text_field
from motcua.web.desk.counter.units import place_of, units_at

MOMENT = ["%H:%M %d/%m/%Y"]
WRONG = gettext_lazy("Sai ở đâu, viết cho người dân đọc")
GRANTED_FIRST = gettext_lazy("Lãnh đạo duyệt rồi giấy hẹn mới mới thay giấy cũ.")


class ProposeProcedureForm(ActForm):
    """The right procedure by its code, then the answers to its own questions; what was answered before stands already."""

    from_address = frozenset({"procedure"})

    procedure = forms.CharField(
        label=gettext_lazy("Mã thủ tục đúng"), max_length=30,
        help_text=gettext_lazy("Ví dụ: 1.013225. Giấy tờ cả hai thủ tục cùng hỏi thì giữ nguyên, giấy khác vẫn nằm trong hồ sơ."),
    )  # fmt: skip
    reason = text_field(WRONG, hint=GRANTED_FIRST)

    def prepare(self) -> None:
        """Ask the questions of the procedure as soon as its code is known."""
        self.version = self._version()
        for question in self.version.questions if self.version else ():
            key = f"answer.{question['key']}"
            choices = [(str(option["value"]), str(option["label"])) for option in question["options"]]
            self.fields[key] = forms.ChoiceField(label=question["label"], choices=choices, widget=forms.RadioSelect)
            self.initial.setdefault(key, self.opened.dossier.answers.get(question["key"]))
        asked = [name for name in self.fields if name.startswith("answer.")]
        self.order_fields(["procedure", *asked, "reason"])

    def clean_procedure(self) -> str:
        """Refuse a code under which nothing is in force."""
        if self.version is None:
            raise forms.ValidationError(_("Không có thủ tục nào đang áp dụng với mã này. Hãy xem lại mã."))
        return str(self.cleaned_data["procedure"])

    def clean(self) -> dict[str, Any]:
        """Find who decides and resolves under the right procedure, where the matter is."""
        said = super().clean() or self.cleaned_data
        if self.version is not None and not self.errors:
            try:
                said["units"] = self._units(self.version)
            except NoCompetentAgency as refused:
                self.add_error("procedure", str(refused))
        return said

    def answers(self) -> dict[str, str]:
        """Return the answers by the keys of their questions."""
        given = {name: value for name, value in self.cleaned_data.items() if name.startswith("answer.")}
        return {name.removeprefix("answer."): value for name, value in given.items()}

    def _version(self) -> ProcedureVersion | None:
        said = self.data.get("procedure") if self.is_bound else self.initial.get("procedure")
        code = str(said or "").strip()
        published = ProcedureVersion.objects.filter(state=ProcedureVersion.State.PUBLISHED, procedure__code=code)
        return published.select_related("procedure").first() if code else None

    def _units(self, version: ProcedureVersion) -> Units:
        dossier = self.opened.dossier
        if dossier.receiving_unit is None or dossier.competent_unit is None:
            raise NoCompetentAgency(_("Hồ sơ chưa có nơi tiếp nhận."))
        place = dossier.competent_unit.place or place_of(dossier.receiving_unit)
        commune = place if place is not None and place.level == Place.Level.COMMUNE else None
        return units_at(dossier.receiving_unit, version, commune, words.local_day(self.opened.sitting.at))


class ProposeReceiptForm(ActForm):
    """When the dossier was really received."""

    received_at = forms.DateTimeField(
        label=gettext_lazy("Ngày giờ nhận đúng"), input_formats=MOMENT, help_text=gettext_lazy("Ví dụ: 09:00 20/11/2026"),
        error_messages={"invalid": gettext_lazy("Giờ này chưa đọc được. Hãy viết như 09:00 20/11/2026.")},
    )  # fmt: skip
    reason = text_field(WRONG, hint=GRANTED_FIRST)

    def prepare(self) -> None:
        """Say what stands on the receipt now."""
        received_at = self.opened.dossier.received_at
        if received_at is not None:
            self.fields["received_at"].help_text = _("Giấy hẹn đang ghi %(at)s. Viết như %(typed)s.") % {
                "at": words.moment(received_at), "typed": words.local(received_at).strftime(MOMENT[0]),
            }  # fmt: skip

    def moment(self) -> datetime:
        """Return the moment filled in."""
        found: datetime = self.cleaned_data["received_at"]
        return found
