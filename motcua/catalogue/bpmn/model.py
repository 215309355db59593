"""What a BPMN file says: processes of nodes and flows that are executed, and what is only drawn and kept.

Everything is immutable. `Model.source` is the whole document, so that what is not understood is still written again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from motcua.catalogue.bpmn.expressions import Expression
from motcua.catalogue.bpmn.xmltree import Element


class Kind(StrEnum):
    """What a node does to a token."""

    START = "start"
    END = "end"
    TERMINATE = "terminate"
    TASK = "task"
    EXCLUSIVE = "exclusive"
    PARALLEL = "parallel"
    INCLUSIVE = "inclusive"
    SUB_PROCESS = "sub_process"
    CALL = "call"
    BOUNDARY = "boundary"
    WAIT = "wait"
    THROUGH = "through"
    LINK_THROW = "link_throw"
    LINK_CATCH = "link_catch"
    REFUSED = "refused"


ACTIVITIES = frozenset({Kind.TASK, Kind.SUB_PROCESS, Kind.CALL})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not executed: the element at fault (id, or empty for the file) and a Vietnamese sentence."""

    element: str
    reason: str


class Refused(ValueError):
    """The file is BPMN but cannot be executed faithfully; `refusals` says why, element by element."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(" ".join(refusal.reason for refusal in refusals))
        self.refusals = refusals


@dataclass(frozen=True, slots=True)
class Timer:
    """When a timer goes off: `form` is duration, date or cycle, `text` as the file writes it (ISO 8601)."""

    form: str
    text: str

    @property
    def most_times(self) -> int | None:
        """How often it may go off; None without limit."""
        if self.form != "cycle":
            return 1
        count = self.text.partition("/")[0].removeprefix("R")
        return int(count) if count.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Loop:
    """An activity done again while `condition` holds (asked before or after), `most` times at most."""

    condition: Expression | None
    asks_before: bool
    most: int | None


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. `is_conditional` also when its condition is left open for the officer to judge."""

    id: str
    name: str
    source: str
    target: str
    condition: Expression | None
    is_conditional: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node; `tag` is its BPMN name, `order` its place in the document."""

    id: str
    name: str
    kind: Kind
    tag: str
    order: int
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    default: str = ""
    attached_to: str = ""
    interrupts: bool = True
    timer: Timer | None = None
    called: str = ""
    link: str = ""
    loop: Loop | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane, usually a post; `parent` is the lane around it."""

    id: str
    name: str
    nodes: tuple[str, ...]
    parent: str = ""


@dataclass(frozen=True)
class Scope:
    """A process or the inside of a sub-process: tokens never cross its border."""

    id: str
    name: str
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    lanes: tuple[Lane, ...] = ()
    is_executable: bool | None = None
    parent: str = ""

    @cached_property
    def boundary(self) -> Mapping[str, tuple[Node, ...]]:
        """The boundary events of each activity."""
        events: dict[str, tuple[Node, ...]] = {}
        for node in self.nodes.values():
            if node.attached_to:
                events[node.attached_to] = (*events.get(node.attached_to, ()), node)
        return events

    @cached_property
    def starts(self) -> tuple[Node, ...]:
        """Where tokens begin: the start event, or without one every node that nothing leads to."""
        events = tuple(node for node in self.nodes.values() if node.kind is Kind.START)
        return events or tuple(
            node
            for node in self.nodes.values()
            if not node.incoming and not node.attached_to and node.kind is not Kind.LINK_CATCH
        )

    @cached_property
    def _lanes_by_node(self) -> Mapping[str, Lane]:
        return {node: lane for lane in self.lanes for node in lane.nodes}

    def lane_of(self, node_id: str) -> Lane | None:
        """Return the innermost lane the node lies in."""
        return self._lanes_by_node.get(node_id)


@dataclass(frozen=True, slots=True)
class Participant:
    """A pool; `process` is empty for one without a process."""

    id: str
    name: str
    process: str


@dataclass(frozen=True, slots=True)
class Artifact:
    """Something drawn and not executed: note, data object, data store, group. `scope` is empty in a collaboration."""

    id: str
    tag: str
    text: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A line that carries no token: association or message flow."""

    id: str
    tag: str
    name: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Box:
    """Where something is drawn."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes and lines by the id of the element they draw; `upright` pools and lanes run from top to bottom."""

    shapes: Mapping[str, Box] = field(default_factory=dict)
    edges: Mapping[str, Points] = field(default_factory=dict)
    upright: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Model:
    """A BPMN file as read. `played` are the processes a run starts with; `refusals` is empty when it may run."""

    source: Element
    scopes: Mapping[str, Scope]
    participants: tuple[Participant, ...]
    artifacts: tuple[Artifact, ...]
    links: tuple[Link, ...]
    diagram: Diagram
    played: tuple[str, ...]
    refusals: tuple[Refusal, ...]

    @cached_property
    def scope_of(self) -> Mapping[str, str]:
        """The scope each node lies in."""
        return {node: scope.id for scope in self.scopes.values() for node in scope.nodes}

    def node(self, node_id: str) -> Node:
        """Return the node of that id; KeyError when there is none."""
        return self.scopes[self.scope_of[node_id]].nodes[node_id]
