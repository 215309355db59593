"""Where a dossier stands, in people's words: who has it, since when, what the citizen has to do, by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from motcua.base import words
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers import clock, deadlines
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Dossier, Step, Supplement
from motcua.dossiers.queries import OPEN_REQUEST


@dataclass(frozen=True)
class Words:
    """What is said in a status, with the facts of `_facts` in %(…)s; `short` is the state beside a row in a list."""

    short: str
    kind: str
    title: str
    text: str
    needs_you: bool = False


S = Status
# fmt: off
WORDS: Mapping[str, Words] = {
    S.SUBMITTED: Words(
        _("Chờ kiểm tra"), "action", _("%(receiving)s đang giữ hồ sơ, chờ kiểm tra"),
        _("Trả lời chậm nhất %(reception_due)s."),
    ),
    S.INCOMPLETE: Words(
        _("Chờ bạn"), "soon", _("Hồ sơ cần bạn bổ sung"),
        _("Hãy gửi trước %(supplement_due)s để hồ sơ được tiếp nhận."), needs_you=True,
    ),
    S.REFUSED: Words(
        _("Không được nhận"), "late", _("Hồ sơ không được tiếp nhận"),
        _("Bạn có thể hỏi %(receiving)s, hoặc nộp hồ sơ mới khi đã đủ điều kiện."),
    ),
    S.RECEIVED: Words(
        _("Đã tiếp nhận"), "action", _("Đã tiếp nhận, đang chuyển đến nơi giải quyết"),
        _("%(resolving)s sẽ xử lý hồ sơ của bạn."),
    ),
    S.PROCESSING: Words(
        _("Đang xử lý"), "action", _("%(unit)s đang xử lý: %(step)s"),
        _("%(unit_name)s giữ hồ sơ từ %(since)s."),
    ),
    S.AWAITING_PAPERS: Words(
        _("Chờ bạn"), "soon", _("Hồ sơ cần bạn bổ sung"),
        _("Đồng hồ đang dừng chờ bạn. Hãy gửi trước %(supplement_due)s để hồ sơ được làm tiếp."), needs_you=True,
    ),
    S.AWAITING_PAYMENT: Words(
        _("Chờ bạn"), "soon", _("Hồ sơ chờ bạn nộp nghĩa vụ tài chính"),
        _("Đồng hồ đang dừng chờ bạn. Hãy nộp các khoản dưới đây; %(receiving)s xác nhận xong thì hồ sơ được làm tiếp."), needs_you=True,
    ),
    S.WITHDRAWING: Words(
        _("Xin rút"), "plain", _("Đang xét yêu cầu rút hồ sơ của bạn"),
        _("Đồng hồ đang dừng. Bạn được báo ngay khi có quyết định; bạn vẫn có thể thôi rút."),
    ),
    S.WITHDRAWN: Words(
        _("Đã rút"), "plain", _("Hồ sơ đã được rút"),
        _("Hồ sơ không còn được xử lý từ %(closed)s. Khi cần, bạn nộp hồ sơ mới."),
    ),
    S.STOPPED: Words(
        _("Đã dừng"), "plain", _("Hồ sơ đã dừng xử lý"),
        _("Hồ sơ không còn được xử lý từ %(closed)s. Bạn có thể hỏi %(receiving)s."),
    ),
    S.FINISHED: Words(
        _("Có kết quả"), "good", _("Đã có kết quả, mời bạn nhận"),
        _("Nhận tại %(receiving)s. Nhớ mang giấy tờ tùy thân và giấy hẹn."), needs_you=True,
    ),
    S.RETURNED: Words(
        _("Đã trả kết quả"), "good", _("Đã trả kết quả"),
        _("Kết quả đã được trao lúc %(returned)s."),
    ),
}
# fmt: on


@dataclass(frozen=True)
class Standing:
    """Where one dossier stands: worded for its citizen."""

    short: str
    kind: str
    title: str
    text: str
    needs_you: bool
    left: str  # «Còn 5 ngày», empty when nothing is due
    due_at: datetime | None
    is_overdue: bool
    legal: str


def with_standing(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Bring along what `standing_of` reads, in two more queries however many dossiers there are."""
    running = Step.objects.filter(done_at__isnull=True).select_related("unit").order_by("is_beside", "seq")
    open_ones = Supplement.objects.filter(OPEN_REQUEST)
    return dossiers.select_related("version", "receiving_unit", "resolving_unit").prefetch_related(
        Prefetch("steps", running, to_attr="running_steps"), Prefetch("supplements", open_ones, to_attr="asked")
    )


def standing_of(dossier: Dossier, now: datetime) -> Standing:
    """Return where a dossier found through `with_standing` stands at `now`."""
    said = WORDS[dossier.status]
    step: Step | None = next(iter(dossier.running_steps), None)  # type: ignore[attr-defined]  # with_standing's
    facts = _facts(dossier, step, asked_of(dossier))
    runs = dossier.due_at is not None and dossier.finished_at is None and dossier.closed_at is None
    return Standing(
        short=gettext(said.short),
        kind=said.kind,
        title=capfirst(gettext(said.title) % facts),
        text=gettext(said.text) % facts,
        needs_you=said.needs_you,
        left=_left(dossier, now) if runs else "",
        due_at=dossier.due_at if runs else None,
        is_overdue=runs and dossier.is_overdue(now),
        legal=str(Status(dossier.status).label),
    )


def asked_of(dossier: Dossier) -> Supplement | None:
    """Return the request for papers that waits for the citizen, of a dossier found through `with_standing`."""
    return next(iter(dossier.asked), None)  # type: ignore[attr-defined]  # with_standing's


def _facts(dossier: Dossier, step: Step | None, asked: Supplement | None) -> dict[str, str]:
    return {
        "receiving": dossier.receiving_unit.name if dossier.receiving_unit else "",
        "resolving": dossier.resolving_unit.name if dossier.resolving_unit else "",
        "unit": step.unit.short_name if step else "",
        "unit_name": step.unit.name if step else "",
        "step": step.name.lower() if step else "",
        "since": words.day(step.received_at) if step else "",
        "reception_due": _moment(dossier.reception_due_at),
        "supplement_due": _moment(asked.due_at if asked else None),
        "closed": words.day(dossier.closed_at) if dossier.closed_at else "",
        "returned": _moment(dossier.returned_at),
    }


def _left(dossier: Dossier, now: datetime) -> str:
    if dossier.is_paused:
        restarts = dossier.version.after_pause == ProcedureVersion.AfterPause.RESTART
        if dossier.status == Status.AWAITING_PAPERS and restarts:
            return gettext("Đồng hồ đang dừng; khi bạn bổ sung đủ, thời hạn tính lại từ đầu")
        return gettext("Đồng hồ đang dừng; chạy lại thì ngày này lùi theo thời gian chờ")
    return capfirst(clock.time_left_words(deadlines.calendar(dossier), now, dossier.due_at))


def _moment(at: datetime | None) -> str:
    return words.moment(at) if at else ""
