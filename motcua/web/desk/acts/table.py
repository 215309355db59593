"""Every act of the desk by the move it makes."""

from collections.abc import Mapping

from motcua.web.desk.acts import (
    adding,
    asking,
    consulting,
    deciding,
    lateness,
    legs,
    obligations,
    straight,
    turning,
    visiting,
)
from motcua.web.desk.acts.kinds import Act

ACTS: Mapping[str, Act] = {
    **straight.ACTS, **obligations.ACTS, **deciding.ACTS, **asking.ACTS, **lateness.ACTS, **adding.ACTS, **turning.ACTS,
    **consulting.ACTS, **legs.ACTS, **visiting.ACTS,
}  # fmt: skip
