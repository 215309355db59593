"""The page of one's own dossier: who has it, why it is due when it is, what happened, what to fetch or do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.base.models import Reading
from motcua.base.words import LOCAL, moment
from motcua.catalogue.forms import shown
from motcua.dossiers.expected import expected_end, is_untimed
from motcua.dossiers.lifecycle import By, Status, moves_open_to
from motcua.dossiers.models import Dossier, Paper, Slip, Step
from motcua.dossiers.queries import open_request, replaced_receipts
from motcua.people.models import Officer
from motcua.web.portal.access import dossier_of_citizen, signed_in
from motcua.web.portal.adding import may_add
from motcua.web.portal.promises import Promises, promises_of
from motcua.web.portal.standing import asked_of, standing_of, with_standing
from motcua.web.portal.timeline import slip_name, slip_url, timeline
from motcua.web.portal.visiting import appointment_of
from motcua.web.portal.why import why, why_supplement
from motcua.web.portal.withdrawing import withdrawal_open
from motcua.web.shared.slips import slip_pdf

# fmt: off
SOURCES: Mapping[str, str] = {
    Paper.Source.NONE:  gettext_noop("Chưa có"),
    Paper.Source.FILE:  gettext_noop("Bạn gửi tệp"),
    Paper.Source.FORM:  gettext_noop("Đã điền từ câu trả lời của bạn"),
    Paper.Source.DATA:  gettext_noop("Cơ quan tự tra, bạn không phải nộp"),
    Paper.Source.PAPER: gettext_noop("Bạn nộp bản giấy"),
    Paper.Source.SHOWN: gettext_noop("Bạn đã xuất trình"),
}
# fmt: on


@signed_in
@require_GET
def show_dossier(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show everything about a dossier to the citizen who filed or owns it."""
    dossier = dossier_of_citizen(request, code)
    now = timezone.now()
    readers = readers_of(dossier)
    open_moves = {move.name for move in moves_open_to(dossier.status, By.CITIZEN)}
    context = story(dossier, now, is_public=False) | {
        "papers": [(paper, gettext(SOURCES[paper.source])) for paper in dossier.papers.all()],
        "declared": shown(dossier.version.form_schema, dossier.version.form_ui, dossier.form_data),
        "charges": dossier.charges.all(),
        "obligations": dossier.obligations.all(),
        "waits_for_money": dossier.status == Status.AWAITING_PAYMENT,
        "appointment": appointment_of(dossier, now),
        "slips": _slips(dossier),
        "supplement": open_request(dossier),
        "may_add": may_add(dossier),
        "withdrawal": withdrawal_open(dossier),
        "may_supply": bool(open_moves & {"supply_before", "give_papers"}),
        "readers": readers,
        "notices": dossier.notices.order_by("-told_at")[:20],
    }
    return render(request, "portal/dossier.html", context)


def _slips(dossier: Dossier) -> list[tuple[str, str]]:
    """Return the name of each slip with its address; of a receipt that was corrected, that it is the old one."""
    slips = list(dossier.slips.all())
    replaced = replaced_receipts(slips)
    old = gettext("%(slip)s: bản cũ, đã được thay")
    return [
        (old % {"slip": slip_name(slip)} if slip.pk in replaced else slip_name(slip), slip_url(dossier, slip))
        for slip in slips
    ]


def story(dossier: Dossier, now: datetime, *, is_public: bool) -> dict[str, object]:
    """Return what the page of one's own dossier and the public page both tell."""
    found = with_standing(Dossier.objects.filter(pk=dossier.pk)).get()
    steps = Step.objects.filter(dossier=dossier, done_at__isnull=True, is_beside=False).select_related(
        "unit", "assignee"
    )
    promises = promises_of(dossier)
    last = dossier.events.exclude(move="hand_back").order_by("-seq").first()  # papers are fetched after the end
    running = steps.first()
    return {
        "dossier": dossier,
        "now": now,
        "is_public": is_public,
        "standing": standing_of(found, now),
        "expected": _expected(dossier, running, now),
        "reason": last.reason if last and not is_public and dossier.closed_at else "",
        "promise_changed": promises.changed if promises else "",
        "apology": _apology(dossier, promises, is_public=is_public),
        "why": why(dossier, promises.reckoning, now) if promises else None,
        "why_supplement": why_supplement(dossier, asked) if (asked := asked_of(found)) else None,
        "timeline": timeline(dossier, running, promises.by_event if promises else {}, is_public=is_public),
    }


def _expected(dossier: Dossier, running: Step | None, now: datetime) -> str:
    """Say when a dossier without a term may be expected; "" for any other."""
    if not is_untimed(dossier) or dossier.is_paused or dossier.finished_at is not None:
        return ""
    end_at = expected_end(dossier, running, now)
    if end_at is None:
        return _("Luật không định thời hạn cho việc này; chúng tôi báo ngay khi có kết quả.")
    said = _(
        "Luật không định thời hạn cho việc này. Dự kiến xong %(end)s, theo giờ của từng bước còn lại; đây không phải hẹn trả."
    )
    return said % {"end": moment(end_at)}


def _apology(dossier: Dossier, promises: Promises | None, *, is_public: bool) -> str:
    """Return the apology for a promise that could not be kept, with the reason written to the citizen; "" for none."""
    if promises is None or promises.extended_by is None or dossier.closed_at is not None:
        return ""
    extended = dossier.events.get(pk=promises.extended_by)
    said = _("Chúng tôi xin lỗi bạn vì không kịp ngày hẹn đầu.")
    return said if is_public else f"{said} {_('Lý do: %(reason)s') % {'reason': extended.reason}}"


def readers_of(dossier: Dossier) -> list[dict[str, Any]]:
    """Return who opened the dossier, on how many days and when last, the latest first; an account that is gone has no name."""
    readings = Reading.objects.filter(topic="dossier", key=dossier.pk).values("reader_id")
    days = Count(TruncDate("at", tzinfo=LOCAL), distinct=True)
    readers = list(readings.annotate(days=days, last=Max("at")).order_by("-last"))
    officers = Officer.objects.in_bulk([reader["reader_id"] for reader in readers])
    return [
        {**reader, "name": officers[reader["reader_id"]].full_name if reader["reader_id"] in officers else ""}
        for reader in readers
    ]


@signed_in
@require_GET
def slip(request: HttpRequest, code: str, slip_id: int) -> HttpResponseBase:
    """Hand out a slip of one's own dossier as PDF."""
    dossier = dossier_of_citizen(request, code)
    return slip_pdf(get_object_or_404(Slip.objects.select_related("dossier"), pk=slip_id, dossier=dossier))
