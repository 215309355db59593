"""Filing for somebody else: what is declared, what is wrong with it, and who it turns out to be when it is accepted."""

import pytest

from motcua.base.text import fold
from motcua.dossiers import actions
from motcua.dossiers.actions import CounterPaper, OwnerMismatch
from motcua.dossiers.actions.filing import FilingNotReady
from motcua.dossiers.lifecycle import By, Status
from motcua.dossiers.models import Dossier, Step
from motcua.dossiers.owners import faults_of, owner_name
from motcua.dossiers.queries import of_citizen
from motcua.dossiers.queries import owner_name as owner_name_in_sql
from motcua.people.models import Citizen, Organisation
from tests.dossiers.test_intake import AT, intake_of
from tests.world import World, document, vn

pytestmark = pytest.mark.django_db

LOC = {
    "kind": "person", "full_name": "Trần Văn Lộc", "identity_number": "046060000321", "phone": "0912000321",
    "address": "3 Chi Lăng", "relation": "con",
}  # fmt: skip
COMPANY = {
    "kind": "organisation",
    "name": "Công ty TNHH Hương Giang",
    "tax_code": "3300100123",
    "address": "84 Lâm Hoằng",
}
FILER = {"identity_number": "046196000214"}
LATER = vn("2026-11-20 10:34")


def filed_online(world: World, owner: dict[str, str]) -> Dossier:
    """File An's dossier online for `owner`."""
    draft = actions.start_draft(version=world.version, filed_by=world.an, owner=world.an, channel="online", at=AT)
    fields = {
        "form_data.address": "12/7 kiệt 84 Lâm Hoằng", "form_data.floors": 2, "answers.neighbour": "no",
        "applicant.full_name": world.an.full_name, "applicant.identity_number": world.an.identity_number,
    }  # fmt: skip
    fields |= {f"declared_owner.{name}": value for name, value in owner.items()}
    actions.save_draft(dossier_id=draft.pk, base_revision=0, fields=fields, at=AT)
    actions.attach_paper(dossier_id=draft.pk, requirement=world.drawing, document=document(), name="Bản vẽ", at=AT)
    return actions.file(dossier_id=draft.pk, units=world.units, actor=world.citizen, at=AT)


def accept(world: World, dossier: Dossier) -> Dossier:
    return actions.accept(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=LATER)


@pytest.mark.parametrize(
    ("changed", "place", "words"),
    [
        ({"identity_number": "04606000032"}, "identity_number", "Số định danh cá nhân có đúng 12 chữ số."),
        ({"identity_number": "046196000214"}, "identity_number", "Đây là số định danh của chính người nộp."),
        ({"identity_number": ""}, "identity_number", "Bạn chưa điền “Số định danh của chủ hồ sơ”"),
        ({"phone": "12"}, "phone", "Số điện thoại có 10 chữ số"),
        ({"full_name": ""}, "full_name", "Bạn chưa điền “Họ và tên chủ hồ sơ”"),
    ],
)
def test_what_is_wrong_with_a_person_is_said(world: World, changed: dict[str, str], place: str, words: str) -> None:
    faults = faults_of(world.version, {}, {**LOC, **changed}, FILER)

    assert list(faults) == [place]
    assert faults[place].startswith(words)


def test_a_tax_code_cut_short_is_said(world: World) -> None:
    assert list(faults_of(world.version, {}, {**COMPANY, "tax_code": "330010012"}, FILER)) == ["tax_code"]


def test_nothing_is_asked_of_who_files_for_themselves(world: World) -> None:
    assert faults_of(world.version, {}, {}, FILER) == {}


def test_a_dossier_is_not_filed_while_its_owner_is_wrong(world: World) -> None:
    with pytest.raises(FilingNotReady) as refused:
        filed_online(world, {**LOC, "identity_number": "123"})

    assert [problem.where for problem in refused.value.problems] == ["declared_owner.identity_number"]


def test_until_acceptance_the_owner_is_only_a_name(world: World) -> None:
    dossier = filed_online(world, LOC)

    assert (dossier.owner, owner_name(dossier)) == (world.an, "Trần Văn Lộc")
    assert not Citizen.objects.filter(identity_number=LOC["identity_number"]).exists()


@pytest.mark.parametrize("owner", [{}, LOC, COMPANY])
def test_lists_and_objects_say_the_same_name(world: World, owner: dict[str, str]) -> None:
    dossier = filed_online(world, owner)

    in_sql = Dossier.objects.annotate(said=owner_name_in_sql()).values_list("said", flat=True)
    of_steps = Step.objects.annotate(said=owner_name_in_sql("dossier__")).values_list("said", flat=True)
    assert [*in_sql, *of_steps] == [owner_name(dossier)] * 2


