"""The three-level Huế of June 2025 becomes the two-level one of July: 9 districts and 133 communes into 40 communes."""

from collections import Counter

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.dossiers.verification import disagreements
from motcua.people.models import Agency, Officer, Post
from tests.hue import LAST_DAY, ROOT, communes, make_june, plan_of_july
from tests.merging import carry_out
from tests.world import _citizen, _procedure, a_draft, make_calendar, vn

pytestmark = pytest.mark.django_db
MIDNIGHT = vn("2025-07-01 00:05")
FILED, ACCEPTED = vn("2025-06-24 08:00"), vn("2025-06-24 09:00")


class Province:
    """June's Huế with one procedure and An, who files."""

    def __init__(self) -> None:
        make_june(make_calendar())
        self.version, self.drawing, self.promise = _procedure((7, "working_days"), {}, second_case=False)
        self.an = _citizen("Nguyễn Hoài An", "046196000214", "0912000371")

    def working_at(self, unit: str, centre: str, division: str, *, commune: str = "") -> Dossier:
        """Return a dossier that the agency has accepted and works on."""
        units = [Agency.objects.get(code=code) for code in (centre, unit, division)]
        draft = a_draft(self, FILED)  # type: ignore[arg-type]  # of a world it needs what stands here
        if commune:
            fields = {"answers.commune": commune}
            actions.save_draft(dossier_id=draft.pk, base_revision=draft.revision, fields=fields, at=FILED)
        actions.file(
            dossier_id=draft.pk, units=actions.Units(*units), actor=Actor(By.CITIZEN, citizen_id=self.an.pk), at=FILED
        )
        counter = Actor(By.COUNTER, officer_id=Officer.objects.order_by("pk")[0].pk, unit_id=units[0].pk)
        actions.accept(dossier_id=draft.pk, actor=counter, at=ACCEPTED)
        return actions.hand_over(dossier_id=draft.pk, actor=counter, at=ACCEPTED)


def units_of(dossier: Dossier) -> tuple[str, str, str]:
    now = Dossier.objects.select_related("receiving_unit", "competent_unit", "resolving_unit").get(pk=dossier.pk)
    codes = (unit.code for unit in (now.competent_unit, now.receiving_unit, now.resolving_unit) if unit)
    return tuple(code.removeprefix(f"{ROOT}.") for code in codes)  # type: ignore[return-value]


def test_three_levels_become_two() -> None:
    province = Province()
    # Vỹ Dạ's and Xuân Phú's wards make the new Vỹ Dạ; Thuận Hóa was the district, Phú Lộc a district and a commune of it.
    own = [province.working_at(*(f"{ROOT}.X{code}{part}" for part in ("", ".1", ".2"))) for code in ("19777", "19792")]
    district = [f"{ROOT}.Q474{part}" for part in ("", ".1", ".2")]
    here, there = province.working_at(*district, commune="19792"), province.working_at(*district, commune="20107")
    nowhere = province.working_at(*district)
    land = province.working_at(f"{ROOT}.Q474", f"{ROOT}.Q474.1", f"{ROOT}.Q474.3", commune="19777")
    before = {dossier.pk: dossier.due_at for dossier in Dossier.objects.all()}

    report = carry_out(plan_of_july(), at=MIDNIGHT)

    assert [units_of(dossier) for dossier in own] == [("31.19777", "31.19777.1", "31.19777.2")] * 2
    assert units_of(here) == ("31.19777", "31.19777.1", "31.19777.3")
    assert units_of(there) == ("31.20107", "31.20107.1", "31.20107.3")
    assert units_of(nowhere) == (ROOT, "30", "02")
    assert units_of(land) == ("31.19777", "31.19777.1", "03")
    assert {dossier.pk: dossier.due_at for dossier in Dossier.objects.all()} == before
    assert list(disagreements(Dossier.objects.all())) == []
    assert (report.dossier_number, report.letters) == (6, {"reassign_unit": 6})
    assert (report.alone.places, report.alone.procedures) == ([], [])


def test_every_old_unit_ends_with_its_heir_and_everybody_has_a_post() -> None:
    make_june(make_calendar())
    officers = Post.objects.count()

    carry_out(plan_of_july(), at=MIDNIGHT)

    today = Agency.objects.valid_on(MIDNIGHT.date())
    assert Counter(today.values_list("type", flat=True)) == {
        "province": 1, "province_centre": 1, "department": 2, "commune": 40, "commune_centre": 40, "division": 120,
    }  # fmt: skip
    ended = Agency.objects.filter(valid_to=LAST_DAY).prefetch_related("successors", "successors__place")
    assert Counter(unit.type for unit in ended)["district"] == 9
    heirs = {
        unit.place.code: [heir.place.code for heir in unit.successors.all()] for unit in ended if unit.type == "commune"
    }
    assert heirs == {commune.code: [commune.since] for commune in communes()}
    assert Post.objects.valid_on(MIDNIGHT.date()).filter(unit__in=today).count() == officers
