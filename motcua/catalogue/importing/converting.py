"""A national record as rows of the catalogue: what is sure becomes a value, what is not stays words."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.content import GroupContent, ProcedureContent
from motcua.catalogue.importing.record import CaseTime, Channel, Details, Fee, Item, Record
from motcua.catalogue.importing.undecided import RETIRED_CODES, is_note, known_amount, term_of, undecided_in
from motcua.catalogue.models import Case, FeeRule, PaperGroup, PaperRequirement, ProcedureVersion

Level = ProcedureVersion.Level

METHODS = {"ONLINE": "online", "POSTAL": "postal", "DIRECT": "direct"}
FEE_CHANNELS = {"ONLINE": "online", "POSTAL": "postal", "DIRECT": "counter"}
FEE_NAMES = {"FEE": "Phí", "SERVICE_FEE": "Lệ phí", "PRICE_LEVEL": "Giá dịch vụ"}

# fmt: off
LEVELS = (  # the first that an agency's name contains, in lower case
    ("cấp xã",              Level.COMMUNE),
    ("phường",              Level.COMMUNE),
    ("phòng kinh tế",       Level.COMMUNE),
    ("phòng văn hóa",       Level.COMMUNE),
    ("công an",             Level.VERTICAL),
    ("thuế",                Level.VERTICAL),
    ("hải quan",            Level.VERTICAL),
    ("bảo hiểm xã hội",     Level.VERTICAL),
    ("ngân hàng nhà nước",  Level.VERTICAL),
    ("kho bạc",             Level.VERTICAL),
    ("cấp tỉnh",            Level.PROVINCE),
    ("sở ",                 Level.PROVINCE),
    ("đăng ký đất đai",     Level.PROVINCE),
    ("ubnd tỉnh",           Level.PROVINCE),
    ("bộ ",                 Level.MINISTRY),
    ("cục ",                Level.MINISTRY),
)
# fmt: on


def content_of(record: Record, content_hash: str) -> ProcedureContent:
    """Return `record` as a version for information: no form and no process, so nobody can file under it yet."""
    return ProcedureContent(
        code=record.code,
        field_code=record.field_code[:40],
        field_name=record.field_name[:250] or _("Chưa rõ lĩnh vực"),
        type=record.type,
        national_id=record.national_id[:40],
        version=_version(record),
        content_hash=content_hash,
        is_retired=record.code in RETIRED_CODES,
        is_full=record.details is not None,
        cases=tuple(_cases(record)),
        groups=tuple(_groups(record.details.items)) if record.details else (),
        fees=tuple(_fees(record.details.channels)) if record.details else (),
    )


def levels_of(agencies: Iterable[str]) -> list[str]:
    """Return the levels of government the named agencies stand at, undetermined when no name tells."""
    found = [next((level for part, level in LEVELS if part in f"{name.lower()} "), None) for name in agencies]
    return [level.value for level in dict.fromkeys(found) if level] or [Level.UNDETERMINED.value]


def _version(record: Record) -> dict[str, Any]:
    values: dict[str, Any] = {
        "name": record.name,
        "promulgated_by": record.promulgated_by[:250],
        "executing": "; ".join(record.executing)[:2000],
        "subject_types": [subject[:200] for subject in record.subject_types],
        "levels": levels_of(record.executing),
        "undecided": undecided_in(record),
    }
    return values | _words(record.details) if record.details else values


def _words(details: Details) -> dict[str, Any]:
    return {
        "requirements": details.requirements,
        "execution_steps": [{"name": name, "description": text} for name, text in details.steps],
        "channels": [
            {
                "method": METHODS.get(channel.method, channel.method.lower()),
                "quantity": channel.quantity,
                "unit": channel.unit,
                "description": channel.note,
            }
            for channel in details.channels
        ],
        "results": [{"code": "", "name": name} for name in details.results],
        "legal_bases": [{"code": code, "name": name} for code, name in details.legal_bases],
    }


def _cases(record: Record) -> Iterator[Case]:
    """Return the cases with their times; without cases, the one time on which all channels agree."""
    if record.details is None:
        return
    times = record.details.cases or _agreed(record)
    used: set[str] = set()
    for number, time in enumerate(times, start=1):
        code = time.code[:60]
        if not code or code in used:
            code = f"{record.code}.{number:02}"
        used.add(code)
        term = term_of(time.quantity, time.unit)
        name = _("Trường hợp %(number)s") % {"number": number} if len(times) > 1 else _("Mọi trường hợp")
        yield Case(code=code, name=name, term_quantity=term and term[0], term_unit=term[1] if term else "")


def _agreed(record: Record) -> tuple[CaseTime, ...]:
    channels = record.details.channels if record.details else ()
    times = {(channel.quantity, channel.unit) for channel in channels}
    return tuple(CaseTime("", quantity, unit) for quantity, unit in times) if len(times) == 1 else ()


def _groups(items: tuple[Item, ...]) -> Iterator[GroupContent]:
    for title, members in groupby(items, key=lambda item: item.group):
        papers = tuple(_paper(item, title, number) for number, item in enumerate(members, start=1) if item.name)
        if papers:
            yield GroupContent(PaperGroup(rule=PaperGroup.Rule.ALL_OF, title=title), papers)


def _paper(item: Item, group: str, number: int) -> PaperRequirement:
    return PaperRequirement(
        code=item.code[:60] or f"TP-{number:02}",
        name=item.name,
        kind=_kind(item, group),
        original_count=item.originals,
        copy_count=item.copies,
        required=not is_note(item),
    )


def _kind(item: Item, group: str) -> str:
    if is_note(item):
        return PaperRequirement.Kind.NOTE
    return PaperRequirement.Kind.SHOW if "xuất trình" in group.lower() else PaperRequirement.Kind.SUBMIT


def _fees(channels: tuple[Channel, ...]) -> Iterator[FeeRule]:
    """Return each fee once: for every channel when all have it, else for each that has it."""
    methods: dict[Fee, dict[str, None]] = {}
    for channel in channels:
        for fee in channel.fees:
            methods.setdefault(fee, {})[channel.method] = None
    everywhere = {channel.method for channel in channels}
    for number, (fee, own) in enumerate(methods.items(), start=1):
        for method in [""] if set(own) == everywhere else own:
            yield FeeRule(
                name=_fee_name(fee, number, len(methods)),
                kind=FeeRule.Kind.FEE if fee.type == "FEE" else FeeRule.Kind.CHARGE,
                amount_vnd=known_amount(fee),
                channel=FEE_CHANNELS.get(method, ""),
                note=fee.text,
            )


def _fee_name(fee: Fee, number: int, many: int) -> str:
    """Return a name of its own for every fee, since rules of one name are charged once."""
    name = FEE_NAMES.get(fee.type, "Khoản thu")
    return name if many == 1 else f"{name} {number}"