def test_acceptance_meets_the_owner_who_sees_the_dossier_then(world: World) -> None:
    dossier = accept(world, filed_online(world, LOC))

    loc = Citizen.objects.get(identity_number=LOC["identity_number"])
    dossier.refresh_from_db()
    assert (loc.full_name, loc.phone, loc.met_at) == ("Trần Văn Lộc", "0912000321", LATER)
    assert (dossier.owner, dossier.filed_by, dossier.status) == (loc, world.an, Status.RECEIVED)
    assert list(of_citizen(loc)) == [dossier]


def test_an_owner_known_already_is_found_and_not_changed(world: World) -> None:
    owner = {
        **LOC,
        "full_name": "lê thị  CHI",
        "identity_number": world.chi.identity_number or "",
        "address": "nơi khác",
    }
    world.chi.phone = ""
    world.chi.save(update_fields=["phone"])

    dossier = accept(world, filed_online(world, owner))

    world.chi.refresh_from_db()
    assert (dossier.owner, world.chi.phone) == (world.chi, "")


def test_acceptance_stops_at_a_number_of_somebody_else(world: World) -> None:
    dossier = filed_online(world, {**LOC, "identity_number": world.chi.identity_number or ""})

    with pytest.raises(OwnerMismatch) as stopped:
        accept(world, dossier)

    dossier.refresh_from_db()
    assert (dossier.status, dossier.owner) == (Status.SUBMITTED, world.an)
    assert "Trần Văn Lộc" in str(stopped.value)
    assert world.chi.full_name not in str(stopped.value)


def test_an_organisation_is_linked_by_its_tax_code(world: World) -> None:
    dossier = accept(world, filed_online(world, COMPANY))

    company = Organisation.objects.get(tax_code="3300100123")
    assert (dossier.owner_organisation, dossier.owner) == (company, world.an)
    assert (company.name, company.address) == ("Công ty TNHH Hương Giang", "84 Lâm Hoằng")


def test_acceptance_stops_at_a_tax_code_of_another_organisation(world: World) -> None:
    Organisation.objects.create(name="Công ty khác", tax_code="3300100123")

    with pytest.raises(OwnerMismatch):
        accept(world, filed_online(world, COMPANY))


def test_at_the_counter_the_owner_is_linked_at_once(world: World) -> None:
    dossier = actions.take_in(intake=intake_of(world, declared_owner=LOC), actor=world.actor(By.COUNTER), at=AT)

    assert (dossier.owner.full_name, dossier.filed_by) == ("Trần Văn Lộc", world.an)


def test_a_mismatch_at_the_counter_writes_nothing(world: World) -> None:
    owner = {**LOC, "identity_number": world.chi.identity_number}

    with pytest.raises(OwnerMismatch):
        actions.take_in(intake=intake_of(world, declared_owner=owner), actor=world.actor(By.COUNTER), at=AT)

    assert Dossier.objects.count() == 0


def test_noting_papers_missing_keeps_the_owner_for_the_acceptance(world: World) -> None:
    papers = (CounterPaper(world.drawing, False), CounterPaper(world.promise, True, 1))
    noted = actions.note_missing(
        intake=intake_of(world, *papers, declared_owner=LOC), actor=world.actor(By.COUNTER), at=AT
    )
    assert noted.owner == world.an

    taken = actions.take_up(
        dossier_id=noted.pk, intake=intake_of(world, declared_owner=LOC), actor=world.actor(By.COUNTER), at=LATER
    )

    assert taken.owner.identity_number == LOC["identity_number"]


def test_the_slips_name_the_owner(world: World) -> None:
    dossier = accept(world, filed_online(world, LOC))

    data = dossier.slips.get(form="01").data
    assert data["applicant"]["name"] == "Nguyễn Hoài An"
    assert (data["owner"]["name"], data["owner"]["identity"], data["owner"]["address"]) == (
        "Trần Văn Lộc", "Số định danh 046060000321", "3 Chi Lăng",
    )  # fmt: skip


def test_the_declared_name_stays_as_it_was_that_day(world: World) -> None:
    dossier = accept(world, filed_online(world, LOC))
    Citizen.objects.filter(pk=dossier.owner_id).update(
        full_name="Trần Văn Lộc Thọ", folded_name=fold("Trần Văn Lộc Thọ")
    )

    assert owner_name(Dossier.objects.get(pk=dossier.pk)) == "Trần Văn Lộc"
