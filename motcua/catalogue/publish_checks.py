"""What must be true of a draft before it is published: an unusable version would be frozen for good."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from motcua.catalogue.conditions import faults_in
from motcua.catalogue.for_another import answers_for_another
from motcua.catalogue.forms import TODAY
from motcua.catalogue.models import PaperRequirement, Procedure, ProcedureVersion
from motcua.catalogue.processes.branches import faults_of_branches
from motcua.catalogue.processes.plans import BadProcess
from motcua.catalogue.processes.process import parse
from motcua.catalogue.processes.proofs import Level, Proof, binding_faults, no_fee_account, question_faults, term_faults
from motcua.catalogue.processes.rows import rows_of
from motcua.catalogue.processes.vocabulary import choices_of, known_facts
from motcua.catalogue.shapes import shape_faults


def faults_of(version: ProcedureVersion) -> list[str]:
    """Return every reason not to publish `version`, as Vietnamese sentences; empty when it may be published.

    A version without form and process is published for information, and needs no more than its names. One that people
    can file under needs everything the filing computes with.
    """
    checks = [_names, _filing] if version.form_schema or version.process else [_names]
    return [fault for check in checks for fault in check(version)]


def proofs_of_version(version: ProcedureVersion, *, has_fee_account: bool = True) -> list[Proof]:
    """Return the same checks as proofs, part by part: what keeps it from being published, warnings, then what holds."""
    if shapes := shape_faults(version):
        return [Proof(Level.ERROR, _("Ghi sai khuôn"), fault) for fault in shapes]
    found = []
    is_filed = bool(version.form_schema or version.process)
    for title, good, check in _PARTS:
        faults = list(check(version)) if is_filed or check is _names else []
        found += [Proof(Level.ERROR, str(title), fault) for fault in faults]
        if not faults and (is_filed or check is _names):
            found.append(Proof(Level.GOOD, str(title), str(good)))
    found += [Proof(Level.WARNING, title, detail) for title, detail in _doubts(version)]
    if version.fees.all() and not has_fee_account:
        found.append(no_fee_account(version.title))
    return sorted(found, key=lambda proof: list(Level).index(proof.level))


def _doubts(version: ProcedureVersion) -> Iterator[tuple[str, str]]:
    """Yield what does not keep a version from being published, but is seldom meant: a headline and a sentence."""
    if not version.form_schema and not version.process:
        yield _("Chỉ để xem"), _("Chưa có tờ khai và quy trình: công bố thì người dân chỉ đọc, chưa nộp được.")
    unknown = [fee.name for fee in version.fees.all() if fee.amount_vnd is None]
    if unknown:
        yield _("Chưa rõ số tiền"), _("%(fees)s: người dân sẽ đọc “báo trước khi thu”.") % {"fees": ", ".join(unknown)}
    if version.form_schema and not version.fees.all():
        yield _("Không có khoản thu"), _("Trang thủ tục sẽ ghi “chưa rõ”. Nếu không thu, thêm một khoản 0 đ.")
    for question in version.questions:
        if question["key"] not in _asked(version):
            detail = _(
                "“%(label)s” không đổi thời hạn, giấy tờ, khoản thu hay bước nào. Bỏ đi thì người dân bớt một câu."
            )
            yield _("Câu hỏi chưa dùng vào đâu"), detail % {"label": question["label"]}


def _asked(version: ProcedureVersion) -> set[str]:
    """Return the keys that some condition of a version asks, or that say whether somebody files for another."""
    rows: list[Any] = [*version.cases.all(), *version.paper_groups.all(), *version.fees.all()]
    asked = {key for row in rows for key in row.condition}
    asked |= {key for rule in _hanging(version) for key in rule.get("when") or {}}
    asked |= {key for row in rows_of(version.process) for way in row.get("next") or [] for key in way.get("when") or {}}
    return asked | set(answers_for_another(version))


def _names(version: ProcedureVersion) -> Iterator[str]:
    if not version.name:
        yield _("Thủ tục chưa có tên.")
    if not version.desk_name:
        yield _("Thủ tục chưa có tên gọn để hiện trong bảng của cán bộ.")
    if version.online_level == ProcedureVersion.OnlineLevel.PARTIAL and not version.partial_reason:
        yield _("Dịch vụ một phần phải nói lý do (NĐ 224/2026/NĐ-CP Điều 14).")


def _filing(version: ProcedureVersion) -> Iterator[str]:
    """Check what a filing computes with; nobody files under an inner procedure, so it needs no form and no papers."""
    is_inner = version.procedure.type == Procedure.Type.INTERNAL
    for check in _FILING_CHECKS:
        if not (is_inner and check in _ABOUT_FILERS):
            yield from check(version)


def _place(version: ProcedureVersion) -> Iterator[str]:
    if not version.levels:
        yield _("Chưa nói thủ tục được giải quyết ở cấp nào.")
    if not version.competent_subject:
        yield _("Chưa nói sở hay phòng nào giải quyết.")


def _cases(version: ProcedureVersion) -> Iterator[str]:
    cases = list(version.cases.all())
    if not cases and not version.no_legal_term:
        yield _(
            "Chưa có trường hợp nào, nên không tính được hạn trả. Thêm trường hợp, hoặc nói luật không định thời hạn."
        )
    elif cases and cases[-1].condition:
        yield _("Trường hợp cuối cùng phải không có điều kiện, để câu trả lời nào cũng có trường hợp của nó.")
    if version.same_day and any(case.term_quantity is None for case in cases):
        yield _("Thủ tục trả trong ngày thì mỗi trường hợp phải có thời hạn.")


def _papers(version: ProcedureVersion) -> Iterator[str]:
    papers = [paper for group in version.paper_groups.all() for paper in group.papers.all()]
    if not any(paper.kind != PaperRequirement.Kind.NOTE for paper in papers):
        yield _("Chưa có giấy tờ nào trong thành phần hồ sơ.")
    for code in _repeated(paper.code for paper in papers):
        yield _("Mã giấy tờ “%(code)s” dùng cho hai giấy tờ.") % {"code": code}
    for group in version.paper_groups.all():
        if not group.papers.all():
            yield _("Nhóm giấy tờ “%(group)s” chưa có giấy tờ nào.") % {"group": group}


def _form(version: ProcedureVersion) -> Iterator[str]:
    schema = version.form_schema
    if not schema:
        yield _("Có quy trình nhưng chưa có mẫu đơn, nên người dân không nộp được.")
        return
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        yield _("Mẫu đơn không đúng JSON Schema: %(error)s") % {"error": error.message}
        return
    fields = schema.get("properties")
    if schema.get("type") != "object" or not isinstance(fields, dict) or not fields:
        yield _("Mẫu đơn phải là một object có ít nhất một ô.")
        return
    yield from _unknown_fields(version, set(fields))
    yield from _bounds_of_days(version, fields)
    yield from _for_another(version)
    yield from binding_faults(version)


def _unknown_fields(version: ProcedureVersion, fields: set[str]) -> Iterator[str]:
    ui = version.form_ui
    placed = [field for group in ui.get("groups", []) for field in group.get("fields", [])]
    hanging = [field for rule in _hanging(version) for field in rule.get("fields", ())]
    required = version.form_schema.get("required", [])
    named = [*required, *placed, *ui.get("fields", {}), *hanging]
    for field in sorted(set(named) - fields):
        yield _("Mẫu đơn nhắc tới ô “%(field)s” nhưng không có ô ấy.") % {"field": field}
    for field in _repeated(placed):
        yield _("Ô “%(field)s” đứng ở hai chỗ trong mẫu đơn.") % {"field": field}


def _bounds_of_days(version: ProcedureVersion, fields: dict[str, Any]) -> Iterator[str]:
    for field, view in version.form_ui.get("fields", {}).items():
        if "not_after" not in view:
            continue
        if view["not_after"] != TODAY:
            yield _("Ô “%(field)s” có not_after “%(bound)s”; chỉ có thể là “today”.") % {
                "field": field,
                "bound": view["not_after"],
            }
        if fields.get(field, {}).get("format") != "date":
            yield _("Ô “%(field)s” có not_after nhưng không phải là ô ngày.") % {"field": field}


def _for_another(version: ProcedureVersion) -> Iterator[str]:
    fields = version.form_schema.get("properties") or {}
    for field, view in (version.form_ui.get("fields") or {}).items():
        said, offered = view.get("for_another", []), choices_of(fields.get(field, {})) or []
        if not isinstance(said, list) or not {str(value) for value in said} <= set(offered):
            yield _("Ô “%(field)s” có for_another; nó phải là một danh sách các lựa chọn của chính ô ấy.") % {
                "field": field
            }


def _hanging(version: ProcedureVersion) -> list[dict[str, Any]]:
    """Return the form's rules that hang on an answer."""
    return [rule for name in ("required_when", "empty_when", "filled_when") for rule in version.form_ui.get(name, [])]


