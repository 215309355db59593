"""What search knows: every published procedure as a handful of short texts, and the words in them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import log

from motcua.base.text import fold
from motcua.catalogue.search.spellings import sound

_WORD = re.compile(r"[^\W_]+")

Likeness = dict[str, float]
"""Known words and how far a typed word may stand for each: 1 for the word itself."""


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
    words: frozenset[str]
    accented: frozenset[str]


@dataclass
class Index:
    """All texts, and which words stand in which.

    `places` are the numbers of the texts a word stands in, `pairs` of those where two words stand side by side;
    `sounds` and `accented_sounds` are the words pronounced alike, without and with their accents; `totals` is what a
    text says in all.
    """

    entries: list[Entry] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    texts_of: list[list[int]] = field(default_factory=list)
    places: dict[str, frozenset[int]] = field(default_factory=dict)
    pairs: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    sounds: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    accented_sounds: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    accented: set[str] = field(default_factory=set)
    rarity: dict[str, float] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    uses: dict[str, int] = field(default_factory=dict)
    totals: list[float] = field(default_factory=list)


def words_in(text: str) -> list[str]:
    """Return the words of `text` in order, in lower case, as they are written."""
    return _WORD.findall(text.lower())


def build(rows: Iterable[tuple[Entry, Sequence[str]]]) -> Index:
    """Return an index of entries, each with the texts that name it."""
    index = Index()
    places: dict[str, list[int]] = defaultdict(list)
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for entry, texts in rows:
        index.entries.append(entry)
        index.texts_of.append([_add(index, text, places, pairs) for text in dict.fromkeys(texts)])
    total = len(index.texts) or 1
    index.places = {word: frozenset(found) for word, found in places.items()}
    index.pairs = {pair: frozenset(found) for pair, found in pairs.items()}
    index.uses = {word: len(found) for word, found in places.items()}
    index.rarity = {word: log(1 + total / uses) for word, uses in index.uses.items()}
    index.words = list(index.places)
    index.totals = [sum(index.rarity[word] for word in text.words) or 1.0 for text in index.texts]
    return index


def _add(index: Index, text: str, places: dict[str, list[int]], pairs: dict[tuple[str, str], list[int]]) -> int:
    number = len(index.texts)
    written = words_in(text)
    words = words_in(fold(text))
    for word in set(words):
        places[word].append(number)
        index.sounds[sound(word)].add(word)
    for word in set(written):
        index.accented_sounds[sound(word)].add(word)
    index.accented.update(written)
    for pair in set(pairwise(words)):
        pairs[pair].append(number)
    accented = frozenset(word for word in written if fold(word) != word)
    index.texts.append(Text(len(index.entries) - 1, frozenset(words), accented))
    return number
