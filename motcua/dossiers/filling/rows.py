"""A life as lines for COPY, table by table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from json import JSONEncoder
from typing import Any

from motcua.base.words import local_day
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.codes import code_of
from motcua.dossiers.filling.life import Life, number_of
from motcua.dossiers.filling.stock import Stock, StockPaper
from motcua.people.models import Citizen

NULL = "\\N"
MOST_EVENTS = 48  # of one life; also the distance between the event numbers of two dossiers
MOST_PAPERS = 48

# fmt: off
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "dossiers_dossier": (
        "id", "code", "status", "channel", "version_id", "case_id", "receiving_unit_id", "competent_unit_id",
        "resolving_unit_id", "filed_by_id", "owner_id", "applicant", "subject", "answers", "form_data", "return_method",
        "return_address", "created_at", "changed_at", "revision", "submitted_at", "reception_due_at", "received_at",
        "clock_started_at", "due_at", "paused_at", "finished_at", "returned_at", "closed_at", "calendar_id",
    ),
    "dossiers_dossierevent": (
        "id", "dossier_id", "seq", "at", "move", "from_status", "to_status", "by", "officer_id", "unit_id", "citizen_id",
        "reason", "data", "previous_hash", "hash",
    ),
    "dossiers_ledgerentry": (
        "dossier_id", "seq", "at", "effect", "term_quantity", "term_unit", "article", "note", "event_id",
    ),
    "dossiers_step": (
        "dossier_id", "seq", "code", "name", "kind", "unit_id", "role", "assignee_id", "received_at", "due_at", "done_at",
        "done_by_id", "outcome", "note",
    ),
    "dossiers_paper": (
        "id", "dossier_id", "position", "requirement_id", "name", "source", "document_id", "original_count", "copy_count",
        "data_reason", "verdict", "fault", "given_at",
    ),
    "dossiers_charge": (
        "dossier_id", "name", "kind", "quantity", "amount_vnd", "basis", "paid_at", "taken_by_id",
    ),
    "dossiers_result": (
        "dossier_id", "title", "document_id", "drafted_at", "drafted_by_id", "signed_at", "signed_by_id", "number",
        "issued_at", "issued_by_id", "returned_at", "returned_by_id", "receiver_name", "receiver_identity",
        "receiver_relation",
    ),
    "dossiers_supplement": (
        "dossier_id", "round_no", "stage", "asked_at", "asked_by_id", "reason", "items", "due_at", "supplied_at",
        "event_id",
    ),
}
# fmt: on

_json = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Filed:
    """A life with what its rows need beyond it."""

    life: Life
    index: int  # its place in the filling, from 0
    sequence: int  # in its code; 0 for a draft
    version: ProcedureVersion
    citizen: Citizen
    channel: str
    filed_at: datetime


@dataclass
class Lines:
    """The lines made so far, by table; `first_event` and `first_paper` are the ids the filling may begin with."""

    stock: Stock
    first_event: int
    first_paper: int
    tables: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in COLUMNS})
    _moments: dict[int, str] = field(default_factory=dict)  # by id(), which is safe while their life is kept

    def add(self, filed: Filed) -> None:
        """Add every line of one life."""
        life, index = filed.life, filed.index
        self._moments.clear()
        if len(life.events) > MOST_EVENTS:
            raise ValueError(f"a life of {len(life.events)} events")
        first_event = self.first_event + index * MOST_EVENTS
        self._dossier(filed)
        self._events(life, first_event)
        self._steps(life)
        if filed.sequence:
            self._papers(filed, _papers_kept(life))
            self._charges(life)
        self._ledger(life, first_event)
        self._supplements(life, first_event, self.first_paper + index * MOST_PAPERS)
        self._result(filed)

    def copied(self) -> dict[str, bytes]:
        """Return what COPY reads, by table."""
        return {table: "".join(lines).encode() for table, lines in self.tables.items() if lines}

    def _dossier(self, filed: Filed) -> None:
        life, way, citizen = filed.life, filed.life.way, filed.citizen
        is_filed = filed.sequence > 0
        units = (way.receiving, way.competent, way.resolving) if is_filed else (None, None, None)
        code = code_of(way.named_code, local_day(filed.filed_at), filed.sequence) if is_filed else None
        self._line(
            "dossiers_dossier", life.dossier_id, code, life.stands.value, filed.channel, way.version_id,
            life.form.case_id if is_filed else None, *units, citizen.pk, citizen.pk, _applicant(citizen), "",
            life.form.answers_text, _json(self.stock.form_data(filed.version, life.form, citizen)), "counter", "",
            filed.filed_at, life.events[-1].at if life.events else filed.filed_at, 1,
            filed.filed_at if is_filed else None, life.reception_due_at, life.received_at, life.clock_started_at,
            life.due_at, life.paused_at, life.finished_at, life.result.returned_at if life.result else None,
            life.closed_at, way.calendar_id if is_filed else None,
        )  # fmt: skip

    def _events(self, life: Life, first_event: int) -> None:
        add, written, previous = self.tables["dossiers_dossierevent"].append, self._moment, ""
        for number, e in enumerate(life.events, start=1):
            add(
                f"{first_event + number - 1}\t{life.dossier_id}\t{number}\t{written(e.at)}\t{e.move}\t{e.source}"
                f"\t{e.target}\t{e.by}\t{_or_null(e.officer)}\t{_or_null(e.unit)}\t{_or_null(e.citizen)}"
                f"\t{_escaped(e.reason)}\t{_escaped(e.data.text)}\t{previous}\t{e.hash}\n"
            )
            previous = e.hash

    def _ledger(self, life: Life, first_event: int) -> None:
        for number, (entry, event) in enumerate(life.entries, start=1):
            term = entry.term
            self._line(
                "dossiers_ledgerentry", life.dossier_id, number, entry.at, entry.effect.value,
                term.quantity if term else None, term.unit.value if term else "", entry.article, entry.note,
                first_event + event,
            )  # fmt: skip

    def _steps(self, life: Life) -> None:
        add, written = self.tables["dossiers_step"].append, self._moment
        for number, s in enumerate(life.steps, start=1):
            add(
                f"{life.dossier_id}\t{number}\t{s.code}\t{_escaped(s.name)}\t{s.kind}\t{s.unit}\t{s.role}"
                f"\t{_or_null(s.assignee)}\t{written(s.received_at)}\t{written(s.due_at)}"
                f"\t{written(s.done_at)}\t{_or_null(s.done_by)}\t{s.outcome}"
                f"\t{_escaped(s.note)}\n"
            )

    def _papers(self, filed: Filed, papers: Iterable[tuple[int, StockPaper]]) -> None:
        life = filed.life
        open_request = life.asked[-1] if life.asked and life.asked[-1].supplied_at is None else None
        given_again = life.asked[-1].supplied_at if life.asked else None
        for number, paper in papers:
            is_asked = bool(life.asked) and number == life.form.asked
            self._line(
                "dossiers_paper", self.first_paper + filed.index * MOST_PAPERS + number, life.dossier_id, paper.position,
                paper.requirement_id, paper.name, paper.source,
                self.stock.specimen_id if paper.source == "file" else None, 0, 0, "",
                "faulty" if is_asked and open_request else "", open_request.reason if is_asked and open_request else "",
                None if not paper.source else (given_again if is_asked and given_again else filed.filed_at),
            )  # fmt: skip

    def _charges(self, life: Life) -> None:
        for charge in life.form.charges:
            is_paid = charge.amount_vnd is not None and life.accepted_by is not None
            self._line(
                "dossiers_charge", life.dossier_id, charge.name, charge.kind, charge.quantity, charge.amount_vnd,
                charge.basis, life.received_at if is_paid else None, life.accepted_by if is_paid else None,
            )  # fmt: skip

    def _result(self, filed: Filed) -> None:
        result, version = filed.life.result, filed.version
        if result is None:
            return
        title = next((made["name"] for made in version.results), version.title)[:500]
        returned = (filed.citizen.full_name, filed.citizen.identity_number, "") if result.returned_at else ("", "", "")
        self._line(
            "dossiers_result", filed.life.dossier_id, title, self.stock.specimen_id, result.drafted_at, result.drafted_by,
            result.signed_at, result.signed_by, number_of(filed.life) if result.issued_at else "", result.issued_at,
            result.issued_by, result.returned_at, result.returned_by, *returned,
        )  # fmt: skip

    def _supplements(self, life: Life, first_event: int, first_paper: int) -> None:
        for number, asked in enumerate(life.asked, start=1):
            place = life.form.asked or 0
            items = [{"paper": first_paper + place, "name": life.form.papers[place].name, "fault": asked.reason}]
            self._line(
                "dossiers_supplement", life.dossier_id, number, asked.stage, life.events[asked.event].at, asked.by,
                asked.reason, _json(items), asked.due_at, asked.supplied_at, first_event + asked.event,
            )  # fmt: skip

    def _moment(self, at: datetime | None) -> str:
        """Write a moment, each only once: the same one stands in several rows of a life."""
        text = self._moments.get(id(at))
        if text is None:
            text = self._moments[id(at)] = NULL if at is None else _moment(at)
        return text

    def _line(self, table: str, *values: object) -> None:
        self.tables[table].append("\t".join([_TEXT_OF[type(value)](value) for value in values]) + "\n")


@cache
def _applicant(citizen: Citizen) -> str:
    """Return the citizen's data as declared when filing, as JSON."""
    return _json(
        {
            "full_name": citizen.full_name, "identity_number": citizen.identity_number, "phone": citizen.phone,
            "email": citizen.email, "address": citizen.address,
        }
    )  # fmt: skip


def _papers_kept(life: Life) -> list[tuple[int, StockPaper]]:
    """Return the papers that get a row: all of an open dossier, of a closed one the first and any that was asked for."""
    numbered = list(enumerate(life.form.papers))
    if life.closed_at is None:
        return numbered
    return [(number, paper) for number, paper in numbered if number == 0 or (life.asked and number == life.form.asked)]


def _moment(at: datetime) -> str:
    """Write a moment of the clock, which is on the clocks of Vietnam; asking the zone for its offset costs four times this."""
    return at.replace(tzinfo=None).isoformat() + "+07"


def _or_null(number: int | None) -> str | int:
    return NULL if number is None else number


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