def _process(version: ProcedureVersion) -> Iterator[str]:
    if not version.process:
        yield _("Có mẫu đơn nhưng chưa có quy trình, nên không ai giải quyết được.")
        return
    try:
        process = parse(version.process)
    except BadProcess as error:
        yield from error.faults
        return
    yield from faults_of_branches(process)
    yield from term_faults(version, process)
    yield from question_faults(version, version.process)


def _conditions(version: ProcedureVersion) -> Iterator[str]:
    known = known_facts(version)
    for case in version.cases.all():
        yield from _told(_("Trường hợp “%(name)s”"), case, faults_in(case.condition, known))
    for group in version.paper_groups.all():
        yield from _told(_("Nhóm giấy tờ “%(name)s”"), group, faults_in(group.condition, known))
    for fee in version.fees.all():
        yield from _told(_("Khoản thu “%(name)s”"), fee, faults_in(fee.condition, known))
    for rule in _hanging(version):
        where = ", ".join(rule.get("fields", ()))
        yield from _told(_("Ô “%(name)s”"), where, faults_in(rule.get("when"), known))


def _told(whose: str, name: object, faults: Iterable[str]) -> Iterator[str]:
    for fault in faults:
        yield f"{whose % {'name': name}}: {fault}."


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


_FILING_CHECKS: tuple[Callable[[ProcedureVersion], Iterator[str]], ...] = (
    _place,
    _cases,
    _papers,
    _form,
    _process,
    _conditions,
)
_ABOUT_FILERS = frozenset({_papers, _form})


