"""Lives in which somebody goes and looks: an appointment on site offered, agreed on and held; or still to come."""

from datetime import datetime, timedelta

from motcua.base.words import local_day
from motcua.dossiers import actions, deadlines
from motcua.dossiers.actor import Actor
from motcua.dossiers.demo.life import Life
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Step

SITE_STEPS = frozenset({"xem-co-so", "visit", "thuc-dia", "do-dac"})
"""Steps of the starter's processes for which somebody goes to the place."""
ADDRESSES = (
    "building_address",
    "parcel_address",
    "facility_address",
    "premises_address",
    "visit_address",
    "house_location",
)
AGREED = 0.8  # the share of citizens who choose a time; the first stands anyway
DAYS_AHEAD, SET_OUT = timedelta(days=4), timedelta(hours=2)
PURPOSES = (
    "Xem hiện trạng và ranh giới; xin mang giấy tờ bản chính.",
    "Xem nơi làm việc như đã khai; cần một người của gia đình có mặt.",
)


def visit(life: Life, step: Step) -> None:
    """Offer two times, let the citizen choose, and write down what was seen; Over while the day has not come."""
    officer, at = life.seat(By.OFFICER, step), life.later(30, 240)
    if step.assignee_id is not None:
        officer = Actor(by=By.OFFICER, officer_id=step.assignee_id, unit_id=step.unit_id)
    times = _times(life, at)
    place = next((data for name in ADDRESSES if (data := life.dossier.form_data.get(name))), "")
    made = actions.offer_visit(
        dossier_id=life.dossier.pk, actor=officer, at=at, times=times, place=place or life.plan.citizen.address or "Tại nhà",
        purpose=life.rng.choice(PURPOSES),
    )  # fmt: skip
    if life.rng.random() < AGREED:
        citizen, at = Actor(by=By.CITIZEN, citizen_id=life.plan.citizen.pk), life.later(10, 240)
        time = life.rng.choice([one for one in times if one > at])
        actions.agree_visit(dossier_id=life.dossier.pk, actor=citizen, at=at, time=time)
        made.refresh_from_db()
    life.wait_for(made.planned_at)
    actions.record_visit(
        dossier_id=life.dossier.pk, actor=officer, at=life.later(60, 120), held_at=made.planned_at,
        present=f"{life.plan.citizen.full_name}; tổ trưởng tổ dân phố", minutes="Hiện trạng đúng như đã khai, không có tranh chấp.",
    )  # fmt: skip
    life.dossier.refresh_from_db()


def _times(life: Life, at: datetime) -> list[datetime]:
    """Return two mornings of working days some days later."""
    calendar = deadlines.calendar(life.dossier)
    first = calendar.working_day_from(local_day(at) + DAYS_AHEAD)
    return [calendar.opening(on) + SET_OUT for on in (first, calendar.next_working_day(first))]
