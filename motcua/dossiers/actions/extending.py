"""Apology and extension, proposed before the due moment is missed and decided by a leader (Mẫu 04; docs/rules.md, T19)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.rows import change_row
from motcua.dossiers import clock, deadlines, policy, steps
from motcua.dossiers.actions.issuing import issue_slip
from motcua.dossiers.actions.proposals import decided, proposed, waiting_for
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By, MoveNotAllowed
from motcua.dossiers.models import Delay, Dossier, LedgerEntry, Proposal
from motcua.dossiers.moves import Locked, lock, move
from motcua.dossiers.queries import OPEN_PROPOSAL

KIND = Proposal.Kind.EXTEND
LONGEST_DAYS = 365
ARTICLE = "Nghị định 118/2025/NĐ-CP"  # number of the article to be verified (docs/rules.md, Clock)


class CannotExtend(MoveNotAllowed):
    """The dossier has no term, was extended as often as the policy allows, or would still be late; the message says which."""


@dataclass(frozen=True)
class Extension:
    """By how much, why, and which unit made it necessary. The term is of the family of the dossier's own."""

    term: clock.Term
    cause: str  # Delay.Cause
    late_unit: int

    def data(self) -> dict[str, Any]:
        """Return it as kept in a proposal and in the event."""
        return {
            "term_quantity": str(self.term.quantity),
            "term_unit": self.term.unit.value,
            "cause": self.cause,
            "late_unit": self.late_unit,
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Extension":
        """Read it back."""
        term = clock.Term(Decimal(data["term_quantity"]), clock.Unit(data["term_unit"]))
        return cls(term, data["cause"], data["late_unit"])


def unit_of_extension(dossier: Dossier) -> clock.Unit:
    """Return in what an extension of the dossier is given: days where its term is days or months, else working days."""
    counted = dossier.ledger.filter(effect__in=[clock.Effect.START, clock.Effect.RECALCULATE]).exclude(term_unit="")
    last = counted.order_by("-seq").first()
    in_wall_days = last is not None and last.term_unit in {clock.Unit.DAYS, clock.Unit.MONTHS}
    return clock.Unit.DAYS if in_wall_days else clock.Unit.WORKING_DAYS


def extensions_given(dossier: Dossier) -> int:
    """Return how often the dossier was extended, before its term was counted anew too."""
    return LedgerEntry.objects.filter(dossier=dossier, effect=clock.Effect.EXTEND).count()


@transaction.atomic
def propose_extension(*, dossier_id: int, actor: Actor, at: datetime, extension: Extension, reason: str) -> Proposal:
    """Draft Mẫu 04 for the leader: by how much, why, which unit made it late. Raises CannotExtend.

    An officer's own draft takes the place of the one the system made.
    """
    locked = lock(dossier_id, actor)
    _require_possible(locked, extension, at)
    if actor.by != By.SYSTEM:
        _give_way(locked, at)
    return proposed(locked, KIND, actor=actor, at=at, reason=reason, data=extension.data())


@transaction.atomic
def extend(
    *, dossier_id: int, actor: Actor, at: datetime, extension: Extension | None = None, reason: str = ""
) -> Dossier:
    """Grant the extension, as proposed or as the leader changes it; both due moments stay in the ledger (T19)."""
    locked = lock(dossier_id, actor)
    proposal = waiting_for(locked, KIND, actor)
    given = extension or Extension.of(proposal.data)
    before = locked.dossier.due_at
    after = _require_possible(locked, given, at)
    decided(proposal, actor, at, is_granted=True)
    words = reason.strip() or proposal.reason
    entry = extension_entry(given.term, at)
    data = {**given.data(), "before": before.isoformat() if before else ""}
    event = move(locked, "extend", actor=actor, at=at, reason=words, data=data, entry=entry)
    if before is not None:
        steps.shift_due(locked, before, after)
    issue_slip(locked.dossier, event)
    return locked.dossier


def extended_due(dossier: Dossier, extension: Extension, at: datetime) -> datetime | None:
    """Return the due moment the dossier would have; None when it has none. Raises CannotExtend."""
    try:
        return deadlines.reckoning_of(dossier, (extension_entry(extension.term, at),)).due_at
    except clock.LedgerError as wrong:
        raise CannotExtend(str(wrong)) from wrong


def may_be_extended(dossier: Dossier, at: datetime) -> bool:
    """Return whether some extension would succeed: there is a term, the policy allows it, and it ends after `at`."""
    if dossier.due_at is None or extensions_given(dossier) >= policy.extensions_allowed(dossier.version):
        return False
    return dossier.due_at > at or bool(lengths(dossier, at, most=1))


def lengths(dossier: Dossier, at: datetime, *, most: int) -> list[tuple[clock.Term, datetime]]:
    """Return the `most` shortest extensions given at `at` that end after it, each with its due moment."""
    stored = [deadlines.entry_of(row) for row in dossier.ledger.order_by("seq")]
    calendar, counting, unit = (
        deadlines.calendar(dossier),
        deadlines.policy_of(dossier.version),
        unit_of_extension(dossier),
    )
    found: list[tuple[clock.Term, datetime]] = []
    for days in range(1, LONGEST_DAYS + 1):
        term = clock.Term(Decimal(days), unit)
        due_at = clock.reckon([*stored, extension_entry(term, at)], calendar, counting).due_at
        if due_at is not None and due_at > at:
            found.append((term, due_at))
        if len(found) == most:
            break
    return found


def extension_entry(term: clock.Term, at: datetime) -> clock.Entry:
    """Return the clock's line of an extension by `term`."""
    return clock.Entry(at=at, effect=clock.Effect.EXTEND, term=term, article=ARTICLE)


def default_cause() -> str:
    """Return the cause a draft of the system bears until somebody states it."""
    return Delay.Cause.WORKLOAD


def _give_way(locked: Locked, at: datetime) -> None:
    """Close the system's draft: somebody who knows the dossier words it better."""
    drafted = locked.dossier.proposals.filter(OPEN_PROPOSAL, kind=KIND, made_by__isnull=True).first()
    if drafted is not None:
        drafted.decided_at, drafted.is_granted = at, False
        change_row(drafted, "decided_at", "is_granted")


def _require_possible(locked: Locked, extension: Extension, at: datetime) -> datetime:
    dossier = locked.dossier
    if dossier.due_at is None:
        raise CannotExtend(_("Hồ sơ này luật không định thời hạn nên không có gì để gia hạn. Chưa có gì thay đổi."))
    given, most = extensions_given(dossier), policy.extensions_allowed(dossier.version)
    if given >= most:
        raise CannotExtend(
            _("Hồ sơ đã gia hạn %(given)d lần, nhiều nhất được %(most)d lần. Chưa có gì thay đổi.")
            % {"given": given, "most": most}
        )
    due_at = extended_due(dossier, extension, at)
    if due_at is None or due_at <= at:
        raise CannotExtend(_("Gia hạn như vậy thì hồ sơ vẫn quá hạn. Hãy gia hạn dài hơn; chưa có gì thay đổi."))
    return due_at
