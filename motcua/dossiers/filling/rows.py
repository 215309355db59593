"""A life as lines for COPY, table by table: first the columns that each dossier of it has its own, then the common ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from json import JSONEncoder
from typing import Any

from motcua.base.words import local_day
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.codes import code_of
from motcua.dossiers.demo.owing import ACCOUNT, PAYEE
from motcua.dossiers.filling.life import NUMBER, NUMBERED, Life
from motcua.dossiers.filling.stock import Stock, StockPaper
from motcua.people.models import Citizen

NULL = "\\N"
MONEY = "Lệ phí trước bạ"
MOST_EVENTS = 48  # of one life; also the distance between the event numbers of two dossiers
MOST_PAPERS = 48

# fmt: off
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "dossiers_dossier": (
        "id", "code", "filed_by_id", "owner_id", "applicant", "form_data",
        "status", "channel", "version_id", "case_id", "receiving_unit_id", "competent_unit_id", "resolving_unit_id",
        "subject", "answers", "return_method", "return_address", "created_at", "changed_at", "revision", "submitted_at",
        "reception_due_at", "received_at", "clock_started_at", "due_at", "paused_at", "finished_at", "returned_at",
        "closed_at", "calendar_id",
    ),
    "dossiers_dossierevent": (
        "id", "dossier_id", "citizen_id", "data", "previous_hash", "hash",
        "seq", "at", "move", "from_status", "to_status", "by", "officer_id", "unit_id", "reason",
    ),
    "dossiers_ledgerentry": (
        "dossier_id", "event_id",
        "seq", "at", "effect", "term_quantity", "term_unit", "article", "note",
    ),
    "dossiers_step": (
        "dossier_id",
        "seq", "code", "name", "kind", "unit_id", "role", "assignee_id", "received_at", "due_at", "done_at", "done_by_id",
        "outcome", "note",
    ),
    "dossiers_paper": (
        "id", "dossier_id",
        "position", "requirement_id", "name", "source", "document_id", "original_count", "copy_count", "data_reason",
        "verdict", "fault", "given_at",
    ),
    "dossiers_charge": (
        "dossier_id",
        "name", "kind", "quantity", "amount_vnd", "basis", "paid_at", "taken_by_id",
    ),
    "dossiers_result": (
        "dossier_id", "number", "receiver_name", "receiver_identity",
        "title", "document_id", "drafted_at", "drafted_by_id", "signed_at", "signed_by_id", "issued_at", "issued_by_id",
        "returned_at", "returned_by_id", "receiver_relation",
    ),
    "dossiers_proposal": (
        "dossier_id", "event_id",
        "kind", "unit_id", "made_at", "made_by_id", "reason", "data", "decided_at", "decided_by_id", "is_granted",
    ),
    "dossiers_obligation": (
        "dossier_id", "event_id", "notice_number", "proof_number",
        "payee", "account", "lines", "told_at", "told_by_id", "paid_at", "confirmed_by_id",
    ),
    "dossiers_supplement": (
        "dossier_id", "event_id", "items",
        "round_no", "stage", "asked_at", "asked_by_id", "reason", "due_at", "supplied_at",
    ),
}
# fmt: on

_json = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Owned:
    """One dossier of a life: its place in the filling, from 0, the number in its code (0: a draft), whose it is."""

    index: int
    sequence: int
    citizen: Citizen


@dataclass(frozen=True, slots=True)
class Filed:
    """A life with what its rows need beyond it."""

    life: Life
    owned: tuple[Owned, ...]
    version: ProcedureVersion
    channel: str
    filed_at: datetime

    @property
    def is_draft(self) -> bool:
        return not self.life.events


@dataclass
class Lines:
    """The lines made so far, by table; the ids are those of the filling's first dossier, event and paper."""

    stock: Stock
    first_dossier: int
    first_event: int
    first_paper: int
    tables: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in COLUMNS})

    def add(self, filed: Filed) -> None:
        """Add every line of a life, for each of its dossiers."""
        if len(filed.life.events) > MOST_EVENTS:
            raise ValueError(f"a life of {len(filed.life.events)} events")
        for add in (self._dossiers, self._events, self._ledger, self._steps, self._papers, self._charges):
            add(filed)
        for add in (self._supplements, self._proposals, self._obligations):
            add(filed)
        self._results(filed)

    def copied(self) -> dict[str, bytes]:
        """Return what COPY reads, by table."""
        return {table: "".join(lines).encode() for table, lines in self.tables.items() if lines}

    def _dossiers(self, filed: Filed) -> None:
        life, way = filed.life, filed.life.way
        units = (None, None, None) if filed.is_draft else (way.receiving, way.competent, way.resolving)
        same = _texts(
            life.stands.value, filed.channel, way.version_id, None if filed.is_draft else life.form.case_id, *units, "",
            life.form.answers_text, "counter", "", filed.filed_at, life.events[-1].at if life.events else filed.filed_at,
            1, None if filed.is_draft else filed.filed_at, life.reception_due_at, life.received_at,
            life.clock_started_at, life.due_at, life.paused_at, life.finished_at,
            life.result.returned_at if life.result else None, life.closed_at, None if filed.is_draft else way.calendar_id,
        )  # fmt: skip
        on = local_day(filed.filed_at)
        for owned in filed.owned:
            citizen = owned.citizen
            data = _json(self.stock.form_data(filed.version, life.form, citizen))
            code = NULL if filed.is_draft else code_of(way.named_code, on, owned.sequence)
            self.tables["dossiers_dossier"].append(
                f"{self.first_dossier + owned.index}\t{code}\t{citizen.pk}\t{citizen.pk}\t{_applicant(citizen)}"
                f"\t{_escaped(data)}\t{same}\n"
            )

    def _events(self, filed: Filed) -> None:
        add = self.tables["dossiers_dossierevent"].append
        same = [
            _texts(number, event.at, event.move, event.source, event.target, event.by, event.officer, event.unit, event.reason)
            for number, event in enumerate(filed.life.events, start=1)
        ]  # fmt: skip
        for owned in filed.owned:
            dossier_id, previous = self.first_dossier + owned.index, ""
            number = self._event(owned)
            for event, text in zip(filed.life.events, same, strict=True):
                data = event.data.text
                if event.move in NUMBERED:
                    data = data.replace(NUMBER, str(dossier_id))
                citizen = owned.citizen.pk if event.officer is None else None
                digest = event.hash(previous, dossier_id, citizen, data)
                add(f"{number}\t{dossier_id}\t{citizen or NULL}\t{_escaped(data)}\t{previous}\t{digest}\t{text}\n")
                previous, number = digest, number + 1

    def _ledger(self, filed: Filed) -> None:
        for number, (entry, event) in enumerate(filed.life.entries, start=1):
            term = entry.term
            same = _texts(
                number, entry.at, entry.effect.value, term.quantity if term else None, term.unit.value if term else "",
                entry.article, entry.note,
            )  # fmt: skip
            self._lines("dossiers_ledgerentry", filed, same, lambda owned, event=event: self._event(owned) + event)  # type: ignore[misc]

    def _steps(self, filed: Filed) -> None:
        for number, step in enumerate(filed.life.steps, start=1):
            same = _texts(
                number, step.code, step.name, step.kind, step.unit, step.role, step.assignee, step.received_at,
                step.due_at, step.done_at, step.done_by, step.outcome, step.note,
            )  # fmt: skip
            self._lines("dossiers_step", filed, same)

    def _papers(self, filed: Filed) -> None:
        life = filed.life
        if filed.is_draft:
            return
        request = life.asked[-1] if life.asked else None
        for number, paper in _papers_kept(life):
            asked = request if number == life.form.asked else None
            fault = asked.reason if asked and asked.supplied_at is None else ""
            given_at = (asked.supplied_at if asked else None) or filed.filed_at
            same = _texts(
                paper.position, paper.requirement_id, paper.name, paper.source,
                self.stock.specimen_id if paper.source == "file" else None, 0, 0, "", "faulty" if fault else "", fault,
                given_at if paper.source else None,
            )  # fmt: skip
            for owned in filed.owned:
                self.tables["dossiers_paper"].append(
                    f"{self._paper(owned, number)}\t{self.first_dossier + owned.index}\t{same}\n"
                )

    def _charges(self, filed: Filed) -> None:
        life = filed.life
        for charge in () if filed.is_draft else life.form.charges:
            is_paid = charge.amount_vnd is not None and life.accepted_by is not None
            same = _texts(
                charge.name, charge.kind, charge.quantity, charge.amount_vnd, charge.basis,
                life.received_at if is_paid else None, life.accepted_by if is_paid else None,
            )  # fmt: skip
            self._lines("dossiers_charge", filed, same)

    def _results(self, filed: Filed) -> None:
        result, version = filed.life.result, filed.version
        if result is None:
            return
        title = next((made["name"] for made in version.results), version.title)[:500]
        same = _texts(
            title, self.stock.specimen_id, result.drafted_at, result.drafted_by, result.signed_at, result.signed_by,
            result.issued_at, result.issued_by, result.returned_at, result.returned_by, "",
        )  # fmt: skip
        for owned in filed.owned:
            dossier_id = self.first_dossier + owned.index
            number = _number(dossier_id) if result.issued_at else ""
            receiver = (owned.citizen.full_name, owned.citizen.identity_number) if result.returned_at else ("", "")
            self.tables["dossiers_result"].append(f"{_texts(dossier_id, number, *receiver)}\t{same}\n")

    def _supplements(self, filed: Filed) -> None:
        life = filed.life
        for number, asked in enumerate(life.asked, start=1):
            place, event = life.form.asked or 0, life.events[asked.event]
            same = _texts(number, asked.stage, event.at, asked.by, asked.reason, asked.due_at, asked.supplied_at)
            for owned in filed.owned:
                item = {"paper": self._paper(owned, place), "name": life.form.papers[place].name, "fault": asked.reason}
                own = _texts(self.first_dossier + owned.index, self._event(owned) + asked.event, _json([item]))
                self.tables["dossiers_supplement"].append(f"{own}\t{same}\n")

    def _proposals(self, filed: Filed) -> None:
        life = filed.life
        for made in life.proposed:
            same = _texts(
                made.kind, life.way.competent, life.events[made.event].at, made.made_by, made.reason, made.data,
                made.decided_at, made.decided_by, None if made.decided_at is None else "t",
            )  # fmt: skip
            self._lines("dossiers_proposal", filed, same, lambda owned, made=made: self._event(owned) + made.event)  # type: ignore[misc]

    def _obligations(self, filed: Filed) -> None:
        for owed in filed.life.owed:
            lines = _json([{"name": MONEY, "amount_vnd": owed.amount_vnd}])
            told_at = filed.life.events[owed.event].at
            same = _texts(PAYEE, ACCOUNT, lines, told_at, owed.told_by, owed.paid_at, owed.confirmed_by)
            for owned in filed.owned:
                dossier_id = self.first_dossier + owned.index
                proof = f"GNT {dossier_id}" if owed.paid_at else ""
                own = _texts(dossier_id, self._event(owned) + owed.event, f"TB {dossier_id}", proof)
                self.tables["dossiers_obligation"].append(f"{own}\t{same}\n")

    def _lines(self, table: str, filed: Filed, same: str, also: Callable[[Owned], int] | None = None) -> None:
        """Add the same line for every dossier of a life, with its id and perhaps another number of its own before."""
        for owned in filed.owned:
            own = f"\t{also(owned)}" if also else ""
            self.tables[table].append(f"{self.first_dossier + owned.index}{own}\t{same}\n")

    def _event(self, owned: Owned) -> int:
        """Return the id of the dossier's first event."""
        return self.first_event + owned.index * MOST_EVENTS

    def _paper(self, owned: Owned, number: int) -> int:
        return self.first_paper + owned.index * MOST_PAPERS + number


