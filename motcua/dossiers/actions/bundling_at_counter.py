"""Bundles at the counter: begun with the dossier that goes first, the others keyed in one by one, each kept until its input is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.words import local_day
from motcua.catalogue.bundles import Bundle, Member, bundles
from motcua.catalogue.for_another import fields_of_filer
from motcua.catalogue.forms import defaults
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.papers import papers_needed
from motcua.dossiers import steps
from motcua.dossiers.actions.accepting import declare, give
from motcua.dossiers.actions.bundling import keep, missing_in
from motcua.dossiers.actions.drafts import DraftGone, start_draft
from motcua.dossiers.actions.filing import AlreadyFiled, FilingNotReady, Problem, Units, file, missing
from motcua.dossiers.actions.intake import Intake, problems_of_papers
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import BundleMember, Channel, Dossier, FiledBundle


@dataclass(frozen=True)
class Later:
    """A member that is keyed in after the first: in which version, where it goes, what of its form is known already."""

    version: ProcedureVersion
    units: Units
    known: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def begin_at_counter(
    *, bundle: Bundle, first: Callable[[], Dossier], later: Mapping[str, Later], filing_key: UUID, at: datetime
) -> FiledBundle:
    """Make the dossier that goes first (`first`: taken in, or noted as missing papers) and a draft for each other member.

    The bundle has its code from now on. What feeds the drafts, and what was said once for all, is in them already.
    `filing_key` is that of the form posted. Raises what `first` raises; then nothing is written.
    """
    made = first()
    row = FiledBundle.objects.create(
        kind=bundle.code,
        citizen=made.filed_by,
        filing_key=filing_key,
        created_at=at,
        filed_at=at,
        code=str(filing_key)[:20],
    )
    row.code = f"BO-{row.pk:06d}"
    row.save(update_fields=["code"])
    BundleMember.objects.create(bundle=row, key=bundle.members[0].key, position=0, dossier=made, released_at=at)
    for position, member in enumerate(bundle.members[1:], start=1):
        draft = _begun(member, later[member.key], made, at)
        BundleMember.objects.create(bundle=row, key=member.key, position=position, dossier=draft)
    carry_on(row)
    return row


@transaction.atomic
def key_in_member(*, member_id: int, intake: Intake, actor: Actor, at: datetime) -> BundleMember:
    """Write what was keyed in for a member, whole: one that needs another's result is kept for it, any other is taken in.

    Raises FilingNotReady with every fault at once, AlreadyFiled when it went meanwhile, DraftGone when it was thrown
    away; then nothing is written.
    """
    row = BundleMember.objects.select_for_update(of=("self",)).select_related("bundle").filter(pk=member_id).first()
    if row is None:
        raise DraftGone(_("Hồ sơ này của bộ không còn nữa. Chưa có gì được ghi; bạn nhận hồ sơ mới cho thủ tục ấy."))
    draft = Dossier.objects.select_for_update(of=("self",)).select_related("version", "owner").get(pk=row.dossier_id)
    if draft.status != Status.DRAFT:
        raise AlreadyFiled(draft)
    member = bundles()[row.bundle.kind].member(row.key)
    _write(draft, intake, actor, at)
    carry_on(row.bundle)
    draft.refresh_from_db()
    problems = [*_missing(draft, row, member, at), *_of_papers(draft, intake)]
    if problems:
        raise FilingNotReady(problems)
    if waits(row):
        keep(draft, intake.units, at)
        return row
    file(dossier_id=draft.pk, units=intake.units, actor=actor, at=at, name="take_in")
    if row.stopped_at is None:
        row.released_at = at
        row.save(update_fields=["released_at"])
    return row


def waits(row: BundleMember) -> bool:
    """Return whether a member of a bundle is a draft that goes by itself when what it needs is there."""
    after = bundles()[row.bundle.kind].member(row.key).after
    return bool(after) and row.stopped_at is None and row.released_at is None


def is_keyed_in(draft: Dossier) -> bool:
    """Return whether a draft begun at the counter was keyed in: it is written only whole."""
    return draft.revision > 0


def carry_on(row: FiledBundle) -> None:
    """Write into each member that has not gone what those before it say."""
    bundle = bundles()[row.kind]
    rows = {one.key: one for one in row.members.select_related("dossier__version")}
    for one in rows.values():
        if one.dossier.status != Status.DRAFT or one.stopped_at is not None:
            continue
        said = {
            name: rows[key].dossier.form_data.get(source)
            for name, (key, source) in bundle.member(one.key).fields.items()
        }
        kept = {name: value for name, value in one.dossier.form_data.items() if name not in said}
        one.dossier.form_data = kept | {name: value for name, value in said.items() if value is not None}
        one.dossier.save(update_fields=["form_data"])


def _begun(member: Member, later: Later, first: Dossier, at: datetime) -> Dossier:
    """Begin the draft of a member with what was said once for all: who, for whom, where, how the result is wanted."""
    version = later.version
    draft = start_draft(version=version, filed_by=first.filed_by, owner=first.filed_by, channel=Channel.COUNTER, at=at)
    draft.applicant, draft.declared_owner = dict(first.applicant), dict(first.declared_owner)
    draft.subject = first.subject
    draft.answers = {**({"commune": first.answers["commune"]} if "commune" in first.answers else {}), **member.answers}
    draft.form_data = {
        **defaults(version.form_schema), **later.known, **mirrored(version, said_of_filer(first)), **member.values,
    }  # fmt: skip
    offered = version.returning_methods or [first.return_method]
    draft.return_method = first.return_method if first.return_method in offered else offered[0]
    draft.return_address = first.return_address
    keep(draft, later.units, at)
    draft.save()
    return draft


def mirrored(version: ProcedureVersion, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a form about whoever files that repeat what was `said` of them with the first member."""
    return {name: said[source] for name, source in _filer_bindings(version).items() if said.get(source)}


