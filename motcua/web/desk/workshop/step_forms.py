"""What is said of one step at the table: who, what, how many hours, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.words import number
from motcua.catalogue.bpmn.table import UNIT_NAMES
from motcua.catalogue.processes.checks import LONGEST_NAME
from motcua.catalogue.processes.exchange import KIND_OF_ROLE
from motcua.catalogue.processes.plans import ROLES_OF_KIND, UNITS
from motcua.catalogue.processes.rows import Row
from motcua.catalogue.processes.vocabulary import Vocabulary
from motcua.people.models import Agency
from motcua.people.subjects import SUBJECTS
from motcua.web.desk.workshop.rows import OPEN_WORDS

SEPARATOR = "\x1f"  # between the key and the value of an answer, in neither of which people write it
MOST_WAYS = 20
LONGEST_WAY = 60
MOST_HOURS = 10_000
AGENCY = "agency:"


SPLITS = (
    ("", gettext_lazy("Đi lối đầu tiên đúng điều kiện")),
    ("all", gettext_lazy("Đi mọi lối đúng điều kiện, cùng lúc")),
    ("choose", gettext_lazy("Cán bộ làm bước này chọn một lối, không cần điều kiện")),
)


class PostForm(forms.Form):
    """Who does a step, in how many hours, and what comes out of it. Who does it says what kind of work it is."""

    unit = forms.ChoiceField(label=gettext_lazy("Ở đâu"))
    agency = forms.CharField(
        label=gettext_lazy("Mã cơ quan"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Chỉ khi chọn “Một cơ quan theo mã”. Ví dụ: H57.31.12"),
    )
    role = forms.ChoiceField(label=gettext_lazy("Vai trò"))
    hours = forms.CharField(
        label=gettext_lazy("Giờ làm việc"), max_length=10, required=False, help_text=gettext_lazy("Ví dụ: 8 hoặc 7,5")
    )
    produces = forms.CharField(label=gettext_lazy("Giấy ra"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "buoc-%s"} | kwargs)
        _choose(self, "unit", [*unit_choices(), (AGENCY, _("Một cơ quan theo mã"))])
        _choose(self, "role", [(role.value, str(role.label)) for roles in ROLES_OF_KIND.values() for role in roles])

    def clean_hours(self) -> float | None:
        """Return the hours as a number; nothing written means nobody set any."""
        return hours_written(self.cleaned_data["hours"])

    def clean(self) -> dict[str, Any]:
        """Refuse an agency nobody knows."""
        said = super().clean() or self.cleaned_data
        code = (said.get("agency") or "").strip()
        if said.get("unit") == AGENCY and not Agency.objects.filter(code=code).exists():
            self.add_error("agency", _("Không có cơ quan nào mang mã “%(code)s”. Hãy xem lại mã.") % {"code": code})
        return said

    def post(self) -> dict[str, Any]:
        """Return what was said, in the shape of a row of the table; only of a valid form."""
        said = {name: self.cleaned_data.get(name, "") for name in ("unit", "role", "hours", "produces")}
        said["kind"] = KIND_OF_ROLE[said["role"]]
        return said | ({"unit": f"{AGENCY}{self.cleaned_data['agency'].strip()}"} if said["unit"] == AGENCY else {})


class BesideForm(PostForm):
    """A step that runs at the same time as another: what, who, how many hours. Nobody signs or issues beside other work."""

    name = forms.CharField(
        label=gettext_lazy("Việc"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autofocus": True})
    )
    field_order = ("name", "unit", "agency", "role", "hours")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["produces"]
        _choose(self, "role", [(role.value, str(role.label)) for role in ROLES_OF_KIND["work"]])

    def said(self) -> dict[str, Any]:
        """Return the row as said; only of a valid form."""
        return self.post() | {"name": self.cleaned_data["name"]}


class StepForm(PostForm):
    """A whole row of the table, but for its exits."""

    name = forms.CharField(label=gettext_lazy("Việc"), max_length=LONGEST_NAME)
    split = forms.ChoiceField(
        label=gettext_lazy("Khi có nhiều lối"), required=False, widget=forms.RadioSelect, choices=SPLITS
    )
    join = forms.BooleanField(label=gettext_lazy("Chờ mọi nhánh tới đây rồi mới bắt đầu"), required=False)
    parameters = forms.MultipleChoiceField(
        label=gettext_lazy("Để từng đơn vị tự đặt"),
        required=False,
        choices=list(OPEN_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("name", "unit", "agency", "role", "hours", "produces")

    def said(self, ways: list[dict[str, Any]]) -> dict[str, Any]:
        """Return the row as said; only of a valid form."""
        clean = self.cleaned_data
        words = {"name": clean["name"], "split": clean["split"], "join": clean["join"], "next": ways}
        return self.post() | words | {"parameters": clean["parameters"]}


@dataclass(frozen=True)
class WayField:
    """One exit as a form shows it: to which step, under which answers as «key␟value», called how."""

    place: int
    to: str
    answers: tuple[str, ...]
    name: str = ""


def hours_written(text: str) -> float | None:
    """Return hours as people write them, «7,5»; None for nothing. Raises ValidationError, worded for them."""
    written = text.strip().replace(",", ".")
    if not written:
        return None
    try:
        hours = float(written)
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= MOST_HOURS:  # also refuses what is no number at all
        raise forms.ValidationError(_("Chưa đọc được số giờ. Hãy viết một số không âm, như 8 hoặc 7,5."))
    return int(hours) if hours.is_integer() else hours


def unit_choices() -> list[tuple[str, str]]:
    """Return where a step may be done, but for a single agency by its code."""
    elsewhere = [(f"subject:{slug}", _("Cơ quan lo %(what)s") % {"what": words}) for slug, words in SUBJECTS.items()]
    return [*((unit, str(UNIT_NAMES[unit])) for unit in UNITS), *elsewhere]


def roles_like(role: str) -> list[tuple[str, str]]:
    """Return the roles that may do the same kind of work as `role`."""
    roles = ROLES_OF_KIND.get(KIND_OF_ROLE.get(role, ""), ())
    return [(one.value, str(one.label)) for one in roles]


def initial_of(row: Row, parameters: list[str]) -> dict[str, Any]:
    """Return a row as the form shows it."""
    unit = str(row.get("unit") or "")
    by_code = unit.startswith(AGENCY)
    hours = row.get("hours")
    return {
        **{name: row.get(name) or "" for name in ("name", "role", "produces")},
        "unit": AGENCY if by_code else unit,
        "agency": unit.removeprefix(AGENCY) if by_code else "",
        "hours": number(hours).replace(".", "") if isinstance(hours, int | float) else "",
        "split": row.get("split") if row.get("split") in ("all", "choose") else "",
        "join": bool(row.get("join")),
        "parameters": parameters,
    }


def ways_of(row: Row) -> list[WayField]:
    """Return the exits of a row, and an empty one to be filled."""
    ways = row.get("next") or []
    shown = [
        WayField(place, str(way.get("to") or ""), _answers(way.get("when") or {}), str(way.get("name") or ""))
        for place, way in enumerate(ways)
    ]
    return [*shown, WayField(len(shown), "", ())]


def ways_posted(posted: Mapping[str, Any]) -> list[WayField]:
    """Return the exits as they were posted, and an empty one where the last was filled."""
    getlist = posted.getlist  # type: ignore[attr-defined]
    shown = []
    for place in range(MOST_WAYS):
        if f"to-{place}" not in posted:
            break
        name = " ".join(posted.get(f"goi-{place}", "").split())[:LONGEST_WAY]
        shown.append(WayField(place, str(posted.get(f"to-{place}")), tuple(getlist(f"when-{place}")), name))
    return shown if shown and not shown[-1].to else [*shown, WayField(len(shown), "", ())]


def ways_said(ways: list[WayField], before: Row) -> list[dict[str, Any]]:
    """Return the exits as a row keeps them; an answer that was there keeps its own type (true, 3)."""
    known = {
        _answer(key, value): value
        for way in before.get("next") or []
        for key, values in (way.get("when") or {}).items()
        for value in values
    }
    return [
        {"to": way.to, "when": _when(way.answers, known)} | ({"name": way.name} if way.name else {})
        for way in ways
        if way.to
    ]


def answer_groups(vocabulary: Vocabulary, ways: list[WayField]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what an exit may ask for, by question; answers in use that no question knows stand last."""
    groups = [
        (one.label, [(f"{one.key}{SEPARATOR}{value}", words) for value, words in one.answers])
        for one in vocabulary.values()
    ]
    offered = {answer for _label, answers in groups for answer, _words in answers}
    unknown = sorted({answer for way in ways for answer in way.answers} - offered)
    others = [(_("Khác"), [(answer, answer.replace(SEPARATOR, ": ")) for answer in unknown])]
    return groups + (others if unknown else [])


def _answers(when: Mapping[str, list[Any]]) -> tuple[str, ...]:
    return tuple(_answer(key, value) for key, values in when.items() for value in values)


def _answer(key: str, value: Any) -> str:
    return f"{key}{SEPARATOR}{str(value).lower() if isinstance(value, bool) else value}"


def _when(answers: tuple[str, ...], known: Mapping[str, Any]) -> dict[str, list[Any]]:
    when: dict[str, list[Any]] = {}
    for answer in answers:
        key, _separator, value = answer.partition(SEPARATOR)
        when.setdefault(key, []).append(known.get(answer, value))
    return when


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
