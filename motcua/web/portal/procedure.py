"""A procedure's page: which papers, how long, how much, where — in the reader's own case."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from motcua.base import words
from motcua.base.text import fold
from motcua.base.words import local_day
from motcua.catalogue.cases import answers_in, possible_cases, unanswered
from motcua.catalogue.conditions import holds, may_hold
from motcua.catalogue.databases import DATABASES
from motcua.catalogue.fees import ChargeLine, charges_for, total
from motcua.catalogue.life_events import BY_SLUG
from motcua.catalogue.models import PaperGroup, ProcedureVersion
from motcua.catalogue.papers import NeededPaper, notes_in, papers_needed, papers_not_needed
from motcua.catalogue.queries import published_version
from motcua.dossiers import clock
from motcua.dossiers.deadlines import term_of
from motcua.dossiers.models import Channel
from motcua.web.portal.starting import may_be_filed_online

Answers = Mapping[str, str]
MOST_CASES = 200  # ways to answer the open questions that are counted out for the first figure of the page

_WHERE: Mapping[str, Promise] = {
    "commune": gettext_lazy("Trung tâm Phục vụ hành chính công phường, xã"),
    "province": gettext_lazy("Trung tâm Phục vụ hành chính công"),
    "vertical": gettext_lazy("Trung tâm Phục vụ hành chính công"),
    "ministry": gettext_lazy("Bộ, cơ quan trung ương"),
}


@dataclass(frozen=True)
class Answer:
    """One of the four answers: the answer in a few words, a line that says more, and the catalogue's own words on it."""

    said: str
    more: str
    source: str = ""


