"""The inbox: the queues of the officer's posts, dossiers by due date, search over all they may read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base import words
from motcua.base.models import Reading
from motcua.catalogue.models import Field, ProcedureVersion
from motcua.catalogue.queries import frozen_version
from motcua.dossiers.deadlines import calendar_of
from motcua.dossiers.models import DossierEvent, Step
from motcua.dossiers.queries import (
    BESIDE_STEPS,
    Queue,
    Scope,
    in_order,
    in_queue,
    inbox_rows,
    queue_counts,
    running_steps,
    to_decide,
    visits_by_tomorrow,
)
from motcua.dossiers.taken_over import decisions_of
from motcua.people.models import Agency
from motcua.people.queries import calendar_version_for
from motcua.people.roles import Permission
from motcua.web.desk.access import Sitting, at_the_desk
from motcua.web.desk.batches import bar
from motcua.web.desk.finding import MOST_FOUND, found
from motcua.web.desk.rail import FOLLOWED, FOLLOWING, holds_desk, opens_on, own_queues, rail, title_of
from motcua.web.desk.rows import NEWS, News, Row, Today, grouped, heading, row_of

PAGE_ROWS = 40

# fmt: off
COLUMNS = {  # facts of a row → where they stand in a row of the inbox
    "dossier_id": "dossier_id", "code": "dossier__code", "status": "dossier__status", "due_at": "dossier__due_at",
    "reception_due_at": "dossier__reception_due_at", "paused_at": "dossier__paused_at", "quiet_since": "dossier__quiet_since",
    "started_at": "dossier__clock_started_at", "submitted_at": "dossier__submitted_at",
    "changed_at": "dossier__changed_at", "subject": "dossier__subject", "root_code": "dossier__root__code", "owner_name": "owner_name",
    "assignee": "assignee__full_name", "version_id": "dossier__version_id", "unit": "unit__short_name",
    "unit_type": "unit__type", "unit_parent": "unit__parent__short_name", "step": "name",
    "kind": "kind", "received_at": "received_at", "calendar_id": "dossier__calendar_id", "rank": "rank", "deadline": "deadline",
}
# fmt: on


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a queue, of the own desks or of what one follows, with its filters, or a search."""

    queue: Queue
    followed: bool
    text: str
    field: str
    kind: str
    unit: str
    after: str

    @classmethod
    def of(cls, request: HttpRequest, *, first: Queue, follows: bool, holds: bool) -> "Asked":
        """Read it; what makes no sense is left out, because a list is always something to show: `first`, or all followed."""
        given = request.GET
        queue = given.get("hang", "")
        kind = given.get("buoc", "")
        followed = follows and (given.get("xem") == FOLLOWED or not holds)
        known = set(FOLLOWING if followed else Queue)
        return cls(
            queue=Queue(queue) if queue in known else Queue.UNIT if followed else first,
            followed=followed,
            text=given.get("q", "").strip()[:100],
            field=given.get("linh-vuc", "")[:30],
            kind=kind if kind in Step.Kind.values else "",
            unit=given.get("don-vi", "")[:40] if followed else "",
            after=given.get("sau", ""),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether less is asked for than a whole queue."""
        return bool(self.text or self.field or self.kind or self.unit)

    def url(self, **changed: str) -> str:
        """Return the address of this list with some of it changed, from its beginning unless `sau` is given."""
        asked = {
            "hang": self.queue.value, "xem": FOLLOWED if self.followed else "", "linh-vuc": self.field,
            "buoc": self.kind, "don-vi": self.unit,
        } | changed  # fmt: skip
        return f"{reverse('desk:inbox')}?{urlencode({name: value for name, value in asked.items() if value})}"


@at_the_desk
def inbox(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Show one queue of the officer, or what a search finds."""
    own, wider = Scope.of(sitting.officer.pk, sitting.posts), Scope.followed(sitting.officer.pk, sitting.posts)
    today = today_of(sitting)
    own_counts = queue_counts(own, own_queues(sitting), at=sitting.at, soon_by=today.soon_by)
    first = opens_on(sitting, own_counts)
    asked = Asked.of(request, first=first, follows=wider is not None, holds=holds_desk(sitting))
    followed_counts = queue_counts(wider, FOLLOWING, at=sitting.at, soon_by=today.soon_by) if wider else {}
    scope, counts = (wider, followed_counts) if wider and asked.followed else (own, own_counts)
    page = _found(sitting, asked, today) if asked.text else _queue(sitting, scope, asked, today)
    context = {
        "desk": sitting,
        "asked": asked,
        "here": request.get_full_path(),
        "title": _("Tìm “%(text)s”") % {"text": asked.text}
        if asked.text
        else title_of(asked.queue, followed=asked.followed, sitting=sitting),
        "total": None if asked.is_narrowed else counts.get(asked.queue),
        "rail": rail(sitting, own_counts, followed_counts, None if asked.text else (asked.queue, asked.followed)),
        "chips": _chips(asked),
        "fields": [] if asked.text else _fields(),
        "kinds": Step.Kind.choices,
        "units": _units(scope, sitting) if asked.followed and not asked.text else [],
        "is_province_wide": scope.everywhere,
        "may_follow": wider is not None,
        "took_over": wider is not None and decisions_of(None if wider.everywhere else wider.units).exists(),
        "batches": [] if asked.followed or asked.queue in BESIDE_STEPS else bar(sitting),
        "most_found": MOST_FOUND,
        "may_print_register": sitting.may(Permission.RECEIVE),
        "month_from": today.on.replace(day=1),
        "today": today,
    } | page
    return render(request, "desk/inbox.html", context)


def today_of(sitting: Sitting) -> Today:
    """Return today as the unit of the officer's first post counts it."""
    return Today.of(calendar_of(calendar_version_for(sitting.posts[0].unit, sitting.at).pk), sitting.at)


def _queue(sitting: Sitting, scope: Scope, asked: Asked, today: Today) -> dict[str, Any]:
    steps = in_queue(scope, asked.queue, at=sitting.at, soon_by=today.soon_by)
    if asked.kind:
        steps = steps.filter(kind=asked.kind)
    if asked.field:
        steps = steps.filter(dossier__version__procedure__field__code=asked.field)
    if asked.unit:
        steps = steps.filter(unit__in=_below(asked.unit))
    rows = list(inbox_rows(_after(in_order(steps), asked.after)[: PAGE_ROWS + 1], COLUMNS.values()))
    facts = [{fact: row[column] for fact, column in COLUMNS.items()} for row in rows[:PAGE_ROWS]]
    drawn = drawn_rows(sitting, facts, today)
    if asked.queue is Queue.VISITS:
        drawn = _with_visits(drawn, facts, today)
    if asked.queue is Queue.TO_DECIDE:
        drawn = _with_proposals(scope, drawn, facts)
    goes_on = len(rows) > PAGE_ROWS
    return {
        "groups": grouped(zip((heading(one, today) for one in facts), drawn, strict=True)),
        "shown": len(drawn),
        "next_url": asked.url(sau=_place(facts[-1])) if goes_on else "",
    }


def _with_visits(rows: Sequence[Row], facts: Sequence[Mapping[str, Any]], today: Today) -> list[Row]:
    """Return the rows with the moment of each dossier's appointment where others say what is new; one query."""
    ids = [one["dossier_id"] for one in facts]
    planned = dict(visits_by_tomorrow(today.at).filter(dossier__in=ids).values_list("dossier_id", "planned_at"))
    return [
        replace(row, news=replace(row.news, words=words.moment_near(planned[one["dossier_id"]], today.at)))
        for row, one in zip(rows, facts, strict=True)
    ]


def _with_proposals(scope: Scope, rows: Sequence[Row], facts: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return the rows with what is proposed of each dossier where others say what is new; one query."""
    asked: dict[int, list[str]] = {}
    for proposal in to_decide(scope).filter(dossier__in=[one["dossier_id"] for one in facts]).order_by("made_at"):
        asked.setdefault(proposal.dossier_id, []).append(proposal.get_kind_display())
    return [
        replace(row, news=replace(row.news, words="; ".join(asked.get(one["dossier_id"], [row.news.words]))))
        for row, one in zip(rows, facts, strict=True)
    ]


def _found(sitting: Sitting, asked: Asked, today: Today) -> dict[str, Any]:
    facts = found(sitting.posts, asked.text, today.on)
    drawn = drawn_rows(sitting, facts, today)
    groups = grouped(((_("Hồ sơ tìm thấy"), _("mới nộp ở trên")), row) for row in drawn)
    return {"groups": groups, "shown": len(drawn), "next_url": ""}


def drawn_rows(sitting: Sitting, facts: Sequence[Mapping[str, Any]], today: Today) -> list[Row]:
    """Return the lines of dossiers with what is new in each for this officer; two queries for any number of them."""
    ids = [one["dossier_id"] for one in facts]
    last = {
        event["dossier_id"]: event
        for event in DossierEvent.objects.filter(dossier__any_of=ids).order_by("dossier_id", "-seq").distinct("dossier_id")
        .values("dossier_id", "move", "at", "officer_id")
    }  # fmt: skip
    seen = dict(
        Reading.objects.filter(topic="dossier", key__any_of=ids, reader_id=sitting.officer.pk)
        .order_by()
        .values("key")
        .annotate(last=Max("at"))
        .values_list("key", "last")
    )
    return [
        row_of(
            one,
            frozen_version(one["version_id"]),
            today,
            _news(last[one["dossier_id"]], seen.get(one["dossier_id"]), sitting, today),
        )
        for one in facts
    ]


def _news(event: Mapping[str, Any], seen_at: datetime | None, sitting: Sitting, today: Today) -> News:
    moment = words.clock_time if words.local_day(event["at"]) == today.on else words.day_month
    unread = event["officer_id"] != sitting.officer.pk and (seen_at is None or seen_at < event["at"])
    return News(f"{NEWS[event['move']]}, {moment(event['at'])}", unread)


def _place(facts: Mapping[str, Any]) -> str:
    """Write where a row stands in the order of the inbox."""
    deadline = facts["deadline"].isoformat() if facts["deadline"] else ""
    return f"{facts['rank']}~{deadline}~{facts['dossier_id']}"


def _after(rows: QuerySet[Step], place: str) -> QuerySet[Step]:
    """Return the rows after a place in the order of `in_order`; all of them when the place cannot be read."""
    try:
        rank, deadline, dossier_id = place.split("~")
        later = Q(rank__gt=int(rank))
        same = Q(rank=int(rank))
        if deadline:
            at = datetime.fromisoformat(deadline)
            behind = Q(deadline__gt=at) | Q(deadline=at, dossier_id__gt=int(dossier_id)) | Q(deadline__isnull=True)
        else:
            behind = Q(deadline__isnull=True, dossier_id__gt=int(dossier_id))
    except ValueError:
        return rows
    return rows.filter(later | (same & behind))


def _below(code: str) -> list[int]:
    """Return the ids of the agency with that code and of all below it; none when there is no such agency."""
    return list(Agency.objects.below(Agency.objects.filter(code=code)).values_list("pk", flat=True))


def _units(scope: Scope, sitting: Sitting) -> list[tuple[str, str]]:
    """Return where a followed list may be narrowed to: of the whole province its agencies, else where the dossiers stand now.

    Those may stand far from the units one follows: a centre follows what it took in for a department.
    """
    agencies = Agency.objects.valid_on(words.local_day(sitting.at))
    if scope.everywhere:
        found = agencies.exclude(type=Agency.Type.DIVISION)
    else:
        standing = running_steps(scope).values("unit")
        found = agencies.filter(Q(pk__in=standing) | Q(children__in=standing)).distinct()
    return _by_name(found.order_by("name").values_list("code", "short_name"))


def _chips(asked: Asked) -> list[dict[str, str]]:
    chips = []
    if asked.field:
        name = Field.objects.filter(code=asked.field).values_list("name", flat=True).first() or asked.field
        chips.append({"text": _("Lĩnh vực: %(name)s") % {"name": name}, "url": asked.url(**{"linh-vuc": ""})})
    if asked.kind:
        label = str(Step.Kind(asked.kind).label)
        chips.append({"text": _("Bước: %(name)s") % {"name": label}, "url": asked.url(buoc="")})
    if asked.unit:
        unit = Agency.objects.filter(code=asked.unit).values_list("short_name", flat=True)
        chips.append(
            {"text": _("Đang ở: %(name)s") % {"name": "".join(unit) or asked.unit}, "url": asked.url(**{"don-vi": ""})}
        )
    return chips


def _fields() -> list[tuple[str, str]]:
    """Return the fields to filter by: those in which the province files dossiers."""
    of_province = ProcedureVersion.objects.filter(
        procedure__field=OuterRef("pk"), state=ProcedureVersion.State.PUBLISHED
    ).exclude(origin=ProcedureVersion.Origin.NATIONAL)
    return _by_name(Field.objects.filter(Exists(of_province)).order_by("name").values_list("code", "name"))


def _by_name(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda choice: words.alphabet_key(choice[1]))
