"""Finding a procedure by what people type: without accents, with typos, abbreviated, in their own words.

Every published procedure is a handful of short texts: its plain name, official name, desk name and aliases. A query
word stands for the known words it resembles; texts that share rare words with the query are looked at more closely: how
much of the query they cover, how much they say besides, whether the words stand together. The index lives in the
process and is rebuilt when a procedure was published, retired or renamed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import nlargest
from math import log
from operator import itemgetter
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Max, Q
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from motcua.base.text import fold
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.spellings import FILLER, variants

SHORTLIST = 60
RESEMBLES = 0.6
FILLER_WEIGHT = 0.25
SAME_WITH_ACCENTS = 1.15

_WORD = re.compile(r"[^\W_]+")
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
class Entry:
    """A published procedure as the index knows it."""

    procedure_id: int
    version_id: int
    code: str
    title: str
    desk_name: str
    field_id: int
    field: str
    summary: str
    is_fileable: bool
    is_national: bool
    has_plain_name: bool
    life_events: frozenset[str]
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class Text:
    """One way a procedure is called."""

    entry: int
    folded: str
    words: frozenset[str]
    accented: frozenset[str]
    weight: float


@dataclass
class Index:
    """All texts, and which words stand in which."""

    entries: list[Entry] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    rarity: dict[str, float] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    uses: dict[str, int] = field(default_factory=dict)
    totals: list[float] = field(default_factory=list)


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
        found = _ranked(index, query)
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


def build(rows: Iterable[tuple[Entry, Sequence[tuple[str, float]]]]) -> Index:
    """Return an index of entries, each with its texts and how much a text counts (1 for a name)."""
    index = Index()
    for entry, texts in rows:
        index.entries.append(entry)
        for text, weight in dict(texts).items():
            _add(index, text, weight)
    total = len(index.texts) or 1
    index.rarity = {word: log(1 + total / len(places)) for word, places in index.places.items()}
    index.words = list(index.places)
    index.uses = {word: len(places) for word, places in index.places.items()}
    index.totals = [sum(index.rarity[word] for word in text.words) or 1.0 for text in index.texts]
    return index


def _add(index: Index, text: str, weight: float) -> None:
    words = _WORD.findall(fold(text))
    for word in set(words):
        index.places[word].append(len(index.texts))
    accented = frozenset(_WORD.findall(text.lower()))
    index.texts.append(Text(len(index.entries) - 1, " ".join(words), frozenset(words), accented, weight))


def _ranked(index: Index, query: str) -> list[tuple[int, float]]:
    """Return (entry, score), best first, over the best understanding of the query."""
    accented = frozenset(word for word in _WORD.findall(query.lower()) if fold(word) != word)
    best: dict[int, float] = {}
    for words in variants(_WORD.findall(fold(query))[:24], index.uses):
        for text, score in _scores(index, words):
            score *= text.weight * _accent_factor(text, accented) * _entry_factor(index.entries[text.entry])
            best[text.entry] = max(score, best.get(text.entry, 0.0))
    return sorted(best.items(), key=lambda item: (-item[1], index.entries[item[0]].title))


def _scores(index: Index, words: list[str]) -> Iterator[tuple[Text, float]]:
    alike = {word: _alike(index, word) for word in dict.fromkeys(words)}
    needs = {word: _need(index, word, alike[word]) for word in alike}
    whole = sum(needs.values()) or 1.0
    reached: dict[int, float] = {}
    for word, near in alike.items():
        for place, likeness in _best_places(index, near).items():
            reached[place] = reached.get(place, 0.0) + needs[word] * likeness
    asked, meant = " ".join(words), {known for near in alike.values() for known in near}
    for place, weight in nlargest(SHORTLIST, reached.items(), key=itemgetter(1)):
        yield index.texts[place], _closeness(index, place, asked, meant, weight / whole)


def _alike(index: Index, word: str) -> dict[str, float]:
    """Return the known words that `word` may stand for, each with its likeness; 1 for the word itself."""
    if len(word) < 3 and word in index.places:
        return {word: 1.0}
    near = process.extract(word, index.words, scorer=OSA.normalized_similarity, score_cutoff=RESEMBLES, limit=8)
    doubt = 0.7 if word in index.places else 1.0  # «hom» is a word, but may be meant for «hon»
    return {known: 1.0 if known == word else doubt * likeness**2 for known, likeness, _place in near}


def _need(index: Index, word: str, alike: dict[str, float]) -> float:
    """Return how much a query word matters: rare words more, filler little, words nobody knows as a usual word."""
    rarity = max((index.rarity[known] for known in alike), default=4.0)
    return rarity * (FILLER_WEIGHT if word in FILLER else 1.0)


def _best_places(index: Index, near: dict[str, float]) -> dict[int, float]:
    best: dict[int, float] = {}
    for known, likeness in near.items():
        for place in index.places[known]:
            if likeness > best.get(place, 0.0):
                best[place] = likeness
    return best


def _closeness(index: Index, place: int, asked: str, meant: set[str], coverage: float) -> float:
    """Return how close a text is: what it covers of the query, what it says besides, and how alike the letters run."""
    text = index.texts[place]
    shared = sum(index.rarity[word] for word in text.words & meant) / index.totals[place]
    order = fuzz.ratio(asked, text.folded) / 100
    together = fuzz.partial_ratio(asked, text.folded) / 100
    return 0.6 * coverage + 0.15 * shared + 0.1 * order + 0.15 * together


def _accent_factor(text: Text, accented: frozenset[str]) -> float:
    """Prefer the text that has the query's words with the same accents: «đất» before «đặt»."""
    if not accented:
        return 1.0
    return 1.0 + (SAME_WITH_ACCENTS - 1.0) * len(accented & text.accented) / len(accented)


def _entry_factor(entry: Entry) -> float:
    """Prefer, between equals, what the province words for its people, can take here, and holds in the whole country."""
    plain = 1.12 if entry.has_plain_name else 1.0
    return plain * (1.03 if entry.is_fileable else 1.0) * (1.03 if entry.is_national else 1.0)


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


def _published() -> Iterator[tuple[Entry, Sequence[tuple[str, float]]]]:
    versions = ProcedureVersion.objects.filter(state=ProcedureVersion.State.PUBLISHED)
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


def _texts(row: dict[str, Any]) -> list[tuple[str, float]]:
    names = [(text, 1.0) for text in (row["plain_name"], row["name"], row["desk_name"]) if text]
    return names + [(alias, 1.0) for alias in row["procedure__aliases"]]
