"""A process as the rows of its table, in words: who does a step, where it leads, how it differs, who stands there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.words import number
from motcua.catalogue.bpmn.table import unit_name
from motcua.catalogue.processes.differences import GONE, SAME, Difference, differences
from motcua.catalogue.processes.parameters import Content, left_open
from motcua.catalogue.processes.plans import is_unit
from motcua.catalogue.processes.rows import Row, rows_of
from motcua.catalogue.processes.vocabulary import Vocabulary, in_words
from motcua.dossiers.standing import Standing
from motcua.people.models import Agency
from motcua.people.roles import Role

NOTHING = Standing(0, 0)
OPEN_WORDS = {"hours": gettext_lazy("giờ"), "unit": gettext_lazy("đơn vị"), "role": gettext_lazy("vai trò")}


@dataclass(frozen=True)
class Drawn:
    """One row of the table as drawn. `difference` is None where there is nothing before to compare with."""

    code: str
    place: str
    name: str
    note: str
    who: str
    hours: str
    hours_before: str
    then: str
    produces: str
    difference: Difference | None
    standing: Standing
    may_run_beside: bool = False  # whether a step may be added that runs at the same time

    @property
    def css(self) -> str:
        """Return the class of the row: added, changed, gone, or none."""
        kind = self.difference.kind if self.difference else SAME
        return "" if kind == SAME else kind


@dataclass(frozen=True)
class Compared:
    """What is shown beside what: the content, the one before it, and the words of the conditions."""

    content: Content
    before: Content | None
    vocabulary: Vocabulary
    agencies: Mapping[str, str]


def drawn_rows(shown: Compared, standing: Mapping[str, Standing]) -> list[Drawn]:
    """Return the rows of a process, then those that are gone since the one before."""
    rows = rows_of(shown.content)
    places = {row["code"]: str(place) for place, row in enumerate(rows, start=1) if row.get("code")}
    found = differences(shown.before, shown.content) if shown.before is not None else {}
    drawn = [_drawn(shown, rows, row, places, found, standing) for row in rows]
    gone = [one for one in found.values() if one.kind == GONE]
    return drawn + [_gone(shown, one, standing) for one in gone]


def agency_names(*contents: Content | None) -> dict[str, str]:
    """Return the short names of the agencies that steps name by their code."""
    units = {str(row.get("unit") or "") for content in contents if content for row in rows_of(content)}
    codes = [unit.partition(":")[2] for unit in units if unit.startswith("agency:")]
    return dict(Agency.objects.filter(code__in=codes).values_list("code", "short_name")) if codes else {}


def who(row: Row, agencies: Mapping[str, str]) -> str:
    """Return who does a step: «Đơn vị giải quyết · Chuyên viên»; what is missing is said."""
    unit, role = str(row.get("unit") or ""), str(row.get("role") or "")
    names = [
        agencies.get(unit.removeprefix("agency:")) or unit_name(unit) if is_unit(unit) else "",
        str(Role(role).label) if role in Role.values else "",
    ]
    return " · ".join(filter(None, names)) or _("chưa có người làm")


def _drawn(
    shown: Compared, rows: list[Row], row: Row, places: Mapping[str, str], found: Mapping[str, Difference],
    standing: Mapping[str, Standing],
) -> Drawn:  # fmt: skip
    code = str(row.get("code", ""))
    difference = found.get(code)
    before = difference.before if difference else {}
    is_other = bool(before) and before.get("hours") != row.get("hours")
    return Drawn(
        code=code,
        place=places.get(code, ""),
        name=str(row.get("name", "")),
        note=_note(shown.content, row),
        who=who(row, shown.agencies),
        hours=hours_in_words(row.get("hours")),
        hours_before=hours_in_words(before.get("hours")) if is_other else "",
        then=_then(row, rows, places, shown.vocabulary),
        produces=str(row.get("produces") or ""),
        difference=difference,
        standing=standing.get(code, NOTHING),
        may_run_beside=row.get("kind") == "work",
    )


def _gone(shown: Compared, one: Difference, standing: Mapping[str, Standing]) -> Drawn:
    row = one.before
    return Drawn(
        one.code, "", one.name, "", who(row, shown.agencies), hours_in_words(row.get("hours")), "", "",
        str(row.get("produces") or ""), one, standing.get(one.code, NOTHING),
    )  # fmt: skip


def hours_in_words(hours: Any) -> str:
    """Return the hours of a step, or a dash where nobody set any."""
    return number(hours) if isinstance(hours, int | float) else "–"


def _note(content: Content, row: Row) -> str:
    names = left_open(content).get(str(row.get("task") or row.get("code")), [])
    return _("đơn vị tự đặt %(what)s") % {"what": ", ".join(str(OPEN_WORDS[name]) for name in names)} if names else ""


def _then(row: Row, rows: Iterable[Row], places: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """Return where a step leads: «3 và 4 cùng lúc», «4 khi Khu vực: Đô thị, còn lại 5», «hết»."""
    ways = row.get("next") or []
    if not ways:
        return _("hết")
    takes_all = row.get("split") == "all" and len(ways) > 1
    has_rest = not takes_all and any(way.get("when") for way in ways)
    said = [_way(way, places, vocabulary, is_rest=has_rest) for way in ways]
    if row.get("split") == "choose":
        return _("%(steps)s, cán bộ chọn") % {"steps": _(" hoặc ").join(said)}
    if takes_all:
        return _("%(steps)s cùng lúc") % {"steps": _(" và ").join(said)}
    joining = {one.get("code") for one in rows if one.get("join")}
    if len(ways) == 1 and ways[0].get("to") in joining:
        return _("%(step)s, khi mọi nhánh đã xong") % {"step": said[0]}
    return "; ".join(said)


def _way(way: Mapping[str, Any], places: Mapping[str, str], vocabulary: Vocabulary, *, is_rest: bool) -> str:
    place = places.get(str(way.get("to")), "?")
    if name := str(way.get("name") or ""):
        place = f"{place} ({name})"
    if when := in_words(way.get("when") or {}, vocabulary):
        return _("%(step)s khi %(when)s") % {"step": place, "when": when}
    return _("còn lại %(step)s") % {"step": place} if is_rest else place
