"""Moving open dossiers to the process published since: which step becomes which, tried first, then one dossier at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.base.words import local_day
from motcua.catalogue.processes.plans import StepPlan
from motcua.catalogue.processes.queries import uses_of
from motcua.dossiers import steps
from motcua.dossiers.actions import change_process
from motcua.dossiers.actor import Actor
from motcua.dossiers.behind import Behind, behind, misfit, stood_at
from motcua.dossiers.lifecycle import By, MoveNotAllowed
from motcua.dossiers.models import Step
from motcua.people.roles import Permission
from motcua.web.desk.access import Sitting
from motcua.web.desk.workshop.access import in_the_workshop, template_of
from motcua.web.shared import held

MOST_AT_ONCE = 200
HELD = gettext_lazy(
    "Phiên làm việc đã hết lúc bạn bấm nên chưa hồ sơ nào được chuyển. Những gì bạn điền vẫn còn; bạn xem lại rồi bấm."
)


class MovingForm(forms.Form):
    """Which step of the new process each step becomes, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=250,
        help_text=gettext_lazy("Ghi vào diễn biến của từng hồ sơ. Ví dụ: theo Quyết định 1234/QĐ-UBND"),
    )

    def __init__(self, late: Sequence[Behind], said: Mapping[str, str] | None = None) -> None:
        """Ask for each step the dossiers stand at; a step that the new process has too stays itself."""
        super().__init__(said)
        newer = _steps_of({one.newer.pk for one in late})
        for code, (step, number) in stood_at(late).items():
            self.fields[f"buoc.{code}"] = _step_field(step, number, newer)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def mapping(self) -> dict[str, str]:
        """Return which step becomes which; one that was left open keeps its code and does not fit."""
        said = {name: value for name, value in self.cleaned_data.items() if name.startswith("buoc.") and value}
        return {name.removeprefix("buoc."): value for name, value in said.items()}


@dataclass(frozen=True)
class Tried:
    """One dossier that was tried or moved: `why` is empty where it fits."""

    code: str
    why: str


@in_the_workshop
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Show which dossiers follow an older process and try a mapping; posted to move, move those that fit."""
    template = template_of(code)
    procedures = set(uses_of(template).values_list("procedure", flat=True))
    late = behind(procedures, local_day(sitting.at))
    said = held.posted_or_held(request)
    if said is not None and request.method == "GET":
        messages.warning(request, str(HELD))
    form = MovingForm(late, said)
    results: list[Tried] = []
    is_moved = request.method == "POST" and "chuyen" in request.POST
    if request.method == "POST" and late and form.is_valid():
        some = late[:MOST_AT_ONCE]
        results = (
            _moved(sitting, some, form)
            if is_moved
            else [Tried(_code(one), misfit(one, form.mapping())) for one in some]
        )
        if is_moved:
            late = behind(procedures, local_day(sitting.at))
            form = MovingForm(late, said)
    context = {
        "desk": sitting,
        "template": template,
        "number": len(late),
        "most": MOST_AT_ONCE,
        "form": form,
        "is_moved": is_moved,
        "good": [one.code for one in results if not one.why],
        "failed": [(one.code, one.why) for one in results if one.why],
    }
    return render(request, "desk/workshop/move.html", context)


def _moved(sitting: Sitting, late: Sequence[Behind], form: MovingForm) -> list[Tried]:
    """Move each dossier in a transaction of its own; return what became of each."""
    post = sitting.post_with(Permission.PUBLISH_PROCEDURE)
    actor = Actor(by=By.PLANNER, officer_id=sitting.officer.pk, unit_id=post.unit_id)
    mapping, reason, results = form.mapping(), form.cleaned_data["reason"], []
    for one in late:
        try:
            change_process(
                dossier_id=one.dossier.pk, process=one.newer, mapping=mapping, actor=actor, at=sitting.at, reason=reason
            )
        except MoveNotAllowed as refused:
            results.append(Tried(_code(one), str(refused)))
        else:
            results.append(Tried(_code(one), ""))
    return results


def _code(one: Behind) -> str:
    return one.dossier.code or ""


def _steps_of(process_ids: set[int]) -> dict[str, StepPlan]:
    found = (steps.published_process(pk) for pk in sorted(process_ids))
    return {code: plan for process in found for code, plan in process.steps.items()}


def _step_field(step: Step, number: int, newer: Mapping[str, StepPlan]) -> forms.ChoiceField:
    fitting = [(code, plan.name) for code, plan in newer.items() if plan.kind == step.kind]
    return forms.ChoiceField(
        label=_("%(number)d hồ sơ đang ở «%(step)s» sẽ ở") % {"number": number, "step": step.name},
        choices=[("", _("để yên, chưa chuyển")), *fitting], required=False,
        initial=step.code if step.code in dict(fitting) else "",
    )  # fmt: skip
