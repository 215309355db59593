"""Carrying out the part of a reorganisation that is about agencies: places, agencies, posts and lent posts, successors."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from motcua.base.words import start_of
from motcua.people.actions.agencies import close_with_all_below, open_agencies, place_agency
from motcua.people.models import (
    Agency,
    Delegation,
    Inheritance,
    Officer,
    Place,
    Post,
    Reorganisation,
    WorkingCalendar,
)
from motcua.people.reorganising import Plan, Succession

Seat = tuple[int, int, str]  # officer, unit, role


class PostMove(NamedTuple):
    """Posts of one role that go from a unit to its heir: how many."""

    unit: str
    heir: str
    role: str
    posts: int


@dataclass(frozen=True)
class Reorganised:
    """What was done to agencies and posts. `lent`: lent posts that go on in the heir."""

    record: Reorganisation
    posts: list[PostMove]
    lent: int


@dataclass
class _Wanted:
    """A post to be held from the day, or later, to a last day or for good."""

    first: date
    last: date | None


@transaction.atomic
def reorganise_agencies(*, plan: Plan, succession: Succession, at: datetime) -> Reorganised:
    """Open, move and close the agencies of a plan that check_plan found whole, with places and posts; keep the plan."""
    _change_places(plan)
    _open_agencies(plan)
    for raised in plan.raised:
        unit = Agency.objects.get(code=raised.unit)
        unit.parent = Agency.objects.get(code=raised.under)
        place_agency(agency=unit)
    units = {unit.code: unit for unit in Agency.objects.all()}
    posts = _posts_ending(plan, succession, units)
    lent = list(Delegation.objects.filter(post__in=posts, ends_at__gt=start_of(plan.on)).select_related("post"))
    _close(plan, succession, units)
    seats, moved = _seat(plan, succession, units, posts)
    _lend_again(plan, succession, units, lent, seats)
    _drop_posts_to_come(plan, posts)
    return Reorganised(_record(plan, succession, units, at), moved, len(lent))


def _change_places(plan: Plan) -> None:
    ending = Place.objects.valid_on(plan.last_day).filter(
        code__in=[code for new in plan.places for code in new.replaces]
    )
    ending.update(valid_to=plan.last_day)
    for new in plan.places:
        parent = Place.objects.valid_on(plan.on).filter(code=new.parent).first() if new.parent else None
        Place.objects.create(code=new.code, name=new.name, level=new.level, parent=parent, valid_from=plan.on)


def _open_agencies(plan: Plan) -> None:
    places = {place.code: place for place in Place.objects.valid_on(plan.on)}
    calendars = {calendar.code: calendar for calendar in WorkingCalendar.objects.all()}
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    waiting = list(plan.agencies)
    opened = []
    while waiting:  # those below agencies that the file opens further down come later; check_plan found no circle
        ready = [new for new in waiting if not new.parent or new.parent in agencies]
        for new in ready:
            agencies[new.code] = Agency(
                code=new.code, name=new.name, type=new.type, short_name=new.short_name, subject=new.subject,
                parent=agencies.get(new.parent), place=places.get(new.place), calendar=calendars.get(new.calendar),
                address=new.address, phone=new.phone, valid_from=plan.on,
            )  # fmt: skip
            opened.append(agencies[new.code])
        waiting = [new for new in waiting if new not in ready]
    open_agencies(agencies=opened)


def _posts_ending(plan: Plan, succession: Succession, units: Mapping[str, Agency]) -> list[Post]:
    """Return the posts of the ended units that would go on, those to come among them."""
    closing = [units[code].pk for code in succession.heirs]
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=plan.on)
    found = Post.objects.filter(lasting, unit__in=closing).select_related("unit", "officer__user").order_by("pk")
    return list(found)


def _close(plan: Plan, succession: Succession, units: Mapping[str, Agency]) -> None:
    """Close every unit that ends, with its posts, and name who took over: the units above first, their parts with them."""
    through = Agency.successors.through
    ended = {units[code].pk for code in succession.heirs}
    tops = [units[code] for code in succession.heirs if units[code].parent_id not in ended]
    close_with_all_below(agencies=tops, closed_on=plan.last_day)
    links = [(units[code].pk, units[heir].pk) for code, heirs in succession.heirs.items() for heir in heirs]
    rows = (through(from_agency_id=unit, to_agency_id=heir) for unit, heir in links)
    through._default_manager.bulk_create(rows, ignore_conflicts=True)


def _seat(
    plan: Plan, succession: Succession, units: Mapping[str, Agency], posts: Iterable[Post]
) -> tuple[dict[Seat, Post], list[PostMove]]:
    """Give everybody their post in the heir: the role they had, or what the plan says of them. Return who sits where."""
    named = {holding.officer.lower() for holding in plan.holdings}
    wanted: dict[Seat, _Wanted] = {}
    moved: dict[tuple[str, str, str], int] = {}
    for post in posts:
        if (post.officer.user.email or "").lower() in named:
            continue
        heir = units[succession.heirs[post.unit.code][0]]
        _want(wanted, (post.officer_id, heir.pk, post.role), max(post.valid_from, plan.on), post.valid_to)
        key = (post.unit.code, heir.code, post.role)
        moved[key] = moved.get(key, 0) + 1
    for officer_id, code, role in _said_posts(plan):
        _want(wanted, (officer_id, units[code].pk, role), plan.on, None)
    return _keep_seats(wanted), [PostMove(*key, number) for key, number in sorted(moved.items())]


def _said_posts(plan: Plan) -> Iterator[tuple[int, str, str]]:
    for holding in plan.holdings:
        officer = Officer.objects.get(user__email__iexact=holding.officer)
        for code, role in holding.posts:
            yield officer.pk, code, role


def _want(wanted: dict[Seat, _Wanted], seat: Seat, first: date, last: date | None) -> None:
    """Want a seat from `first` to `last`; two posts that become one last as long as the longer one."""
    other = wanted.setdefault(seat, _Wanted(first, last))
    other.first = min(other.first, first)
    other.last = None if other.last is None or last is None else max(other.last, last)


def _keep_seats(wanted: Mapping[Seat, _Wanted]) -> dict[Seat, Post]:
    """Return a post for every seat: the one its officer holds there already, made to last long enough, or a new one."""
    officers, units = {officer for officer, _unit, _role in wanted}, {unit for _officer, unit, _role in wanted}
    held = Post.objects.filter(officer__in=officers, unit__in=units).order_by("valid_from")
    seats: dict[Seat, Post] = {}
    for post in held:
        seat = (post.officer_id, post.unit_id, post.role)
        if seat in wanted and (post.valid_to is None or post.valid_to >= wanted[seat].first):
            seats.setdefault(seat, post)
    for seat, post in seats.items():
        last = wanted[seat].last
        if post.valid_to is not None and (last is None or last > post.valid_to):
            post.valid_to = last
            post.save(update_fields=["valid_to"])
    new = {
        seat: Post(officer_id=seat[0], unit_id=seat[1], role=seat[2], valid_from=said.first, valid_to=said.last)
        for seat, said in wanted.items()
        if seat not in seats
    }
    Post.objects.bulk_create(new.values())
    return seats | new


def _lend_again(
    plan: Plan,
    succession: Succession,
    units: Mapping[str, Agency],
    lent: Iterable[Delegation],
    seats: Mapping[Seat, Post],
) -> None:
    """Let what was lent go on in the heir, where its lender sits in the same role; else it ends with the unit."""
    begins_at = start_of(plan.on)
    codes = {unit.pk: code for code, unit in units.items()}
    for delegation in lent:
        old = delegation.post
        heir = units[succession.heirs[codes[old.unit_id]][0]]
        seat = seats.get((old.officer_id, heir.pk, old.role))
        if delegation.starts_at >= begins_at:
            if seat is None:
                delegation.delete()
            else:
                delegation.post = seat
                delegation.save(update_fields=["post"])
            continue
        if seat is not None:
            Delegation.objects.create(
                post=seat, to_officer_id=delegation.to_officer_id, starts_at=begins_at, ends_at=delegation.ends_at,
                reason=delegation.reason, made_by_id=delegation.made_by_id,
            )  # fmt: skip
        delegation.ends_at = begins_at
        delegation.save(update_fields=["ends_at"])


def _drop_posts_to_come(plan: Plan, posts: Iterable[Post]) -> None:
    """Remove the posts of ended units that had not begun: nobody ever acted by them."""
    Post.objects.filter(pk__in=[post.pk for post in posts if post.valid_from >= plan.on]).delete()


def _record(plan: Plan, succession: Succession, units: Mapping[str, Agency], at: datetime) -> Reorganisation:
    record = Reorganisation.objects.create(
        digest=plan.digest, decision=plan.decision, on=plan.on, plan=dict(plan.said), applied_at=at
    )
    first = [(code, "", heirs[0]) for code, heirs in succession.heirs.items()]
    rows = [*first, *((unit, commune, heir) for (unit, commune), heir in succession.in_commune.items())]
    Inheritance.objects.bulk_create(
        Inheritance(reorganisation=record, unit=units[unit], commune=commune, heir=units[heir])
        for unit, commune, heir in rows
    )
    return record
