"""Asking other units: opinions in parallel and verifications, each with its own term; silence after it is recorded."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.rows import change_row
from motcua.documents.models import Document
from motcua.dossiers import clock, deadlines
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By, MoveNotAllowed
from motcua.dossiers.models import Consultation
from motcua.dossiers.moves import lock, move
from motcua.dossiers.queries import OPEN_CONSULTATION
from motcua.people.models import Agency

SYSTEM = Actor(by=By.SYSTEM)


class AskedAlready(MoveNotAllowed):
    """The unit has been asked and has not answered yet, or is the one that asks."""


class NotAsked(MoveNotAllowed):
    """There is nothing to answer any more, or the answer says nothing."""


@transaction.atomic
def consult(
    *, dossier_id: int, actor: Actor, at: datetime, kind: str, units: Collection[int], question: str, days: int
) -> list[Consultation]:
    """Ask every unit at once, each to answer within `days` working days; one event and one answer each.

    The dossier's own clock runs on: what others need is part of the term (docs/rules.md, Clock). Raises AskedAlready.
    """
    locked = lock(dossier_id, actor)
    if not units or not question.strip():
        raise NotAsked(_("Hãy chọn ít nhất một đơn vị và ghi cần hỏi gì. Chưa có gì thay đổi."))
    asked = Agency.objects.in_bulk(list(units))
    open_at = locked.dossier.consultations.filter(OPEN_CONSULTATION, unit__in=asked)
    if (busy := open_at.select_related("unit").first()) is not None:
        raise AskedAlready(
            _("%(unit)s đã được hỏi và chưa trả lời. Chưa có gì thay đổi.") % {"unit": busy.unit.short_name}
        )
    if actor.unit_id in asked:
        raise AskedAlready(_("Đơn vị của bạn đang làm hồ sơ này nên không phải hỏi. Chưa có gì thay đổi."))
    due_at = clock.supplement_due(deadlines.calendar(locked.dossier), at, days)
    made = []
    for unit in asked.values():
        data = {"kind": kind, "unit": unit.pk, "unit_name": unit.name, "due_at_answer": due_at.isoformat()}
        event = move(locked, "consult", actor=actor, at=at, reason=question, data=data)
        made.append(
            Consultation.objects.create(
                dossier=locked.dossier,
                kind=kind,
                unit=unit,
                question=question.strip(),
                asked_at=event.at,
                asked_by_id=actor.officer,
                due_at=due_at,
                event=event,
            )
        )
    return made


@transaction.atomic
def answer(
    *, consultation_id: int, actor: Actor, at: datetime, words: str, document: Document | None = None
) -> Consultation:
    """Answer as the unit asked, once; also after the term, when its silence has been recorded already."""
    dossier_id = Consultation.objects.values_list("dossier_id", flat=True).get(pk=consultation_id)
    locked = lock(dossier_id, actor)
    asked = locked.dossier.consultations.filter(OPEN_CONSULTATION, pk=consultation_id).first()
    if asked is None:
        raise NotAsked(_("Việc hỏi này đã có trả lời, hoặc hồ sơ đã kết thúc. Chưa có gì thay đổi."))
    if not words.strip():
        raise NotAsked(_("Hãy ghi trả lời để nơi hỏi dùng được. Chưa có gì thay đổi."))
    is_late = at > asked.due_at
    data = {"kind": asked.kind, "unit": asked.unit_id, "late": is_late}
    move(locked, "answer", actor=actor, at=at, reason=words, data=data)
    asked.answered_at, asked.answered_by_id, asked.answer, asked.document = at, actor.officer, words.strip(), document
    change_row(asked, "answered_at", "answered_by_id", "answer", "document_id")
    return asked


@transaction.atomic
def note_silence(*, dossier_id: int, at: datetime) -> int | None:
    """Record the silence of every unit whose term has passed; return how many, None when there was none."""
    locked = lock(dossier_id)
    silent = locked.dossier.consultations.filter(OPEN_CONSULTATION, silent_at__isnull=True, due_at__lte=at)
    number = 0
    for asked in silent.select_related("unit"):
        move(locked, "note_silence", actor=SYSTEM, at=at, data={"unit": asked.unit_id, "unit_name": asked.unit.name})
        asked.silent_at = at
        change_row(asked, "silent_at")
        number += 1
    return number or None
