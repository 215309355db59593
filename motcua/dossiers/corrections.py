"""What a correction makes of a dossier: its right case, procedure or receipt moment, and the due moment that follows.

Nothing is written here; actions.correcting writes. The data of a proposal are {"case"}, {"version", "answers",
"competent", "resolving"} or {"received_at"}.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.base import words
from motcua.base.text import fold
from motcua.catalogue.cases import case_for
from motcua.catalogue.fees import charges_for
from motcua.catalogue.forms import label_of, required_in
from motcua.catalogue.models import Case, PaperRequirement, ProcedureVersion
from motcua.catalogue.papers import NeededPaper, papers_missing, papers_needed
from motcua.catalogue.queries import frozen_version
from motcua.dossiers import clock, deadlines
from motcua.dossiers.actions.filing import settled_source
from motcua.dossiers.actions.reception import start_clock
from motcua.dossiers.models import Charge, Dossier, Paper
from motcua.people.models import Agency

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Right:
    """How a dossier should have been received. `received_at`: only where that moment was wrong."""

    version: ProcedureVersion
    case: Case | None
    answers: Mapping[str, Any]
    form_data: Mapping[str, Any]
    competent: Agency | None
    resolving: Agency | None
    received_at: datetime | None = None


@dataclass(frozen=True)
class Fees:
    """What was paid and what the right procedure costs, in đồng; `costs_vnd` None while an amount is not known."""

    paid_vnd: int
    costs_vnd: int | None

    @property
    def owed_vnd(self) -> int:
        """What is still to be paid; negative where too much was."""
        return (self.costs_vnd or 0) - self.paid_vnd


def right_of(dossier: Dossier, data: Data) -> Right:
    """Return the dossier as a proposal would have it."""
    version = frozen_version(int(data["version"])) if "version" in data else dossier.version
    answers = data.get("answers", dossier.answers)
    form_data = form_kept(dossier, version) if "version" in data else dossier.form_data
    case = dossier.case
    if "version" in data:
        case = case_for(version.cases.all(), {**form_data, **answers})
    elif "case" in data:
        case = next((one for one in version.cases.all() if one.pk == int(data["case"])), None)
    units = Agency.objects.in_bulk([int(data[name]) for name in ("competent", "resolving") if name in data])
    return Right(
        version=version,
        case=case,
        answers=answers,
        form_data=form_data,
        competent=units.get(int(data.get("competent", 0)), dossier.competent_unit),
        resolving=units.get(int(data.get("resolving", 0)), dossier.resolving_unit),
        received_at=datetime.fromisoformat(data["received_at"]) if "received_at" in data else None,
    )


def put_right(dossier: Dossier, right: Right) -> None:
    """Set on `dossier`, which nobody stores here, what the correction changes of its own row."""
    dossier.version, dossier.case = right.version, right.case
    dossier.answers, dossier.form_data = dict(right.answers), dict(right.form_data)
    dossier.competent_unit, dossier.resolving_unit = right.competent, right.resolving
    if right.received_at is not None:
        dossier.received_at = right.received_at
        dossier.clock_started_at = start_clock(dossier, right.received_at).at


def recalculation(dossier: Dossier, right: Right, at: datetime) -> clock.Entry:
    """Return the clock's line that counts the right term; of a clock that has not begun yet it stands at the beginning."""
    begun_at = dossier.clock_started_at or at
    counts_from = None
    if right.received_at is not None:
        corrected = copy(dossier)
        put_right(corrected, right)
        counts_from = corrected.clock_started_at
    term = deadlines.term_of(right.version, right.case, dossier.channel)
    return clock.Entry(
        at=max(at, begun_at), effect=clock.Effect.RECALCULATE, term=term, counts_from=counts_from, no_term=term is None
    )


def due_when_right(dossier: Dossier, data: Data, at: datetime) -> datetime | None:
    """Return the due moment the correction would give; None where the law then gives no term. Raises clock.LedgerError."""
    right, corrected = right_of(dossier, data), copy(dossier)
    entry = recalculation(dossier, right, at)
    put_right(corrected, right)
    return deadlines.reckoning_of(corrected, (entry,)).due_at


def form_kept(dossier: Dossier, version: ProcedureVersion) -> dict[str, Any]:
    """Return what was declared in the fields that the form of `version` has too."""
    fields = version.form_schema.get("properties", {})
    return {name: value for name, value in dossier.form_data.items() if name in fields}