def said_of_filer(first: Dossier) -> dict[str, Any]:
    """Return what was said of whoever files with the first member, by what it is: at the head of the page, or in the form."""
    in_form = {source: first.form_data.get(name) for name, source in _filer_bindings(first.version).items()}
    return {**first.applicant, **{source: value for source, value in in_form.items() if value}}


def _filer_bindings(version: ProcedureVersion) -> dict[str, str]:
    bound = {name: version.form_bindings.get(name, "").partition(".")[2] for name in fields_of_filer(version)}
    return {name: source for name, source in bound.items() if source}


def _write(draft: Dossier, intake: Intake, actor: Actor, at: datetime) -> None:
    declare(draft, intake)
    draft.revision += 1
    draft.changed_at = at
    draft.save()
    needed = papers_needed(draft.version.paper_groups.prefetch_related("papers__group"), steps.facts_of(draft))
    wanted = {paper.requirement.pk for paper in needed}
    given = [paper for paper in intake.papers if paper.is_given and paper.requirement.pk in wanted]
    draft.papers.filter(requirement__isnull=False).exclude(
        requirement__in=[paper.requirement.pk for paper in given]
    ).delete()
    for paper in given:
        give(draft, paper, actor, at)


def _missing(draft: Dossier, row: BundleMember, member: Member, at: datetime) -> list[Problem]:
    """Return what keeps the member from going; of one that waits without what the other's result brings."""
    if not waits(row):
        return missing(draft, today=local_day(at))
    brought = {f"form_data.{name}" for name in member.numbers}
    found = [Problem(one.where.removeprefix(f"{member.key}:"), one.text) for one in missing_in(draft, member, at)]
    return [one for one in found if one.where not in brought]


def _of_papers(draft: Dossier, intake: Intake) -> list[Problem]:
    needed = papers_needed(draft.version.paper_groups.prefetch_related("papers__group"), steps.facts_of(draft))
    return problems_of_papers(intake, needed)
