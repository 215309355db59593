"""Writing many procedures at once: the starter catalogue and the national one. Doing it twice changes nothing.

Who may replace whom: the province's own version stands before the starter's, and that before the national record. A
record that may not replace the published version is kept beside it as a draft, for a person to compare.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Max

from motcua.base.text import fold
from motcua.base.words import local_day
from motcua.catalogue import starter
from motcua.catalogue.actions.rows import fields_for, insert_drafts, procedure_of, version_of
from motcua.catalogue.content import ProcedureContent
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.publish_checks import faults_of

State, Origin = ProcedureVersion.State, ProcedureVersion.Origin

RANK = {Origin.NATIONAL: 0, Origin.STARTER: 1, Origin.PROVINCE: 2}


class Outcome(StrEnum):
    """What became of one record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BESIDE = "beside"
    """The province uses a version of its own; what the record newly says is a draft beside it."""
    KEPT = "kept"
    """The record says less than what is published, or the province withdrew the procedure."""


class StarterNotPublishable(ValueError):
    """A starter procedure would be frozen with faults."""


@dataclass
class _Known:
    """What the database holds on one procedure before the writing."""

    procedure: Procedure
    last_number: int = 0
    published: ProcedureVersion | None = None
    is_withdrawn: bool = False
    beside: ProcedureVersion | None = None
    outcome: Outcome = Outcome.NEW
    made: list[ProcedureVersion] = field(default_factory=list)


def load_starter(*, at: datetime) -> Counter[Outcome]:
    """Write and publish the starter catalogue; return how many procedures are new, changed, unchanged, kept.

    Raises StarterNotPublishable, and writes nothing, when one has a fault.
    """
    return write_contents(contents=starter.contents(), origin=Origin.STARTER, at=at)


@transaction.atomic
def write_contents(*, contents: Iterable[ProcedureContent], origin: str, at: datetime) -> Counter[Outcome]:
    """Write and publish `contents`, one per procedure code, in a few statements however many they are."""
    listed = list(contents)
    known = _known(listed, at)
    for content in listed:
        known[content.code].outcome = _outcome(content, known[content.code], origin)
    _mark_retired([known[content.code].procedure for content in listed if content.is_retired], at)
    _tell_procedures(listed, known, origin, at)
    _write(listed, known, origin, at)
    return Counter(known[content.code].outcome for content in listed)


def _known(contents: Sequence[ProcedureContent], at: datetime) -> dict[str, _Known]:
    """Return what is known of every procedure of `contents`, making the procedures that are missing."""
    fields = fields_for(contents)
    codes = [content.code for content in contents]
    found = {row.code: row for row in Procedure.objects.filter(code__in=codes).select_for_update(of=("self",))}
    missing = [procedure_of(c, fields[fold(c.field_name)], at) for c in contents if c.code not in found]
    Procedure.objects.bulk_create(missing, batch_size=1000)
    found |= {row.code: row for row in missing}
    known = {code: _Known(found[code]) for code in codes}
    _find_versions(known)
    return known


def _find_versions(known: dict[str, _Known]) -> None:
    by_pk = {one.procedure.pk: one for one in known.values()}
    versions = ProcedureVersion.objects.filter(procedure__in=by_pk)
    for pk, last in versions.values_list("procedure").annotate(last=Max("number")):
        by_pk[pk].last_number = last
    light = versions.only("id", "procedure_id", "state", "origin", "content_hash", "channels", "execution_steps")
    for version in light.filter(state=State.PUBLISHED):
        by_pk[version.procedure_id].published = version
    for pk in versions.filter(state=State.RETIRED).values_list("procedure", flat=True):
        by_pk[pk].is_withdrawn = by_pk[pk].published is None
    for version in light.filter(state=State.DRAFT, origin=Origin.NATIONAL).order_by("number"):
        by_pk[version.procedure_id].beside = version


def _outcome(content: ProcedureContent, known: _Known, origin: str) -> Outcome:
    published = known.published
    if published is None:
        return Outcome.KEPT if known.is_withdrawn else Outcome.NEW
    if published.origin == origin:
        if published.content_hash == content.content_hash:
            return Outcome.UNCHANGED
        return Outcome.CHANGED if content.is_full or not _is_full(published) else Outcome.KEPT
    if RANK[Origin(origin)] > RANK[Origin(published.origin)]:
        return Outcome.CHANGED
    if not content.is_full or origin != Origin.NATIONAL:
        return Outcome.KEPT
    if known.beside is not None and known.beside.content_hash == content.content_hash:
        return Outcome.UNCHANGED
    return Outcome.BESIDE


def _is_full(version: ProcedureVersion) -> bool:
    return bool(version.channels or version.execution_steps)


def _mark_retired(procedures: Sequence[Procedure], at: datetime) -> None:
    for procedure in procedures:
        procedure.retired_on, procedure.changed_at = procedure.retired_on or local_day(at), at
    Procedure.objects.bulk_update(procedures, ["retired_on", "changed_at"])


def _tell_procedures(contents: Sequence[ProcedureContent], known: dict[str, _Known], origin: str, at: datetime) -> None:
    """Bring the procedures' own facts up to date; what people call them is the starter's and the province's to say."""
    told = [known[c.code].procedure for c in contents if known[c.code].outcome == Outcome.CHANGED]
    for content in contents:
        procedure = known[content.code].procedure
        if known[content.code].outcome == Outcome.CHANGED:
            procedure.changed_at = at
            procedure.national_id = content.national_id or procedure.national_id
            if origin == Origin.STARTER:
                procedure.aliases, procedure.life_events = list(content.aliases), list(content.life_events)
    Procedure.objects.bulk_update(told, ["aliases", "life_events", "national_id", "changed_at"], batch_size=1000)


def _write(contents: Sequence[ProcedureContent], known: dict[str, _Known], origin: str, at: datetime) -> None:
    made = []
    for content in contents:
        one = known[content.code]
        if one.outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.BESIDE):
            one.made.append(version_of(one.procedure, content, number=one.last_number + 1, origin=origin, at=at))
            made.append((one.made[0], content))
    ProcedureVersion.objects.filter(
        pk__in=[one.beside.pk for one in known.values() if one.outcome == Outcome.BESIDE and one.beside]
    ).delete()
    insert_drafts(made)
    if origin != Origin.NATIONAL:
        _refuse_faults(made)
    replaced = [one.published.pk for one in known.values() if one.outcome == Outcome.CHANGED and one.published]
    ProcedureVersion.objects.filter(pk__in=replaced).update(state=State.RETIRED, retired_at=at)
    published = [one.made[0].pk for one in known.values() if one.outcome in (Outcome.NEW, Outcome.CHANGED)]
    ProcedureVersion.objects.filter(pk__in=published).update(state=State.PUBLISHED, published_at=at)


def _refuse_faults(made: Sequence[tuple[ProcedureVersion, ProcedureContent]]) -> None:
    stored = ProcedureVersion.objects.filter(pk__in=[version.pk for version, _content in made])
    faults = [
        f"{version.procedure.code}: {fault}"
        for version in stored.select_related("procedure").prefetch_related("cases", "paper_groups__papers", "fees")
        for fault in faults_of(version)
    ]
    if faults:
        raise StarterNotPublishable("\n".join(faults))
