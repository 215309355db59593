"""The strip of proofs under the heading of a process: what must be put right first, then what holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.catalogue.processes.proofs import Level, Proof
from motcua.catalogue.processes.rows import Row

ACROSS = 3
KINDS = {Level.ERROR: "late", Level.WARNING: "soon", Level.GOOD: "good", Level.ELSEWHERE: "soon"}


@dataclass(frozen=True)
class Finding:
    """One proof as drawn: `kind` is a kind of the tag `state`; `step` and its `place` lead to a row of the table."""

    kind: str
    title: str
    detail: str
    step: str
    place: str


@dataclass(frozen=True)
class Findings:
    """What the strip shows at once, and what stands behind «và … điều khác đều ổn»."""

    shown: list[Finding]
    rest: list[Finding]
    has_errors: bool


def findings_of(proofs: Sequence[Proof], rows: Sequence[Row] = ()) -> Findings:
    """Return the strip of the proofs: everything wrong, as much of what holds as fills the rows, what others settle last.

    `rows` are those of the table below it, where a proof about a step leads to.
    """
    places = {str(row.get("code")): str(place) for place, row in enumerate(rows, start=1)}
    drawn = [
        Finding(KINDS[proof.level], proof.title, proof.detail, proof.step, places.get(proof.step, ""))
        for proof in proofs
    ]
    good = [one for one, proof in zip(drawn, proofs, strict=True) if proof.level is Level.GOOD]
    others = [one for one, proof in zip(drawn, proofs, strict=True) if proof.level is Level.ELSEWHERE]
    wrong = drawn[: len(drawn) - len(good) - len(others)]
    told = len(wrong) + len(others)
    filled = max(ACROSS, -(-told // ACROSS) * ACROSS) - told
    has_errors = any(proof.level is Level.ERROR for proof in proofs)
    return Findings([*wrong, *good[:filled], *others], good[filled:], has_errors)
