"""One version's life: drafted, published, retired."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from motcua.base.text import fold
from motcua.catalogue.actions.rows import fields_for, insert_drafts, procedure_of, version_of
from motcua.catalogue.content import GroupContent, ProcedureContent
from motcua.catalogue.models import Field, Procedure, ProcedureVersion
from motcua.catalogue.publish_checks import faults_of
from motcua.catalogue.shapes import shape_faults
from motcua.people.models import User

Row = TypeVar("Row", bound=Model)
State, Origin = ProcedureVersion.State, ProcedureVersion.Origin


class CodeTaken(ValueError):
    """Another procedure has that code."""


class NotADraft(ValueError):
    """Only a draft can be published."""


class NotPublished(ValueError):
    """Only a published version can be retired or copied."""


@dataclass
class NotPublishable(ValueError):
    """The draft cannot be published yet; `faults` are Vietnamese sentences, one per fault."""

    faults: list[str]

    def __str__(self) -> str:
        return " ".join(self.faults)


@transaction.atomic
def draft_version(*, content: ProcedureContent, origin: str = Origin.PROVINCE, at: datetime) -> ProcedureVersion:
    """Draft a version of the procedure with that code, making the procedure when there is none."""
    field = fields_for([content])[fold(content.field_name)]
    procedure = Procedure.objects.select_for_update().filter(code=content.code).first()
    if procedure is None:
        procedure = procedure_of(content, field, at)
        procedure.save(force_insert=True)
    version = version_of(procedure, content, number=_next_number(procedure), origin=origin, at=at)
    insert_drafts([(version, content)])
    return version


@transaction.atomic
def draft_next(*, procedure: Procedure, at: datetime, actor: User | None = None) -> ProcedureVersion:
    """Draft the province's next version: a copy of the one in force, else of the last retired, else with only a name."""
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    content = _content_of(procedure)
    version = version_of(procedure, content, number=_next_number(procedure), origin=Origin.PROVINCE, at=at)
    version.changed_at, version.changed_by = at, actor
    insert_drafts([(version, content)])
    return version


@transaction.atomic
def begin_procedure(
    *, code: str, type: str, field: Field, name: str, desk_name: str, source: Procedure | None, at: datetime,
    actor: User | None,
) -> ProcedureVersion:  # fmt: skip
    """Begin a procedure of the province's with its first draft: a copy of what `source` says, else with only its names.

    Raises CodeTaken.
    """
    if Procedure.objects.filter(code=code).exists():
        raise CodeTaken(
            _("Đã có thủ tục mang mã %(code)s. Muốn sửa, bạn soạn phiên bản mới của thủ tục ấy.") % {"code": code}
        )
    procedure = Procedure.objects.create(code=code, type=type, field=field, changed_at=at)
    content = _content_of(source) if source else _named(procedure)
    version = version_of(procedure, content, number=1, origin=Origin.PROVINCE, at=at)
    version.name, version.plain_name, version.desk_name = name, "", desk_name
    version.effective_from, version.decision_number, version.decision_on = None, "", None
    version.changed_at, version.changed_by = at, actor
    insert_drafts([(version, content)])
    return version


@transaction.atomic
def keep_draft(*, version: ProcedureVersion, rows: Iterable[Model], gone: Iterable[Model]) -> ProcedureVersion:
    """Save a draft as edited, with its rows (cases, paper groups, papers, fees) new or changed, without those `gone`.

    From now on it is the province's own, so no import replaces it, and a day set for publishing it is taken back.
    Raises NotADraft.
    """
    locked_draft(version)
    version.origin, version.content_hash, version.scheduled_at, version.scheduled_by = Origin.PROVINCE, "", None, None
    version.save(update_fields=[*_said_fields(), "origin", "content_hash", "scheduled_at", "scheduled_by"])
    for row in gone:
        row.delete()
    for row in rows:
        row.save()
    return version


@transaction.atomic
def drop_draft(*, version: ProcedureVersion) -> None:
    """Throw a draft away. Raises NotADraft."""
    locked_draft(version).delete()


