"""What a national record leaves undecided: a table of small rules, each a code, a sentence and a question to the record.

The importer never guesses: what one of these rules finds is kept with the version, for a person to decide before the
province publishes its own (docs/rules.md, Catalogue).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.importing.record import Details, Fee, Item, Record
from motcua.catalogue.models import Case

UNITS = {
    "WORKING_DAY": Case.Unit.WORKING_DAYS,
    "DAY": Case.Unit.DAYS,
    "HOUR": Case.Unit.WORKING_HOURS,
    "MONTH": Case.Unit.MONTHS,
}
SMALLEST_FEE_VND = 1000
# fmt: off
RETIRED_CODES = frozenset((
    "2.002059", "2.000633", "2.000620", "1.001279", "1.004494", "2.000205",
    "2.000192", "1.001978", "1.002820", "1.002809", "1.004616", "1.004604",
))
# fmt: on
"""Codes that older lists have and the catalogue of July 2026 no longer has."""

_OLD_DISTRICT = re.compile(r"cấp huyện|quận|huyện|thị xã|phòng tư pháp|phòng tài nguyên|phòng lao động", re.IGNORECASE)
_FREE = re.compile(r"(không( có| thu)?|miễn)( phí| lệ phí| thu)?( phí| lệ phí)?|0( đồng| vnđ| đ)?", re.IGNORECASE)
_ALTERNATIVES = re.compile(r"một trong|hoặc là một|một hoặc nhiều", re.IGNORECASE)
_CONDITION = re.compile(r"[-+*•\s]*(trường hợp|đối với|nếu)\b", re.IGNORECASE)
_WINDOW = re.compile(r"từ ngày \d|đến hết ngày|đến ngày \d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """A thing that may be undecided about a record."""

    code: str
    text: Promise
    finds: Callable[[Record], bool]


def term_of(quantity: str, unit: str) -> tuple[Decimal, str] | None:
    """Return a time the program can count with; None when the source says it in words or in no unit of time."""
    try:
        amount = Decimal(quantity)
    except InvalidOperation:
        return None
    return (amount, UNITS[unit].value) if unit in UNITS and 0 < amount < 10_000 else None


def is_note(item: Item) -> bool:
    """Return whether a row of the checklist asks for no paper at all: neither an original nor a copy."""
    return item.originals == 0 and item.copies == 0


def known_amount(fee: Fee) -> int | None:
    """Return the amount in đồng when it is beyond doubt. A zero beside other words is not free; see the rules below."""
    if fee.value is None or _is_foreign(fee) or _is_suspicious(fee) or _is_zero_with_words(fee):
        return None
    return fee.value


def undecided_in(record: Record) -> list[dict[str, str]]:
    """Return what is undecided about `record`, as `ProcedureVersion.undecided` keeps it."""
    return [{"code": rule.code, "text": str(rule.text)} for rule in RULES if rule.finds(record)]


def _is_foreign(fee: Fee) -> bool:
    return "USD" in fee.text or "đô la" in fee.text.lower()


def _is_suspicious(fee: Fee) -> bool:
    return fee.value is not None and 0 < fee.value < SMALLEST_FEE_VND


def _is_zero_with_words(fee: Fee) -> bool:
    return fee.value == 0 and fee.text.strip(" .") != "" and not _FREE.fullmatch(fee.text.strip(" ."))


def _in_details(asks: Callable[[Details], bool]) -> Callable[[Record], bool]:
    return lambda record: record.details is not None and asks(record.details)


def _any_fee(asks: Callable[[Fee], bool]) -> Callable[[Record], bool]:
    return _in_details(lambda details: any(asks(fee) for channel in details.channels for fee in channel.fees))


def _any_paper(pattern: re.Pattern[str]) -> Callable[[Record], bool]:
    return _in_details(lambda d: any(pattern.search(i.name) is not None for i in d.items if not is_note(i)))


def _terms(details: Details) -> tuple[set[tuple[Decimal, str]], set[tuple[Decimal, str]]]:
    """Return the countable times of the channels and those of the cases."""
    channels = {term for channel in details.channels if (term := term_of(channel.quantity, channel.unit))}
    return channels, {term for case in details.cases if (term := term_of(case.quantity, case.unit))}


def _conflicts(details: Details) -> bool:
    channels, cases = _terms(details)
    return bool(channels and cases and not channels & cases)


def _has_no_term(details: Details) -> bool:
    channels, cases = _terms(details)
    return not cases and len(channels) != 1


def _has_other_unit(details: Details) -> bool:
    times = [(part.quantity, part.unit) for part in details.channels]
    times += [(part.quantity, part.unit) for part in details.cases]
    return any(term_of(quantity, unit) is None for quantity, unit in times)


# fmt: off
RULES = (
    Rule("agency_missing",      _("Nguồn không nói cơ quan nào thực hiện."),
         lambda record: not record.executing),
    Rule("agency_old",          _("Cơ quan thực hiện còn theo tên trước tháng 7/2025 (cấp huyện)."),
         lambda record: any(_OLD_DISTRICT.search(name) for name in record.executing)),
    Rule("field_missing",       _("Nguồn không nói lĩnh vực."),
         lambda record: not record.field_name),
    Rule("other_province",      _("Thủ tục do một tỉnh công bố, tỉnh khác có thể dùng mã khác cho cùng việc."),
         lambda record: record.promulgated_by.startswith("UBND")),
    Rule("code_retired",        _("Mã này không còn trong danh mục quốc gia: giữ cho hồ sơ cũ, không nhận hồ sơ mới."),
         lambda record: record.code in RETIRED_CODES),
    Rule("term_in_words",       _("Có thời hạn nói bằng lời hoặc không có đơn vị tính được."),
         _in_details(_has_other_unit)),
    Rule("term_conflict",       _("Thời hạn theo cách nộp và theo trường hợp không khớp nhau; tỉnh phải chọn khi công bố."),
         _in_details(_conflicts)),
    Rule("term_unknown",        _("Không rút ra được một thời hạn để tính ngày hẹn trả."),
         _in_details(_has_no_term)),
    Rule("cases_unnamed",       _("Có nhiều trường hợp mà nguồn không nói mỗi trường hợp là gì."),
         _in_details(lambda details: len(details.cases) > 1)),
    Rule("fee_suspicious",      _("Có số tiền dưới 1.000 đồng, có lẽ nguồn tính bằng nghìn đồng."),
         _any_fee(_is_suspicious)),
    Rule("fee_zero_with_words", _("Có khoản ghi 0 đồng nhưng kèm lời khác: chưa biết, không phải miễn phí."),
         _any_fee(_is_zero_with_words)),
    Rule("fee_unknown",         _("Có khoản thu không ghi số tiền."),
         _any_fee(lambda fee: fee.value is None)),
    Rule("fee_foreign",         _("Có khoản thu bằng ngoại tệ."),
         _any_fee(_is_foreign)),
    Rule("fee_window",          _("Có mức thu theo thời gian, chỉ nói bằng lời."),
         _any_fee(lambda fee: _WINDOW.search(fee.text) is not None)),
    Rule("notes_among_papers",  _("Có lời ghi chú nằm trong thành phần hồ sơ; nhập là ghi chú, không bắt nộp."),
         _in_details(lambda details: any(is_note(item) for item in details.items))),
    Rule("papers_alternative",  _("Có giấy tờ “một trong các loại” chỉ nói bằng lời."),
         _any_paper(_ALTERNATIVES)),
    Rule("papers_conditional",  _("Có giấy tờ chỉ cần trong một trường hợp, chỉ nói bằng lời."),
         _any_paper(_CONDITION)),
    Rule("papers_missing",      _("Nguồn không có giấy tờ nào trong thành phần hồ sơ."),
         _in_details(lambda details: all(is_note(item) for item in details.items))),
)
# fmt: on