def _papers_kept(life: Life) -> list[tuple[int, StockPaper]]:
    """Return the papers that get a row: all of an open dossier, of a closed one the first and any that was asked for."""
    numbered = list(enumerate(life.form.papers))
    if life.closed_at is None:
        return numbered
    return [(number, paper) for number, paper in numbered if number == 0 or (life.asked and number == life.form.asked)]


def _number(dossier_id: int) -> str:
    """Return the number a clerk gives the result."""
    return f"{dossier_id}/KQ"


@cache
def _applicant(citizen: Citizen) -> str:
    """Return the citizen's data as declared when filing, as JSON."""
    declared = ("full_name", "identity_number", "phone", "email", "address")
    return _escaped(_json({name: getattr(citizen, name) for name in declared}))


def _texts(*values: object) -> str:
    """Return values as COPY reads them, with tabs between."""
    return "\t".join([_TEXT_OF[type(value)](value) for value in values])


def _moment(at: datetime) -> str:
    """Write a moment of the clock, which is on the clocks of Vietnam; asking the zone for its offset costs four times this."""
    return at.replace(tzinfo=None).isoformat() + "+07"


@lru_cache(maxsize=200_000)
def _escaped(text: str) -> str:
    """Escape what COPY's text format reads as something else."""
    if text.isprintable() and "\\" not in text:
        return text
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


_TEXT_OF: Mapping[type, Callable[[Any], str]] = {
    str: _escaped,
    int: str,
    Decimal: str,
    datetime: _moment,
    type(None): lambda _nothing: NULL,
}
