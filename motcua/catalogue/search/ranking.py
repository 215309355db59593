"""Ordering what was found: how well each procedure fits the words typed, in the best understanding of them.

A query word stands for the known words it resembles: in letters, in sound, and as its neighbours suggest. Texts that
share rare words with the query are looked at closely: how much of the query they cover, how much they say besides,
whether the words stand together; and whether the procedure as a whole is about what was asked.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from math import log
from operator import attrgetter, itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from motcua.base.text import fold
from motcua.catalogue.search.index import Entry, Index, Likeness, words_in
from motcua.catalogue.search.spellings import FILLER, sound, variants

MOST_WORDS = 24
SHORTLIST = 60
RESEMBLES = 0.6
SOUNDS_ALIKE = 0.9
OUT_OF_PLACE = 0.7  # what a resemblance counts when no neighbour of the word speaks for it
DOUBT = 0.5  # and when the word as typed is a word that fits where it stands
FILLER_WEIGHT = 0.25
UNKNOWN_RARITY = 4.0
SAME_WITH_ACCENTS = 0.15

PAIR = 0.6  # two words side by side beside one word
BRIEF = 0.5  # how much sooner a text is looked at when it says nothing besides
HOPELESS = 0.4  # of what the best text covers: whoever covers less is not looked at
COVERED, SHARED, ABOUT = 0.6, 0.2, 0.2  # what makes a score: see _scores


@dataclass(frozen=True, slots=True)
class Sign:
    """Something to look for in a text, how much it matters, and the texts that have it or its like: (likeness, texts)."""

    need: float
    near: list[tuple[float, frozenset[int]]]


def ranked(index: Index, query: str) -> list[tuple[int, float]]:
    """Return (number of the entry, score), best first, over the best understanding of the query."""
    typed = words_in(query)[:MOST_WORDS]
    accents = {fold(word): word for word in typed if fold(word) != word}
    best: dict[int, float] = {}
    for words in variants([fold(word) for word in typed], index.uses):
        for entry, score in _scores(index, words, accents):
            if score > best.get(entry, 0.0):
                best[entry] = score
    return sorted(best.items(), key=lambda item: (-item[1], index.entries[item[0]].title))


def _scores(index: Index, words: Sequence[str], accents: Mapping[str, str]) -> Iterable[tuple[int, float]]:
    """Yield (number of the entry, score) for each text worth it.

    A score adds how much of the query the text covers, how much of the text was asked, and how much of all that is
    said of the procedure was asked; judged by hand on tests/catalogue/judged_queries.py.
    """
    alike = _all_alike(index, words, accents)
    signs = _signs(index, words, alike)
    whole = sum(sign.need for sign in signs) or 1.0
    found = _shortlist(index, _reached(signs))
    meant = _meant(alike)
    about = {entry: _about(index, entry, meant) for entry in {index.texts[place].entry for place in found}}
    accented = frozenset(accents.values())
    for place, reached in found.items():
        text = index.texts[place]
        score = COVERED * reached / whole + SHARED * _shared(index, place, meant) + ABOUT * about[text.entry]
        same = len(accented & text.accented) / len(accented) if accented else 0.0
        yield text.entry, score * (1 + SAME_WITH_ACCENTS * same) * _preference(index.entries[text.entry])


def _signs(index: Index, words: Sequence[str], alike: Mapping[str, Likeness]) -> list[Sign]:
    """Return what to look for: each word, and each two neighbours that are neighbours in some text too."""
    signs = [
        Sign(_need(index, word, near), [(likeness, index.places[known]) for known, likeness in near.items()])
        for word, near in alike.items()
    ]
    for first, second in dict.fromkeys(pairwise(words)):
        near = [
            (alike[first][one] * alike[second][two], index.pairs[one, two])
            for one in alike[first]
            for two in alike[second]
            if (one, two) in index.pairs
        ]
        if near:
            rarity = log(1 + len(index.texts) / max(len(places) for _likeness, places in near))
            signs.append(Sign(PAIR * rarity * FILLER_WEIGHT ** ((first in FILLER) + (second in FILLER)), near))
    return signs


def _all_alike(index: Index, words: Sequence[str], accents: Mapping[str, str]) -> dict[str, Likeness]:
    """Return what each word of the query may stand for; a word said twice is looked at where it stands first."""
    found: dict[str, Likeness] = {}
    for place, word in enumerate(words):
        if word not in found:
            before = words[place - 1] if place else ""
            after = words[place + 1] if place + 1 < len(words) else ""
            found[word] = _alike(index, word, before, after, accents.get(word, ""))
    return found


def _alike(index: Index, word: str, before: str, after: str, written: str) -> Likeness:
    """Return the known words that `word` may stand for; `written` is the same word with the accents typed."""
    likeness = _resembling(index, word)
    fits = {known for known in likeness if (before, known) in index.pairs or (known, after) in index.pairs}
    if word in index.places:
        alone = not (before or after)
        for known in likeness:
            if known != word:
                likeness[known] *= DOUBT if alone or word in fits or known not in fits else 1.0
    else:
        for known in likeness.keys() - fits:
            likeness[known] *= OUT_OF_PLACE
    if written and written not in index.accented:  # «sây» is no word, «xây» is
        for known in index.accented_sounds.get(sound(written), ()):
            likeness[fold(known)] = 1.0
    return likeness


def _resembling(index: Index, word: str) -> Likeness:
    if len(word) < 3 and word in index.places:
        return {word: 1.0}
    near = process.extract(word, index.words, scorer=OSA.normalized_similarity, score_cutoff=RESEMBLES, limit=8)
    likeness = {known: alike**2 for known, alike, _place in near}
    return (
        likeness
        | dict.fromkeys(index.sounds.get(sound(word), ()), SOUNDS_ALIKE)
        | ({word: 1.0} if word in index.places else {})
    )


def _need(index: Index, word: str, near: Likeness) -> float:
    """Return how much a query word matters: rare words more, filler little, words nobody knows as a usual word."""
    rarity = max((index.rarity[known] for known in near), default=UNKNOWN_RARITY)
    return rarity * (FILLER_WEIGHT if word in FILLER else 1.0)


def _reached(signs: Sequence[Sign]) -> dict[int, float]:
    """Return how much of the query each text covers, of the texts that may cover half of it.

    The signs that matter most come first; once the rest weighs less than half, it adds only to texts already found.
    The commonest words stand in thousands of texts, so this is what keeps a search short.
    """
    reached: dict[int, float] = {}
    left = sum(sign.need for sign in signs)
    half = left / 2
    for sign in sorted(signs, key=attrgetter("need"), reverse=True):
        for place, likeness in _best_places(sign, None if left >= half else reached.keys()).items():
            reached[place] = reached.get(place, 0.0) + sign.need * likeness
        left -= sign.need
    return reached


def _shortlist(index: Index, reached: Mapping[int, float]) -> dict[int, float]:
    """Return the texts worth a closer look; a short one before a long one, which has every common word by chance."""

    def promise(item: tuple[int, float]) -> float:
        place, weight = item
        return weight * (1 + BRIEF * min(1.0, weight / index.totals[place]))

    least = max(reached.values(), default=0.0) * HOPELESS
    return dict(nlargest(SHORTLIST, (item for item in reached.items() if item[1] >= least), key=promise))


def _best_places(sign: Sign, among: Set[int] | None) -> dict[int, float]:
    best: dict[int, float] = {}
    for likeness, places in sorted(sign.near, key=itemgetter(0)):
        best.update(dict.fromkeys(places if among is None else places & among, likeness))
    return best


def _meant(alike: Mapping[str, Likeness]) -> Likeness:
    meant: Likeness = {}
    for near in alike.values():
        for known, likeness in near.items():
            meant[known] = max(likeness, meant.get(known, 0.0))
    return meant


def _shared(index: Index, place: int, meant: Likeness) -> float:
    """Return how much of what a text says was asked, 0–1."""
    words = index.texts[place].words & meant.keys()
    return sum(index.rarity[word] * meant[word] for word in words) / index.totals[place]


def _about(index: Index, entry: int, meant: Likeness) -> float:
    """Return how much of all that is said of a procedure was asked: «xây nhà» is what a house permit is about."""
    places = index.texts_of[entry]
    return sum(_shared(index, place, meant) for place in places) / len(places)


def _preference(entry: Entry) -> float:
    """Prefer, between equals, what the province words for its people, can take here, and holds in the whole country."""
    plain = 1.12 if entry.has_plain_name else 1.0
    return plain * (1.03 if entry.is_fileable else 1.0) * (1.03 if entry.is_national else 1.0)
