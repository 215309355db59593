"""The members of a bundle keyed in at the counter after the first: what each begins with, what its page asks no more."""

from collections.abc import Mapping

from django.http import Http404, QueryDict
from django.urls import reverse

from motcua.base.words import local_day
from motcua.catalogue.bundles import Bundle, Member, bundles
from motcua.dossiers.actions import Later
from motcua.dossiers.actions.bundling_at_counter import is_keyed_in, mirrored, said_of_filer
from motcua.dossiers.actor import receiving_post
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import BundleMember, Channel, Dossier, FiledBundle
from motcua.people.models import Agency, Citizen, Place
from motcua.people.roles import Permission
from motcua.web.desk.access import Sitting
from motcua.web.desk.counter.bundled import versions_of
from motcua.web.desk.counter.filling import of_record
from motcua.web.desk.counter.resuming import as_posted
from motcua.web.desk.counter.units import units_at
from motcua.web.desk.counter.what import COMMUNE
from motcua.web.desk.counter.who import Who
from motcua.web.desk.counter.whose import Whose

MEMBER = "thanh-phan"
"""The field, in the address or the form, with the number of a member that is keyed in."""
SAID_ONCE = ("person-", "owner-", "return-")
"""What is asked with the first member and holds for all, as the page posts it."""


def later_of(
    bundle: Bundle, who: Who, whose: Whose, sitting: Sitting, unit: Agency, commune: Place | None
) -> Mapping[str, Later]:
    """Return what the members after the first begin with. Raises NoCompetentAgency, worded for the officer."""
    versions = versions_of(bundle)
    if versions is None:
        raise Http404
    on = local_day(sitting.at)
    return {
        member.key: Later(
            version=versions[member.key],
            units=units_at(unit, versions[member.key], commune, on),
            known=of_record(who, whose, versions[member.key]),
        )
        for member in bundle.members[1:]
    }


def member_at(sitting: Sitting, number: str) -> BundleMember:
    """Find a member of a bundle begun at this counter; Http404 for any other."""
    rows = BundleMember.objects.select_related(
        "bundle", "dossier__version__procedure", "dossier__filed_by", "dossier__receiving_unit"
    )
    row = rows.filter(pk=int(number), bundle__filed_at__isnull=False).first() if number.isdecimal() else None
    if row is None or row.dossier.channel != Channel.COUNTER:
        raise Http404
    if receiving_post(sitting.posts, row.dossier, Permission.RECEIVE) is None:
        raise Http404
    return row


def member_in(row: BundleMember) -> Member:
    return bundles()[row.bundle.kind].member(row.key)


def unasked(row: BundleMember) -> frozenset[str]:
    """Return the fields of the form that nobody is asked for; of a member that stopped waiting everything is."""
    if row.stopped_at is not None:
        return frozenset()
    first = Dossier.objects.select_related("version").get(
        bundle_member__bundle=row.bundle_id, bundle_member__position=0
    )
    return member_in(row).fed | set(mirrored(row.dossier.version, said_of_filer(first)))


def with_what_is_fixed(posted: QueryDict, row: BundleMember) -> QueryDict:
    """Return what the page posted, with what was said once, or comes from another member, as the draft has it."""
    if row.stopped_at is not None:
        return posted
    names = {COMMUNE, *(f"answers-{key}" for key in member_in(row).answers)}
    names |= {f"form_data-{name}" for name in unasked(row)}
    stands = as_posted(row.dossier)
    fixed = posted.copy()
    for name in {*posted, *stands}:
        if name in names or name.startswith(SAID_ONCE):
            fixed.pop(name, None)
            if name in stands:
                fixed[name] = stands.get(name, "")
    return fixed


def unfinished_of(sitting: Sitting, citizen: Citizen) -> list[BundleMember]:
    """Return what of the person's bundles is still to be keyed in at the officer's counters."""
    rows = BundleMember.objects.select_related("bundle", "dossier__version").filter(
        dossier__filed_by=citizen, dossier__status=Status.DRAFT, dossier__channel=Channel.COUNTER,
        dossier__receiving_unit__in=[post.unit_id for post in sitting.posts], bundle__filed_at__isnull=False,
    )  # fmt: skip
    return [row for row in rows if row.stopped_at is not None or not is_keyed_in(row.dossier)]


def next_address(bundle: FiledBundle) -> str:
    """Return where keying in goes on: the first member that was not keyed in yet, else the page of the bundle."""
    rows = bundle.members.select_related("dossier").order_by("position")
    left = next((row for row in rows if row.stopped_at is None and _is_left(row.dossier)), None)
    if left is None:
        return reverse("desk:counter_bundle", args=[bundle.code])
    return f"{reverse('desk:counter')}?{MEMBER}={left.pk}"


def _is_left(dossier: Dossier) -> bool:
    return dossier.status == Status.DRAFT and not is_keyed_in(dossier)
