"""A process with two branches: the head shares out, the specialist appraises while another agency is asked, both are waited for."""

from datetime import date
from typing import Any

from motcua.catalogue.models import PublishedProcess
from motcua.dossiers import actions
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Step
from tests.world import PROCESS, World, document, vn

FILED, ACCEPTED, HANDED = vn("2026-11-02 08:00"), vn("2026-11-02 09:00"), vn("2026-11-02 10:00")
FIRST, SECOND, THIRD, FOURTH = (vn(f"2026-11-0{day} 09:00") for day in (3, 4, 5, 6))
HERITAGE = "Lấy ý kiến di sản"


def work(code: str, *to: str, **more: Any) -> dict[str, Any]:
    names = {"share": "Phân công", "appraise": "Thẩm định", "ask": HERITAGE, "check": "Kiểm tra"}
    return {
        "code": code, "name": names[code], "kind": "work", "unit": "resolving", "role": "specialist", "hours": 8,
        "produces": "", "next": [{"to": code} for code in to],
    } | more  # fmt: skip


BRANCHES = {
    "steps": [
        work("share", "appraise", "ask", role="division_head", split="all"),
        work("appraise", "check"),
        work("ask", "check", unit="agency:H57.31.13", hours=16),
        work("check", "sign", role="division_head", join=True),
        *PROCESS["steps"][2:],
    ]
}


def publish_both(world: World) -> World:
    """Publish a process without branches and a newer one with them beside the version's own."""
    for content, on in ((PROCESS, date(2020, 1, 1)), (BRANCHES, date(2020, 1, 2))):
        PublishedProcess.objects.create(
            procedure=world.version.procedure, content=content, effective_from=on, published_at=vn("2020-01-01 08:00")
        )
    return world


def running(dossier: Dossier) -> list[str]:
    """Return the codes of the steps that run, the one that stands for the dossier first."""
    return list(dossier.steps.filter(done_at=None).order_by("is_beside", "seq").values_list("code", flat=True))


def at(world: World, dossier: Dossier, code: str) -> Actor:
    """Return the officer who works on that running step."""
    step = dossier.steps.get(code=code, done_at=None)
    posts = {(post.unit_id, post.role): post for post in world.posts.values()}
    post = posts[step.unit_id, step.role]
    by = {Step.Kind.SIGN: By.SIGNER, Step.Kind.ISSUE: By.CLERK}.get(Step.Kind(step.kind), By.OFFICER)
    return Actor(by=by, officer_id=post.officer_id, unit_id=post.unit_id, step_seq=step.seq)


def done(world: World, dossier: Dossier, code: str, moment: Any, **more: Any) -> Dossier:
    """Complete the running step of that code."""
    draft = document("du-thao.pdf") if code == "appraise" else None
    actions.complete_step(dossier_id=dossier.pk, actor=at(world, dossier, code), at=moment, draft=draft, **more)
    return dossier
