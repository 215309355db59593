"""A new process: from nothing, as a copy of another, or (exchange.upload) from a BPMN file."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.catalogue import actions
from motcua.web.desk.access import Sitting
from motcua.web.desk.workshop.access import in_the_workshop
from motcua.web.desk.workshop.sources import content_of_source, source_choices
from motcua.web.shared import held

HELD = gettext_lazy("Phiên làm việc đã hết lúc bạn bấm nên chưa lưu. Những gì bạn điền vẫn còn; bạn xem lại rồi bấm.")


class NewForm(forms.Form):
    """What a new process is called, and which it begins as a copy of."""

    name = forms.CharField(label=gettext_lazy("Tên quy trình"), max_length=200)
    source = forms.ChoiceField(
        label=gettext_lazy("Bắt đầu từ"), required=False,
        help_text=gettext_lazy("Chép thì sửa bản chép; quy trình được chép không đổi."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "moi-%s"} | kwargs)
        field = self.fields["source"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Bảng trống")), *source_choices()]


@in_the_workshop
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Ask what a new process is called and begins from; posted, begin it as a draft."""
    said = held.posted_or_held(request)
    if said is not None and request.method == "GET":
        messages.warning(request, str(HELD))
    form = NewForm(said) if said is not None else NewForm()
    if request.method == "POST" and form.is_valid():
        edition = actions.begin_template(
            name=form.cleaned_data["name"], content=content_of_source(form.cleaned_data["source"]), procedure=None,
            at=sitting.at, actor=sitting.officer.user,
        )  # fmt: skip
        messages.success(request, _("Đã lập quy trình. Bạn sửa các bước, rồi nói nơi dùng và gửi duyệt."))
        return redirect("desk:process", edition.template.code)
    return render(request, "desk/workshop/new.html", {"desk": sitting, "form": form})
