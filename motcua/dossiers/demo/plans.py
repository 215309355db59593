"""What is going to happen to each of the demo's dossiers, drawn by chance before anybody acts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.actions import Units
from motcua.dossiers.demo.cast import Cast
from motcua.people.models import Citizen, Place

DAYS_BACK = 90
DRAFTS = 15
POPULAR = {
    "1.001193": 8,
    "2.000815": 6,
    "2.000635": 5,
    "1.013225": 14,
    "1.013229": 6,
    "1.004873": 4,
    "1.000894": 3,
    "1.001612": 8,
    "2.000720": 5,
    "2.000829": 4,  # to which the law gives no term
}
SHOWN = "Phường Vỹ Dạ"  # the ward whose desks a visitor is led to


@dataclass(frozen=True)
class Plan:
    """One life: who files what, where, when, by which channel, and how it turns."""

    version: ProcedureVersion
    citizen: Citizen
    units: Units
    channel: str
    filed_at: datetime
    turn: str = "straight"  # one of TURNS, or draft, owing, sent_on, sent_central, visited
    pace: float = 1.0  # how long steps take, as a share of the hours they have


# fmt: off
TURNS = (  # turn, weight
    ("straight",      76),
    ("supplied",       6),  # asked before acceptance, and given
    ("supplied_late",  5),  # asked while processing, and given
    ("unanswered",     2),  # asked, and the citizen has not answered yet
    ("refused",        3),
    ("withdrawn",      2),
    ("sent_back",      4),
    ("let_go",         2),  # withdrawn after acceptance: the leader decides, or has not yet
    ("stopped",        2),  # proposed to be stopped or declined
    ("corrected",      1),  # accepted as the wrong case
    ("stuck",          2),  # a step nobody finishes: how dossiers become late
)
# fmt: on
# fmt: off
SENT_ON = {  # procedure → the inner procedure another agency is asked by, and what for
    "1.013225": ("NB.XD.01",   "Cho biết chỉ giới đường đỏ và quy hoạch của thửa đất."),
    "1.013229": ("NB.XD.01",   "Cho biết phần cải tạo có vướng quy hoạch không."),
    "1.009141": ("NB.DD.01",   "Gửi trích lục bản đồ của thửa đất."),
    "1.012783": ("NB.THUE.01", "Xác định nghĩa vụ tài chính theo phiếu chuyển."),
}
CENTRAL = {  # procedure → who is asked by letter, and what for
    "1.003676": ("Bộ Văn hóa, Thể thao và Du lịch", "Xin ý kiến về việc tổ chức lễ hội."),
    "1.013236": ("Bộ Xây dựng",                     "Xin ý kiến thẩm định công trình cấp I."),
}
# fmt: on
SENDS_ON = 0.45  # the paces below which a life that may send a part on does
LOOKED_AT = frozenset({"1.013225", "1.013229", "1.012783"})  # building and land: somebody goes and looks
LOOKS = 0.65  # the paces below which, having sent nothing on, that happens
RESTS = 0.5  # the paces above which a dossier without a term lies where it is
OWING = frozenset({"1.115668", "1.013823", "1.012784"})  # land: taxes and land money are told while it is worked on
ONLINE_ONLY = frozenset({"supplied", "refused", "withdrawn"})  # a counter that takes a dossier in has looked first


def plans(rng: Random, cast: Cast, at: datetime, count: int) -> list[Plan]:
    """Return `count` plans in the order of their filing, so that codes follow the day; nearly half are of the last ten days."""
    made: list[Plan] = []
    while len(made) < count:
        days_back = rng.uniform(0, 10) if rng.random() < 0.45 else rng.uniform(0, DAYS_BACK)
        plan = _plan(rng, cast, at - timedelta(days=days_back))
        if plan is not None and plan.filed_at < at:
            made.append(plan)
    return sorted(made, key=lambda plan: plan.filed_at)


def draft_plans(rng: Random, cast: Cast, at: datetime) -> Iterator[Plan]:
    """Return plans that end as drafts of the last days."""
    for _number in range(DRAFTS):
        plan = _plan(rng, cast, at - timedelta(hours=rng.uniform(1, 90)))
        if plan is not None:
            yield Plan(plan.version, plan.citizen, plan.units, "online", plan.filed_at, turn="draft")


def _plan(rng: Random, cast: Cast, about: datetime) -> Plan | None:
    weights = [POPULAR.get(version.procedure.code, 1) for version in cast.versions]
    version = rng.choices(cast.versions, weights)[0]
    place = _place(rng, cast)
    units = cast.units(version, place)
    if units is None:
        return None
    channel = "online" if rng.random() < 0.62 else "counter"
    filed_at = about if channel == "online" else cast.calendar.add(about, rng.randint(1, 200))
    turn = rng.choices([turn for turn, _weight in TURNS], [weight for _turn, weight in TURNS])[0]
    if channel == "counter" and turn in ONLINE_ONLY:
        turn = "straight"
    if turn == "straight" and version.procedure.code in OWING:
        turn = "owing"
    citizen, pace = rng.choice(cast.citizens), rng.uniform(0.15, 1.05)
    if turn == "straight":
        turn = "stuck" if version.no_legal_term and pace > RESTS else _elsewhere(version.procedure.code, pace)
    return Plan(version, citizen, units, channel, filed_at, turn, pace)


def _elsewhere(code: str, pace: float) -> str:
    """Return the turn of a straight life that needs others: a part sent on, a letter to a ministry, a visit to the place."""
    if code in CENTRAL:
        return "sent_central"
    if code in SENT_ON and pace < SENDS_ON:
        return "sent_on"
    return "visited" if code in LOOKED_AT and pace < LOOKS else "straight"


def _place(rng: Random, cast: Cast) -> Place:
    chance = rng.random()
    if chance < 0.35:
        return next((place for place in cast.busy if place.name == SHOWN), cast.busy[0])
    return rng.choice(cast.busy if chance < 0.6 else cast.communes)
