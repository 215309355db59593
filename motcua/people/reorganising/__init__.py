"""Agencies that end and begin on one day by one decision: the plan, who takes over from whom, what is wrong with it."""

from motcua.people.reorganising.plan import (
    BadPlan,
    Ending,
    Fault,
    Holding,
    NewAgency,
    NewPlace,
    Plan,
    Raised,
    read_plan,
)
from motcua.people.reorganising.succession import Succession, Unit, successions

__all__ = [
    "BadPlan",
    "Ending",
    "Fault",
    "Holding",
    "NewAgency",
    "NewPlace",
    "Plan",
    "Raised",
    "Succession",
    "Unit",
    "read_plan",
    "successions",
]
