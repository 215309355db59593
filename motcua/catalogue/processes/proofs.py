"""What is proved of a process before it is published: each rule is one row of a table, and gives one proof or more.

An error keeps the process from being published, a warning does not. The rules about the graph itself (unreachable
steps, dead ends, endless loops, signing and issuing) stand in checks.py; here their faults become proofs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.words import number
from motcua.catalogue.conditions import Condition, faults_in
from motcua.catalogue.forms import BINDINGS
from motcua.catalogue.models import Case, PaperRequirement, ProcedureVersion
from motcua.catalogue.processes.branches import faults_of_branches
from motcua.catalogue.processes.parameters import Content
from motcua.catalogue.processes.plans import BadProcess, Fault, StepPlan, step_of
from motcua.catalogue.processes.process import Process, parse
from motcua.catalogue.processes.rows import rows_of
from motcua.catalogue.processes.staffing import Double, Vacancy
from motcua.catalogue.processes.vocabulary import known_facts

HOURS_OF_TERM = {
    Case.Unit.WORKING_HOURS: 1.0,
    Case.Unit.WORKING_DAYS: 8.0,
    Case.Unit.DAYS: 8.0 * 5 / 7,
    Case.Unit.MONTHS: 8.0 * 21,
}
"""Working hours in one unit of a term, to hold the steps' hours against it; a month has at least 21 working days."""

MOST_NAMED = 5


class Level(StrEnum):
    """How much a proof weighs."""

    ERROR = "error"
    WARNING = "warning"
    GOOD = "good"
    ELSEWHERE = "elsewhere"  # a warning that nobody who edits processes can settle


@dataclass(frozen=True, slots=True)
class Proof:
    """What one rule found: a headline, a sentence that says where and what to do, and the code of the step it is about."""

    level: Level
    title: str
    detail: str
    step: str = ""


@dataclass(frozen=True)
class Evidence:
    """What proofs look at: the process as written, the procedures in force that follow it, and its people.

    `steps` is the process when it has no fault, else None and `faults` say why. `places` are the units asked for posts.
    """

    content: Content
    process: Process | None
    faults: Sequence[str]
    versions: Sequence[ProcedureVersion]
    places: int = 0
    vacancies: Sequence[Vacancy] = ()
    doubles: Sequence[Double] = ()
    has_fee_account: bool = True


def evidence_of(content: Content, versions: Sequence[ProcedureVersion], **known: Any) -> Evidence:
    """Return the evidence about a process as written; `known` are the fields of Evidence that need the database."""
    try:
        return Evidence(content, parse(content), (), versions, **known)
    except BadProcess as error:
        return Evidence(content, None, error.faults, versions, **known)


def proofs_of(evidence: Evidence) -> list[Proof]:
    """Return what every rule found: errors first, then warnings, then what holds, then what others must settle."""
    found = [proof for rule in RULES for proof in rule(evidence)]
    return sorted(found, key=lambda proof: list(Level).index(proof.level))


def errors_in(proofs: Sequence[Proof]) -> list[str]:
    """Return what keeps a process from being published, as sentences."""
    return [proof.detail for proof in proofs if proof.level is Level.ERROR]


# --- rules that publishing a procedure's version shares -----------------------------------------------------------------


def term_faults(version: ProcedureVersion, process: Process) -> Iterator[str]:
    """Yield, for each case of a procedure, that its steps take longer than the law gives."""
    for case in [] if version.no_legal_term else version.cases.all():
        steps = longest_hours(process, case.condition)
        for term in hours_of(case):
            if steps > term:
                yield _("Trường hợp “%(case)s”: các bước cộng lại %(steps)s giờ làm việc, dài hơn thời hạn %(term)s giờ.") % {
                    "case": case.name, "steps": number(steps), "term": number(term),
                }  # fmt: skip
                break


def question_faults(version: ProcedureVersion, content: Content) -> Iterator[str]:
    """Yield the conditions of a process that ask what the procedure's form does not know."""
    known = known_facts(version)
    for row in rows_of(content):
        for way in row.get("next") or []:
            for fault in faults_in(way.get("when") or {}, known):
                words = _("Bước “%(step)s”: %(fault)s.") % {"step": row.get("name"), "fault": fault}
                yield Fault(words, str(row.get("code", "")))


def binding_faults(version: ProcedureVersion) -> Iterator[str]:
    """Yield the bindings of a form that lead nowhere: a field that is not there, a source nobody has."""
    fields = version.form_schema.get("properties") or {}
    for field, source in version.form_bindings.items():
        if field not in fields:
            yield _("Mẫu đơn nhắc tới ô “%(field)s” nhưng không có ô ấy.") % {"field": field}
        if source not in BINDINGS:
            yield _("Ô “%(field)s” lấy sẵn từ “%(source)s”, không có nguồn ấy.") % {"field": field, "source": source}


