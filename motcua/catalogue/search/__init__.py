"""Finding a procedure by what people type: without accents, with typos, abbreviated, in their own words.

The index lives in the process and is rebuilt when a procedure was published, retired or renamed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Max, Q

from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.queries import for_citizens
from motcua.catalogue.search.index import Entry, Index, build
from motcua.catalogue.search.ranking import ranked

_CODE = re.compile(r"\d\.\d{3,}(\.\d+)*")


@dataclass(frozen=True, slots=True)
class Hit:
    """One procedure found; `score` orders the hits of one query and means nothing between queries."""

    procedure_id: int
    version_id: int
    code: str
    title: str
    desk_name: str
    field: str
    summary: str
    is_fileable: bool
    score: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries may be found."""

    only_fileable: bool = False
    field_id: int | None = None
    life_event: str | None = None
    on: date | None = None

    def admits(self, entry: Entry) -> bool:
        return (
            (not self.only_fileable or entry.is_fileable)
            and self.field_id in (None, entry.field_id)
            and (self.life_event is None or self.life_event in entry.life_events)
            and (self.on is None or entry.retired_on is None or self.on < entry.retired_on)
        )


def search(
    query: str,
    *,
    limit: int = 20,
    only_fileable: bool = False,
    field_id: int | None = None,
    life_event: str | None = None,
    on: date | None = None,
) -> list[Hit]:
    """Return the published procedures that fit `query` best, best first; nothing fits an empty query.

    With `on`, procedures retired by that day are left out.
    """
    return search_in(current_index(), query, limit=limit, wanted=Wanted(only_fileable, field_id, life_event, on))


def search_in(index: Index, query: str, *, limit: int, wanted: Wanted) -> list[Hit]:
    """Search `index`; needs no database."""
    if code := _CODE.search(query):
        found = [(number, 1.0) for number, entry in enumerate(index.entries) if entry.code.startswith(code.group())]
    else:
        found = ranked(index, query)
    hits = ((index.entries[number], score) for number, score in found)
    return [_hit(entry, score) for entry, score in hits if wanted.admits(entry)][:limit]


_cached: tuple[object, Index] = (None, Index())


def current_index() -> Index:
    """Return the index of what is published now, building it again when that changed since the last call."""
    global _cached  # one index per process; replaced whole, so a thread reads either the old or the new one
    stamp = _stamp()
    if _cached[0] != stamp:
        _cached = (stamp, build(_published()))
    return _cached[1]


def _hit(entry: Entry, score: float) -> Hit:
    return Hit(
        procedure_id=entry.procedure_id,
        version_id=entry.version_id,
        code=entry.code,
        title=entry.title,
        desk_name=entry.desk_name,
        field=entry.field,
        summary=entry.summary,
        is_fileable=entry.is_fileable,
        score=round(score, 4),
    )


def _stamp() -> object:
    """Return what changes with every publication, retirement and renaming; two look-ups in an index."""
    published = ProcedureVersion.objects.filter(state=ProcedureVersion.State.PUBLISHED)
    newest = published.order_by("-pk").values_list("pk", flat=True).first()
    return Procedure.objects.aggregate(at=Max("changed_at"))["at"], newest


def _published() -> Iterator[tuple[Entry, list[str]]]:
    versions = for_citizens(ProcedureVersion.objects.filter(state=ProcedureVersion.State.PUBLISHED))
    can_file = ExpressionWrapper(~Q(form_schema={}) & ~Q(process={}), output_field=BooleanField())
    for row in versions.annotate(can_file=can_file).values(*_COLUMNS, "can_file"):
        yield _entry(row), _texts(row)


_COLUMNS = (
    "pk", "procedure_id", "procedure__code", "procedure__aliases", "procedure__life_events", "procedure__type",
    "procedure__field_id", "procedure__field__name", "procedure__retired_on",
    "name", "plain_name", "desk_name", "summary",
)  # fmt: skip


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        procedure_id=row["procedure_id"],
        version_id=row["pk"],
        code=row["procedure__code"],
        title=row["plain_name"] or row["name"],
        desk_name=row["desk_name"],
        field_id=row["procedure__field_id"],
        field=row["procedure__field__name"],
        summary=row["summary"],
        is_fileable=row["can_file"],
        is_national=row["procedure__type"] == Procedure.Type.STANDARD,
        has_plain_name=bool(row["plain_name"]),
        life_events=frozenset(row["procedure__life_events"]),
        retired_on=row["procedure__retired_on"],
    )


def _texts(row: dict[str, Any]) -> list[str]:
    return [text for text in (row["plain_name"], row["name"], row["desk_name"]) if text] + [*row["procedure__aliases"]]
