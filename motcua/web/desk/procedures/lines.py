"""How numbers, money, days and lists are typed in the workshop: as people write them, with a sentence for what is not."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.words import number

_NUMBER = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,2})?|\d{1,9}([.,]\d{1,2})?")
_MONEY = re.compile(r"\d{1,12}|\d{1,3}([. ]\d{3}){1,4}")


class NumberField(forms.CharField):
    """A quantity as people write it: 7, 1.250 or 7,5; nothing written is None."""

    def prepare_value(self, value: Any) -> Any:
        return number(float(value)) if isinstance(value, int | float | Decimal) else value

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value).strip()
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise forms.ValidationError(_("Chưa đọc được số này. Hãy viết một số không âm, như 7 hoặc 7,5."))
        grouped = "," in text or re.fullmatch(r"\d{1,3}(\.\d{3})+", text)
        return Decimal(text.replace(".", "").replace(",", ".") if grouped else text)


class MoneyField(forms.CharField):
    """An amount of đồng: 8000, 8.000 or 8.000 đ; nothing written is None, which is unknown and not free."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value).strip().removesuffix("đồng").removesuffix("đ").strip()
        if not text:
            return None
        if not _MONEY.fullmatch(text):
            raise forms.ValidationError(_("Chưa đọc được số tiền. Hãy viết số đồng, như 8000 hoặc 8.000."))
        return int(re.sub(r"\D", "", text))


class DayField(forms.DateField):
    """A day written 01/12/2026."""

    def __init__(self, **options: Any) -> None:
        wrong = {"invalid": gettext_lazy("Ngày này chưa đọc được. Hãy viết như 01/12/2026.")}
        super().__init__(
            input_formats=["%d/%m/%Y"], widget=forms.DateInput(format="%d/%m/%Y"), error_messages=wrong, **options
        )

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    def __init__(self, *, longest: int = 200, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), **options)
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, Sequence) and not isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        lines = list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))
        if any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(_("Mỗi dòng dài tối đa %(most)d ký tự.") % {"most": self.longest})
        return lines