def hours_of(case: Case) -> Iterator[float]:
    """Yield the terms of a case in working hours: at the counter and online."""
    for quantity in (case.term_quantity, case.online_term_quantity):
        if quantity is not None:
            yield float(quantity) * HOURS_OF_TERM[Case.Unit(case.term_unit)]


def longest_hours(process: Process, case: Condition) -> float:
    """Return the working hours along the longest way a dossier of that case can take, each step once."""
    return process.longest(lambda step: _open_ways(step, case))


# --- rules ----------------------------------------------------------------------------------------------------------------


def _ways(evidence: Evidence) -> Iterator[Proof]:
    for fault in evidence.faults:
        yield Proof(Level.ERROR, _("Quy trình chưa đi được"), fault, step_of(fault))
    if not evidence.faults:
        yield Proof(
            Level.GOOD, _("Đường đi thông suốt"), _("Bước nào cũng tới được, và từ bước nào cũng ra tới phát hành.")
        )


def _branches(evidence: Evidence) -> Iterator[Proof]:
    process = evidence.process
    if process is None or process.is_plain:
        return
    faults = faults_of_branches(process)
    for fault in faults:
        yield Proof(Level.ERROR, _("Nhánh song song chưa khớp"), fault, step_of(fault))
    if not faults:
        detail = _(
            "Đã đi thử mọi cách rẽ: không nhánh nào chờ mãi, không việc nào làm hai lần, ký khi mọi việc đã xong."
        )
        yield Proof(Level.GOOD, _("Các nhánh gặp nhau"), detail)


def _terms(evidence: Evidence) -> Iterator[Proof]:
    if evidence.process is None:
        return
    faults = [fault for version in evidence.versions for fault in _of(version, term_faults(version, evidence.process))]
    for fault in faults:
        yield Proof(Level.ERROR, _("Dài hơn thời hạn của luật"), fault)
    terms = [
        term
        for version in evidence.versions
        if not version.no_legal_term
        for case in version.cases.all()
        for term in hours_of(case)
    ]
    if terms and not faults:
        words = {"steps": number(evidence.process.total_hours()), "term": number(min(terms))}
        yield Proof(
            Level.GOOD, _("Thời hạn khớp"),
            _("Các bước cộng lại nhiều nhất %(steps)s giờ; thời hạn ngắn nhất của luật là %(term)s giờ.") % words,
        )  # fmt: skip


def _same_exits(evidence: Evidence) -> Iterator[Proof]:
    for row in rows_of(evidence.content):
        ways = [way.get("when") or {} for way in row.get("next") or [] if row.get("split") != "all"]
        if any(when and when in ways[:place] for place, when in enumerate(ways)):
            detail = _("Bước “%(step)s” có hai lối ra cùng một điều kiện; lối sau không bao giờ được đi.")
            yield Proof(
                Level.ERROR, _("Hai lối ra cùng điều kiện"), detail % {"step": row.get("name")}, str(row.get("code"))
            )
    for gateway in _repeated_conditions(evidence.process):
        detail = _("Cổng “%(gateway)s” có hai luồng ra cùng một điều kiện; luồng sau không bao giờ được đi.")
        yield Proof(Level.ERROR, _("Hai lối ra cùng điều kiện"), detail % {"gateway": gateway})


def _questions(evidence: Evidence) -> Iterator[Proof]:
    for version in evidence.versions:
        for fault in _of(version, question_faults(version, evidence.content)):
            yield Proof(Level.ERROR, _("Điều kiện hỏi điều tờ khai không có"), fault, step_of(fault))


def _bindings(evidence: Evidence) -> Iterator[Proof]:
    for version in evidence.versions:
        for fault in _of(version, binding_faults(version)):
            yield Proof(Level.ERROR, _("Ô của mẫu đơn không gắn với gì"), fault)


def _papers(evidence: Evidence) -> Iterator[Proof]:
    """Warn of papers no work step looks at: some way reaches the signature straight from the counter."""
    process = evidence.process
    if process is None or not _signs_unseen(process):
        return
    for version in evidence.versions:
        papers = [
            paper.name
            for group in version.paper_groups.all()
            for paper in group.papers.all()
            if paper.kind != PaperRequirement.Kind.NOTE
        ]
        if papers:
            detail = _("%(procedure)s: có đường tới bước ký mà không qua ai thẩm định %(papers)s.")
            words = {"procedure": version.title, "papers": _some(papers, _("giấy tờ"))}
            yield Proof(Level.WARNING, _("Giấy tờ không ai xem"), detail % words)


def _fees(evidence: Evidence) -> Iterator[Proof]:
    charged = [version.title for version in evidence.versions if version.fees.all()]
    if charged and not evidence.has_fee_account:
        yield no_fee_account(_some(charged, _("thủ tục")))


