"""Reads of people and places used by every package above: calendars, posts, competence, centres, citizens."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, F, Func, IntegerField, Q, QuerySet, Value
from django.utils.translation import gettext as _

from motcua.base.text import fold
from motcua.people.demo_accounts import FEATURED
from motcua.people.identity import IDENTITY_DIGITS, digits_of, normal_phone
from motcua.people.models import (
    Agency,
    AgencyQuerySet,
    CalendarVersion,
    Citizen,
    Delegation,
    Officer,
    Place,
    Post,
    User,
    WorkingCalendar,
)
from motcua.people.roles import IN_DIVISIONS, PERMISSIONS, Permission, Role, permits

CITIZENS_SHOWN = 20
NAME_LETTERS = 2  # a shorter name would match half the province


class CalendarMissing(LookupError):
    """No published calendar is found."""


class NoCompetentAgency(LookupError):
    """No agency is competent for a subject at a place."""


class CalendarRows(NamedTuple):
    """A calendar version as plain rows. `week`: weekday (Monday is 0) → sessions; `special`: (day, kind, name)."""

    code: str
    version: int
    week: dict[int, list[tuple[time, time]]]
    special: list[tuple[date, str, str]]


class Competence(NamedTuple):
    """Who decides and who does the work. They are one unit where the agency has no division for the subject."""

    competent_unit: Agency
    resolving_unit: Agency


class DemoSignIn(NamedTuple):
    """An invented person to sign in as; `unit` is empty for a citizen."""

    email: str
    full_name: str
    role: str
    unit: str


# --- calendars -------------------------------------------------------------------------------------------------------


def working_calendar_days(code: str, at: datetime) -> CalendarRows:
    """Return the version of the calendar `code` that counts at `at`, before all of them the first; raise CalendarMissing."""
    versions = CalendarVersion.objects.filter(calendar__code=code, published_at__isnull=False)
    found = versions.filter(published_at__lte=at).order_by("-number").first() or versions.order_by("number").first()
    if found is None:
        raise CalendarMissing(_("Lịch làm việc «%(code)s» chưa được công bố.") % {"code": code})
    week: dict[int, list[tuple[time, time]]] = {}
    for weekday, opens, closes in found.sessions.order_by("weekday", "opens").values_list("weekday", "opens", "closes"):
        week.setdefault(weekday, []).append((opens, closes))
    return CalendarRows(code, found.number, week, list(found.days.order_by("on").values_list("on", "kind", "name")))


def version_in_force(calendar: WorkingCalendar, at: datetime) -> CalendarVersion | None:
    """Return the version a calendar counts with at `at`: the latest published by then."""
    return calendar.versions.filter(published_at__lte=at).order_by("-number").first()


def agencies_keeping(calendar: WorkingCalendar, on: date) -> tuple[list[Agency], int]:
    """Return the agencies that have the calendar on the day `on`, and how many below them have none of their own."""
    agencies = list(Agency.objects.valid_on(on).order_by("path"))
    own = {agency.pk: agency.calendar_id for agency in agencies if agency.calendar_id}
    nearest = (next((own[pk] for pk in reversed(agency.path) if pk in own), None) for agency in agencies)
    having = [agency for agency in agencies if agency.calendar_id == calendar.pk]
    return having, sum(found == calendar.pk for found in nearest) - len(having)


def calendar_version_for(agency: Agency, at: datetime) -> CalendarVersion:
    """Return the calendar version in force for `agency` at `at`: its own calendar, else the nearest one above it.

    The latest version published by `at` counts. One query. Raise CalendarMissing when the tree has none.
    """
    path = Value(agency.path, output_field=ArrayField(BigIntegerField()))
    depth = Func(path, F("calendar__agencies__id"), function="array_position", output_field=IntegerField())
    versions = CalendarVersion.objects.annotate(depth=depth).filter(depth__isnull=False, published_at__lte=at)
    found = versions.select_related("calendar").order_by("-depth", "-number").first()
    if found is None:
        raise CalendarMissing(
            _("%(agency)s chưa có lịch làm việc. Quản trị đơn vị cần gắn lịch đã công bố cho cơ quan hoặc cấp trên.")
            % {"agency": agency.name}
        )
    return found


# --- posts -----------------------------------------------------------------------------------------------------------


def posts_of(user: User, on: date, at: datetime) -> list[Post]:
    """Return the posts `user` may act in: their own on the day `on`, then those lent to them at `at`.

    A borrowed post carries its `delegation`; an own post has None there. `unit` and `officer` (the owner) come along.
    """
    if not user.is_active:
        return []
    lent = list(Delegation.objects.filter(to_officer__user=user, starts_at__lte=at, ends_at__gt=at))
    theirs = (
        Q(officer__user=user) | Q(pk__in=[delegation.post_id for delegation in lent]) if lent else Q(officer__user=user)
    )
    posts = {post.pk: post for post in Post.objects.valid_on(on).filter(theirs).select_related("unit", "officer")}
    own = [posts[key] for key in sorted(posts) if posts[key].officer.user_id == user.pk]
    borrowed = []
    for delegation in sorted(lent, key=lambda one: (one.starts_at, one.pk)):
        if post := posts.get(delegation.post_id):
            post.delegation = delegation
            borrowed.append(post)
    return [*own, *borrowed]


def permissions_of(user: User, on: date, at: datetime) -> frozenset[Permission]:
    """Return everything the posts `user` may act in, own or lent, permit together."""
    return frozenset().union(*(PERMISSIONS[Role(post.role)] for post in posts_of(user, on, at)))


def units_administered(user: User, on: date, at: datetime) -> AgencyQuerySet:
    """Return the units, open or closed, `user` administers: those of their unit administrator's posts and all below."""
    tops = [post.unit for post in posts_of(user, on, at) if permits(post.role, Permission.MANAGE_UNIT)]
    return Agency.objects.below(tops) if tops else Agency.objects.none()


