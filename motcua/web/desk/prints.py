"""What the desk prints: issued slips, the control slip of a dossier, the register of a counter."""

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.base.readings import record_reading
from motcua.base.words import LOCAL, day, local, local_day
from motcua.dossiers.models import Dossier, Slip
from motcua.dossiers.slip_data import control, register
from motcua.dossiers.slip_hand_over import hand_over_slip as slip_of_hand_over
from motcua.dossiers.slip_hand_over import handed_over
from motcua.dossiers.slips.render import CURRENT, render_hand_over, render_slip
from motcua.people.models import Agency
from motcua.people.roles import Permission, permits
from motcua.web.desk.access import Sitting, at_the_desk, dossier_for_officer
from motcua.web.shared.slips import pdf_response, slip_pdf, with_lookup

LONGEST_PERIOD = timedelta(days=366)
MOST_LINES = 5_000


class BadPeriod(Exception):
    """The days of a register cannot be read or are too far apart; the message says which."""


@at_the_desk
def slip(_request: HttpRequest, sitting: Sitting, code: str, slip_id: int) -> HttpResponse:
    """Print an issued slip: Mẫu 01, 02 or 03."""
    opened = dossier_for_officer(sitting, code, page="slip")
    found = Slip.objects.select_related("dossier").filter(pk=slip_id, dossier=opened.dossier).first()
    if found is None:
        raise Http404
    return slip_pdf(found)


@at_the_desk
def control_slip(_request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Print the control slip (Mẫu 06): every hand-over so far."""
    opened = dossier_for_officer(sitting, code, page="slip")
    data = with_lookup(control(opened.dossier, sitting.at).to_json(), code)
    return pdf_response(render_slip("06", CURRENT["06"], data), f"mau-06-{code}.pdf")


@at_the_desk
def hand_over_slip(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Print the slip of what the officer's counter handed over together at the moment `?luc=`."""
    counters = [post.unit_id for post in sitting.posts if permits(post.role, Permission.RECEIVE)]
    events = handed_over(counters, _moment(request.GET.get("luc", "")))
    if not events:
        raise Http404
    for event in events:
        record_reading(
            topic="dossier", key=event.dossier_id, reader_id=sitting.officer.pk, page="hand_over_slip", at=sitting.at
        )
    data = slip_of_hand_over(events, sitting.at).to_json()
    return pdf_response(render_hand_over(data), f"phieu-ban-giao-{local(events[0].at):%Y%m%d-%H%M}.pdf")


def _moment(text: str) -> datetime:
    """Read a moment written with its offset; Http404 for anything else."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise Http404 from wrong
    if at.tzinfo is None:
        raise Http404
    return at


@at_the_desk
def register_slip(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Print the register (Mẫu 07) of the officer's counter: what it received from one day to another."""
    unit = sitting.post_with(Permission.RECEIVE).unit
    try:
        first, last = period(request.GET.get("tu", ""), request.GET.get("den", ""), local_day(sitting.at))
        lines = _received(unit, first, last)
    except BadPeriod as refused:
        messages.warning(request, str(refused))
        return redirect("desk:inbox")
    record_reading(topic="register", key=unit.pk, reader_id=sitting.officer.pk, page="register", at=sitting.at)
    data = register(lines, unit, first, last, sitting.at).to_json()
    return pdf_response(render_slip("07", CURRENT["07"], data), f"so-theo-doi-{first:%Y%m%d}-{last:%Y%m%d}.pdf")


def period(first: str, last: str, today: date) -> tuple[date, date]:
    """Return the days written «22/11/2026»; empty ones mean this month. Raises BadPeriod."""
    begins = _day(first, today.replace(day=1))
    ends = _day(last, today)
    if ends < begins:
        days = {"first": day(begins), "last": day(ends)}
        raise BadPeriod(_("Sổ theo dõi: ngày %(last)s đứng trước ngày %(first)s. Hãy đổi lại hai ngày.") % days)
    if ends - begins > LONGEST_PERIOD:
        raise BadPeriod(_("Sổ theo dõi in nhiều nhất một năm mỗi lần. Hãy chọn khoảng ngắn hơn."))
    return begins, ends


def _day(text: str, otherwise: date) -> date:
    if not text.strip():
        return otherwise
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y").date()  # noqa: DTZ007  # a day has no zone
    except ValueError as wrong:
        raise BadPeriod(
            _("Sổ theo dõi: “%(text)s” chưa phải là ngày. Hãy viết như 22/11/2026.") % {"text": text[:20]}
        ) from wrong


def _received(unit: Agency, first: date, last: date) -> list[Dossier]:
    """Return the dossiers `unit` received on these days, in the order they came. Raises BadPeriod when too many."""
    since = datetime.combine(first, time(0), LOCAL)
    until = datetime.combine(last + timedelta(days=1), time(0), LOCAL)
    dossiers = (
        Dossier.objects.filter(parent__isnull=True, receiving_unit=unit, received_at__gte=since, received_at__lt=until)
        .select_related("version", "owner", "owner_organisation", "result__returned_by")
        .order_by("received_at", "pk")
    )
    lines = list(dossiers[: MOST_LINES + 1])
    if len(lines) > MOST_LINES:
        raise BadPeriod(
            _("Khoảng này có hơn %(most)s hồ sơ, quá một lần in. Hãy chọn khoảng ngắn hơn.")
            % {"most": f"{MOST_LINES:,}".replace(",", ".")}
        )
    return lines