def faults_before_publishing(version: ProcedureVersion) -> list[str]:
    """Return every reason not to publish `version`, as Vietnamese sentences; what is out of shape is told first, alone."""
    return shape_faults(version) or faults_of(version)


@transaction.atomic
def publish_version(*, version: ProcedureVersion, at: datetime, actor: User | None) -> ProcedureVersion:
    """Publish a draft and retire the version it replaces. From now on the database refuses any change to it.

    Raises NotADraft, or NotPublishable naming every fault.
    """
    version = locked_draft(version)
    if faults := faults_before_publishing(version):
        raise NotPublishable(faults)
    ProcedureVersion.objects.filter(procedure_id=version.procedure_id, state=State.PUBLISHED).update(
        state=State.RETIRED, retired_at=at
    )
    version.state, version.published_at, version.published_by = State.PUBLISHED, at, actor
    version.save(update_fields=["state", "published_at", "published_by"])
    Procedure.objects.filter(pk=version.procedure_id).update(changed_at=at)
    return version


@transaction.atomic
def retire_version(*, version: ProcedureVersion, at: datetime) -> ProcedureVersion:
    """Retire a published version: no new dossier, while those filed under it go on. Raises NotPublished."""
    version = ProcedureVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if version.state != State.PUBLISHED:
        raise NotPublished(_("Phiên bản này không đang áp dụng."))
    version.state, version.retired_at = State.RETIRED, at
    version.save(update_fields=["state", "retired_at"])
    Procedure.objects.filter(pk=version.procedure_id).update(changed_at=at)
    return version


def locked_draft(version: ProcedureVersion) -> ProcedureVersion:
    """Return the draft as it stands now, locked until the transaction ends. Raises NotADraft."""
    locked = ProcedureVersion.objects.select_for_update(of=("self",)).select_related("procedure").get(pk=version.pk)
    if locked.state != State.DRAFT:
        raise NotADraft(_("Phiên bản này không còn là bản thảo. Muốn sửa, bạn soạn phiên bản mới."))
    return locked


def _content_of(procedure: Procedure) -> ProcedureContent:
    """Return what a procedure says: its version in force, else its last retired one, else only its name."""
    frozen = ProcedureVersion.objects.filter(procedure=procedure).exclude(state=State.DRAFT)
    source = frozen.filter(state=State.PUBLISHED).first() or frozen.order_by("-number").first()
    return _copy_of(source) if source else _named(procedure)


def _named(procedure: Procedure) -> ProcedureContent:
    """Return what a procedure without any version begins with."""
    name = {"name": procedure.code}
    return ProcedureContent(code=procedure.code, field_name=procedure.field.name, version=name, content_hash="")


def _next_number(procedure: Procedure) -> int:
    last: int | None = procedure.versions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


_NOT_COPIED = {
    "id", "procedure", "number", "state", "origin", "created_at", "published_at", "published_by", "retired_at",
    "content_hash", "changed_at", "changed_by", "scheduled_at", "scheduled_by",
}  # fmt: skip


def _said_fields() -> list[str]:
    """Return the columns with what a version says, as against what became of it."""
    return [field.name for field in ProcedureVersion._meta.concrete_fields if field.name not in _NOT_COPIED]


def _copy_of(version: ProcedureVersion) -> ProcedureContent:
    """Return what a version says, as unsaved rows."""
    return ProcedureContent(
        code=version.procedure.code,
        field_name=version.procedure.field.name,
        version={name: getattr(version, name) for name in _said_fields()},
        content_hash="",
        cases=tuple(_unsaved(case) for case in version.cases.all()),
        groups=tuple(
            GroupContent(_unsaved(group), tuple(_unsaved(paper) for paper in group.papers.all()))
            for group in version.paper_groups.prefetch_related("papers")
        ),
        fees=tuple(_unsaved(fee) for fee in version.fees.all()),
    )


def _unsaved(row: Row) -> Row:
    """Return a new row with the values of `row` and no identity of its own."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)(**values)
