"""Where a dossier stands, in people's words: who has it, since when, what the citizen has to do, by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from motcua.base import words
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers import clock, deadlines
from motcua.dossiers.lifecycle import MOVES, Status
from motcua.dossiers.models import Dossier, DossierEvent, ReturnMethod, Step, Supplement, Visit
from motcua.dossiers.queries import OPEN_REQUEST, OPEN_VISIT
from motcua.dossiers.returns import how_returned


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
        _("Đồng hồ đang dừng chờ bạn. Hãy nộp theo thông báo, rồi đưa chứng từ cho %(receiving)s; được xác nhận thì hồ sơ làm tiếp."), needs_you=True,
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
        _("Hồ sơ không còn được xử lý từ %(closed)s. Giấy tờ bản giấy chưa lấy lại thì bạn nhận tại %(receiving)s, và hỏi ở đó."),
    ),
    S.FINISHED: Words(
        _("Có kết quả"), "good", _("Đã có kết quả, mời bạn nhận"), _("%(how_returned)s"), needs_you=True,
    ),
    S.RETURNED: Words(
        _("Đã trả kết quả"), "good", _("Đã trả kết quả"),
        _("Kết quả đã được trao lúc %(returned)s."),
    ),
}
COMES_BY_ITSELF = Words(_("Có kết quả"), "good", _("Đã có kết quả, đang gửi cho bạn"), _("%(how_returned)s"))
# How a stopped dossier ended, where the move says it better than the status; the words of STOPPED are for the others.
ENDED: Mapping[str, Words] = {
    "grant_withdrawal": Words(
        _("Đã rút"), "plain", _("Hồ sơ đã được rút theo ý bạn"),
        _("Hồ sơ không còn được xử lý từ %(closed)s. Giấy tờ bản giấy chưa lấy lại thì bạn nhận tại %(receiving)s."),
    ),
    "decline": Words(
        _("Bị từ chối"), "late", _("Hồ sơ bị từ chối giải quyết"),
        _("Bạn có thể hỏi %(receiving)s, hoặc nộp hồ sơ mới khi đã đủ điều kiện."),
    ),
    "lapse": Words(
        _("Đã dừng"), "plain", _("Hồ sơ dừng giải quyết vì hết hạn bổ sung"),
        _("Nếu có lý do chính đáng, bạn báo ngay cho %(receiving)s: lãnh đạo có thể khôi phục hồ sơ."),
    ),
}
# fmt: on
WAITS_FOR_CHOICE = Q(status__in=MOVES["agree_visit"].sources, visit_at__isnull=False, visit_agreed_at__isnull=True)
"""An appointment on site the citizen has not answered, of dossiers found through `with_standing`."""


@dataclass(frozen=True)
class Standing:
    """Where one dossier stands: worded for its citizen. `visit`: what is said of an appointment ahead, else empty."""

    short: str
    kind: str
    title: str
    text: str
    needs_you: bool
    left: str  # «Còn 5 ngày làm việc», empty when nothing is due
    due_at: datetime | None
    is_overdue: bool
    legal: str
    visit: str = ""


def with_standing(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Bring along what `standing_of` reads, in two more queries however many dossiers there are."""
    running = Step.objects.filter(done_at__isnull=True).select_related("unit").order_by("is_beside", "seq")
    open_ones = Supplement.objects.filter(OPEN_REQUEST)
    ended = DossierEvent.objects.filter(dossier=OuterRef("pk"), move__in=ENDED).order_by("-seq").values("move")[:1]
    visit = Visit.objects.filter(OPEN_VISIT, dossier=OuterRef("pk"))[:1]
    annotated = dossiers.annotate(
        ended_by=Subquery(ended),
        visit_at=Subquery(visit.values("planned_at")),
        visit_agreed_at=Subquery(visit.values("agreed_at")),
    )
    return annotated.select_related("version", "receiving_unit", "resolving_unit").prefetch_related(
        Prefetch("steps", running, to_attr="running_steps"), Prefetch("supplements", open_ones, to_attr="asked")
    )


def standing_of(dossier: Dossier, now: datetime) -> Standing:
    """Return where a dossier found through `with_standing` stands at `now`."""
    said = _words_of(dossier)
    visit, waits = _visit(dossier, now)
    step: Step | None = next(iter(dossier.running_steps), None)  # type: ignore[attr-defined]  # with_standing's
    facts = _facts(dossier, step, asked_of(dossier))
    runs = dossier.due_at is not None and dossier.finished_at is None and dossier.closed_at is None
    return Standing(
        short=gettext("Chờ bạn") if waits else gettext(said.short),
        kind="soon" if waits else said.kind,
        title=capfirst(gettext(said.title) % facts),
        text=gettext(said.text) % facts,
        needs_you=said.needs_you or waits,
        left=_left(dossier, now) if runs else "",
        due_at=dossier.due_at if runs else None,
        is_overdue=runs and dossier.is_overdue(now),
        legal=str(Status(dossier.status).label),
        visit=visit,
    )


def _words_of(dossier: Dossier) -> Words:
    ended_by: str | None = dossier.ended_by if dossier.status == Status.STOPPED else None  # type: ignore[attr-defined]
    if dossier.status == Status.FINISHED and dossier.return_method != ReturnMethod.COUNTER:
        return COMES_BY_ITSELF
    return ENDED[ended_by] if ended_by else WORDS[dossier.status]


def _visit(dossier: Dossier, now: datetime) -> tuple[str, bool]:
    """Say what is ahead on site, and whether the citizen has still to choose; nothing of what is past."""
    at: datetime | None = dossier.visit_at  # type: ignore[attr-defined]  # with_standing's
    if at is None or at <= now or dossier.status not in MOVES["agree_visit"].sources:
        return "", False
    if dossier.visit_agreed_at:  # type: ignore[attr-defined]  # with_standing's
        return gettext("Hẹn gặp bạn tại chỗ lúc %(when)s.") % {"when": words.moment(at)}, False
    said = gettext("Cán bộ hẹn gặp bạn tại chỗ: bạn chọn giờ hoặc báo không gặp được. Chưa chọn thì giữ %(when)s.")
    return said % {"when": words.moment(at)}, True


def asked_of(dossier: Dossier) -> Supplement | None:
    """Return the request for papers that waits for the citizen, of a dossier found through `with_standing`."""
    return next(iter(dossier.asked), None)  # type: ignore[attr-defined]  # with_standing's


def _facts(dossier: Dossier, step: Step | None, asked: Supplement | None) -> dict[str, str]:
    return {
        "receiving": dossier.receiving_unit.name if dossier.receiving_unit else "",
        "how_returned": how_returned(dossier) if dossier.status == Status.FINISHED else "",
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
    left = clock.time_left_words(deadlines.calendar(dossier), now, dossier.due_at, says_what_counts=True)
    return capfirst(left)


def _moment(at: datetime | None) -> str:
    return words.moment(at) if at else ""
