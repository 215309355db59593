"""Where a process is used: which procedures follow it, in every unit or in one with hours and posts of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.words import day, local_day, number
from motcua.catalogue import actions
from motcua.catalogue.models import ProcedureVersion, ProcessTemplate, ProcessUse
from motcua.catalogue.processes.parameters import SETTABLE, left_open
from motcua.catalogue.processes.queries import fileable_versions, unpublished_settings, uses_of
from motcua.catalogue.processes.rows import Row, rows_of
from motcua.people.models import Agency
from motcua.people.roles import Permission, Role
from motcua.web.desk.access import Sitting
from motcua.web.desk.workshop.access import in_the_workshop, template_of
from motcua.web.desk.workshop.page import Opened
from motcua.web.desk.workshop.rows import OPEN_WORDS
from motcua.web.desk.workshop.step_forms import hours_written, roles_like, unit_choices
from motcua.web.shared import held

HELD = gettext_lazy("Phiên làm việc đã hết lúc bạn bấm nên chưa lưu. Những gì bạn điền vẫn còn; bạn xem lại rồi bấm.")


class UseForm(forms.Form):
    """A procedure, and the unit where it follows the template; nothing for every unit."""

    procedure = forms.ChoiceField(label=gettext_lazy("Thủ tục"))
    unit = forms.CharField(
        label=gettext_lazy("Mã đơn vị có thẩm quyền"), required=False, max_length=40,
        help_text=gettext_lazy("Để trống thì mọi đơn vị theo. Ví dụ một phường: H57.31.12"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "dung-%s"} | kwargs)
        self.versions = {version.procedure.code: version for version in fileable_versions()}
        field = self.fields["procedure"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", "–"),
                *((code, f"{version.title} ({code})") for code, version in self.versions.items()),
            ]

    def clean_unit(self) -> Agency | None:
        """Return the unit of that code; nothing written means every unit."""
        code = self.cleaned_data["unit"].strip()
        unit = Agency.objects.filter(code=code).first()
        if code and unit is None:
            raise forms.ValidationError(_("Không có đơn vị nào mang mã “%(code)s”. Hãy xem lại mã.") % {"code": code})
        return unit

    @property
    def version(self) -> ProcedureVersion:
        """Return the version in force of the procedure chosen; only of a valid form."""
        return self.versions[self.cleaned_data["procedure"]]


class OwnForm(forms.Form):
    """A unit's own hours and posts, for the steps the template leaves open; empty means as the template says."""

    def __init__(self, use: ProcessUse, content: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        self._open = left_open(content)
        rows = {str(row.get("task") or row["code"]): row for row in rows_of(content)}
        initial = {
            f"{step}.{name}": _as_typed(value) for step, own in use.parameters.items() for name, value in own.items()
        }
        super().__init__(*args, **{"auto_id": "rieng-%s", "initial": initial} | kwargs)
        for step, names in self._open.items():
            for name in names:
                self.fields[f"{step}.{name}"] = _field(name, rows[step])

    def clean(self) -> dict[str, Any]:
        """Read the hours."""
        said = super().clean() or self.cleaned_data
        for name in [name for name in said if name.endswith(".hours") and said[name]]:
            try:
                said[name] = hours_written(said[name])
            except forms.ValidationError as refused:
                self.add_error(name, refused)
        return said

    def parameters(self) -> dict[str, dict[str, Any]]:
        """Return what was set, by step; only of a valid form."""
        said = {
            step: {name: self.cleaned_data[f"{step}.{name}"] for name in names} for step, names in self._open.items()
        }
        told = {
            step: {name: value for name, value in own.items() if value not in ("", None)} for step, own in said.items()
        }
        return {step: own for step, own in told.items() if own}


@dataclass(frozen=True)
class UseRow:
    """One use as listed; `waits`: somebody else is to publish what was set."""

    use: ProcessUse
    place: str
    own: str
    waits: bool


@in_the_workshop
@require_http_methods(["GET", "POST"])
def uses(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show who uses the template; posted, add a use."""
    template = template_of(code)
    said = held.posted_or_held(request)
    if said is not None and request.method == "GET":
        messages.warning(request, str(HELD))
    form = UseForm(said) if said is not None else UseForm()
    if request.method == "POST" and form.is_valid() and _added(request, template, form):
        return redirect("desk:process_uses", code)
    content = Opened.of(template).edition.content
    steps, waiting = _step_names(rows_of(content)), set(unpublished_settings().values_list("pk", flat=True))
    rows = [
        UseRow(use, use.unit.short_name if use.unit else _("mọi đơn vị"), _own_words(use, steps), use.pk in waiting)
        for use in uses_of(template)
    ]
    context = {
        "desk": sitting,
        "template": template,
        "rows": rows,
        "form": form,
        "has_open": bool(left_open(content)),
    }
    return render(request, "desk/workshop/uses.html", context)


@in_the_workshop
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, sitting: Sitting, code: str, use_id: int) -> HttpResponse:
    """Show a use's own hours and posts; posted, keep them."""
    template, use = template_of(code), _use(code, use_id)
    said = held.posted_or_held(request)
    if said is not None and request.method == "GET":
        messages.warning(request, str(HELD))
    form = _own_form(template, use, said)
    if request.method == "POST" and form.is_valid():
        actions.set_parameters(use=use, parameters=form.parameters(), at=sitting.at, actor=sitting.officer.user)
        if template.editions.filter(state="published").exists():
            messages.success(request, _("Đã lưu. Người khác có quyền ban hành xem rồi ban hành cho nơi này."))
        else:
            messages.success(request, _("Đã lưu. Tham số này có hiệu lực ở lần ban hành tới."))
        return redirect("desk:process_use", code, use_id)
    return render(request, "desk/workshop/own_hours.html", _own_context(sitting, template, use, form))


@in_the_workshop
@require_POST
def publish(request: HttpRequest, sitting: Sitting, code: str, use_id: int) -> HttpResponse:
    """Publish from tomorrow what somebody else set for a unit; refused, show why."""
    use = _use(code, use_id)
    if not sitting.may(Permission.APPROVE_PROCESS):
        raise PermissionDenied
    if request.POST.get("dat-luc") != _moment_of(use):
        messages.warning(request, _("Ai đó vừa đặt lại giờ ở đây nên chưa ban hành. Bạn xem lại rồi bấm."))
    elif _published(request, sitting, use):
        return redirect("desk:process_uses", code)
    return redirect("desk:process_use", code, use_id)


@in_the_workshop
@require_POST
def drop(request: HttpRequest, _sitting: Sitting, code: str, use_id: int) -> HttpResponse:
    """Let a procedure no longer follow the template in a place."""
    use = _use(code, use_id)
    actions.drop_use(use=use)
    messages.success(request, _("Đã bỏ nơi dùng. Những gì đã ban hành ở đó vẫn chạy tới khi ban hành bản khác."))
    return redirect("desk:process_uses", code)


def _use(code: str, use_id: int) -> ProcessUse:
    use = (
        ProcessUse.objects.filter(pk=use_id, template__code=code)
        .select_related("procedure", "unit", "template", "set_by")
        .first()
    )
    if use is None:
        raise Http404
    return use


def _added(request: HttpRequest, template: ProcessTemplate, form: UseForm) -> bool:
    try:
        actions.use_template(
            template=template, procedure=form.version.procedure, unit=form.cleaned_data["unit"], parameters={}
        )
    except actions.AlreadyUsed as refused:
        form.add_error("procedure", str(refused))
        return False
    messages.success(request, _("Đã thêm “%(name)s”. Có hiệu lực ở lần ban hành tới.") % {"name": form.version.title})
    return True


def _own_form(template: ProcessTemplate, use: ProcessUse, said: QueryDict | None) -> OwnForm:
    content = Opened.of(template).edition.content
    return OwnForm(use, content, said) if said is not None else OwnForm(use, content)


def _own_context(sitting: Sitting, template: ProcessTemplate, use: ProcessUse, form: OwnForm) -> dict[str, Any]:
    waits = template.editions.filter(state="published").exists() and unpublished_settings().filter(pk=use.pk).exists()
    steps = _step_names(_rows(template))
    return {
        "desk": sitting,
        "template": template,
        "use": use,
        "form": form,
        "set_words": _own_words(use, steps),
        "set_moment": _moment_of(use),
        "waits": waits,
        "set_by_me": use.set_by_id == sitting.officer.user_id,
        "may_publish": waits and sitting.may(Permission.APPROVE_PROCESS) and use.set_by_id != sitting.officer.user_id,
    }


def _rows(template: ProcessTemplate) -> list[Row]:
    return rows_of(Opened.of(template).edition.content)


def _step_names(rows: list[Row]) -> dict[str, str]:
    return {str(row.get("task") or row["code"]): str(row.get("name")) for row in rows}


def _moment_of(use: ProcessUse) -> str:
    """Return what tells whether the hours were set again since they were shown."""
    return use.set_at.isoformat() if use.set_at else ""


def _published(request: HttpRequest, sitting: Sitting, use: ProcessUse) -> bool:
    """Publish the use from tomorrow, or from the day its template begins; where that is refused say why."""
    edition = use.template.editions.filter(state="published").first()
    tomorrow = local_day(sitting.at) + timedelta(days=1)
    first = max(tomorrow, edition.effective_from) if edition and edition.effective_from else tomorrow
    try:
        actions.publish_use(use=use, effective_from=first, at=sitting.at, actor=sitting.officer.user)
    except (actions.NotPublishable, actions.NotSent, actions.SamePerson, actions.DayPassed) as refused:
        messages.warning(request, _("Chưa ban hành được. %(why)s") % {"why": refused})
        return False
    messages.success(request, _("Đã ban hành cho nơi này, áp dụng từ %(on)s.") % {"on": day(first)})
    return True


def _field(name: str, row: Any) -> forms.Field:
    label = _("%(step)s: %(what)s") % {"step": row.get("name"), "what": OPEN_WORDS[name]}
    if name == "hours":
        return forms.CharField(label=label, required=False, max_length=10, help_text=_as_said(row.get("hours")))
    choices = unit_choices() if name == "unit" else roles_like(str(row.get("role")))
    return forms.ChoiceField(label=label, required=False, choices=[("", _("theo mẫu")), *choices])


def _as_said(hours: Any) -> str:
    return (
        _("Mẫu: %(hours)s giờ") % {"hours": number(hours)} if isinstance(hours, int | float) else _("Mẫu không đặt giờ")
    )


def _as_typed(value: Any) -> Any:
    return number(value).replace(".", "") if isinstance(value, int | float) else value


def _own_words(use: ProcessUse, steps: Mapping[str, str]) -> str:
    """Return what a unit set of its own, in words; `steps` are the names of the steps."""
    said = [
        f"{steps.get(step, step)}: {_in_words(name, own[name])}"
        for step, own in use.parameters.items()
        for name in SETTABLE
        if name in own
    ]
    return "; ".join(said)


def _in_words(name: str, value: Any) -> str:
    if name == "hours":
        return _("%(hours)s giờ") % {"hours": number(value)}
    if name == "role" and value in Role.values:
        return str(Role(value).label)
    return dict(unit_choices()).get(value, str(value))
