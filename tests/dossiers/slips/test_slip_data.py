"""What the slips say, worded from a dossier."""

from dataclasses import replace

import pytest

from motcua.catalogue.actions import draft_next, publish_version
from motcua.catalogue.models import PaperRequirement
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.slip_data import register
from motcua.people.models import Agency
from tests.world import LONG_AGO, World, accepted, faulty, submitted, vn

pytestmark = pytest.mark.django_db
FILED, ACCEPTED = vn("2026-11-20 08:00"), vn("2026-11-20 09:00")


@pytest.mark.parametrize(
    ("has_rows", "words"), [(False, "không phải nộp giấy tờ nào."), (True, "chưa nộp giấy tờ nào.")]
)
def test_a_receipt_without_papers_says_why(has_rows: bool, words: str, world: World) -> None:
    dossier = submitted(world, FILED)
    if has_rows:
        dossier.papers.update(source="", document=None)
    else:
        dossier.papers.all().delete()

    actions.accept(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=ACCEPTED)

    slip = dossier.slips.get()
    assert (slip.data["papers"], slip.data["no_papers"], slip.template_version) == ([], words, 2)


def test_a_receipt_with_papers_says_nothing_of_their_absence(world: World) -> None:
    assert accepted(world, FILED, ACCEPTED).slips.get().data["no_papers"] == ""


def test_the_register_names_procedures_as_the_desk_does(world: World) -> None:
    dossier = accepted(world, FILED, ACCEPTED)
    centre = Agency.objects.get(pk=world.centre.pk)

    slip = register([dossier], centre, ACCEPTED.date(), ACCEPTED.date(), ACCEPTED)

    assert [row.request for row in slip.rows] == ["Xây nhà ở riêng lẻ"]


def test_a_request_for_papers_counts_them_as_the_procedure_wants(world: World) -> None:
    draft = draft_next(procedure=world.version.procedure, at=LONG_AGO)
    PaperRequirement.objects.filter(group__version=draft, code="BV").update(original_count=2, copy_count=1)
    version = publish_version(version=draft, at=LONG_AGO, actor=None)
    papers = {paper.code: paper for paper in PaperRequirement.objects.filter(group__version=version)}
    dossier = submitted(replace(world, version=version, drawing=papers["BV"], promise=papers["CK"]), FILED)
    for code in ("BV", "CK"):
        faulty(dossier.papers.get(requirement__code=code), "Mờ")

    actions.ask_papers(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=ACCEPTED, reason="Chụp lại")

    rows = dossier.slips.get().data["missing"]
    assert [(row["originals"], row["copies"]) for row in rows] == [(2, 1), (1, 0)]
