"""To whom a step may be given: the running one, or the one after it, and how much each of them holds already."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.base.words import given_name_key, local_day
from motcua.dossiers.actor import Actor, Reach, capacities, officer_actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Step
from motcua.dossiers.queries import running_held_by
from motcua.dossiers.steps import facts_of, process_of, unit_of
from motcua.people.models import Delegation, Officer, Post
from motcua.web.desk.access import Opened


def may_hold(opened: Opened) -> list[Officer]:
    """Return to whom the officer may give the running step: themselves if it is theirs, and for a head the colleagues."""
    if opened.step is None:
        return []
    if By.LEADER not in opened.capacities:
        return [opened.sitting.officer]
    return _colleagues(opened, opened.step)


def may_hold_next(opened: Opened) -> list[Officer]:
    """Return to whom the officer may give the step after the running one; nobody but a head of its unit gives it.

    Where several steps can run at once, what begins is given once it has begun.
    """
    ahead = _step_ahead(opened)
    if ahead is None or By.LEADER not in capacities(opened.sitting.posts, ahead):
        return []
    return _colleagues(opened, ahead)


def giver(opened: Opened) -> Actor:
    """Return the officer as who gives the step that runs by now; raises NotYours where they head no such unit."""
    step = Step.objects.select_related("unit").get(dossier=opened.dossier, done_at__isnull=True)
    leading: dict[By, Post] = {
        by: post for by, post in capacities(opened.sitting.posts, step).items() if by is By.LEADER
    }
    return officer_actor(
        opened.sitting.officer.pk, Reach(at_step=leading, at_large={}, step_kind=step.kind), step, "assign"
    )


def as_choices(opened: Opened, officers: Sequence[Officer]) -> list[tuple[str, str]]:
    """Return officers to choose from, each with how many dossiers wait for them."""
    held = running_held_by([officer.pk for officer in officers])
    return [(str(officer.pk), f"{_name(opened, officer)} · {_load(held.get(officer.pk, 0))}") for officer in officers]


def _step_ahead(opened: Opened) -> Step | None:
    """Return the step that would begin if the running one ended now, not saved; None where it ends elsewhere."""
    step, dossier = opened.step, opened.dossier
    if step is None or step.kind != Step.Kind.WORK:
        return None
    process = process_of(dossier)
    plan = process.next_step(step.code, facts_of(dossier)) if process.is_plain else None
    if plan is None:
        return None
    return Step(unit_id=unit_of(dossier, plan).pk, role=plan.role, kind=plan.kind)


def _colleagues(opened: Opened, step: Step) -> list[Officer]:
    """Return who holds the step's post in its unit, or has it lent, the officer themselves first, then by given name."""
    me, on = opened.sitting.officer, local_day(opened.sitting.at)
    posts = Post.objects.valid_on(on).filter(unit=step.unit_id, role=step.role).select_related("officer")
    holders = {post.officer_id: post.officer for post in posts}
    lent = Delegation.objects.filter(post__in=posts, starts_at__lte=opened.sitting.at, ends_at__gt=opened.sitting.at)
    holders |= {loan.to_officer_id: loan.to_officer for loan in lent.select_related("to_officer")}
    return sorted(holders.values(), key=lambda officer: (officer.pk != me.pk, given_name_key(officer.full_name)))


def _name(opened: Opened, officer: Officer) -> str:
    if officer.pk == opened.sitting.officer.pk:
        return _("%(name)s (tôi)") % {"name": officer.full_name}
    return officer.full_name


def _load(number: int) -> str:
    return ngettext("đang giữ %(n)d hồ sơ", "đang giữ %(n)d hồ sơ", number) % {"n": number}
