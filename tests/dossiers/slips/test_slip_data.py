"""What the slips say, worded from a dossier."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.slip_data import register
from motcua.people.models import Agency
from tests.world import World, accepted, submitted, vn

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
