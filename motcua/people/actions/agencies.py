"""Opening, moving and closing agencies. The tree's paths are written here and nowhere else."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.people.models import Agency, Place, Post, WorkingCalendar

_NEXT_KEYS = "SELECT nextval(pg_get_serial_sequence('people_agency', 'id')) FROM generate_series(1, %s)"


class AgencyFields(TypedDict, total=False):
    """What may be said about an agency besides its code, name and type."""

    short_name: str
    subject: str
    parent: Agency | None
    place: Place | None
    calendar: WorkingCalendar | None
    address: str
    phone: str
    valid_from: date | None


class AgencyLoop(ValueError):
    """An agency would lie below itself."""


class NotASuccessor(ValueError):
    """An agency cannot take over because it is closed itself or is the one being closed."""


def open_agency(*, code: str, name: str, type: str, **details: Unpack[AgencyFields]) -> Agency:
    """Make an agency below its parent; without one it is a root. The short name is the name unless given."""
    short_name = details.pop("short_name", "") or name[:80]
    return place_agency(agency=Agency(code=code, name=name, type=type, short_name=short_name, **details))


@transaction.atomic
def open_agencies(*, agencies: Iterable[Agency]) -> None:
    """Save many new agencies, each after its parent, and write their paths. Two statements, however many they are."""
    new = list(agencies)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_KEYS, [len(new)])
        for agency, (key,) in zip(new, cursor.fetchall(), strict=True):
            agency.pk = key
    for agency in new:
        agency.parent = agency.parent  # its key is known only now
        agency.path = [*(agency.parent.path if agency.parent else []), agency.pk]
    Agency.objects.bulk_create(new)


@transaction.atomic
def place_agency(*, agency: Agency) -> Agency:
    """Save an agency and write its path and the paths of everything below it; raise AgencyLoop.

    The roots are locked first, so two moves cannot make a loop together; whoever only refers to a root goes on.
    """
    list(Agency.objects.select_for_update(of=("self",), no_key=True).filter(parent=None).order_by("pk"))
    parent = Agency.objects.get(pk=agency.parent_id) if agency.parent_id else None
    check_parent(agency=agency, parent=parent)
    agency.save()
    old, agency.path = agency.path, [*(parent.path if parent else []), agency.pk]
    if old == agency.path:
        return agency
    agency.save(update_fields=["path"])
    below = list(Agency.objects.below([agency]).exclude(pk=agency.pk)) if old else []
    for node in below:
        node.path = [*agency.path, *node.path[node.path.index(agency.pk) + 1 :]]
    Agency.objects.bulk_update(below, ["path"])
    return agency


def check_parent(*, agency: Agency, parent: Agency | None) -> None:
    """Raise AgencyLoop when `parent` is the agency itself or lies below it."""
    if parent is not None and agency.pk in parent.path:
        raise AgencyLoop(
            _("%(agency)s không thể nằm dưới chính mình. Bạn chọn một cơ quan cấp trên khác.") % {"agency": agency.name}
        )


def check_successors(*, agency: Agency, successors: Iterable[Agency], closed_on: date) -> None:
    """Raise NotASuccessor when one of them is the agency itself or is closed by `closed_on`."""
    if any(heir == agency or (heir.valid_to is not None and heir.valid_to <= closed_on) for heir in successors):
        raise NotASuccessor(_("Cơ quan kế thừa phải là cơ quan khác và còn hoạt động sau ngày giải thể."))


@transaction.atomic
def close_agency(*, agency: Agency, successors: Iterable[Agency], closed_on: date) -> Agency:
    """Close an agency and everything below it after the day `closed_on`, end the posts there, and name who takes over.

    Raise NotASuccessor. Dossiers under way are not touched: they keep the unit they have until they are handed over.
    """
    heirs = list(successors)
    check_successors(agency=agency, successors=heirs, closed_on=closed_on)
    close_with_all_below(agencies=[agency], closed_on=closed_on)
    agency.successors.set(heirs)
    agency.refresh_from_db()
    return agency


@transaction.atomic
def close_with_all_below(*, agencies: Iterable[Agency], closed_on: date) -> None:
    """Close agencies and everything below them after the day `closed_on`, and end the posts there."""
    closing = Agency.objects.below(agencies)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=closed_on)
    posts = Post.objects.filter(lasting, unit__in=closing)
    posts.filter(valid_from__lte=closed_on).update(valid_to=closed_on)
    closing.filter(lasting).update(valid_to=closed_on)
