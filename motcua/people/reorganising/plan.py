"""The plan as a file: what it says, read into plain rows; every fault of its shape at once, with its place in the file."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from motcua.people.models import Agency, Place
from motcua.people.roles import Role

LONGEST = {"code": 40, "name": 250, "short_name": 80, "decision": 250, "address": 250, "phone": 30}


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a plan: where in the file («end[2].into»), and a sentence that says what to do."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


class BadPlan(ValueError):
    """A plan cannot be carried out; `faults` holds everything at once, and nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True)
class NewPlace:
    """An administrative unit that exists from the day, in place of those whose codes it `replaces`."""

    where: str
    code: str
    name: str
    level: str
    parent: str
    replaces: tuple[str, ...]


@dataclass(frozen=True)
class NewAgency:
    """An agency that opens on the day; other agencies, places and calendars by their codes."""

    where: str
    code: str
    name: str
    short_name: str
    type: str
    subject: str
    parent: str
    place: str
    calendar: str
    address: str
    phone: str


@dataclass(frozen=True)
class Ending:
    """A unit that ends the day before: its work goes `into` the first of these, the others only read its past.

    `by_place`: the work that lies in a commune goes to that commune's committee, and only the rest `into` the first.
    """

    where: str
    unit: str
    into: tuple[str, ...]
    by_place: bool


@dataclass(frozen=True)
class Raised:
    """A unit that goes on as it is, under another agency."""

    where: str
    unit: str
    under: str


@dataclass(frozen=True)
class Holding:
    """Which posts an officer of an ended unit holds from the day; nobody named here gets any by default."""

    where: str
    officer: str  # e-mail address
    posts: tuple[tuple[str, str], ...]  # unit, role


