"""What an officer fills in about money a dossier waits for: the notice, and the proof that it was paid."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.words import day, local_day, vnd
from motcua.dossiers.actions.obligations import Notice
from motcua.dossiers.queries import OPEN_OBLIGATION
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.base import ActForm, file_field

MOST_LINES = 6
CHOSEN = "khoan"  # `?khoan=` names the obligation a link on the page is about
_NOT_AN_AMOUNT = re.compile(r"(?i)[\s.,]|đ|vnd")


class Line(NamedTuple):
    """One line of a notice as drawn."""

    number: int
    name: BoundField
    amount: BoundField


class NoticeForm(ActForm):
    """The notice the citizen is told: number, payee, account, up to six lines, until when."""

    number = forms.CharField(label=gettext_lazy("Số thông báo"), max_length=60)
    payee = forms.CharField(label=gettext_lazy("Nơi thu"), max_length=200)
    account = forms.CharField(label=gettext_lazy("Tài khoản nộp"), max_length=200)
    pay_by = forms.DateField(
        label=gettext_lazy("Nộp chậm nhất ngày"), required=False, input_formats=["%d/%m/%Y"],
        help_text=gettext_lazy("Ví dụ: 20/12/2026. Để trống khi thông báo không định ngày."),
        error_messages={"invalid": gettext_lazy("Ngày này chưa đọc được. Hãy viết như 20/12/2026.")},
    )  # fmt: skip

    def prepare(self) -> None:
        """Add the lines; where the dossier waits for money already, expect the same payee."""
        for number in range(1, MOST_LINES + 1):
            self.fields[f"name{number}"] = _line_field(_("Khoản %(n)d: tên") % {"n": number}, 200)
            self.fields[f"amount{number}"] = _line_field(_("Khoản %(n)d: số tiền, đồng") % {"n": number}, 24)
        last = self.opened.dossier.obligations.order_by("-told_at", "-pk").first()
        if last is not None:
            self.initial = {"payee": last.payee, "account": last.account} | dict(self.initial)

    @property
    def lines(self) -> Iterator[Line]:
        """Return the lines to be drawn, apart from the other fields."""
        for number in range(1, MOST_LINES + 1):
            yield Line(number, self[f"name{number}"], self[f"amount{number}"])

    def clean_pay_by(self) -> Any:
        """Refuse a day that has passed."""
        on, today = self.cleaned_data["pay_by"], local_day(self.opened.sitting.at)
        if on is not None and on < today:
            raise forms.ValidationError(_("Ngày %(on)s đã qua. Hãy ghi từ hôm nay trở đi.") % {"on": day(on)})
        return on

    def clean(self) -> dict[str, Any]:
        """Read the lines: each has a name and an amount, and there is one at least."""
        said = super().clean() or self.cleaned_data
        told = [line for number in range(1, MOST_LINES + 1) if (line := self._line(number)) is not None]
        if not told and not any(name.startswith(("name", "amount")) for name in self.errors):
            self.add_error("name1", _("Hãy ghi ít nhất một khoản, có tên và số tiền."))
        said["lines"] = told
        return said

    def notice(self) -> Notice:
        """Return what was filled in."""
        said = self.cleaned_data
        return Notice(said["number"], said["payee"], said["account"], said["lines"], said["pay_by"])

    def _line(self, number: int) -> tuple[str, int] | None:
        name = self.cleaned_data.get(f"name{number}", "").strip()
        typed = self.cleaned_data.get(f"amount{number}", "").strip()
        if not name and not typed:
            return None
        digits = _NOT_AN_AMOUNT.sub("", typed)
        if not name:
            self.add_error(f"name{number}", _("Khoản %(n)d có số tiền mà chưa có tên.") % {"n": number})
        if not digits.isdecimal() or int(digits) == 0:
            self.add_error(f"amount{number}", _("Khoản %(n)d: hãy ghi số tiền như 1.250.000.") % {"n": number})
            return None
        return name, int(digits)


class ProofForm(ActForm):
    """Which obligation was paid, and its proof."""

    from_address = frozenset({CHOSEN})

    khoan = forms.ChoiceField(label=gettext_lazy("Khoản đã nộp"), widget=forms.RadioSelect)
    proof_number = forms.CharField(label=gettext_lazy("Số chứng từ nộp tiền"), max_length=60, required=False)
    proof = file_field(
        gettext_lazy("Bản chụp chứng từ (PDF hoặc ảnh)"),
        hint=gettext_lazy("Cần số chứng từ, hoặc bản chụp, hoặc cả hai."),
    )

    def prepare(self) -> None:
        """Offer the open obligations; one alone is chosen."""
        choices = open_choices(self.opened)
        field = self.fields[CHOSEN]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        if len(choices) == 1:
            self.initial = dict(self.initial) | {CHOSEN: choices[0][0]}

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two proofs."""
        said = super().clean() or self.cleaned_data
        if not said.get("proof_number", "").strip() and not said.get("proof") and "proof" not in self.errors:
            self.add_error("proof_number", _("Cần số chứng từ hoặc bản chụp chứng từ. Chưa có gì thay đổi."))
        return said


def open_choices(opened: Opened) -> list[tuple[str, str]]:
    """Return the obligations the dossier waits for, as choices."""
    waiting = opened.dossier.obligations.filter(OPEN_OBLIGATION)
    told = _("Thông báo số %(number)s · %(sum)s · %(payee)s")
    return [
        (str(one.pk), told % {"number": one.notice_number, "sum": vnd(one.total_vnd), "payee": one.payee})
        for one in waiting
    ]


def _line_field(label: str, most: int) -> forms.CharField:
    field = forms.CharField(label=label, max_length=most, required=False)
    field.in_lines = True  # type: ignore[attr-defined]  # the panel draws the lines together
    return field
