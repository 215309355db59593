"""The facts of a dossier, worded for the slips of its turns: Mẫu 04 (apology and extension) and Mẫu 05 (stop)."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base import words
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, DossierEvent
from motcua.dossiers.slip_data import (
    agency_head,
    applicant_of,
    letterhead,
    long_moment,
    officer_of,
    paper_row,
    receipt,
    refusal,
    request_of,
    return_place,
    supplement_request,
)
from motcua.dossiers.slips.data import Apology04, Letterhead, Slip, Stop05, Tracking
from motcua.people.models import Agency


def apology(dossier: Dossier, event: DossierEvent) -> Apology04:
    """Word Mẫu 04: both due moments, the unit that made it necessary, why."""
    before = event.data.get("before", "")
    return Apology04(
        issued_at=event.at.isoformat(),
        head=_head(dossier, event),
        tracking=Tracking(code=dossier.code or ""),
        applicant=applicant_of(dossier),
        request=request_of(dossier),
        received=long_moment(dossier.received_at) if dossier.received_at else "",
        due_before=long_moment(datetime.fromisoformat(before)) if before else "",
        due=long_moment(dossier.due_at) if dossier.due_at else "",
        return_at=return_place(dossier),
        late_unit=Agency.objects.get(pk=event.data["late_unit"]).name,
        reason=event.reason,
        officer=officer_of(event),
    )


def stop(dossier: Dossier, event: DossierEvent) -> Stop05:
    """Word Mẫu 05: who asked, where the dossier stood, why, the papers handed back, the fees."""
    papers = dossier.papers.filter(pk__in=event.data.get("papers_back", ())).order_by("position")
    last = dossier.steps.select_related("unit").order_by("-seq").first()
    return Stop05(
        issued_at=event.at.isoformat(),
        head=_head(dossier, event),
        tracking=Tracking(code=dossier.code or ""),
        applicant=applicant_of(dossier),
        request=request_of(dossier),
        asked=_asked(dossier, event),
        stage=f"{last.name}, {last.unit.name}" if last else "",
        reason=event.reason,
        papers_back=tuple(paper_row(paper) for paper in papers),
        refund=event.data.get("refund") or _fees(dossier),
        officer=officer_of(event),
        next_step=_("Khi cần, ông (bà) có thể nộp hồ sơ mới; thắc mắc, mời liên hệ nơi tiếp nhận hồ sơ."),
    )


def _head(dossier: Dossier, event: DossierEvent) -> Letterhead:
    """Return the head of the agency whose leader signs; of the counter where the system makes the slip."""
    return agency_head(event.unit, event.at) if event.unit else letterhead(dossier, event.at)


def _asked(dossier: Dossier, event: DossierEvent) -> str:
    if event.move != "grant_withdrawal":
        return ""
    asked = dossier.events.filter(move="ask_withdrawal", seq__lt=event.seq).order_by("-seq").first()
    if asked is None:
        return ""
    how = _("trên cổng dịch vụ công") if asked.by == By.CITIZEN else _("tại quầy")
    name = applicant_of(dossier).name
    return _("%(name)s đề nghị rút hồ sơ %(how)s lúc %(at)s") % {"name": name, "how": how, "at": long_moment(asked.at)}


def _fees(dossier: Dossier) -> str:
    paid = [charge for charge in dossier.charges.all() if charge.paid_at is not None]
    if not paid:
        return _("chưa thu khoản nào.")
    total = sum(charge.amount_vnd or 0 for charge in paid)
    return _("đã thu %(sum)s; việc hoàn trả theo quy định của từng khoản, hỏi tại nơi tiếp nhận.") % {
        "sum": words.vnd(total)
    }


BUILDERS: Mapping[str, Callable[[Dossier, DossierEvent], Slip]] = {
    "01": receipt,
    "02": supplement_request,
    "03": refusal,
    "04": apology,
    "05": stop,
}
"""Form → what words it from a dossier and the event that issues it."""
