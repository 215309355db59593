"""Drafts: saved at every change, never lost, safe to open twice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.catalogue.models import PaperRequirement, ProcedureVersion
from motcua.documents.models import Document
from motcua.dossiers.lifecycle import WAITING, Status
from motcua.dossiers.models import Dossier, DraftSave, Paper
from motcua.people.models import Agency, Citizen

EXTRA_POSITION = 9000  # papers a citizen sends beyond those asked for stand after them


class DraftGone(Exception):
    """The draft was filed or thrown away meanwhile; the message says what to do."""


class DraftConflict(Exception):
    """The same field was typed differently in another window. `theirs` maps field → the value saved there."""

    def __init__(self, theirs: Mapping[str, Any]) -> None:
        super().__init__(_("Một ô vừa được sửa ở cửa sổ khác. Cả hai bản đều còn: bấm Tiếp tục để chọn bản đúng."))
        self.theirs = dict(theirs)


@transaction.atomic
def start_draft(
    *, version: ProcedureVersion, filed_by: Citizen, owner: Citizen, channel: str, at: datetime,
    filing_key: UUID | None = None,
) -> Dossier:  # fmt: skip
    """Begin a draft under a published version. The same `filing_key` again returns the draft it began."""
    if not version.is_fileable:
        raise DraftGone(_("Thủ tục này chưa nhận hồ sơ trên hệ thống. Hãy hỏi trung tâm gần nhất."))
    draft, _created = Dossier.objects.get_or_create(
        filing_key=filing_key,
        defaults={
            "version": version,
            "filed_by": filed_by,
            "owner": owner,
            "channel": channel,
            "created_at": at,
            "changed_at": at,
        },
    ) if filing_key else (
        Dossier.objects.create(
            version=version, filed_by=filed_by, owner=owner, channel=channel, created_at=at, changed_at=at
        ),
        True,
    )  # fmt: skip
    return draft


@transaction.atomic
def save_draft(*, dossier_id: int, base_revision: int, fields: Mapping[str, Any], at: datetime) -> Dossier:
    """Save the fields typed on one screen into the draft, and keep what was typed.

    `fields` maps "answers.x", "form_data.x", "applicant.x", "declared_owner.x", "subject", "return_method",
    "return_address" or "competent_unit" (an Agency id) to values; None empties a field. `base_revision` is the revision the screen was
    drawn from: a field saved since then with another value raises DraftConflict and saves nothing; all others are
    merged.
    """
    draft = _draft(dossier_id)
    changed = {name: value for name, value in fields.items() if _read(draft, name) != value}
    theirs = _saved_since(draft, base_revision, changed)
    if theirs:
        raise DraftConflict(theirs)
    if not changed:
        return draft
    for name, value in changed.items():
        _write(draft, name, value)
    draft.revision += 1
    draft.changed_at = at
    draft.save()
    DraftSave.objects.create(dossier=draft, revision=draft.revision, at=at, fields=changed)
    return draft


@transaction.atomic
def attach_paper(
    *,
    dossier_id: int,
    requirement: PaperRequirement | None,
    document: Document,
    name: str,
    at: datetime,
    position: int | None = None,
) -> Paper:
    """Put a document under a paper of a draft, or of a dossier that waits for papers.

    `requirement` None adds an extra paper, or gives the extra one at `position` again.
    """
    dossier = _draft_or_waiting(dossier_id)
    if position is None:
        position = next_extra_position(dossier) if requirement is None else position_of(requirement)
    paper, _created = Paper.objects.update_or_create(
        dossier=dossier,
        position=position,
        defaults={
            "requirement": requirement,
            "name": name,
            "document": document,
            "source": Paper.Source.FILE,
            "given_at": at,
            "verdict": Paper.Verdict.UNSEEN,
            "fault_code": "",
            "fault": "",
            "guidance": "",
            "judged_at": None,
            "judged_by": None,
        },
    )
    return paper


@transaction.atomic
def drop_paper(*, dossier_id: int, paper_id: int) -> None:
    """Take a file off a draft; the file itself stays in the e-document store."""
    _draft(dossier_id).papers.filter(pk=paper_id).delete()


@transaction.atomic
def discard_draft(*, dossier_id: int) -> None:
    """Throw a draft away. Only drafts can be: a filed dossier is withdrawn, never deleted."""
    draft = _draft(dossier_id)
    draft.papers.all().delete()
    draft.delete()


def position_of(requirement: PaperRequirement) -> int:
    """Return the stable place of a requirement's paper in its dossier."""
    return requirement.group.position * 100 + requirement.position


def next_extra_position(dossier: Dossier) -> int:
    """Return the place of one more paper nobody asked for."""
    last = dossier.papers.filter(requirement__isnull=True).order_by("-position").first()
    return last.position + 1 if last else EXTRA_POSITION


def _draft(dossier_id: int) -> Dossier:
    draft = Dossier.objects.select_for_update(of=("self",)).filter(pk=dossier_id, status=Status.DRAFT).first()
    if draft is None:
        raise DraftGone(_("Bản nháp này đã được nộp hoặc đã bỏ. Xem ở trang «Hồ sơ của tôi»."))
    return draft


def _draft_or_waiting(dossier_id: int) -> Dossier:
    open_to_papers = {Status.DRAFT, Status.INCOMPLETE, *WAITING}
    dossier = Dossier.objects.select_for_update(of=("self",)).filter(pk=dossier_id, status__in=open_to_papers).first()
    if dossier is None:
        raise DraftGone(
            _("Hồ sơ này đang được xử lý nên chưa nhận thêm giấy tờ. Tệp của bạn chưa gửi; hãy hỏi nơi đang giữ hồ sơ.")
        )
    return dossier


def _saved_since(draft: Dossier, base_revision: int, fields: Mapping[str, Any]) -> dict[str, Any]:
    theirs: dict[str, Any] = {}
    for saved in draft.saves.filter(revision__gt=base_revision).order_by("revision"):
        theirs.update({name: value for name, value in saved.fields.items() if name in fields})
    return {name: value for name, value in theirs.items() if value != fields[name]}


_PLAIN = {"subject", "return_method", "return_address"}
_DICTS = {"answers", "form_data", "applicant", "declared_owner"}


def _read(draft: Dossier, name: str) -> Any:
    if name == "competent_unit":
        return draft.competent_unit_id
    table, _dot, key = name.partition(".")
    return getattr(draft, table).get(key) if table in _DICTS else getattr(draft, name)


def _write(draft: Dossier, name: str, value: Any) -> None:
    table, _dot, key = name.partition(".")
    if name == "competent_unit":
        draft.competent_unit = Agency.objects.get(pk=value)
    elif name in _PLAIN:
        setattr(draft, name, value)
    elif table in _DICTS and key and value is None:
        getattr(draft, table).pop(key, None)  # a field left empty is absent, as the form's schema wants it
    elif table in _DICTS and key:
        getattr(draft, table)[key] = value
    else:
        raise ValueError(f"a draft has no field {name!r}")
