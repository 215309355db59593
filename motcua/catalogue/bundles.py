"""Bundles of a life event: several procedures filed at once, what comes out of one feeding the next (bundled/*.json).

A member names its procedure, the members it starts `after`, and where what it asks comes from: `answers` and `values`
(always the same in this bundle), `fields` (typed once, in an earlier member: «khai-sinh.child_full_name»), `numbers`
(the number of the result of another member), `papers` (that result itself), `unasked` (optional, not asked here).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "bundled"


class BadBundle(ValueError):
    """A bundle cannot work as written; the message names the bundle and every fault."""


@dataclass(frozen=True)
class Member:
    """One procedure of a bundle. `output`: what comes out of it, as people call it."""

    key: str
    procedure: str
    output: str
    after: tuple[str, ...]
    answers: Mapping[str, str]
    values: Mapping[str, Any]
    fields: Mapping[str, tuple[str, str]]  # field → (member, its field)
    numbers: Mapping[str, str]  # field → the member whose result has the number
    papers: Mapping[str, str]  # paper code → the member whose result it is
    unasked: frozenset[str]

    @property
    def fed(self) -> frozenset[str]:
        """The fields of its form that nobody is asked for here."""
        return frozenset({*self.values, *self.fields, *self.numbers, *self.unasked})


@dataclass(frozen=True)
class Bundle:
    """Several procedures of one life event, in the order they are asked about."""

    code: str
    life_event: str
    name: str
    summary: str
    members: tuple[Member, ...]

    def member(self, key: str) -> Member:
        """Return the member of that key."""
        return next(member for member in self.members if member.key == key)

    def feeding(self, member: Member) -> list[Member]:
        """Return the members it starts after."""
        return [self.member(key) for key in member.after]

    def waits_for(self, key: str) -> str:
        """Return what a member waits for, as people call it; "" when it goes at once."""
        return ", ".join(one.output for one in self.feeding(self.member(key)))


@lru_cache(maxsize=1)
def bundles() -> Mapping[str, Bundle]:
    """Return every bundle by its code, read once. Raises BadBundle."""
    read = (read_bundle(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.json")))
    return {bundle.code: bundle for bundle in read}


def bundles_of(life_event: str) -> list[Bundle]:
    """Return the bundles of an occasion."""
    return [bundle for bundle in bundles().values() if bundle.life_event == life_event]


def read_bundle(data: Mapping[str, Any]) -> Bundle:
    """Return a bundle from its JSON; raise BadBundle naming every fault."""
    members = tuple(_member(row) for row in data["members"])
    faults = list(_faults(members))
    if faults:
        raise BadBundle(f"{data['code']}: {'; '.join(faults)}")
    return Bundle(data["code"], data["life_event"], data["name"], data["summary"], members)


def _member(row: Mapping[str, Any]) -> Member:
    sources = {field: str(source).partition(".") for field, source in row.get("fields", {}).items()}
    return Member(
        key=row["key"],
        procedure=row["procedure"],
        output=row["output"],
        after=tuple(row.get("after", ())),
        answers=row.get("answers", {}),
        values=row.get("values", {}),
        fields={field: (key, name) for field, (key, _dot, name) in sources.items()},
        numbers=row.get("numbers", {}),
        papers=row.get("papers", {}),
        unasked=frozenset(row.get("unasked", ())),
    )


def _faults(members: Iterable[Member]) -> Iterable[str]:
    """Find members that stand twice, or that use what no earlier member gives."""
    known: set[str] = set()
    for member in members:
        if member.key in known:
            yield f"{member.key} stands twice"
        typed = {key for key, _name in member.fields.values()}
        results = {*member.numbers.values(), *member.papers.values()}
        yield from (
            f"{member.key} uses {key}, which does not come before it" for key in sorted({*typed, *member.after} - known)
        )
        yield from (
            f"{member.key} uses the result of {key} without waiting for it"
            for key in sorted(results - set(member.after))
        )
        known.add(member.key)