@dataclass(frozen=True)
class Plan:
    """One reorganisation. `digest` tells two plans apart: the same file, written otherwise, has the same one."""

    on: date
    decision: str
    places: tuple[NewPlace, ...]
    agencies: tuple[NewAgency, ...]
    endings: tuple[Ending, ...]
    raised: tuple[Raised, ...]
    holdings: tuple[Holding, ...]
    said: Mapping[str, Any]

    @property
    def digest(self) -> str:
        return sha256(json.dumps(self.said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def last_day(self) -> date:
        """Return the last day of what ends."""
        return self.on - timedelta(days=1)


@dataclass
class _Row:
    """One object of the file and where it stands; what is wrong with it is added to `faults`."""

    said: Mapping[str, Any]
    where: str
    faults: list[Fault] = field(repr=False)

    def fault(self, key: str, text: str) -> None:
        self.faults.append(Fault(self.place(key), text))

    def place(self, key: str) -> str:
        return ".".join(part for part in (self.where, key) if part)

    def only(self, *keys: str) -> None:
        for key in self.said:
            if key not in keys:
                self.fault(key, _("không hiểu mục này. Ở đây có thể ghi: %(keys)s.") % {"keys": ", ".join(keys)})

    def text(self, key: str, *, needed: bool = False) -> str:
        value = self.said.get(key, "")
        if not isinstance(value, str) or len(value) > LONGEST.get(key, 250):
            self.fault(key, _("phải là chữ, nhiều nhất %(most)s ký tự.") % {"most": LONGEST.get(key, 250)})
            return ""
        if needed and not value.strip():
            self.fault(key, _("còn thiếu."))
        return value.strip()

    def choice(self, key: str, choices: Collection[str]) -> str:
        value = self.text(key, needed=True)
        if value and value not in choices:
            text = _("«%(value)s» không có. Có thể ghi: %(choices)s.")
            self.fault(key, text % {"value": value, "choices": ", ".join(choices)})
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a text or a list of texts as a list."""
        value = self.said.get(key, ())
        several = [value] if isinstance(value, str) else value
        if not isinstance(several, list | tuple) or not all(isinstance(one, str) for one in several):
            self.fault(key, _("phải là một mã, hoặc một danh sách mã."))
            return ()
        return tuple(one.strip() for one in several if one.strip())

    def flag(self, key: str) -> bool:
        value = self.said.get(key, False)
        if not isinstance(value, bool):
            self.fault(key, _("phải là true hoặc false."))
        return value is True

    def rows(self, key: str) -> "list[_Row]":
        value = self.said.get(key, [])
        if not isinstance(value, list):
            self.fault(key, _("phải là một danh sách."))
            return []
        rows = []
        for number, one in enumerate(value):
            where = self.place(f"{key}[{number}]")
            if isinstance(one, dict):
                rows.append(_Row(one, where, self.faults))
            else:
                self.faults.append(Fault(where, _("phải là một đối tượng { … }.")))
        return rows


def read_plan(text: str) -> tuple[Plan, list[Fault]]:
    """Read a plan; return it as far as it can be read, and what is wrong with its shape. BadPlan when it is no plan."""
    try:
        said = json.loads(text)
    except ValueError as error:
        raise BadPlan(
            [Fault("", _("Tệp không phải JSON: %(why)s. Bạn sửa lại tệp rồi chạy lại.") % {"why": error})]
        ) from error
    if not isinstance(said, dict):
        raise BadPlan([Fault("", _("Tệp phải là một đối tượng JSON { … }. Xem mẫu trong docs/howto/reorganise.md."))])
    faults: list[Fault] = []
    top = _Row(said, "", faults)
    top.only("decision", "on", "places", "open", "move", "end", "posts")
    plan = Plan(
        on=_day(top),
        decision=top.text("decision", needed=True),
        places=tuple(_place(row) for row in top.rows("places")),
        agencies=tuple(agency for row in top.rows("open") for agency in _agencies(row, "", "")),
        endings=tuple(_ending(row) for row in top.rows("end")),
        raised=tuple(_raised(row) for row in top.rows("move")),
        holdings=tuple(_holding(row) for row in top.rows("posts")),
        said=said,
    )
    if not plan.endings and "end" not in {fault.where for fault in faults}:
        top.fault("end", _("chưa nói đơn vị nào kết thúc."))
    return plan, faults


def _day(top: _Row) -> date:
    try:
        return date.fromisoformat(top.text("on"))
    except ValueError:
        top.fault("on", _("ghi ngày các đơn vị mới bắt đầu, ví dụ 2027-01-01."))
        return date.max


def _place(row: _Row) -> NewPlace:
    row.only("code", "name", "level", "parent", "replaces")
    return NewPlace(
        row.where, row.text("code", needed=True), row.text("name", needed=True), row.choice("level", Place.Level.values),
        row.text("parent"), row.texts("replaces"),
    )  # fmt: skip


def _agencies(row: _Row, parent: str, place: str) -> list[NewAgency]:
    """Return a new agency and then its children, which lie below it and, unless they say otherwise, in its place."""
    row.only(
        "code", "name", "short_name", "type", "subject", "parent", "place", "calendar", "address", "phone", "children"
    )
    name = row.text("name", needed=True)
    agency = NewAgency(
        where=row.where,
        code=row.text("code", needed=True),
        name=name,
        short_name=row.text("short_name") or name[: LONGEST["short_name"]],
        type=row.choice("type", Agency.Type.values),
        subject=row.text("subject"),
        parent=parent or row.text("parent"),
        place=row.text("place") or place,
        calendar=row.text("calendar"),
        address=row.text("address"),
        phone=row.text("phone"),
    )
    below = [one for child in row.rows("children") for one in _agencies(child, agency.code, agency.place)]
    return [agency, *below]


def _ending(row: _Row) -> Ending:
    row.only("unit", "into", "by_place")
    into = row.texts("into")
    if not into:
        row.fault("into", _("chưa nói ai kế thừa đơn vị này."))
    return Ending(row.where, row.text("unit", needed=True), into, row.flag("by_place"))


def _raised(row: _Row) -> Raised:
    row.only("unit", "under")
    return Raised(row.where, row.text("unit", needed=True), row.text("under", needed=True))


def _holding(row: _Row) -> Holding:
    row.only("officer", "posts")
    posts = []
    for post in row.rows("posts"):
        post.only("unit", "role")
        posts.append((post.text("unit", needed=True), post.choice("role", Role.values)))
    return Holding(row.where, row.text("officer", needed=True), tuple(posts))
