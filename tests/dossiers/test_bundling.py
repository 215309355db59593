"""A bundle makes several dossiers; one that needs another's result waits for it, is not late meanwhile, and is fed by it."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actions.bundling import BundleFiled
from motcua.dossiers.lifecycle import By, Status
from motcua.dossiers.models import Dossier
from motcua.dossiers.timed import make_all
from motcua.dossiers.verification import disagreements
from tests.bundling import FILED, SAID, begun, filed, finish_birth, member_of
from tests.world import World, vn

DONE, LATER = vn("2026-11-03 10:00"), vn("2026-11-03 10:05")


def test_one_filing_sends_what_needs_nothing_and_keeps_the_rest_until_its_input_is_there(world: World) -> None:
    row = filed(world)

    birth, home, card = (member_of(row, key) for key in SAID)
    assert (row.code, row.filed_at) == (f"BO-{row.pk:06d}", FILED)
    assert (birth.status, birth.code) == (Status.SUBMITTED, "H57.31.12-261102-0001")
    assert {(one.status, one.code, one.reception_due_at) for one in (home, card)} == {(Status.DRAFT, None, None)}
    assert make_all(vn("2026-11-20 10:00"))["go_on_with"] == 0


def test_the_result_of_one_is_the_paper_of_the_next_whose_clock_begins_only_then(world: World) -> None:
    row = filed(world)
    birth = finish_birth(world, row, DONE)

    made = make_all(LATER)["go_on_with"]

    home, card = member_of(row, "thuong-tru"), member_of(row, "bao-hiem")
    proof = home.papers.get(requirement__code="000.00.00.G01-KQ003606")
    assert (made, make_all(LATER)["go_on_with"]) == (2, 0)
    assert (home.status, home.submitted_at, home.form_data["birth_record_number"]) == (
        Status.SUBMITTED,
        LATER,
        "101/2026",
    )
    assert home.reception_due_at == vn("2026-11-04 10:05")
    assert (proof.document, card.form_data["insured_as"]) == (birth.result.document, "child")
    assert list(disagreements(Dossier.objects.all())) == []


def test_where_one_is_refused_what_needs_it_stops_waiting_and_is_the_citizen_s_again(world: World) -> None:
    row = filed(world)
    birth = member_of(row, "khai-sinh")
    actions.refuse(dossier_id=birth.pk, actor=world.actor(By.COUNTER), at=DONE, reason="Không thuộc thẩm quyền")

    make_all(LATER)

    stopped = row.members.exclude(key="khai-sinh")
    assert {(one.stopped_at, one.dossier.status) for one in stopped} == {(LATER, Status.DRAFT)}
    assert {birth.code in one.stopped_why and "không có Giấy khai sinh" in one.stopped_why for one in stopped} == {True}


def test_what_is_missing_anywhere_is_said_at_once_but_not_what_another_member_brings(world: World) -> None:
    row = begun(world)
    for key in ("khai-sinh", "thuong-tru"):
        draft = member_of(row, key)
        field = {"khai-sinh": "form_data.child_ethnicity", "thuong-tru": "form_data.head_full_name"}[key]
        actions.save_draft(dossier_id=draft.pk, base_revision=draft.revision, fields={field: None}, at=FILED)

    with pytest.raises(actions.FilingNotReady) as refused:
        actions.file_bundle(bundle_id=row.pk, units=dict.fromkeys(SAID, world.units), actor=world.citizen, at=FILED)

    assert [problem.where for problem in refused.value.problems] == [
        "khai-sinh:form_data.child_ethnicity", "thuong-tru:form_data.head_full_name",
    ]  # fmt: skip
    assert member_of(row, "khai-sinh").status == Status.DRAFT


def test_posted_twice_it_is_filed_once(world: World) -> None:
    row = filed(world)

    with pytest.raises(BundleFiled, match=row.code or "?"):
        actions.file_bundle(bundle_id=row.pk, units=dict.fromkeys(SAID, world.units), actor=world.citizen, at=DONE)


def test_each_member_is_counted_by_itself_and_the_bundle_nowhere(world: World) -> None:
    row = filed(world)
    finish_birth(world, row, DONE)
    make_all(LATER)

    assert Dossier.objects.exclude(code=None).filter(parent=None).count() == len(SAID)