_BELOW_AND_BEFORE = """
WITH RECURSIVE unit AS (
    SELECT id FROM people_agency WHERE path && %s::bigint[]
    UNION SELECT gone.from_agency_id FROM people_agency_successors gone JOIN unit ON gone.to_agency_id = unit.id
) SELECT id FROM unit ORDER BY id
"""


def below_and_before(agencies: Iterable[Agency]) -> list[int]:
    """Return the ids of the agencies, of all below them, and of all that any of these took over from. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW_AND_BEFORE, [[agency.pk for agency in agencies]])
        return [unit for (unit,) in cursor.fetchall()]


# --- who is competent ------------------------------------------------------------------------------------------------


def competent_agency(level: str, subject: str, place: Place, on: date) -> Competence:
    """Return who decides and who resolves a procedure of `level` about `subject` at `place` on the day `on`.

    `level` is a level of a procedure. commune: the commune's committee and its division for the subject; province:
    the department and its division; vertical: its seat in the commune, else in the province; ministry: its unit.
    Raise NoCompetentAgency, whose words are for the person filing.
    """
    candidates = _candidates(level, subject, place_chain(place), on)
    if not candidates:
        raise NoCompetentAgency(
            _(
                "Chưa có cơ quan nào giải quyết loại việc này cho %(place)s. "
                "Bạn chọn nơi khác, hoặc gọi tổng đài để được chỉ dẫn."
            )
            % {"place": place.name}
        )
    agency = candidates[0]
    divisions = agency.children.valid_on(on).filter(subject=subject, type=Agency.Type.DIVISION)
    return Competence(agency, divisions.order_by("code").first() or agency)


def first_competent(levels: Iterable[str], subject: str, commune: Place, on: date, *, none_named: str) -> Competence:
    """Ask each level in its order who is competent, and return the first answer.

    Raises NoCompetentAgency with the last level's refusal; with the words of `none_named` when there is no level to ask.
    """
    refused = NoCompetentAgency(none_named)
    for level in levels:
        try:
            return competent_agency(level, subject, commune, on)
        except NoCompetentAgency as error:
            refused = error
    raise refused


def _candidates(level: str, subject: str, within: list[Place], on: date) -> list[Agency]:
    """Return the agencies that decide, nearest first; `within` is the place and what it lies in, nearest first."""
    agencies, types = Agency.objects.valid_on(on), Agency.Type
    # fmt: off
    wanted = {
        "commune":  Q(type=types.COMMUNE, place=within[0]),
        "province": Q(type=types.DEPARTMENT, subject=subject, place=within[-1]),
        "vertical": Q(type=types.VERTICAL, subject=subject, place__in=within),
        "ministry": Q(type=types.MINISTRY, subject=subject),
    }[level]
    # fmt: on
    nearest = {place.pk: rank for rank, place in enumerate(within)}
    return sorted(agencies.filter(wanted), key=lambda agency: (nearest.get(agency.place_id or 0, 0), agency.code))


def agency_named(unit: str, role: str, *, near: Agency | None) -> Agency | None:
    """Return the agency a step of a process names beside the dossier's own, while it is open.

    `agency:H46.12` is one by its code, or who took over from it; `subject:culture` the department of that subject in the
    province of `near`, and for those who work in divisions its division of that subject where it has one.
    """
    kind, _colon, key = unit.partition(":")
    open_ones = Agency.objects.filter(valid_to__isnull=True)
    if kind == "agency":
        return open_ones.filter(Q(code=key) | Q(predecessors__code=key)).order_by("-pk").first()
    root = near.path[0] if near is not None and near.path else None
    departments = open_ones.filter(type=Agency.Type.DEPARTMENT, subject=key)
    found = departments.filter(path__0=root).order_by("code").first() or departments.order_by("code").first()
    if found is None or role not in IN_DIVISIONS:
        return found
    divisions = open_ones.filter(parent=found, subject=key, type=Agency.Type.DIVISION)
    return divisions.order_by("code").first() or found


def receiving_centres(place: Place, on: date) -> list[Agency]:
    """Return the centres open on the day `on` for a person of `place`: the commune's own first, then the province's.

    For a province: its own centre first, then every commune's by name.
    """
    centres = Agency.objects.valid_on(on).filter(type__in=Agency.CENTRES).select_related("place")
    if place.level == Place.Level.PROVINCE:
        found = centres.filter(Q(place=place) | Q(place__parent=place)).order_by("name")
        return sorted(found, key=lambda centre: centre.place_id != place.pk)
    found = centres.filter(place__in=place_chain(place)).order_by("name")
    return sorted(found, key=lambda centre: centre.place_id != place.pk)


# --- places ----------------------------------------------------------------------------------------------------------


def place_chain(place: Place) -> list[Place]:
    """Return `place` and what it lies in, up to the province."""
    chain = [place]
    while (parent := chain[-1].parent) is not None:
        chain.append(parent)
    return chain


def communes_of(province_code: str, on: date) -> QuerySet[Place]:
    """Return the communes and wards of a province on the day `on`, under a district or directly."""
    communes = Place.objects.valid_on(on).filter(level=Place.Level.COMMUNE)
    under = Q(parent__level=Place.Level.PROVINCE, parent__code=province_code)
    under |= Q(parent__level=Place.Level.DISTRICT, parent__parent__code=province_code)
    return communes.filter(under).order_by("name")


# --- citizens --------------------------------------------------------------------------------------------------------


def citizen_by_any(text: str) -> list[Citizen]:
    """Return the citizens an officer at the counter means by `text`, at most CITIZENS_SHOWN.

    12 digits are an identity number, other digits a whole phone number, letters the beginning of a name (no accents).
    """
    digits = digits_of(text)
    if len(digits) == IDENTITY_DIGITS:
        return list(Citizen.objects.filter(identity_number=digits))
    if digits:
        return list(Citizen.objects.filter(phone=normal_phone(text)).order_by("folded_name", "pk")[:CITIZENS_SHOWN])
    name = fold(text)
    if len(name) < NAME_LETTERS:
        return []
    return list(Citizen.objects.filter(folded_name__startswith=name).order_by("folded_name", "pk")[:CITIZENS_SHOWN])


def differences(citizen: Citizen, said: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    """Return what is kept and what was said where both are there and differ, by column: {"phone": (kept, said)}."""
    pairs = {name: (getattr(citizen, name), value) for name, value in said.items()}
    return {name: (kept, value) for name, (kept, value) in pairs.items() if kept and value and kept != value}


# --- the demo --------------------------------------------------------------------------------------------------------


def demo_officers() -> list[DemoSignIn]:
    """Return the invented people worth signing in as, in the order of a dossier's way; none where no demo is loaded."""
    users = User.objects.filter(email__in=FEATURED).prefetch_related("officer__posts__unit")
    return [_sign_in(user) for user in sorted(users, key=lambda user: FEATURED.index(user.email or ""))]


def _sign_in(user: User) -> DemoSignIn:
    officer: Officer | None = getattr(user, "officer", None)
    post = next(iter(officer.posts.all()), None) if officer else None
    role, unit = (_(post.get_role_display()), post.unit.name) if post else (_("Người dân"), "")
    return DemoSignIn(user.email or "", user.full_name, role, unit)
