"""Recomputing what is stored of parts and legs (liên thông): a leg stands as its part does, and a part hangs under its root."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from motcua.dossiers.lifecycle import FINAL, Status
from motcua.dossiers.models import Leg

Row = Any
_LEG = (
    "dossier_id", "number", "child_id", "child__status", "child__parent_id", "received_at", "refused_at", "returned_at",
    "outcome", "dropped_at",
)  # fmt: skip
ENDED = frozenset({Status.STOPPED, Status.WITHDRAWN, Status.REFUSED})
"""In which a dossier has no open part: it was ended, not settled."""


def legs_of(numbers: Sequence[int]) -> Mapping[int, list[Row]]:
    """Return the legs of these dossiers, by dossier, as named rows."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in Leg.objects.filter(dossier__in=numbers).order_by("dossier_id", "number").values_list(*_LEG, named=True):
        found[row.dossier_id].append(row)
    return found


def leg_faults(dossier: Row, legs: Sequence[Row], events: Sequence[Row]) -> Iterator[str]:
    """Yield what disagrees between a dossier, its legs, its events and the parts at other agencies."""
    if bool(legs) != dossier.has_legs:
        yield f"has_legs is {dossier.has_legs}, yet it has {len(legs)} legs"
    sent = sum(event.move in {"send_leg", "send_central"} for event in events)
    if sent != len(legs):
        yield f"{len(legs)} legs, its events say {sent}"
    for leg in legs:
        is_open = not (leg.refused_at or leg.returned_at or leg.dropped_at)
        if is_open and dossier.status in ENDED:
            yield f"ended, yet leg {leg.number} is open"
        if leg.child_id is not None:
            yield from _part_faults(dossier, leg, is_open=is_open)


def _part_faults(dossier: Row, leg: Row, *, is_open: bool) -> Iterator[str]:
    status = leg.child__status
    if leg.child__parent_id != dossier.pk:
        yield f"the part of leg {leg.number} hangs under another dossier"
    if is_open == (status in FINAL):
        yield f"leg {leg.number} is {'open' if is_open else 'ended'}, its part is {status}"
    if is_open and (leg.received_at is None) != (status == Status.SUBMITTED):
        yield f"leg {leg.number} {'was received' if leg.received_at else 'waits'}, its part is {status}"
    if (leg.outcome == Leg.Outcome.DONE) != (status == Status.RETURNED):
        yield f"leg {leg.number} came back {leg.outcome or 'never'}, its part is {status}"
