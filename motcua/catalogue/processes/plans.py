"""What one step of a process says: who does what in how many hours, and where it leads."""

from dataclasses import dataclass

from motcua.catalogue.conditions import Condition
from motcua.people.roles import Role

UNITS = ("receiving", "competent", "resolving")
"""Units every dossier has. A step may also go elsewhere: `subject:culture` is the province's department that minds that
subject, `agency:H46.12` one agency by its code."""

ELSEWHERE = ("subject:", "agency:")

ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    "work": (Role.SPECIALIST, Role.DIVISION_HEAD),
    "sign": (Role.SIGNER,),
    "issue": (Role.CLERK,),
}


class BadProcess(ValueError):
    """The process cannot be followed; `faults` are Vietnamese sentences, one per fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class Fault(str):
    """A fault as a Vietnamese sentence; `step` is the code of the step where it is put right, empty where it is no one step."""

    __slots__ = ("step",)
    step: str

    def __new__(cls, words: str, step: str = "") -> "Fault":
        """Give a sentence its step."""
        fault = super().__new__(cls, words)
        fault.step = step
        return fault


def step_of(fault: str) -> str:
    """Return the code of the step where a fault is put right; empty when it is not known."""
    return fault.step if isinstance(fault, Fault) else ""


@dataclass(frozen=True, slots=True)
class Next:
    """One exit of a step; `name` is what an officer who chooses reads, empty means the name of the step it leads to.

    A BPMN drawing's own conditions are not told here: `when` is then empty.
    """

    to: str
    when: Condition
    name: str = ""


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step as planned. `hours` are working hours, None when nobody set any; `produces` names the draft it makes.

    `takes_all`: every exit whose condition holds is taken at the same time, else only the first. `asks`: who ends it
    chooses the exit. `waits_for_all`: it begins when no branch that can lead to it runs any more, else as soon as one
    comes.
    """

    code: str
    name: str
    kind: str
    unit: str
    role: str
    hours: float | None
    produces: str
    next: tuple[Next, ...]
    takes_all: bool = False
    waits_for_all: bool = False
    asks: bool = False


def is_unit(unit: object) -> bool:
    """Return whether a step may name this unit."""
    return unit in UNITS or (
        isinstance(unit, str) and any(unit.startswith(kind) and unit != kind for kind in ELSEWHERE)
    )
