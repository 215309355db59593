"""What the counter fills in when somebody brings a paper nobody asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.web.desk.act_forms.base import ActForm, file_field


class AddForm(ActForm):
    """What the paper is, and its scan."""

    name = forms.CharField(label=gettext_lazy("Đây là giấy tờ gì?"), max_length=200)
    scan = file_field(gettext_lazy("Bản chụp, bản quét (PDF hoặc ảnh)"))

    def clean_scan(self) -> Any:
        """Ask for the file."""
        if not self.cleaned_data.get("scan"):
            raise forms.ValidationError(_("Bạn chưa chọn bản chụp hay bản quét của giấy tờ này."))
        return self.cleaned_data["scan"]
