"""What a version of a procedure says otherwise than another, section by section, in the words of an officer.

Cases and papers are the same while their code is; fees have no code, so they are matched by name, channel, condition
and window, then by name alone; questions by key, fields by name, steps by code.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.words import vnd
from motcua.catalogue.form_edits import KINDS, SOURCES, FieldSaid, Form, said_of
from motcua.catalogue.forms import fields_in_order
from motcua.catalogue.models import Case, FeeRule, PaperGroup, PaperRequirement, ProcedureVersion
from motcua.catalogue.processes import differences as steps
from motcua.catalogue.processes.vocabulary import Vocabulary, in_words, vocabulary_of
from motcua.catalogue.version_words import (
    amount_in_words,
    channel_in_words,
    counts_in_words,
    online_term_in_words,
    term_in_words,
    window_in_words,
)

T = TypeVar("T")
_Conditioned = Case | PaperGroup | FeeRule
ADDED, CHANGED, GONE = "added", "changed", "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `kind` is added, changed or gone."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """What differs in one part of a version; `key` names it for addresses, `title` for people."""

    key: str
    title: str
    changes: tuple[Change, ...]


def version_differences(old: ProcedureVersion, new: ProcedureVersion) -> list[Section]:
    """Return the sections in which `new` says otherwise than `old`, both with their rows read."""
    found = [Section(key, str(title), tuple(compare(old, new))) for key, title, compare in _SECTIONS]
    return [section for section in found if section.changes]


# --- words and policies ---------------------------------------------------------------------------------------------------

# fmt: off
_SHORT = ("name", "plain_name", "desk_name", "summary")
_LONG = ("description", "requirements", "authority", "executing", "coordinating", "promulgated_by")
_POLICIES = (
    "levels", "competent_subject", "online_level", "partial_reason", "non_territorial", "returning_methods",
    "no_legal_term", "same_day", "granularity", "after_pause",
)
_LISTS = ("execution_steps", "channels", "results", "legal_bases", "subject_types")
# fmt: on


def _names(old: ProcedureVersion, new: ProcedureVersion) -> Iterator[Change]:
    for column in _SHORT:
        if (before := getattr(old, column)) != (after := getattr(new, column)):
            yield _turned(
                _column(column), f"“{before}”" if before else _("trống"), f"“{after}”" if after else _("trống")
            )
    for column in (*_LONG, *_LISTS):
        if getattr(old, column) != getattr(new, column):
            yield Change(CHANGED, _("sửa phần %(what)s") % {"what": _column(column)})


def _policies(old: ProcedureVersion, new: ProcedureVersion) -> Iterator[Change]:
    for column in _POLICIES:
        if getattr(old, column) != getattr(new, column):
            yield _turned(_column(column), _value(old, column), _value(new, column))


def _value(version: ProcedureVersion, column: str) -> str:
    value = getattr(version, column)
    if isinstance(value, bool):
        return _("có") if value else _("không")
    field: Any = ProcedureVersion._meta.get_field(column)
    choices = dict(getattr(field, "base_field", field).choices or ())
    said = [str(choices.get(one, one)) for one in (value if isinstance(value, list) else [value]) if one]
    return ", ".join(said) or _("trống")


def _column(name: str) -> str:
    field: Any = ProcedureVersion._meta.get_field(name)
    return str(field.verbose_name)


# --- rows -----------------------------------------------------------------------------------------------------------------


def _cases(old: ProcedureVersion, new: ProcedureVersion) -> Iterator[Change]:
    before, after = _by(old.cases.all(), lambda case: case.code), _by(new.cases.all(), lambda case: case.code)
    yield from _come_and_gone(before, after, _("trường hợp"), lambda case: f"{case.name} ({term_in_words(case)})")
    for _code, was, now in _both(before, after):
        then, today = _vocabularies(old, new, was, now)
        yield from _facts(now.name, _case_facts(was, then), _case_facts(now, today))
    yield from _order(before, after, _("các trường hợp"))


def _case_facts(case: Case, vocabulary: Vocabulary) -> dict[str, str]:
    return {
        _("tên"): f"“{case.name}”",
        _("thời hạn"): term_in_words(case),
        _("thời hạn khi nộp trực tuyến"): online_term_in_words(case) or _("như trên"),
        _("điều kiện"): _when(case.condition, vocabulary),
    }


def _papers(old: ProcedureVersion, new: ProcedureVersion) -> Iterator[Change]:
    before, after = (_by(_all_papers(version), lambda pair: pair[1].code or pair[1].name) for version in (old, new))
    yield from _come_and_gone(before, after, _("giấy"), lambda pair: f"{pair[1].name} ({counts_in_words(pair[1])})")
    for _code, was, now in _both(before, after):
        yield from _facts(now[1].name, _paper_facts(*was), _paper_facts(*now))
    yield from _order(before, after, _("các giấy tờ"))
    groups = _by(old.paper_groups.all(), str), _by(new.paper_groups.all(), str)
    for name, was_group, now_group in _both(*groups):
        then, today = _vocabularies(old, new, was_group, now_group)
        facts = _group_facts(was_group, then), _group_facts(now_group, today)
        yield from _facts(_("nhóm “%(name)s”") % {"name": name}, *facts)


def _all_papers(version: ProcedureVersion) -> Iterator[tuple[PaperGroup, PaperRequirement]]:
    for group in version.paper_groups.all():
        for paper in group.papers.all():
            yield group, paper


def _paper_facts(group: PaperGroup, paper: PaperRequirement) -> dict[str, str]:
    return {
        _("tên"): f"“{paper.name}”",
        _("loại"): paper.get_kind_display(),
        _("số bản"): counts_in_words(paper),
        _("bắt buộc"): _("có") if paper.required else _("không"),
        _("khi nộp điện tử"): paper.get_electronic_display(),
        _("in từ tờ khai"): _("có") if paper.from_form else _("không"),
        _("thay bằng dữ liệu"): paper.replaced_by_data or _("không"),
        _("nhóm"): f"“{group}”",
        _("chỉ dẫn"): paper.hint or _("trống"),
    }


def _group_facts(group: PaperGroup, vocabulary: Vocabulary) -> dict[str, str]:
    return {_("cách tính"): group.get_rule_display(), _("điều kiện"): _when(group.condition, vocabulary)}


def _fees(old: ProcedureVersion, new: ProcedureVersion) -> Iterator[Change]:
    pairs, gone, come = _matched_fees(list(old.fees.all()), list(new.fees.all()))
    for fee in come:
        yield Change(ADDED, _("thêm khoản %(name)s: %(amount)s") % {"name": fee.name, "amount": amount_in_words(fee)})
    for fee in gone:
        yield Change(GONE, _("bỏ khoản %(name)s: %(amount)s") % {"name": fee.name, "amount": amount_in_words(fee)})
    for was, now in pairs:
        then, today = _vocabularies(old, new, was, now)
        yield from _facts(now.name, _fee_facts(was, then), _fee_facts(now, today))


def _matched_fees(
    old: list[FeeRule], new: list[FeeRule]
) -> tuple[list[tuple[FeeRule, FeeRule]], list[FeeRule], list[FeeRule]]:
    """Return the fees that are the same, those that are gone and those that came."""
    pairs: list[tuple[FeeRule, FeeRule]] = []
    for key in (_fee_key, lambda fee: fee.name):
        for fee in list(new):
            if was := next((one for one in old if key(one) == key(fee)), None):
                pairs.append((was, fee))
                old.remove(was)
                new.remove(fee)
    return pairs, old, new


def _fee_key(fee: FeeRule) -> Any:
    return fee.name, fee.channel, fee.condition, fee.valid_from, fee.valid_to, fee.per


def _fee_facts(fee: FeeRule, vocabulary: Vocabulary) -> dict[str, str]:
    amount = _("chưa rõ") if fee.amount_vnd is None else vnd(fee.amount_vnd)
    return {
        "": amount,
        _("tính theo"): fee.per or _("hồ sơ"),
        _("kênh"): channel_in_words(fee),
        _("điều kiện"): _when(fee.condition, vocabulary),
        _("thời gian áp dụng"): window_in_words(fee) or _("luôn luôn"),
        _("căn cứ"): fee.basis or _("trống"),
        _("loại"): fee.get_kind_display(),
        _("lời văn"): fee.note or _("trống"),
    }


# --- questions and form ---------------------------------------------------------------------------------------------------


def _questions(old: ProcedureVersion, new: ProcedureVersion) -> Iterator[Change]:
    before, after = (_by(version.questions, lambda question: str(question["key"])) for version in (old, new))
    yield from _come_and_gone(before, after, _("câu hỏi"), lambda question: f"“{question['label']}”")
    for _key, was, now in _both(before, after):
        facts = ({_("lời"): f"“{one['label']}”", _("chỉ dẫn"): one.get("hint") or _("trống")} for one in (was, now))
        yield from _facts(f"“{now['label']}”", *facts)
        yield from _choices(f"“{now['label']}”", *(_options(one["options"]) for one in (was, now)))
    yield from _order(before, after, _("các câu hỏi"))


def _options(options: Iterable[dict[str, Any]]) -> dict[str, str]:
    return {str(option["value"]): str(option["label"]) for option in options}


def _form(old: ProcedureVersion, new: ProcedureVersion) -> Iterator[Change]:
    before, after = _fields(old), _fields(new)
    yield from _come_and_gone(before, after, _("ô"), lambda said: f"“{said.label}” ({KINDS[said.kind].label})")
    groups = _group_titles(old), _group_titles(new)
    for name, was, now in _both(before, after):
        yield from _facts(f"ô “{now.label}”", _field_facts(was, groups[0]), _field_facts(now, groups[1]))
        yield from _choices(f"ô “{now.label}”", *({c.value: c.label for c in one.choices} for one in (was, now)))
        if was == now and old.form_schema["properties"][name] != new.form_schema["properties"][name]:
            yield Change(CHANGED, _("ô “%(label)s”: đổi giới hạn") % {"label": now.label})
    yield from _order(before, after, _("các ô"))
    if any(
        old.form_ui.get(rules) != new.form_ui.get(rules) for rules in ("required_when", "empty_when", "filled_when")
    ):
        yield Change(CHANGED, _("đổi quy tắc ô nào phải điền theo câu trả lời"))


def _fields(version: ProcedureVersion) -> dict[str, FieldSaid]:
    form = Form(version.form_schema, version.form_ui, version.form_bindings)
    known = form.schema.get("properties") or {}
    return {name: said_of(form, name) for name in fields_in_order(form.schema, form.ui) if name in known}


def _group_titles(version: ProcedureVersion) -> dict[str, str]:
    return {str(group["key"]): str(group["title"]) for group in version.form_ui.get("groups") or []}


def _field_facts(said: FieldSaid, groups: dict[str, str]) -> dict[str, str]:
    return {
        _("tên"): f"“{said.label}”",
        _("kiểu"): str(KINDS[said.kind].label),
        _("bắt buộc"): _("có") if said.required else _("không"),
        _("nhóm"): f"“{groups.get(said.group, said.group)}”",
        _("điền sẵn từ"): str(SOURCES.get(said.source, said.source)) or _("không"),
        _("chỉ dẫn"): said.hint or _("trống"),
        _("nhỏ nhất"): str(said.least) if said.least is not None else _("không giới hạn"),
        _("lớn nhất"): str(said.most) if said.most is not None else _("không giới hạn"),
        _("phải là ngày đã qua"): _("có") if said.is_past else _("không"),
    }


def _choices(whose: str, before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for value, label in after.items():
        words = {"whose": whose, "label": label}
        if value not in before:
            yield Change(ADDED, _("%(whose)s: thêm lựa chọn “%(label)s”") % words)
        elif before[value] != label:
            yield Change(CHANGED, _("%(whose)s: lựa chọn “%(was)s” → “%(label)s”") % (words | {"was": before[value]}))
    for value in before.keys() - after.keys():
        yield Change(GONE, _("%(whose)s: bỏ lựa chọn “%(label)s”") % {"whose": whose, "label": before[value]})


def _process(old: ProcedureVersion, new: ProcedureVersion) -> Iterator[Change]:
    kinds = {steps.ADDED: ADDED, steps.GONE: GONE}
    for one in steps.changed(old.process, new.process):
        words = _("bước “%(name)s”: %(words)s") % {"name": one.name, "words": one.words}
        yield Change(kinds.get(one.kind, CHANGED), words)


# --- comparing ------------------------------------------------------------------------------------------------------------


def _by(rows: Iterable[T], key: Callable[[T], str]) -> dict[str, T]:
    return {key(row): row for row in rows}


def _both(before: dict[str, T], after: dict[str, T]) -> Iterator[tuple[str, T, T]]:
    return ((key, before[key], row) for key, row in after.items() if key in before)


def _come_and_gone(before: dict[str, T], after: dict[str, T], what: str, named: Callable[[T], str]) -> Iterator[Change]:
    for key, row in after.items():
        if key not in before:
            yield Change(ADDED, _("thêm %(what)s %(name)s") % {"what": what, "name": named(row)})
    for key, row in before.items():
        if key not in after:
            yield Change(GONE, _("bỏ %(what)s %(name)s") % {"what": what, "name": named(row)})


def _facts(name: str, before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    """Yield each fact that is other than before: «Nhà ở: thời hạn 7 → 5 ngày làm việc»."""
    for fact, now in after.items():
        if (was := before[fact]) != now:
            change = _turned(fact, was, now)
            yield Change(CHANGED, f"{name}: {change.words}")


def _turned(fact: str, was: str, now: str) -> Change:
    """Say a fact before and now; a unit both share is said once: «7 → 5 ngày làm việc»."""
    quantity, _space, unit = was.partition(" ")
    if quantity[:1].isdigit() and unit and now.endswith(f" {unit}") and now[:1].isdigit() and unit != "đ":
        was = quantity
    return Change(CHANGED, " ".join(filter(None, (fact, f"{was} → {now}"))))


def _order(before: dict[str, Any], after: dict[str, Any], what: str) -> Iterator[Change]:
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield Change(CHANGED, _("đổi thứ tự %(what)s") % {"what": what})


def _vocabularies(
    old: ProcedureVersion, new: ProcedureVersion, was: _Conditioned, now: _Conditioned
) -> tuple[Vocabulary, Vocabulary]:
    """Return the words of a condition before and now; one that stays is said in today's words, whatever they were."""
    today = vocabulary_of([new])
    return (today if was.condition == now.condition else vocabulary_of([old])), today


def _when(condition: dict[str, Any], vocabulary: Vocabulary) -> str:
    return in_words(condition, vocabulary) or _("luôn luôn")


_Compare = Callable[[ProcedureVersion, ProcedureVersion], Iterator[Change]]
# fmt: off
_SECTIONS: Sequence[tuple[str, str | Promise, _Compare]] = (
    ("ten",        gettext_lazy("Tên và lời văn"),        _names),
    ("cach-lam",   gettext_lazy("Nơi làm và cách tính"),  _policies),
    ("cau-hoi",    gettext_lazy("Câu hỏi"),               _questions),
    ("truong-hop", gettext_lazy("Trường hợp, thời hạn"),  _cases),
    ("giay-to",    gettext_lazy("Giấy tờ"),               _papers),
    ("le-phi",     gettext_lazy("Phí, lệ phí"),           _fees),
    ("to-khai",    gettext_lazy("Tờ khai"),               _form),
    ("quy-trinh",  gettext_lazy("Quy trình"),             _process),
)
# fmt: on
