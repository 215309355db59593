"""What a reorganisation moves, counted; and what it would leave without anybody."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from motcua.catalogue.actions import OwnProcess
from motcua.people.actions import PostMove


class Moving(NamedTuple):
    """So many open things of one sort go from a unit to its heir; `of`: their status, their role, or nothing."""

    unit: str
    heir: str
    of: str
    number: int


class Lacking(NamedTuple):
    """Dossiers that wait, or will come, at a desk where nobody sits."""

    unit: str
    role: str
    number: int


@dataclass(frozen=True)
class Alone:
    """What nobody would have. Steps run there now; steps to come are those of the dossiers' processes.

    `holders`: running steps whose officer has no post in the heir. `places`: communes without a committee, by code and
    name. `procedures`: published ones whose subject no agency has any more, by code and name.
    """

    steps: Sequence[Lacking] = ()
    steps_to_come: Sequence[Lacking] = ()
    holders: int = 0
    places: Sequence[tuple[str, str]] = ()
    procedures: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Report:
    """Everything that moves. A dossier counts once, under the unit that decides it if that one ends.

    `parts`: how many of the dossiers are parts of others (liên thông), whose citizen hears of the root alone.
    """

    dossiers: Sequence[Moving] = ()
    steps: Sequence[Moving] = ()
    consultations: Sequence[Moving] = ()
    parts: int = 0
    proposals: int = 0
    obligations: int = 0
    drafts: int = 0
    drafts_of_places: int = 0
    posts: Sequence[PostMove] = ()
    lent_posts: int = 0
    letters: dict[str, int] = field(default_factory=dict)  # move → dossiers whose citizen it is told to
    processes: Sequence[OwnProcess] = ()
    alone: Alone = field(default_factory=Alone)
    is_repeated: bool = False

    @property
    def lists(self) -> dict[str, int]:
        """Return how long the list is that each heir's leaders get of the open dossiers it takes over."""
        found: Counter[str] = Counter()
        for moving in self.dossiers:
            found[moving.heir] += moving.number
        return dict(sorted(found.items()))

    @property
    def dossier_number(self) -> int:
        return sum(moving.number for moving in self.dossiers)

    @property
    def changes_nothing(self) -> bool:
        """Return whether the plan was carried out before and nothing came in since."""
        return self.is_repeated and not (self.dossiers or self.steps or self.consultations or self.drafts)
