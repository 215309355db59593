"""Who makes a move, and whether their post lets them: rights belong to role and unit, never to one person's list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import Dossier, Step
from motcua.people.models import Post
from motcua.people.roles import Permission, permits


@dataclass(frozen=True)
class Actor:
    """The person behind a move, in the capacity they act in; `SYSTEM` has neither officer nor citizen."""

    by: By
    officer_id: int | None = None
    unit_id: int | None = None
    citizen_id: int | None = None
    step_seq: int | None = None  # the running step the right was found at; moves refuse it at another one

    @property
    def officer(self) -> int:
        """The id of the officer who acts; a move that only officers make has one."""
        if self.officer_id is None:
            raise ValueError("this move is made by an officer")
        return self.officer_id


CAPACITY: dict[By, Permission] = {
    By.COUNTER: Permission.RECEIVE,
    By.RETURNER: Permission.RETURN_RESULT,
    By.OFFICER: Permission.PROCESS,
    By.LEADER: Permission.ASSIGN,
    By.SIGNER: Permission.SIGN,
    By.CLERK: Permission.ISSUE,
}

K = Step.Kind
# At which kind of running step each move of an officer is made. A move not listed needs no step of the officer's own.
# fmt: off
MADE_AT: dict[str, frozenset[str]] = {
    "accept":        frozenset({K.RECEPTION}),
    "ask_before":    frozenset({K.RECEPTION}),
    "supply_before": frozenset({K.RECEPTION}),
    "refuse":        frozenset({K.RECEPTION}),
    "withdraw":      frozenset({K.RECEPTION}),
    "hand_over":     frozenset({K.HAND_OVER}),
    "assign":        frozenset({K.WORK, K.SIGN, K.ISSUE}),
    "complete_step": frozenset({K.WORK}),
    "send_back":     frozenset({K.WORK, K.SIGN, K.ISSUE}),
    "ask_papers":    frozenset({K.WORK}),
    "give_papers":   frozenset({K.WORK}),
    "sign_off":      frozenset({K.SIGN}),
    "issue":         frozenset({K.ISSUE}),
    "return_result": frozenset({K.RETURN}),
}
# fmt: on


class NotYours(MoveNotAllowed):
    """No post of the officer covers the running step; worded for the officer."""


def capacities(posts: Iterable[Post], step: Step) -> dict[By, Post]:
    """Return in which capacities somebody holding `posts` may act on `step`, with the post that allows each.

    A post counts when it is in the step's unit. Working on a step (OFFICER, SIGNER, CLERK) also needs the step's own
    role; assigning needs only the right in that unit.
    """
    found: dict[By, Post] = {}
    for post in posts:
        if post.unit_id != step.unit_id:
            continue
        for by, permission in CAPACITY.items():
            same_role = by not in _WORKING or post.role == step.role
            if permits(post.role, permission) and same_role:
                found.setdefault(by, post)
    return found


def receiving_post(posts: Iterable[Post], dossier: Dossier, permission: Permission) -> Post | None:
    """Return the post that permits something at the counter that received the dossier."""
    at_counter = (post for post in posts if post.unit_id == dossier.receiving_unit_id)
    return next((post for post in at_counter if permits(post.role, permission)), None)


def counter_waiting(posts: Iterable[Post], dossier: Dossier) -> Post | None:
    """Return the post at the counter that received the dossier, while that waits for the citizen's papers.

    The step stays with the officer who asked; papers brought by hand come in where the dossier did.
    """
    waits = dossier.status == Status.AWAITING_PAPERS
    return receiving_post(posts, dossier, Permission.RECEIVE) if waits else None


def officer_actor(officer_id: int, posts: Iterable[Post], step: Step, move: str, by_any_of: tuple[By, ...]) -> Actor:
    """Return the officer as actor of `move` at `step`; raise NotYours when no post of theirs covers it.

    `officer_id` is who acts, also in a post somebody else lent them.
    """
    held = capacities(posts, step)
    for by in by_any_of:
        if by in held and step.kind in MADE_AT.get(move, frozenset()):
            return Actor(by=by, officer_id=officer_id, unit_id=held[by].unit_id, step_seq=step.seq)
    raise NotYours(
        _("Hồ sơ đang ở bước «%(step)s» của %(unit)s, vị trí của bạn không làm được việc này. Chưa có gì thay đổi.")
        % {"step": step.name, "unit": step.unit.short_name}
    )


_WORKING = frozenset({By.OFFICER, By.SIGNER, By.CLERK})
