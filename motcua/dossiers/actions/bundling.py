"""Bundles: begun as drafts side by side, filed at once; a member that needs another's result goes when that is there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.base.words import local_day
from motcua.catalogue.bundles import Bundle, Member, bundles
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.actions.drafts import attach_paper, discard_draft, save_draft, start_draft
from motcua.dossiers.actions.filing import FilingNotReady, Problem, Units, file, missing
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import FINAL, By, Status
from motcua.dossiers.models import BundleMember, Channel, Dossier, FiledBundle, Result
from motcua.people.models import Citizen

ENDED_WITHOUT = FINAL - {Status.RETURNED}
"""In which a member has ended and no result of it comes any more."""


class BundleFiled(Exception):
    """The bundle was filed before (a form posted twice)."""

    def __init__(self, bundle: FiledBundle) -> None:
        super().__init__(_("Bộ hồ sơ đã được nộp, mã %(code)s.") % {"code": bundle.code})
        self.bundle = bundle


@transaction.atomic
def start_bundle(
    *, bundle: Bundle, versions: Mapping[str, ProcedureVersion], known: Mapping[str, Mapping[str, Any]],
    citizen: Citizen, at: datetime, filing_key: UUID,
) -> FiledBundle:  # fmt: skip
    """Begin a draft for each member, with what is known already; the same `filing_key` again returns what it began.

    `versions` and `known` (fields as save_draft takes them) are by the keys of the members.
    """
    row, is_new = FiledBundle.objects.get_or_create(
        filing_key=filing_key, defaults={"kind": bundle.code, "citizen": citizen, "created_at": at}
    )
    if not is_new:
        return row
    for position, member in enumerate(bundle.members):
        draft = start_draft(
            version=versions[member.key], filed_by=citizen, owner=citizen, channel=Channel.ONLINE, at=at
        )
        always = {f"answers.{key}": value for key, value in member.answers.items()}
        always |= {f"form_data.{field}": value for field, value in member.values.items()}
        fields = {**known.get(member.key, {}), **always}
        save_draft(dossier_id=draft.pk, base_revision=0, fields=fields, at=at)
        BundleMember.objects.create(bundle=row, key=member.key, position=position, dossier=draft)
    return row


@transaction.atomic
def file_bundle(*, bundle_id: int, units: Mapping[str, Units], actor: Actor, at: datetime) -> FiledBundle:
    """File the members that need nothing of another, and keep the others, as they stand, for when their input is there.

    Raises FilingNotReady with what is missing of any member, each fault under «key:where»; BundleFiled when posted twice.
    """
    row = FiledBundle.objects.select_for_update().get(pk=bundle_id)
    if row.filed_at is not None:
        raise BundleFiled(row)
    bundle = bundles()[row.kind]
    members = list(row.members.select_related("dossier__version__procedure"))
    problems = [problem for one in members for problem in missing_in(one.dossier, bundle.member(one.key), at)]
    if problems:
        raise FilingNotReady(problems)
    row.code, row.filed_at = f"BO-{row.pk:06d}", at
    row.save(update_fields=["code", "filed_at"])
    for one in members:
        if bundle.member(one.key).after:
            keep(one.dossier, units[one.key], at)
            continue
        file(dossier_id=one.dossier_id, units=units[one.key], actor=actor, at=at)
        one.released_at = at
        one.save(update_fields=["released_at"])
    return row


@transaction.atomic
def discard_bundle(*, bundle_id: int) -> None:
    """Throw away a bundle that was begun and not filed, with every draft of it. Raises BundleFiled."""
    row = FiledBundle.objects.select_for_update().get(pk=bundle_id)
    if row.filed_at is not None:
        raise BundleFiled(row)
    for dossier_id in row.members.values_list("dossier_id", flat=True):
        discard_draft(dossier_id=dossier_id)
    row.delete()


def missing_in(draft: Dossier, member: Member, at: datetime) -> list[Problem]:
    """Return what keeps a member from being filed, but for the papers another member's result will be."""
    fed = set(
        draft.version.paper_groups.filter(papers__code__in=member.papers).values_list(
            "position", "papers__position", named=False
        )
    )
    places = {f"paper:{group * 100 + paper}" for group, paper in fed}
    found = missing(draft, today=local_day(at))
    return [Problem(f"{member.key}:{one.where}", one.text) for one in found if one.where not in places]