def no_fee_account(charged: str) -> Proof:
    """Return that money is taken for `charged` while nobody told where to; whoever edits can only tell the operator."""
    detail = _(
        "%(procedures)s có thu phí hoặc lệ phí, mà hệ thống chưa khai tài khoản nhận tiền. Điều này không chặn việc công bố; chỉ người vận hành hệ thống khai được tài khoản (MOTCUA_FEE_ACCOUNT), bạn nhắn họ."
    )
    return Proof(Level.ELSEWHERE, _("Có thu tiền, chưa có tài khoản"), detail % {"procedures": charged})


def _staff(evidence: Evidence) -> Iterator[Proof]:
    """Tell the steps nobody sits at: everywhere is an error, in some units a warning."""
    by_step: dict[str, list[Vacancy]] = {}
    for vacancy in evidence.vacancies:
        by_step.setdefault(vacancy.step, []).append(vacancy)
    for vacant in by_step.values():
        places = [one.place for one in vacant]
        words = {
            "step": vacant[0].step_name,
            "role": vacant[0].role_name,
            "places": _some(places, _("nơi")),
            "number": len(places),
        }
        if len(places) >= evidence.places:
            yield Proof(
                Level.ERROR, _("Không đâu có người ở bước “%(step)s”") % words,
                _("Bước “%(step)s” cần %(role)s, nhưng không đơn vị nào có người giữ vị trí ấy vào ngày áp dụng.") % words,
                vacant[0].step,
            )  # fmt: skip
        else:
            yield Proof(
                Level.WARNING, _("%(number)d nơi chưa có người ở bước “%(step)s”") % words,
                _("Cần %(role)s ở: %(places)s. Hồ sơ tới đó sẽ đứng chờ tới khi có người.") % words,
                vacant[0].step,
            )  # fmt: skip
    if evidence.places and not evidence.vacancies:
        yield Proof(
            Level.GOOD, _("Nơi nào cũng có người"), _("Đã xem %(number)d nơi áp dụng.") % {"number": evidence.places}
        )


def _duties(evidence: Evidence) -> Iterator[Proof]:
    for double in evidence.doubles:
        yield Proof(
            Level.ERROR, _("Một người giữ hai việc phải tách"),
            _("%(name)s vừa là %(one)s vừa là %(other)s ở %(place)s; luật không cho một người làm cả hai.") % double.words(),
        )  # fmt: skip
    roles = {str(row.get("role")) for row in rows_of(evidence.content) if row.get("role")}
    if roles and not evidence.doubles:
        detail = _("%(number)d vai khác nhau: thẩm định, ký, cấp số.") % {"number": len(roles)}
        yield Proof(Level.GOOD, _("Không ai vừa thẩm định vừa ký"), detail)


RULES: tuple[Callable[[Evidence], Iterator[Proof]], ...] = (
    _ways, _branches, _terms, _same_exits, _questions, _bindings, _papers, _fees, _staff, _duties,
)  # fmt: skip


# --- how they look ----------------------------------------------------------------------------------------------------------


def _of(version: ProcedureVersion, faults: Iterator[str]) -> Iterator[str]:
    """Name the procedure before what was found in it."""
    return (Fault(f"{version.procedure.code}: {fault}", step_of(fault)) for fault in faults)


def _some(names: Sequence[str], what: str) -> str:
    """Name the first few, and say how many more of `what` there are."""
    shown = ", ".join(names[:MOST_NAMED])
    rest = len(names) - MOST_NAMED
    return (
        shown if rest <= 0 else _("%(shown)s và %(rest)d %(what)s khác") % {"shown": shown, "rest": rest, "what": what}
    )


def _open_ways(step: StepPlan, case: Condition) -> Iterator[str]:
    """Yield where a dossier of that case may go: exits that contradict it are left out, and what is sure ends the choice."""
    for way in step.next:
        if _agree(way.when, case):
            yield way.to
            if not step.takes_all and not step.asks and _implied(way.when, case):
                return


def _agree(when: Condition, case: Condition) -> bool:
    return all(_texts(values) & _texts(case[key]) for key, values in when.items() if key in case)


def _implied(when: Condition, case: Condition) -> bool:
    return all(key in case and _texts(case[key]) <= _texts(values) for key, values in when.items())


def _texts(values: Sequence[Any]) -> set[str]:
    return {str(value).lower() if isinstance(value, bool) else str(value) for value in values}


def _signs_unseen(process: Process) -> bool:
    """Return whether some way comes to a signature before any work."""
    seen: set[str] = set()
    waiting = [process.start.code]
    while waiting:
        step = process.step(waiting.pop())
        if step.kind == "sign":
            return True
        if step.kind != "work" and step.code not in seen:
            seen.add(step.code)
            waiting += [way.to for way in step.next]
    return False


def _repeated_conditions(process: Process | None) -> Iterator[str]:
    """Yield the exclusive gateways of a drawing with two flows of one condition."""
    for scope in process.model.scopes.values() if process and process.model else ():
        for node in scope.nodes.values():
            said = [scope.flows[flow].condition for flow in node.outgoing] if node.kind == "exclusive" else []
            if any(one is not None and one in said[:place] for place, one in enumerate(said)):
                yield node.name or node.id