def fields_blank(right: Right) -> list[str]:
    """Return the labels of the fields the right form must have and nobody has filled in."""
    facts = {**right.form_data, **right.answers}
    asked = required_in(right.version.form_schema, right.version.form_ui, facts)
    return [label_of(right.version.form_schema, name) for name in sorted(asked - right.form_data.keys())]


def needed_by(right: Right) -> list[NeededPaper]:
    """Return the papers the right procedure needs of this case."""
    groups = right.version.paper_groups.prefetch_related("papers__group")
    return papers_needed(groups, {**right.form_data, **right.answers})


def papers_of_both(papers: Iterable[Paper], needed: Iterable[NeededPaper]) -> dict[PaperRequirement, Paper]:
    """Return which paper given stands for which requirement: of the same code, else of the same name."""
    given = [paper for paper in papers if paper.source in GIVEN]
    by_code = {paper.requirement.code: paper for paper in given if paper.requirement}
    by_name = {fold(paper.name): paper for paper in given}
    found: dict[PaperRequirement, Paper] = {}
    for one in needed:
        paper = by_code.get(one.requirement.code) or by_name.get(fold(one.requirement.name))
        if paper is not None and paper not in found.values():
            found[one.requirement] = paper
    return found


def papers_lacking(dossier: Dossier, right: Right) -> list[str]:
    """Return the names of the papers the right procedure requires and nobody has given."""
    needed = needed_by(right)
    found = papers_of_both(dossier.papers.select_related("requirement"), needed)
    present = {requirement.code for requirement in found}
    present |= {one.requirement.code for one in needed if settled_source(one.requirement)}
    return [one.requirement.name for one in papers_missing(needed, present)]


def fees_of(dossier: Dossier, right: Right, charges: Sequence[Charge], at: datetime) -> Fees:
    """Return what was paid beside what the right procedure costs on that day."""
    paid = sum(charge.amount_vnd or 0 for charge in charges if charge.paid_at is not None)
    lines = charges_for(
        right.version.fees.all(), facts={**right.form_data, **right.answers}, channel=dossier.channel,
        on=words.local_day(at),
    )  # fmt: skip
    amounts = [line.amount_vnd for line in lines]
    return Fees(paid, None if None in amounts else sum(amount or 0 for amount in amounts))


def told(dossier: Dossier, data: Data, at: datetime) -> list[str]:
    """Return what is corrected as sentences that the citizen and the officers read, in the language active."""
    right = right_of(dossier, data)
    if right.received_at is not None:
        before = words.moment(dossier.received_at) if dossier.received_at else ""
        return [
            _("Ngày nhận: %(before)s sửa thành %(after)s.")
            % {"before": before, "after": words.moment(right.received_at)}
        ]
    if "version" not in data:
        named = {"before": dossier.case.name if dossier.case else "", "after": right.case.name if right.case else ""}
        return [_("Trường hợp: «%(before)s» sửa thành «%(after)s».") % named]
    said = [
        _("Thủ tục: «%(before)s» sửa thành «%(after)s».")
        % {"before": dossier.version.title, "after": right.version.title}
    ]
    if right.resolving is not None and right.resolving.pk != dossier.resolving_unit_id:
        said.append(_("Nơi giải quyết: %(unit)s.") % {"unit": right.resolving.name})
    return [*said, *_fees_told(fees_of(dossier, right, list(dossier.charges.all()), at))]


def _fees_told(fees: Fees) -> list[str]:
    if fees.costs_vnd is None:
        return [_("Phí, lệ phí của thủ tục đúng: nơi tiếp nhận báo trước khi thu.")]
    if fees.paid_vnd and fees.owed_vnd:
        how = _("thu thêm %(sum)s") if fees.owed_vnd > 0 else _("hoàn lại %(sum)s theo quy định của khoản thu")
        facts = {"paid": words.vnd(fees.paid_vnd), "costs": words.vnd(fees.costs_vnd)}
        said = _("Phí, lệ phí: đã thu %(paid)s, thủ tục đúng thu %(costs)s:") % facts
        return [f"{said} {how % {'sum': words.vnd(abs(fees.owed_vnd))}}."]
    return [] if fees.paid_vnd else [_("Phí, lệ phí: %(costs)s.") % {"costs": words.vnd(fees.costs_vnd)}]


GIVEN = frozenset({Paper.Source.FILE, Paper.Source.PAPER, Paper.Source.SHOWN})
"""Where a paper somebody gave comes from: it stays in the dossier whatever is corrected."""
