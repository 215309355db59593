"""Who makes a move, and whether their post lets them: rights belong to role and unit, never to one person's list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.dossiers.lifecycle import MOVES, By, Move, MoveNotAllowed
from motcua.dossiers.models import Dossier, Step
from motcua.dossiers.queries import ADVISING, OPEN_CONSULTATION
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

APPROVING = Permission.SIGN  # whoever signs for a unit decides what is proposed to it

K = Step.Kind
# At which kind of running step each move is made by who holds that step. Moves that end a draft have no step yet; a
# move in AT_LARGE is made wherever the dossier stands: by the counter that received it, or by who decides for its units.
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
    "sign_off":      frozenset({K.SIGN}),
    "issue":         frozenset({K.ISSUE}),
    "return_result": frozenset({K.RETURN}),
    "ask_payment":   frozenset({K.WORK}),
    "ask_more_payment": frozenset({K.WORK}),
    "propose":       frozenset({K.WORK}),
    "state_cause":   frozenset({K.WORK, K.SIGN, K.ISSUE}),
    "consult":       frozenset({K.WORK}),
    "send_leg":      frozenset({K.WORK}),
    "recall_leg":    frozenset({K.WORK}),
    "send_central":  frozenset({K.WORK}),
    "central_reply": frozenset({K.WORK}),
    "take_leg":      frozenset({K.ARRIVAL}),
    "refuse_leg":    frozenset({K.ARRIVAL}),
    "offer_visit":   frozenset({K.WORK}),
    "agree_visit":   frozenset({K.WORK}),
    "call_off_visit": frozenset({K.WORK}),
    "record_visit":  frozenset({K.WORK}),
}
AT_LARGE: dict[str, frozenset[By]] = {
    "give_papers":       frozenset({By.COUNTER}),
    "add_papers":        frozenset({By.COUNTER}),
    "pay_part":          frozenset({By.COUNTER}),
    "pay_all":           frozenset({By.COUNTER}),
    "ask_withdrawal":    frozenset({By.COUNTER}),
    "recall_withdrawal": frozenset({By.COUNTER}),
    "grant_withdrawal":  frozenset({By.APPROVER}),
    "refuse_withdrawal": frozenset({By.APPROVER}),
    "ask_again":         frozenset({By.APPROVER}),
    "propose":           frozenset({By.COUNTER}),
    "turn_down":         frozenset({By.APPROVER}),
    "extend":            frozenset({By.APPROVER}),
    "stop":              frozenset({By.APPROVER}),
    "decline":           frozenset({By.APPROVER}),
    "correct":           frozenset({By.APPROVER}),
    "reopen":            frozenset({By.APPROVER}),
    "restore":           frozenset({By.APPROVER}),
    "state_cause":       frozenset({By.APPROVER}),
    "answer":            frozenset({By.ADVISER}),
    "hand_back":         frozenset({By.COUNTER}),
    "change_process":    frozenset({By.PLANNER}),
    "agree_visit":       frozenset({By.COUNTER}),
    "call_off_visit":    frozenset({By.COUNTER}),
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


def approving_post(posts: Iterable[Post], dossier: Dossier) -> Post | None:
    """Return the post that decides for the competent or the resolving unit of the dossier."""
    units = {dossier.competent_unit_id, dossier.resolving_unit_id}
    return next((post for post in posts if post.unit_id in units and permits(post.role, APPROVING)), None)


def advising_post(posts: Iterable[Post], dossier: Dossier) -> Post | None:
    """Return the post in a unit whose answer the dossier waits for; one query, only for who works outside its own units."""
    own = {dossier.receiving_unit_id, dossier.competent_unit_id, dossier.resolving_unit_id}
    outside = [post for post in posts if post.unit_id not in own and any(permits(post.role, one) for one in ADVISING)]
    if not outside:
        return None
    asked = set(dossier.consultations.filter(OPEN_CONSULTATION).values_list("unit_id", flat=True))
    return next((post for post in outside if post.unit_id in asked), None)


@dataclass(frozen=True)
class Reach:
    """What somebody holding `posts` reaches in a dossier: by its running step, and wherever it stands."""

    at_step: dict[By, Post]
    at_large: dict[By, Post]
    step_kind: str = ""

    @classmethod
    def of(cls, posts: Iterable[Post], dossier: Dossier, step: Step | None) -> "Reach":
        """Find it; a dossier that ended has no running step."""
        held = list(posts)
        large = {
            By.COUNTER: receiving_post(held, dossier, Permission.RECEIVE),
            By.APPROVER: approving_post(held, dossier),
            By.ADVISER: advising_post(held, dossier),
            By.PLANNER: next((post for post in held if permits(post.role, Permission.PUBLISH_PROCEDURE)), None),
        }
        return cls(
            at_step=capacities(held, step) if step else {},
            at_large={by: post for by, post in large.items() if post},
            step_kind=step.kind if step else "",
        )

    def capacity_for(self, move: Move) -> tuple[By, Post] | None:
        """Return in which capacity and post `move` can be made, whatever the status; None when no post covers it."""
        here = self.at_step if self.step_kind in MADE_AT.get(move.name, frozenset()) else {}
        wide = AT_LARGE.get(move.name, frozenset())
        for by in move.by:
            post = here.get(by) or (self.at_large.get(by) if by in wide else None)
            if post is not None:
                return by, post
        return None


def officer_actor(officer_id: int, reach: Reach, step: Step | None, move: str) -> Actor:
    """Return the officer as actor of `move`; raise NotYours when no post of theirs covers it.

    `officer_id` is who acts, also in a post somebody else lent them.
    """
    found = reach.capacity_for(MOVES[move])
    if found is not None:
        by, post = found
        at_step = step is not None and by in reach.at_step and step.kind in MADE_AT.get(move, frozenset())
        return Actor(
            by=by, officer_id=officer_id, unit_id=post.unit_id, step_seq=step.seq if step and at_step else None
        )
    if step is None:
        raise NotYours(_("Hồ sơ đã kết thúc, vị trí của bạn không làm được việc này. Chưa có gì thay đổi."))
    raise NotYours(
        _("Hồ sơ đang ở bước «%(step)s» của %(unit)s, vị trí của bạn không làm được việc này. Chưa có gì thay đổi.")
        % {"step": step.name, "unit": step.unit.short_name}
    )


_WORKING = frozenset({By.OFFICER, By.SIGNER, By.CLERK})
