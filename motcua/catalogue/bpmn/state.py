"""Where the tokens of a running process are: immutable, and the same as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Token:
    """A token at rest at a node: in a task, around a sub-process, waiting at a join, or for a choice.

    `place` is the opened scope it lies in, `flow` the way it came to a join, `turn` the repetitions of a loop done,
    `fired` how often each boundary timer went off.
    """

    id: int
    place: int
    node: str
    flow: str = ""
    is_choosing: bool = False
    turn: int = 0
    fired: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A scope that is running: a played process (holder 0), or the inside of the activity that token `holder` is at."""

    id: int
    scope: str
    holder: int


@dataclass(frozen=True, slots=True)
class State:
    """Everything about one run. `next_id` numbers tokens and places."""

    tokens: tuple[Token, ...]
    places: tuple[Place, ...]
    data: Mapping[str, Any]
    next_id: int

    @property
    def is_done(self) -> bool:
        """Whether no token is left."""
        return not self.tokens

    def as_json(self) -> dict[str, Any]:
        """Return the state as what `json` can write."""
        return asdict(self)


def state_from(stored: Mapping[str, Any]) -> State:
    """Return the state that `as_json` stored."""
    return State(
        tokens=tuple(Token(**token) for token in stored["tokens"]),
        places=tuple(Place(**place) for place in stored["places"]),
        data=dict(stored["data"]),
        next_id=stored["next_id"],
    )
