"""What every form of an act has. The words of a reason go to the citizen, so the labels say so."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from motcua.web.desk.access import Opened

TEXT_ROWS = 4
MOST_NAMED = 5  # papers named in a question; the whole list stands beside it
NAME_SHOWN = 80  # characters of a paper's name
CHANGED = {
    "invalid_choice": gettext_lazy(
        "Điều bạn chọn không còn nữa: có người vừa xử lý hồ sơ. Chưa có gì thay đổi; hãy tải lại trang."
    )
}


@dataclass(frozen=True)
class Advice:
    """Something to know or do before the act, with the way there."""

    text: str
    url: str
    url_text: str


def text_field(label: Any, *, hint: Any = "", required: bool = True, rows: int = TEXT_ROWS) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=4000, widget=area)


def file_field(label: Any, *, hint: Any = "") -> forms.FileField:
    """Return a field for a file; one that was chosen stays chosen when the panel is drawn again with what to mend."""
    chosen = forms.FileInput(attrs={"hx-preserve": "true"})
    return forms.FileField(label=label, help_text=hint, required=False, allow_empty_file=True, widget=chosen)


class ActForm(forms.Form):
    """A form that knows the opened dossier. Without fields it only confirms."""

    from_address: frozenset[str] = frozenset()
    """Fields that a link on the page may fill in: `?name=value`."""

    def __init__(self, opened: Opened, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "viec-%s"} | kwargs)
        self.opened = opened
        self.prepare()
        for field in list(self.fields.values())[:1]:
            field.widget.attrs["autofocus"] = True

    def prepare(self) -> None:
        """Add what depends on the dossier."""


class ReasonForm(ActForm):
    """Words the law asks for, written for the citizen."""

    reason = text_field(
        gettext_lazy("Lý do, viết cho người dân đọc"), hint=gettext_lazy("Nêu căn cứ, và người dân có thể làm gì tiếp.")
    )
