"""A reorganisation in words: tables for whoever runs it, and the same as JSON. Letters are counted by their own table."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from motcua.base.words import day
from motcua.dossiers.lifecycle import MOVES, Status
from motcua.dossiers.reorganising.report import Lacking, Moving, Report
from motcua.notices.texts import TEXTS
from motcua.people.models import Agency
from motcua.people.reorganising import Plan
from motcua.people.roles import Role

Rows = Iterable[Sequence[str]]


def as_json(plan: Plan, report: Report, *, is_rehearsal: bool) -> dict[str, Any]:
    """Return the report as one JSON object."""
    figures = asdict(report)
    for name in ("dossiers", "steps", "consultations", "posts", "processes"):
        figures[name] = [row._asdict() for row in getattr(report, name)]
    figures["lists"] = report.lists
    for name in ("steps", "steps_to_come"):
        figures["alone"][name] = [row._asdict() for row in getattr(report.alone, name)]
    return {"decision": plan.decision, "on": plan.on.isoformat(), "dry_run": is_rehearsal, **figures}


def as_text(plan: Plan, report: Report, *, is_rehearsal: bool) -> str:
    """Return the report as tables."""
    if report.changes_nothing:
        return _("%(decision)s đã thực hiện rồi. Lần này không có gì thay đổi.") % {"decision": plan.decision}
    said = {"decision": plan.decision, "on": day(plan.on), "number": report.dossier_number}
    if is_rehearsal:
        title = _("XEM TRƯỚC, chưa ghi gì. %(decision)s, từ %(on)s: %(number)d hồ sơ đang mở đổi đơn vị.")
    elif report.is_repeated:
        title = _("%(decision)s đã thực hiện rồi; lần này chuyển nốt %(number)d hồ sơ đến sau.")
    else:
        title = _("ĐÃ THỰC HIỆN. %(decision)s, từ %(on)s: %(number)d hồ sơ đang mở đổi đơn vị.")
    names = dict(Agency.objects.values_list("code", "name")) | {new.code: new.name for new in plan.agencies}
    return "\n".join(
        [title % said, *_moved(report, names), *_processes(report), *_alone(report, names), *_letters(report, names)]
    )


def _moved(report: Report, names: Mapping[str, str]) -> Iterator[str]:
    statuses, roles = dict(Status.choices), dict(Role.choices)
    yield from _ways(_("Hồ sơ đang mở, theo trạng thái"), report.dossiers, names, statuses)
    yield from _ways(_("Bước đang chạy, theo vai trò"), report.steps, names, roles)
    yield from _ways(_("Việc hỏi ý kiến, xác minh đang chờ"), report.consultations, names, {"": _("chưa trả lời")})
    posts = [Moving(post.unit, post.heir, post.role, post.posts) for post in report.posts]
    yield from _ways(_("Vị trí công tác"), posts, names, roles)
    numbers = (
        (_("Vị trí đang ủy quyền, đi tiếp ở đơn vị mới"), report.lent_posts),
        (_("Hồ sơ thành phần (liên thông) trong số trên, người dân chỉ nhận tin ở hồ sơ gốc"), report.parts),
        (_("Đề xuất chờ lãnh đạo duyệt"), report.proposals),
        (_("Nghĩa vụ tài chính người dân chưa nộp"), report.obligations),
        (_("Bản nháp ghi sẵn cơ quan, được đổi sang cơ quan kế thừa"), report.drafts),
        (_("Bản nháp của địa bàn cũ, giữ nguyên chữ và báo người dân khi mở"), report.drafts_of_places),
    )
    yield from _table(_("Khác"), [(words, str(number)) for words, number in numbers if number])


def _alone(report: Report, names: Mapping[str, str]) -> Iterator[str]:
    alone = report.alone
    yield from _table(
        _("KHÔNG AI NHẬN: bước đang chạy mà đơn vị mới chưa có người ở vai trò ấy"), _desks(alone.steps, names)
    )
    yield from _table(
        _("SẮP KHÔNG AI NHẬN: bước sẽ đến mà đơn vị mới chưa có người ở vai trò ấy"), _desks(alone.steps_to_come, names)
    )
    if alone.holders:
        text = _(
            "%(number)d bước có người giữ không còn vị trí ở đơn vị mới; bước vào hàng chung, đồng nghiệp nhận được."
        )
        yield from ("", text % {"number": alone.holders})
    yield from _table(_("Địa bàn chưa có UBND cấp xã"), alone.places)
    yield from _table(_("Thủ tục mà mảng việc không còn cơ quan nào lo"), alone.procedures)


def _processes(report: Report) -> Iterator[str]:
    following = [(one.procedure, f"{one.unit} → {one.heir}") for one in report.processes if one.follows]
    staying = [(one.procedure, f"{one.unit} → {one.heir}") for one in report.processes if not one.follows]
    yield from _table(_("Quy trình riêng của đơn vị cũ, đơn vị mới theo từ ngày ấy"), following)
    yield from _table(
        _("Quy trình riêng KHÔNG đi theo, vì đơn vị mới đã có quy trình riêng của thủ tục; hồ sơ đang làm vẫn theo quy trình cũ"),
        staying,
    )  # fmt: skip


def _letters(report: Report, names: Mapping[str, str]) -> Iterator[str]:
    told = {move: number for move, number in report.letters.items() if number and move in TEXTS}
    rows = [(gettext(MOVES[move].label), str(number)) for move, number in told.items()]
    yield from _table(_("Thông báo người dân, mỗi hồ sơ một tin trên cổng và theo kênh họ nhận tin"), rows)
    lists = [(f"{heir} {names.get(heir, '')}", str(number)) for heir, number in report.lists.items()]
    yield from _table(
        _("Danh sách hồ sơ tiếp quản, lãnh đạo đơn vị mới mở ở «Nhận từ đơn vị cũ» trên bàn làm việc và tải về"), lists
    )


def _ways(title: str, moving: Iterable[Moving], names: Mapping[str, str], words: Mapping[str, Any]) -> Iterator[str]:
    """Yield a title, and for every way from a unit to its heir what goes there."""
    rows = list(moving)
    if rows:
        yield from ("", title)
    for (unit, heir), group in groupby(rows, key=lambda row: (row.unit, row.heir)):
        yield f"  {unit} {names.get(unit, '')} → {heir} {names.get(heir, '')}"
        yield "      " + ", ".join(f"{words[row.of]} {row.number}" for row in group)


def _desks(lacking: Iterable[Lacking], names: Mapping[str, str]) -> Rows:
    roles = dict(Role.choices)
    for row in lacking:
        yield f"{row.unit} {names.get(row.unit, '')}", str(roles[row.role]), str(row.number)


def _table(title: str, rows: Rows) -> Iterator[str]:
    """Yield a title and its rows in columns; nothing where there are no rows."""
    lines = [list(row) for row in rows]
    if not lines:
        return
    widths = Counter({place: max(len(line[place]) for line in lines) for place in range(len(lines[0]))})
    yield from ("", title)
    for line in lines:
        yield ("  " + "  ".join(f"{text:<{widths[place]}}" for place, text in enumerate(line))).rstrip()
