"""The strip of proofs under the heading of a process: what must be put right first, then what holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.catalogue.proofs import Level, Proof

ACROSS = 3
KINDS = {Level.ERROR: "late", Level.WARNING: "soon", Level.GOOD: "good"}


@dataclass(frozen=True)
class Finding:
    """One proof as drawn: `kind` is a kind of the tag `state`."""

    kind: str
    title: str
    detail: str


@dataclass(frozen=True)
class Findings:
    """What the strip shows at once, and what stands behind «và … điều khác đều ổn»."""

    shown: list[Finding]
    rest: list[Finding]
    has_errors: bool


def findings_of(proofs: Sequence[Proof]) -> Findings:
    """Return the strip of the proofs: everything wrong, and as much of what holds as fills the rows."""
    drawn = [Finding(KINDS[proof.level], proof.title, proof.detail) for proof in proofs]
    wrong = sum(proof.level is not Level.GOOD for proof in proofs)
    first = max(ACROSS, -(-wrong // ACROSS) * ACROSS)
    has_errors = any(proof.level is Level.ERROR for proof in proofs)
    return Findings(drawn[:first], drawn[first:], has_errors)
