"""Papers handed back after a dossier was stopped, by the list of its notice: which, to whom, when (docs/rules.md, T24)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers.actions.returning import Receiver
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.models import DossierEvent
from motcua.dossiers.moves import lock, move
from motcua.dossiers.queries import papers_to_hand_back


class NothingToHandBack(MoveNotAllowed):
    """None of these papers waits to be handed back; the message says what to do."""


@transaction.atomic
def hand_back(
    *, dossier_id: int, actor: Actor, at: datetime, papers: Collection[int], receiver: Receiver
) -> DossierEvent:
    """Record that papers of the list were handed back to somebody who showed who they are; the rest still waits."""
    locked = lock(dossier_id, actor)
    waiting = [paper for paper in papers_to_hand_back(locked.dossier) if paper.pk in papers]
    if not waiting:
        raise NothingToHandBack(
            _("Những giấy tờ này đã trả rồi, hoặc không có trong danh mục trả lại. Chưa có gì thay đổi.")
        )
    if not receiver.name.strip() or not receiver.identity.strip():
        raise MoveNotAllowed(_("Cần họ tên và số giấy tờ của người nhận lại. Chưa có gì thay đổi."))
    data = {
        "papers": [paper.pk for paper in waiting], "paper_names": [paper.name for paper in waiting],
        "receiver": receiver.name.strip(), "identity": receiver.identity.strip(), "relation": receiver.relation.strip(),
    }  # fmt: skip
    return move(locked, "hand_back", actor=actor, at=at, data=data)