@dataclass(frozen=True)
class Need:
    """A paper as the list shows it; `state` is data, form, show, on_paper, or empty for one to send."""

    name: str
    hint: str
    state: str
    source: str
    one_of: str
    condition: str  # in which case, for a paper that is not certain
    hangs_on_question: bool
    required: bool


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Show a procedure, its papers, term, fees and place worked out for the answers in the address."""
    version = published_version(code)
    if version is None:
        raise Http404
    answers = answers_in(version.questions, {name: str(value) for name, value in request.GET.items()})
    context = page_of(version, answers, online=may_be_filed_online(version)) | {
        "page_url": reverse("portal:procedure", args=[code]),
        "start_url": f"{reverse('portal:filing', args=[code])}{f'?{urlencode(answers)}' if answers else ''}",
    }
    template = "portal/procedure.html#case" if request.headers.get("HX-Request") else "portal/procedure.html"
    return render(request, template, context)


def page_of(version: ProcedureVersion, answers: Answers, *, online: bool) -> dict[str, object]:
    """Return what the page of a version shows for the answers given."""
    groups = list(version.paper_groups.all())
    needed = papers_needed(groups, answers)
    open_questions = unanswered(version.questions, answers)
    return {
        "version": version,
        "event": next((BY_SLUG[slug] for slug in version.procedure.life_events if slug in BY_SLUG), None),
        "questions": _questions(version, answers),
        "left": len(open_questions),
        "papers": _papers_answer(
            needed, [papers_needed(groups, case) for case in _cases_left(version, groups, answers)]
        ),
        "term": _term_answer(version, answers),
        "fee": _fee_answer(version, answers, local_day(timezone.now())),
        "place_answer": _place_answer(version, online=online),
        "charges": [
            (line.name, _charge_words(line))
            for line in charges_for(
                version.fees.all(), facts=answers, channel=Channel.ONLINE, on=local_day(timezone.now())
            )
        ],
        "needs": [_need(paper, open_questions) for paper in needed],
        "not_needed": papers_not_needed(groups, answers),
        "notes": notes_in(groups),
        "online": online,
        "retired": version.procedure.is_retired(local_day(timezone.now())),
    }


def _questions(version: ProcedureVersion, answers: Answers) -> list[dict[str, object]]:
    return [{**question, "answer": answers.get(question["key"], "")} for question in version.questions]


def _need(paper: NeededPaper, unanswered_keys: Collection[str]) -> Need:
    requirement = paper.requirement
    state = "" if paper.is_uploaded else "on_paper"
    if requirement.from_form:
        state = "form"
    elif requirement.replaced_by_data:
        state = "data"
    elif requirement.kind == requirement.Kind.SHOW:
        state = "show"
    title = paper.group.title if fold(paper.group.title) != fold(requirement.name) else ""
    return Need(
        name=requirement.name,
        hint=requirement.hint,
        state=state,
        source=str(DATABASES.get(requirement.replaced_by_data, "")),
        one_of=title or _("Một trong các giấy tờ này") if paper.rule == PaperGroup.Rule.ONE_OF else "",
        condition="" if paper.is_certain else title or _("Tùy trường hợp"),
        hangs_on_question=any(key in unanswered_keys for key in paper.group.condition),
        required=requirement.required,
    )


def _cases_left(version: ProcedureVersion, groups: list[PaperGroup], answers: Answers) -> list[Answers]:
    """Return the answers with every way to answer the open questions that papers hang on; only `answers` if too many."""
    hung_on = {key for group in groups for key in group.condition}
    open_keys = [key for key in unanswered(version.questions, answers) if key in hung_on]
    options = {
        question["key"]: [str(option["value"]) for option in question["options"]] for question in version.questions
    }
    if prod(len(options[key]) for key in open_keys) > MOST_CASES:
        return [answers]
    ways = product(*(options[key] for key in open_keys))
    return [{**answers, **dict(zip(open_keys, way, strict=True))} for way in ways]


def _papers_answer(needed: list[NeededPaper], left: list[list[NeededPaper]]) -> Answer:
    """Count the papers of the case, or the fewest and the most of the cases `left`; one-of groups count once."""
    counted = _one_of_each_group(needed)
    if not counted:
        return Answer(_("Chưa có danh sách"), _("Hỏi nơi nhận hồ sơ trước khi đi"))
    ready = sum(bool(paper.requirement.replaced_by_data) and not paper.requirement.from_form for paper in counted)
    made = sum(paper.requirement.from_form for paper in counted)
    parts = [
        (ready, _("%d cơ quan tự tra")),
        (made, _("%d làm cùng bạn")),
        (len(counted) - ready - made, _("%d bạn chuẩn bị")),
    ]
    more = ", ".join(text % number for number, text in parts if number)
    cases = [_one_of_each_group(papers) for papers in left]
    fewest, most = min(sum(paper.is_certain for paper in case) for case in cases), max(map(len, cases))
    if len(cases) > 1:
        more = _("Trả lời câu hỏi bên dưới để biết")
    if fewest < most:
        return Answer(_("Từ %(fewest)d đến %(most)d giấy tờ") % {"fewest": fewest, "most": most}, more)
    return Answer(ngettext("%d giấy tờ", "%d giấy tờ", most) % most, more)


def _one_of_each_group(needed: list[NeededPaper]) -> list[NeededPaper]:
    seen: set[int] = set()
    counted = []
    for paper in needed:
        if paper.rule == PaperGroup.Rule.ONE_OF and paper.group.pk in seen:
            continue
        seen.add(paper.group.pk)
        counted.append(paper)
    return counted


def _term_answer(version: ProcedureVersion, answers: Answers) -> Answer:
    """Say the term of the case, or of every case still possible."""
    if version.no_legal_term:
        return Answer(_("Luật không định"), _("Chúng tôi báo ngay khi có kết quả"))
    terms = {term_of(version, case, Channel.ONLINE) for case in possible_cases(version.cases.all(), answers)}
    known = [clock.term_words(term) for term in terms if term]
    if not known:
        return Answer(_("Chưa rõ"), _("Hỏi nơi nhận hồ sơ"))
    if len(terms) == 1:
        return Answer(known[0].capitalize(), _("Tính từ lúc hồ sơ được tiếp nhận"))
    return Answer(
        _("Tùy trường hợp"), _("%(terms)s: trả lời câu hỏi bên dưới") % {"terms": _(" hoặc ").join(sorted(known))}
    )


def _fee_answer(version: ProcedureVersion, answers: Answers, on: date) -> Answer:
    """Say what the case costs. Unknown is not free, and a fee that hangs on an open question is not yet known."""
    rules = list(version.fees.all())
    if not rules:
        return Answer(_("Chưa rõ"), _("Hỏi nơi nhận hồ sơ; chưa rõ không có nghĩa là không thu"))
    if any(may_hold(rule.condition, answers) and not holds(rule.condition, answers) for rule in rules):
        return Answer(_("Tùy trường hợp"), _("Trả lời câu hỏi bên dưới để biết"))
    lines = charges_for(rules, facts=answers, channel=Channel.ONLINE, on=on)
    sum_of = total(lines)
    if sum_of.has_unknown:
        known = _("Ít nhất %s") % words.vnd(sum_of.known_vnd) if sum_of.known_vnd else _("Báo trước khi thu")
        source = next((line.why_unknown for line in lines if line.why_unknown), "")
        return Answer(known, _("Nơi tiếp nhận báo bạn số tiền trước khi thu."), source)
    if not sum_of.known_vnd:
        return Answer(_("Không thu"), next((line.waived_reason for line in lines if line.waived_reason), ""))
    said = _(" và ").join(_amounts(lines))
    return Answer(said, _("Nộp tại quầy khi nhận kết quả"))


def _amounts(lines: Iterable[ChargeLine]) -> Iterator[str]:
    """Return what is paid once as one sum, then each amount that depends on how many are taken."""
    paid = [line for line in lines if line.amount_vnd]
    if once := sum(line.amount_vnd or 0 for line in paid if not line.per):
        yield words.vnd(once)
    yield from (_per_unit(line) for line in paid if line.per)


def _per_unit(line: ChargeLine) -> str:
    facts = {"amount": words.vnd(line.unit_amount_vnd or 0), "unit": line.per}
    return _("%(amount)s mỗi %(unit)s") % facts


def _charge_words(line: ChargeLine) -> str:
    """Return a line's amount as the list of charges says it."""
    if line.amount_vnd is None:
        return _("nơi tiếp nhận báo trước khi thu")
    if not line.amount_vnd:
        return _("không thu")
    return _per_unit(line) if line.per else words.vnd(line.amount_vnd)


def _place_answer(version: ProcedureVersion, *, online: bool) -> Answer:
    if online:
        return Answer(_("Ngay tại đây"), _("Hoặc tại Trung tâm Phục vụ hành chính công nơi bạn ở"))
    level = version.levels[0] if version.levels else ""
    return Answer(str(_WHERE.get(level, _("Hỏi tổng đài"))), version.executing or version.authority)