def _unless_inner(check: Callable[[ProcedureVersion], Iterator[str]]) -> Callable[[ProcedureVersion], Iterator[str]]:
    def checked(version: ProcedureVersion) -> Iterator[str]:
        if version.procedure.type != Procedure.Type.INTERNAL:
            yield from check(version)

    return checked


# fmt: off
_PARTS: tuple[tuple[Promise, Promise, Callable[[ProcedureVersion], Iterator[str]]], ...] = (
    (gettext_lazy("Tên"),                  gettext_lazy("Có tên chính thức và tên gọn."),                         _names),
    (gettext_lazy("Nơi giải quyết"),       gettext_lazy("Biết giải quyết ở cấp nào, mảng việc nào."),             _place),
    (gettext_lazy("Trường hợp, thời hạn"), gettext_lazy("Câu trả lời nào cũng có một trường hợp."),               _cases),
    (gettext_lazy("Giấy tờ"),              gettext_lazy("Giấy nào cũng có mã riêng, nhóm nào cũng có giấy."),     _unless_inner(_papers)),
    (gettext_lazy("Tờ khai"),              gettext_lazy("Ô nào cũng có chỗ của nó, nguồn điền sẵn nào cũng có."), _unless_inner(_form)),
    (gettext_lazy("Quy trình"),            gettext_lazy("Đi được từ đầu tới phát hành, không dài hơn thời hạn."), _process),
    (gettext_lazy("Điều kiện"),            gettext_lazy("Mọi điều kiện hỏi đúng câu hỏi hay ô của tờ khai."),     _conditions),
)
# fmt: on
