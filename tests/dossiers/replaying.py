"""Playing the history of a dossier again through the real actions, at the same moments and by the same people."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.catalogue.papers import papers_needed
from motcua.documents.models import Document
from motcua.dossiers import actions, steps
from motcua.dossiers.actions.extending import Extension
from motcua.dossiers.actions.obligations import Notice
from motcua.dossiers.actions.returning import Receiver
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, DossierEvent, Step
from motcua.dossiers.papers import unseen_papers
from motcua.people.models import Officer

HISTORY = (
    "seq",
    "at",
    "move",
    "from_status",
    "to_status",
    "by",
    "officer_id",
    "unit_id",
    "citizen_id",
    "reason",
    "data",
)
LEDGER = ("seq", "at", "effect", "term_quantity", "term_unit", "article", "note", "event__seq")
STEPS = (
    "seq", "code", "name", "kind", "unit_id", "role", "assignee_id", "received_at", "due_at", "done_at", "done_by_id",
    "outcome", "note",
)  # fmt: skip
PROPOSALS = (
    "kind", "unit_id", "made_at", "made_by_id", "reason", "data", "event__seq", "decided_at", "decided_by_id", "is_granted",
)  # fmt: skip
OBLIGATIONS = (
    "notice_number", "payee", "account", "lines", "pay_by", "told_at", "told_by_id", "event__seq", "paid_at",
    "confirmed_by_id", "proof_number", "dropped_at",
)  # fmt: skip
STANDS = (
    "status", "channel", "version_id", "case_id", "receiving_unit_id", "competent_unit_id", "resolving_unit_id",
    "submitted_at", "reception_due_at", "received_at", "clock_started_at", "due_at", "paused_at", "finished_at",
    "returned_at", "closed_at", "calendar_id", "changed_at",
)  # fmt: skip


def story(dossier: Dossier) -> dict[str, Any]:
    """Return everything that happened to a dossier, without the numbers of its rows."""
    return {
        "proposals": list(dossier.proposals.order_by("pk").values(*PROPOSALS)),
        "obligations": list(dossier.obligations.order_by("pk").values(*OBLIGATIONS)),
        "stands": Dossier.objects.values(*STANDS).get(pk=dossier.pk),
        "history": list(dossier.events.order_by("seq").values(*HISTORY)),
        "ledger": list(dossier.ledger.order_by("seq").values(*LEDGER)),
        "steps": list(dossier.steps.order_by("seq").values(*STEPS)),
    }


def replay(filled: Dossier, document: Document) -> Dossier:
    """File the same dossier anew and make the same moves; return what came of it."""
    draft = _draft(filled, document)
    for event in filled.events.order_by("seq"):
        _again(draft.pk, filled, event, document)
    return Dossier.objects.get(pk=draft.pk)


def _draft(filled: Dossier, document: Document) -> Dossier:
    at = filled.created_at
    draft = actions.start_draft(
        version=filled.version, filed_by=filled.filed_by, owner=filled.owner, channel=filled.channel, at=at
    )
    fields = {f"form_data.{name}": value for name, value in filled.form_data.items()}
    fields |= {f"answers.{name}": value for name, value in filled.answers.items()}
    draft = actions.save_draft(dossier_id=draft.pk, base_revision=0, fields=fields, at=at)
    for paper in papers_needed(filled.version.paper_groups.prefetch_related("papers__group"), steps.facts_of(draft)):
        if filled.channel == "counter" or paper.is_uploaded:
            actions.attach_paper(
                dossier_id=draft.pk,
                requirement=paper.requirement,
                document=document,
                name=paper.requirement.name,
                at=at,
            )
    return draft


def _again(number: int, filled: Dossier, event: DossierEvent, document: Document) -> None:
    actor = Actor(By(event.by), event.officer_id, event.unit_id, event.citizen_id)
    who: dict[str, Any] = {"dossier_id": number, "actor": actor, "at": event.at}
    step = Step.objects.filter(dossier_id=number, done_at=None).first()
    if event.move in TURNED:
        TURNED[event.move](who, filled, event)
        return
    match event.move:
        case "submit" | "take_in":
            units = actions.Units(filled.receiving_unit, filled.competent_unit, filled.resolving_unit)
            actions.file(**who, units=units, name=event.move)
        case "assign":
            actions.assign(**who, to=Officer.objects.get(pk=event.data["to"]))
        case "complete_step":
            actions.complete_step(**who, draft=document if step and step.role == "specialist" else None)
        case "issue":
            actions.issue(**who, number=event.data["number"])
        case "return_result":
            actions.return_result(**who, receiver=Receiver("Nguyễn Hoài An", "046196000214"))
        case "ask_before" | "ask_papers":
            _find_fault(who)
            actions.ask_papers(**who, reason=event.reason)
        case "supply_before" | "give_papers":
            _give_again(number, document, event)
            actions.supply_papers(**who)
        case "refuse" | "send_back" | "ask_withdrawal":
            getattr(actions, event.move)(**who, reason=event.reason)
        case _:
            getattr(actions, event.move)(**who)


def _propose(who: dict[str, Any], filled: Dossier, event: DossierEvent) -> None:
    kind = event.data["kind"]
    if kind == "extend":
        extension = Extension.of(filled.proposals.get(event=event).data)
        actions.propose_extension(**who, extension=extension, reason=event.reason)
    else:
        actions.propose_stop(**who, kind=kind, reason=event.reason)


def _extend(who: dict[str, Any], _filled: Dossier, _event: DossierEvent) -> None:
    actions.extend(**who)


def _stop(who: dict[str, Any], _filled: Dossier, event: DossierEvent) -> None:
    actions.stop(**who, kind=event.move)


def _ask_payment(who: dict[str, Any], filled: Dossier, event: DossierEvent) -> None:
    owed = filled.obligations.get(event=event)
    lines = [(line["name"], line["amount_vnd"]) for line in owed.lines]
    actions.ask_payment(**who, notice=Notice(owed.notice_number, owed.payee, owed.account, lines))


def _pay(who: dict[str, Any], _filled: Dossier, event: DossierEvent) -> None:
    owed = Dossier.objects.get(pk=who["dossier_id"]).obligations.get()
    actions.confirm_payment(obligation_id=owed.pk, actor=who["actor"], at=event.at, proof_number=event.data["proof"])


TURNED: Mapping[str, Callable[[dict[str, Any], Dossier, DossierEvent], None]] = {
    "propose": _propose,
    "extend": _extend,
    "stop": _stop,
    "decline": _stop,
    "ask_payment": _ask_payment,
    "pay_all": _pay,
}


def _find_fault(who: dict[str, Any]) -> None:
    dossier = Dossier.objects.get(pk=who["dossier_id"])
    paper = dossier.papers.filter(source="file").order_by("position")[0]
    actions.judge_paper(**who, paper_id=paper.pk, verdict="faulty", fault="Mờ")
    for other in unseen_papers(dossier):
        actions.judge_paper(**who, paper_id=other.pk, verdict="good")


def _give_again(number: int, document: Document, event: DossierEvent) -> None:
    paper = Dossier.objects.get(pk=number).papers.get(verdict="faulty")
    actions.attach_paper(
        dossier_id=number, requirement=paper.requirement, document=document, name=paper.name, at=event.at
    )
