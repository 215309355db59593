"""Papers added unasked: until the deciding signature, back to who appraises, each file once (T6)."""

import pytest

from motcua.documents.models import Document
from motcua.dossiers import actions
from motcua.dossiers.actions.adding import PaperHereAlready, PaperUnnamed, SignedAlready
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import Dossier, Paper, Step
from motcua.dossiers.verification import disagreements
from tests.world import World, accepted, complete, document, in_process, submitted, vn

FILED, ACCEPTED, HANDED = vn("2026-11-02 08:00"), vn("2026-11-02 09:00"), vn("2026-11-02 10:00")
WORKED, CHECKED, ADDED = vn("2026-11-03 09:00"), vn("2026-11-04 09:00"), vn("2026-11-05 09:00")
NAME = "Trích lục bản đồ địa chính"


@pytest.fixture
def dossier(world: World) -> Dossier:
    return in_process(world, FILED, ACCEPTED, HANDED)


def _added(dossier: Dossier, actor: Actor, file: Document | None = None, name: str = NAME) -> Paper:
    given = file or document("trich-luc.pdf")
    return actions.add_papers(dossier_id=dossier.pk, actor=actor, at=ADDED, name=name, document=given)


def _running(dossier: Dossier) -> Step:
    return dossier.steps.get(done_at=None)


def test_a_paper_is_only_noted_while_the_appraisal_runs(world: World, dossier: Dossier) -> None:
    before = _running(dossier).pk

    paper = _added(dossier, world.citizen)

    after = Dossier.objects.get(pk=dossier.pk)
    assert (after.status, after.due_at, _running(dossier).pk) == (Status.PROCESSING, dossier.due_at, before)
    assert (paper.name, paper.source, paper.verdict, paper.requirement) == (NAME, "file", "", None)
    assert dossier.events.last().data == {"papers": [paper.pk], "paper_names": [NAME]}  # type: ignore[union-attr]


def test_a_dossier_already_handed_to_nobody_yet_takes_a_paper(world: World) -> None:
    dossier = accepted(world, FILED, ACCEPTED)

    _added(dossier, world.actor(By.COUNTER))

    assert (_running(dossier).kind, dossier.papers.filter(requirement=None).count()) == ("hand_over", 1)


@pytest.mark.parametrize("steps_done", [1, 2])
def test_after_the_appraisal_the_dossier_goes_back_to_who_appraised(
    steps_done: int, world: World, dossier: Dossier
) -> None:
    complete(world, dossier, WORKED, draft=document("du-thao.pdf"))
    if steps_done == 2:
        complete(world, dossier, CHECKED)
    left = _running(dossier)

    _added(dossier, world.citizen)

    left.refresh_from_db()
    here = _running(dossier)
    assert (left.outcome, left.done_by, left.note) == ("sent_back", None, f"Người dân nộp thêm giấy: {NAME}")
    assert (here.code, here.assignee_id) == ("appraise", world.posts["specialist"].officer_id)
    assert list(disagreements(Dossier.objects.all())) == []


def test_a_second_paper_then_only_adds_to_it(world: World, dossier: Dossier) -> None:
    complete(world, dossier, WORKED)
    _added(dossier, world.citizen)
    here = _running(dossier).pk

    _added(dossier, world.citizen, name="Ảnh hiện trạng")

    assert _running(dossier).pk == here
    assert [paper.position for paper in dossier.papers.filter(requirement=None)] == [9000, 9001]


def test_after_the_signature_no_paper_is_taken(world: World, dossier: Dossier) -> None:
    complete(world, dossier, WORKED, draft=document("du-thao.pdf"))
    complete(world, dossier, CHECKED)
    actions.sign_off(dossier_id=dossier.pk, actor=world.actor(By.SIGNER), at=CHECKED)

    with pytest.raises(SignedAlready, match="đã được ký"):
        _added(dossier, world.citizen)

    assert _running(dossier).code == "issue"


def test_the_same_file_is_not_added_twice(world: World, dossier: Dossier) -> None:
    file = document("trich-luc.pdf")
    _added(dossier, world.citizen, file)

    with pytest.raises(PaperHereAlready, match="đã có trong hồ sơ"):
        _added(dossier, world.citizen, file)

    assert dossier.events.filter(move="add_papers").count() == 1


def test_a_paper_without_a_name_is_refused(world: World, dossier: Dossier) -> None:
    with pytest.raises(PaperUnnamed, match="giấy tờ gì"):
        _added(dossier, world.citizen, name="  ")


def test_before_acceptance_papers_are_not_added(world: World) -> None:
    dossier = submitted(world, FILED)

    with pytest.raises(MoveNotAllowed, match="Mới đăng ký"):
        _added(dossier, world.citizen)

    assert not dossier.papers.filter(name=NAME).exists()