def ready_members(waiting: BundleMember) -> bool:
    """Return whether what a waiting member needs is there, or will never be."""
    return all(one.finished_at is not None or one.status in ENDED_WITHOUT for one in _feeding(waiting))


@transaction.atomic
def go_on_with(*, dossier_id: int, at: datetime) -> Dossier | None:
    """File a member whose input is there, with that input in it; or stop waiting when it will never be. None: not yet.

    Its citizen filed it with the bundle, so the filing is theirs; its reception clock starts now and not before.
    """
    waiting = (
        BundleMember.objects.select_for_update(of=("self",))
        .select_related("bundle", "dossier")
        .filter(dossier=dossier_id, released_at=None, stopped_at=None, bundle__filed_at__isnull=False)
        .first()
    )
    if waiting is None or not ready_members(waiting):
        return None
    ended = next((one for one in _feeding(waiting) if one.status in ENDED_WITHOUT), None)
    if ended is not None:
        return _stop(waiting, at, _never(waiting, ended))
    draft = waiting.dossier
    _feed(waiting, at)
    units = _units_kept(draft)
    actor = Actor(by=By.CITIZEN, citizen_id=draft.filed_by_id)
    try:
        with transaction.atomic():
            filed = file(dossier_id=draft.pk, units=units, actor=actor, at=at)
    except FilingNotReady as not_ready:
        return _stop(waiting, at, " ".join(problem.text for problem in not_ready.problems))
    waiting.released_at = at
    waiting.save(update_fields=["released_at"])
    return filed


def _feed(waiting: BundleMember, at: datetime) -> None:
    """Lay the results of the members before it into the draft: their documents as papers, their numbers as fields."""
    member, draft = bundles()[waiting.bundle.kind].member(waiting.key), waiting.dossier
    results = {one.bundle_member.key: Result.objects.filter(dossier=one).first() for one in _feeding(waiting)}
    numbers = {f"form_data.{field}": _number(results.get(key)) for field, key in member.numbers.items()}
    draft = save_draft(dossier_id=draft.pk, base_revision=draft.revision, fields=numbers, at=at)
    for code, key in member.papers.items():
        result = results.get(key)
        requirement = _requirement(draft, code)
        if result is not None and result.document is not None and requirement is not None:
            attach_paper(
                dossier_id=draft.pk, requirement=requirement, document=result.document, name=requirement.name, at=at
            )


def _requirement(draft: Dossier, code: str) -> Any:
    groups = draft.version.paper_groups.prefetch_related("papers__group")
    return next((paper for group in groups for paper in group.papers.all() if paper.code == code), None)


def _number(result: Result | None) -> str | None:
    return (result.number or None) if result else None


def _feeding(waiting: BundleMember) -> list[Dossier]:
    """Return the dossiers of the members a waiting one starts after."""
    after = bundles()[waiting.bundle.kind].member(waiting.key).after
    found = Dossier.objects.filter(bundle_member__bundle=waiting.bundle, bundle_member__key__in=after)
    return list(found.select_related("bundle_member", "version"))


def keep(draft: Dossier, units: Units, at: datetime) -> None:
    """Remember in a draft that waits where it will go."""
    draft.receiving_unit, draft.competent_unit, draft.resolving_unit = units.receiving, units.competent, units.resolving
    draft.changed_at = at
    draft.save(update_fields=["receiving_unit", "competent_unit", "resolving_unit", "changed_at"])


def _units_kept(draft: Dossier) -> Units:
    if draft.receiving_unit is None or draft.competent_unit is None or draft.resolving_unit is None:
        raise ValueError("a member that waits knows where it will go")
    return Units(draft.receiving_unit, draft.competent_unit, draft.resolving_unit)


def _never(waiting: BundleMember, ended: Dossier) -> str:
    """Say why its input will never be there; kept in Vietnamese, shown to the citizen."""
    bundle = bundles()[waiting.bundle.kind]
    output = bundle.member(ended.bundle_member.key).output
    with translation.override("vi"):
        return _("Hồ sơ %(code)s «%(title)s» đã kết thúc mà không có kết quả, nên không có %(output)s để làm tiếp.") % {
            "code": ended.code, "title": ended.version.title, "output": output,
        }  # fmt: skip


def _stop(waiting: BundleMember, at: datetime, why: str) -> Dossier:
    """Wait no more: the draft is the citizen's again, to file by itself once they have what it needs."""
    waiting.stopped_at, waiting.stopped_why = at, why
    waiting.save(update_fields=["stopped_at", "stopped_why"])
    return waiting.dossier
