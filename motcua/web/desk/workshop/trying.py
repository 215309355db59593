"""«Chạy thử»: thousands of invented dossiers through a process in one unit, with the officers it really has."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from motcua.base.words import local_day, number
from motcua.catalogue.plans import BadProcess
from motcua.catalogue.process import Process, parse
from motcua.catalogue.process_rows import rows_of
from motcua.catalogue.simulation import Outcome, Trial, asked_in, simulate
from motcua.catalogue.staffing import Directory, Place, Seat, held_posts, officers_at, places_of, seats_of
from motcua.catalogue.vocabulary import vocabulary_of
from motcua.dossiers.deadlines import calendar_of
from motcua.dossiers.trials import came_per_day, due_by
from motcua.people.queries import calendar_version_for
from motcua.people.roles import Role
from motcua.web.desk.access import Sitting
from motcua.web.desk.workshop.access import in_the_workshop, template_of
from motcua.web.desk.workshop.page import Opened

COUNT = 10_000
BARS = 12
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


@dataclass(frozen=True)
class Bar:
    """One range of durations, and how many of the dossiers fell into it."""

    words: str
    count: str
    percent: int


@dataclass(frozen=True)
class Desk:
    """What happened at one step: who sits there, how long dossiers waited and stayed."""

    name: str
    officers: int
    wait: str
    stay: str
    busy: int


@in_the_workshop
@require_GET
def trial(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Ask what is to be tried; asked with it, show what came out."""
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
    form = _form(request, sitting, opened, places)
    context: dict[str, Any] = {
        "desk": sitting,
        "template": opened.template,
        "edition": opened.edition,
        "form": form,
        "count": number(COUNT),
    }
    if form.is_bound and form.is_valid():
        place = places[form.cleaned_data["unit"]]
        context |= _outcome(sitting, opened, process, directory, place, form.cleaned_data)
    return render(request, "desk/workshop/trial.html", context)


def _form(request: HttpRequest, sitting: Sitting, opened: Opened, places: dict[str, Place]) -> TrialForm:
    asked = request.GET.get("unit", "")
    place = places.get(asked) or next(iter(places.values()), None)
    first: dict[str, Any] = {"spread": 50, "busy": 20, "seed": 1, "per_day": 1.0}
    if place is not None:
        first |= {"unit": place.competent.code, "per_day": _real_per_day(sitting, opened, place)}
    is_asked = "per_day" in request.GET
    form = TrialForm(request.GET, auto_id="thu-%s") if is_asked else TrialForm(initial=first, auto_id="thu-%s")
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


def _outcome(
    sitting: Sitting, opened: Opened, process: Process, directory: Directory, place: Place, said: dict[str, Any]
) -> dict[str, Any]:
    """Run the trial and put what came out into words."""
    seats = seats_of(rows_of(opened.edition.content), [place], directory)
    held = held_posts(seats, local_day(sitting.at))
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
        pools={_pool(seat): officers_at(seat, held) for seat in seats},
    )
    outcome = simulate(process, setting, calendar, calendar.next_opening(sitting.at), due_by(version, calendar))
    return {
        "outcome": outcome,
        "half": number(outcome.within(0.5)),
        "most": number(outcome.within(0.9)),
        "late": number(round(outcome.late_share * 100, 1)),
        "late_count": number(outcome.late),
        "never_count": number(outcome.never),
        "bars": _bars(outcome),
        "desks": _desks(process, outcome, setting),
    }


def _pool(seat: Seat) -> str:
    """Return what tells apart the officers who share steps: their units and role."""
    return f"{'+'.join(map(str, sorted(seat.units)))}/{seat.role}"


def _bars(outcome: Outcome) -> list[Bar]:
    bars = outcome.bars(BARS)
    largest = max((count for _low, _high, count in bars), default=1) or 1
    return [
        Bar(
            _("%(low)s–%(high)s giờ") % {"low": number(round(low)), "high": number(round(high))},
            number(count),
            round(100 * count / largest),
        )
        for low, high, count in bars
    ]


def _desks(process: Process, outcome: Outcome, setting: Trial) -> list[Desk]:
    shared = Counter(setting.pool_of.values())
    return [
        Desk(
            name=f"{step.name} · {Role(step.role).label}"
            + (_(" (chung người với bước khác)") if shared[setting.pool_of.get(code, "")] > 1 else ""),
            officers=setting.pools.get(setting.pool_of.get(code, ""), 0),
            wait=number(round(outcome.loads[code].wait_hours, 1)),
            stay=number(round(outcome.loads[code].stay_hours, 1)),
            busy=round(100 * outcome.busy_shares.get(setting.pool_of.get(code, ""), 0)),
        )
        for code, step in process.steps.items()
    ]
