"""What begins here: a new procedure, from nothing or as a copy of another, and the process a draft takes from elsewhere."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.catalogue import actions
from motcua.catalogue.codes import code_fault
from motcua.catalogue.models import Field, Procedure, ProcedureVersion
from motcua.catalogue.processes.parameters import resolved
from motcua.catalogue.processes.plans import BadProcess
from motcua.catalogue.processes.process import parse
from motcua.people.models import Agency
from motcua.web.desk.access import Sitting
from motcua.web.desk.procedures.access import on_a_draft
from motcua.web.desk.workshop.access import in_the_workshop
from motcua.web.desk.workshop.sources import content_of_source, source_choices
from motcua.web.shared import held

HELD = gettext_lazy("Phiên làm việc đã hết lúc bạn bấm nên chưa lưu. Những gì bạn điền vẫn còn; bạn xem lại rồi bấm.")


class NewForm(forms.Form):
    """What a new procedure is called, and which it begins as a copy of."""

    type = forms.ChoiceField(
        label=gettext_lazy("Loại"), choices=Procedure.Type.choices, widget=forms.RadioSelect,
        initial=Procedure.Type.SPECIFIC,
    )  # fmt: skip
    code = forms.CharField(
        label=gettext_lazy("Mã thủ tục"), max_length=40,
        help_text=gettext_lazy("Toàn quốc: 1.013225. Đặc thù địa phương: 1.115685 hoặc 1.012783.H57. Nội bộ: NB.XD.01."),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Tên thủ tục"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Như quyết định công bố ghi"),
    )  # fmt: skip
    desk_name = forms.CharField(
        label=gettext_lazy("Tên gọn ở bàn làm việc"),
        max_length=60,
        help_text=gettext_lazy("Hiện trong bảng của cán bộ"),
    )
    field = forms.ModelChoiceField(
        label=gettext_lazy("Lĩnh vực"), queryset=Field.objects.order_by("name"), empty_label="–"
    )
    source = forms.CharField(
        label=gettext_lazy("Chép từ thủ tục"), required=False, max_length=40,
        help_text=gettext_lazy("Mã của thủ tục gần giống, như 1.013225. Để trống thì bắt đầu từ trang trắng."),
    )  # fmt: skip

    def clean_source(self) -> Procedure | None:
        """Return the procedure of that code; nothing written means none."""
        code = self.cleaned_data["source"].strip()
        found = Procedure.objects.filter(code=code).first()
        if code and found is None:
            raise forms.ValidationError(_("Không có thủ tục nào mang mã “%(code)s”. Hãy xem lại mã.") % {"code": code})
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse a code that such a procedure does not have."""
        said = super().clean() or self.cleaned_data
        if said.get("code") and said.get("type"):
            said["code"] = said["code"].strip().upper()
            if fault := code_fault(said["code"], said["type"], _provinces()):
                self.add_error("code", fault)
        return said


class ProcessForm(forms.Form):
    """From where a draft takes its process."""

    source = forms.ChoiceField(label=gettext_lazy("Lấy quy trình của"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "–"), *source_choices()]


@in_the_workshop
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Ask what a new procedure is called; posted, begin it with its first draft."""
    said = held.posted_or_held(request)
    if said is not None and request.method == "GET":
        messages.warning(request, str(HELD))
    form = NewForm(said, auto_id="moi-%s") if said is not None else NewForm(auto_id="moi-%s")
    if request.method == "POST" and form.is_valid() and (version := _begun(sitting, form)):
        messages.success(
            request, _("Đã lập thủ tục với bản thảo đầu tiên. Người dân chưa thấy gì tới khi bạn công bố.")
        )
        return redirect("desk:version", version.procedure.code, version.number)
    return render(request, "desk/procedures/new.html", {"desk": sitting, "form": form})


@on_a_draft
@require_http_methods(["GET", "POST"])
def process(request: HttpRequest, sitting: Sitting, draft: ProcedureVersion) -> HttpResponse:
    """Ask from where a draft takes its process; posted, copy it."""
    said = held.posted_or_held(request)
    if said is not None and request.method == "GET":
        messages.warning(request, str(HELD))
    form = ProcessForm(said, auto_id="quy-trinh-%s") if said is not None else ProcessForm(auto_id="quy-trinh-%s")
    if request.method == "POST" and form.is_valid() and _taken(sitting, draft, form):
        messages.success(request, _("Đã lấy quy trình vào bản thảo. Sau khi công bố, bạn sửa tiếp ở xưởng quy trình."))
        return redirect("desk:version", draft.procedure.code, draft.number)
    context = {"desk": sitting, "version": draft, "procedure": draft.procedure, "form": form}
    return render(request, "desk/procedures/process.html", context)


def _begun(sitting: Sitting, form: NewForm) -> ProcedureVersion | None:
    """Begin the procedure; None where the form says why not."""
    try:
        return actions.begin_procedure(**form.cleaned_data, at=sitting.at, actor=sitting.officer.user)
    except actions.CodeTaken as refused:
        form.add_error("code", str(refused))
        return None


def _taken(sitting: Sitting, draft: ProcedureVersion, form: ProcessForm) -> bool:
    """Copy the process into the draft; where that is refused the form says why."""
    content = resolved(content_of_source(form.cleaned_data["source"]), {})
    try:
        parse(content)
        actions.say_in_draft(version=draft, said={"process": content}, at=sitting.at, actor=sitting.officer.user)
    except BadProcess as bad:
        form.add_error("source", _("Quy trình ấy còn chỗ phải sửa nên chưa lấy được. %(why)s") % {"why": bad})
        return False
    except actions.NotADraft as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _provinces() -> set[str]:
    """Return the codes of the province this system serves."""
    return set(Agency.objects.filter(type=Agency.Type.PROVINCE).values_list("code", flat=True))
