"""A dossier of the demo on its way: when the next thing happens, and who sits where it happens."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from motcua.dossiers.actor import Actor
from motcua.dossiers.demo.cast import Cast
from motcua.dossiers.demo.plans import Plan
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Step


class Over(Exception):
    """The next thing would happen after the demo's moment, so it has not happened yet."""


@dataclass
class Life:
    """A dossier on its way: `now` moves forward with every act."""

    plan: Plan
    rng: Random
    cast: Cast
    until: datetime
    now: datetime
    dossier: Dossier

    def later(self, least: int, most: int) -> datetime:
        """Move `now` forward by working minutes and return it; Over when that is beyond the demo."""
        then = self.cast.calendar.add(self.now, self.rng.randint(least, max(least, most)))
        if then >= self.until:
            raise Over
        self.now = then
        return then

    def wait_for(self, moment: datetime) -> None:
        """Let the time until `moment` pass; Over when that is beyond the demo."""
        if moment >= self.until:
            raise Over
        self.now = max(self.now, moment)

    def seat(self, by: By, step: Step) -> Actor:
        """Return an officer for the running step; Over when nobody holds that post, so the dossier waits there."""
        actor = self.cast.actor(self.rng, by, step.unit_id, step.role)
        if actor is None:
            raise Over
        return actor

    def running(self) -> Step:
        return self.dossier.steps.get(done_at=None)
