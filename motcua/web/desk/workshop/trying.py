"""«Chạy thử»: thousands of invented dossiers through a process in one unit, with the officers it really has.

What came out last is kept with the edition, for whoever approves it.
"""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.base.words import local_day, number
from motcua.catalogue import actions
from motcua.catalogue.processes.plans import BadProcess
from motcua.catalogue.processes.process import Process, parse
from motcua.catalogue.processes.rows import rows_of
from motcua.catalogue.processes.simulation import Trial, asked_in, simulate
from motcua.catalogue.processes.staffing import Directory, Place, Seat, held_posts, officers_at, places_of, seats_of
from motcua.catalogue.processes.trial_figures import figures_of
from motcua.catalogue.processes.vocabulary import vocabulary_of
from motcua.dossiers.deadlines import calendar_of
from motcua.dossiers.trials import came_per_day, due_by
from motcua.people.queries import calendar_version_for
from motcua.web.desk.access import Sitting
from motcua.web.desk.workshop.access import in_the_workshop, template_of
from motcua.web.desk.workshop.page import Opened
from motcua.web.desk.workshop.tried import Tried, tried
from motcua.web.shared import held

COUNT = 10_000
FEWEST_PER_DAY = Decimal("0.1")


class TrialForm(forms.Form):
    """Where it runs, how many dossiers come, how much steps vary, and how much of a step its officer works on it."""

    procedure = forms.ChoiceField(label=gettext_lazy("Hạn theo thủ tục"))
    unit = forms.ChoiceField(label=gettext_lazy("Chạy ở đâu"))
    per_day = forms.DecimalField(
        label=gettext_lazy("Hồ sơ tới mỗi ngày làm việc"), min_value=FEWEST_PER_DAY, max_value=1000, localize=True,
        help_text=gettext_lazy("Con số có sẵn là thực tế ba tháng qua ở nơi ấy"),
    )  # fmt: skip
    spread = forms.IntegerField(
        label=gettext_lazy("Nhanh chậm quanh số giờ (%)"),
        min_value=0,
        max_value=90,
        help_text=gettext_lazy("50: từ nửa tới gấp đôi"),
    )
    busy = forms.IntegerField(
        label=gettext_lazy("Phần giờ cán bộ thật sự làm (%)"), min_value=1, max_value=100,
        help_text=gettext_lazy("Phần còn lại là chờ; trong lúc ấy họ làm hồ sơ khác"),
    )  # fmt: skip
    seed = forms.IntegerField(
        label=gettext_lazy("Lượt thử"),
        min_value=1,
        max_value=999_999,
        help_text=gettext_lazy("Cùng số cho cùng kết quả"),
    )


@in_the_workshop
@require_http_methods(["GET", "POST"])
def trial(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Ask what is to be tried, beside what came out last time; posted, run it and keep what comes out."""
    opened = Opened.of(template_of(code))
    try:
        process = parse(opened.edition.content)
    except BadProcess as bad:
        messages.warning(request, _("Chưa chạy thử được vì quy trình còn chỗ phải sửa. %(why)s") % {"why": bad})
        return redirect("desk:process", code)
    directory = Directory(local_day(sitting.at))
    places = {place.competent.code: place for place in places_of(opened.uses, opened.versions, directory)}
    if not places:
        messages.warning(request, _("Chưa chạy thử được vì chưa nơi nào dùng quy trình này. Bạn thêm nơi dùng trước."))
        return redirect("desk:process_uses", code)
    held.say_not_done(request)
    last = tried(opened.edition, opened.versions)
    form = _form(request, sitting, opened, places, last)
    if request.method == "POST" and form.is_valid():
        _run(sitting, opened, process, directory, places[form.cleaned_data["unit"]], form.cleaned_data)
        return redirect(f"{reverse('desk:process_trial', args=[code])}#ket-qua")
    context: dict[str, Any] = {
        "desk": sitting,
        "template": opened.template,
        "edition": opened.edition,
        "form": form,
        "count": number(COUNT),
        "tried": last,
    }
    return render(request, "desk/workshop/trial.html", context)


def _form(
    request: HttpRequest, sitting: Sitting, opened: Opened, places: dict[str, Place], last: Tried | None
) -> TrialForm:
    first: dict[str, Any] = {"spread": 50, "busy": 20, "seed": 1}
    if last is not None and last.trial.setting["unit"] in places:
        first |= last.trial.setting
    else:
        place = next(iter(places.values()))
        first |= {"unit": place.competent.code, "per_day": _real_per_day(sitting, opened, place)}
    is_asked = request.method == "POST"
    form = TrialForm(request.POST, auto_id="thu-%s") if is_asked else TrialForm(initial=first, auto_id="thu-%s")
    for name, choices in (
        ("unit", [(one.competent.code, one.competent.short_name) for one in places.values()]),
        ("procedure", [(version.procedure.code, version.title) for version in opened.versions]),
    ):
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
    return form


def _real_per_day(sitting: Sitting, opened: Opened, place: Place) -> Decimal:
    calendar = calendar_of(calendar_version_for(place.competent, sitting.at).pk)
    came = came_per_day([version.procedure_id for version in opened.versions], place.competent.pk, calendar, sitting.at)
    return max(FEWEST_PER_DAY, Decimal(str(round(came, 1))))


def _run(
    sitting: Sitting, opened: Opened, process: Process, directory: Directory, place: Place, said: dict[str, Any]
) -> None:
    """Run the trial and keep what came out."""
    seats = seats_of(rows_of(opened.edition.content), [place], directory)
    seated = held_posts(seats, local_day(sitting.at))
    calendar = calendar_of(calendar_version_for(place.competent, sitting.at).pk)
    version = next(one for one in opened.versions if one.procedure.code == said["procedure"])
    questions = vocabulary_of(opened.versions)
    asked = set(asked_in(process, questions)) | {key for case in version.cases.all() for key in case.condition}
    setting = Trial(
        count=COUNT,
        per_day=float(said["per_day"]),
        spread=said["spread"] / 100,
        busy=said["busy"] / 100,
        seed=said["seed"],
        answers={key: [value for value, _words in questions[key].answers] for key in sorted(asked) if key in questions},
        pool_of={seat.step: _pool(seat) for seat in seats},
        pools={_pool(seat): officers_at(seat, seated) for seat in seats},
    )
    outcome = simulate(process, setting, calendar, calendar.next_opening(sitting.at), due_by(version, calendar))
    actions.keep_trial(
        edition=opened.edition, setting=said | {"per_day": float(said["per_day"])},
        outcome=figures_of(process, setting, outcome), at=sitting.at, actor=sitting.officer.user,
    )  # fmt: skip


def _pool(seat: Seat) -> str:
    """Return what tells apart the officers who share steps: their units and role."""
    return f"{'+'.join(map(str, sorted(seat.units)))}/{seat.role}"
