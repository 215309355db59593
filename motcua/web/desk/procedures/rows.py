"""What a version says as the rows of its tables, in words; each row knows the address it is edited at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.catalogue.databases import DATABASES
from motcua.catalogue.form_edits import KINDS, SOURCES, Form, said_of
from motcua.catalogue.forms import fields_in_order
from motcua.catalogue.models import Case, FeeRule, PaperGroup, PaperRequirement, ProcedureVersion
from motcua.catalogue.processes.vocabulary import Vocabulary, in_words, vocabulary_of
from motcua.catalogue.version_words import (
    amount_in_words,
    channel_in_words,
    counts_in_words,
    online_term_in_words,
    term_in_words,
    window_in_words,
)


@dataclass(frozen=True)
class Line:
    """One row: `kind` and `key` are its address, `cells` what stands beside its name."""

    kind: str
    key: str
    name: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """Rows under a heading of their own: a group of papers, a group of the form."""

    head: Line | None
    lines: tuple[Line, ...]
    new_query: str = ""


@dataclass(frozen=True)
class Table:
    """One section of a version: the columns of its rows, its rows in blocks, which kinds are added to it."""

    key: str
    title: str
    columns: tuple[str, ...]
    blocks: tuple[Block, ...]
    new: tuple[tuple[str, str], ...]
    note: str = ""

    @property
    def width(self) -> int:
        """Return how many columns the table has."""
        return len(self.columns)

    @property
    def count(self) -> int:
        """Return how many rows it has."""
        return sum(len(block.lines) for block in self.blocks)


def tables_of(version: ProcedureVersion) -> list[Table]:
    """Return the sections of a version: questions, cases, papers, fees, form."""
    vocabulary = vocabulary_of([version])
    return [
        _questions(version),
        _cases(version, vocabulary),
        _papers(version, vocabulary),
        _fees(version, vocabulary),
        _form(version),
    ]


def _questions(version: ProcedureVersion) -> Table:
    lines = [
        Line("cau-hoi", question["key"], question["label"], (" / ".join(one["label"] for one in question["options"]),))
        for question in version.questions
    ]
    return Table(
        "cau-hoi", _("Câu hỏi"), (_("Câu hỏi"), _("Câu trả lời")), (Block(None, tuple(lines)),),
        (("cau-hoi", _("Thêm câu hỏi")),), _("Câu trả lời quyết định trường hợp, giấy tờ, khoản thu."),
    )  # fmt: skip


def _cases(version: ProcedureVersion, vocabulary: Vocabulary) -> Table:
    return Table(
        "truong-hop",
        _("Trường hợp, thời hạn"),
        (_("Trường hợp"), _("Khi"), _("Thời hạn"), _("Nộp trực tuyến")),
        (Block(None, tuple(_case(case, vocabulary) for case in version.cases.all())),),
        (("truong-hop", _("Thêm trường hợp")),),
        _("Cái đầu tiên đúng điều kiện được chọn; cái cuối không có điều kiện."),
    )


def _case(case: Case, vocabulary: Vocabulary) -> Line:
    cells = _when(case.condition, vocabulary), term_in_words(case), online_term_in_words(case) or _("như bên")
    return Line("truong-hop", str(case.pk), case.name, cells)


def _papers(version: ProcedureVersion, vocabulary: Vocabulary) -> Table:
    blocks = [
        Block(
            Line("nhom-giay", str(group.pk), str(group), (_group_words(group, vocabulary),)),
            tuple(_paper(paper) for paper in group.papers.all()),
            f"?nhom={group.pk}",
        )
        for group in version.paper_groups.all()
    ]
    new = (("nhom-giay", _("Thêm nhóm giấy tờ")),)
    return Table(
        "giay-to", _("Giấy tờ"), (_("Giấy tờ"), _("Số bản"), _("Bắt buộc"), _("Khi nộp điện tử")), tuple(blocks), new
    )


def _group_words(group: PaperGroup, vocabulary: Vocabulary) -> str:
    rule = group.get_rule_display()
    when = in_words(group.condition, vocabulary)
    return f"{rule}: {when}" if when else rule


def _paper(paper: PaperRequirement) -> Line:
    if paper.kind == PaperRequirement.Kind.NOTE:
        return Line("giay", str(paper.pk), paper.name, (_("ghi chú"), "", ""))
    how = paper.get_electronic_display()
    if paper.replaced_by_data:
        how = _("không phải nộp: %(source)s") % {
            "source": DATABASES.get(paper.replaced_by_data, paper.replaced_by_data)
        }
    elif paper.from_form:
        how = _("in từ tờ khai")
    elif paper.kind == PaperRequirement.Kind.SHOW:
        how = _("xuất trình")
    return Line("giay", str(paper.pk), paper.name, (counts_in_words(paper), _("có") if paper.required else "", how))


def _fees(version: ProcedureVersion, vocabulary: Vocabulary) -> Table:
    return Table(
        "le-phi",
        _("Phí, lệ phí"),
        (_("Khoản"), _("Số tiền"), _("Kênh"), _("Khi"), _("Trong thời gian"), _("Căn cứ")),
        (Block(None, tuple(_fee(fee, vocabulary) for fee in version.fees.all())),),
        (("le-phi", _("Thêm khoản thu")),),
        _("Nhiều dòng cùng tên: dòng sát với hồ sơ nhất được thu, một lần."),
    )


def _fee(fee: FeeRule, vocabulary: Vocabulary) -> Line:
    when, window = _when(fee.condition, vocabulary), window_in_words(fee) or _("luôn luôn")
    return Line("le-phi", str(fee.pk), fee.name, (amount_in_words(fee), channel_in_words(fee), when, window, fee.basis))


def _form(version: ProcedureVersion) -> Table:
    form = Form(version.form_schema, version.form_ui, version.form_bindings)
    lines = {name: _field(form, name) for name in fields_in_order(form.schema, form.ui) if name in _known(form)}
    blocks = [
        Block(
            Line("nhom-o", str(group["key"]), str(group["title"]), (_about(group),)),
            tuple(lines.pop(name) for name in group["fields"] if name in lines),
            f"?nhom={group['key']}",
        )
        for group in form.ui.get("groups") or []
    ]
    if lines:
        blocks.append(Block(Line("", "", _("Chưa xếp nhóm")), tuple(lines.values())))
    new = (("nhom-o", _("Thêm nhóm")), ("o", _("Thêm ô")))
    columns = (_("Ô"), _("Kiểu"), _("Bắt buộc"), _("Điền sẵn từ"), _("Lựa chọn"))
    return Table("to-khai", _("Tờ khai"), columns, tuple(blocks), new)


def _field(form: Form, name: str) -> Line:
    said = said_of(form, name)
    cells = (
        str(KINDS[said.kind].label),
        _("có") if said.required else "",
        str(SOURCES.get(said.source, said.source)),
        " / ".join(choice.label for choice in said.choices),
    )
    return Line("o", name, said.label, cells)


def _about(group: Mapping[str, object]) -> str:
    return _("hỏi cùng thông tin người nộp") if group.get("about") == "applicant" else ""


def _known(form: Form) -> Iterator[str]:
    return iter(form.schema.get("properties") or {})


def _when(condition: dict[str, list[object]], vocabulary: Vocabulary) -> str:
    return in_words(condition, vocabulary) or _("luôn luôn")
