"""What the measurements need of the filled province: dossiers to move, a receipt, officers and what they look at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from random import Random
from uuid import uuid4

from django.db.models import Count
from django.utils import timezone

from motcua.base.publish import unheard
from motcua.dossiers import actions
from motcua.dossiers.actor import Actor
from motcua.dossiers.demo.cast import Cast
from motcua.dossiers.demo.lives import live
from motcua.dossiers.demo.plans import plans
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Slip, Step
from motcua.people.models import Post


def filed_online(cast: Cast, count: int, at: datetime) -> Iterator[Dossier]:
    """File `count` dossiers online through the real actions and yield them."""
    rng = Random(46)
    for plan in plans(rng, cast, at, count):
        online = replace(plan, channel="online", turn="draft")
        draft = live(online, rng, cast, key=uuid4(), until=at)
        actor = Actor(by=By.CITIZEN, citizen_id=plan.citizen.pk)
        yield actions.file(dossier_id=draft.pk, units=plan.units, actor=actor, at=plan.filed_at)


def a_receipt() -> Slip:
    """Return a receipt (Mẫu 01), made by accepting a dossier through the real actions."""
    at = timezone.now()
    cast = Cast.of_province(at)
    with unheard():
        dossier = next(filed_online(cast, 1, at))
        actor = cast.actor(Random(1), By.COUNTER, dossier.receiving_unit_id or 0, "receptionist")
        if actor is None:
            raise RuntimeError("nobody sits at the counter")
        actions.accept(dossier_id=dossier.pk, actor=actor, at=at)
    return Slip.objects.get(dossier=dossier, form="01")


def busiest_posts(count: int) -> list[Post]:
    """Return posts of different officers, those whose desk has the most running steps first."""
    busy = Step.objects.filter(done_at=None).values("unit_id", "role").annotate(steps=Count("pk")).order_by("-steps")
    found: dict[int, Post] = {}
    for desk in busy[: count * 4]:
        for post in Post.objects.filter(unit_id=desk["unit_id"], role=desk["role"]).select_related("officer__user"):
            found.setdefault(post.officer_id, post)
    return list(found.values())[:count]


def open_codes(post: Post, count: int) -> list[str]:
    """Return codes of dossiers that stand at the post's desk."""
    steps = Step.objects.filter(done_at=None, unit_id=post.unit_id, role=post.role).order_by("pk")
    return [code or "" for code in steps.values_list("dossier__code", flat=True)[:count]]
