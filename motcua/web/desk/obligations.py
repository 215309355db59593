"""The money a dossier waits for, on its page at the desk: each notice, and the proof that was taken."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.http.request import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.documents.serving import file_response
from motcua.dossiers.lifecycle import MOVES
from motcua.web.desk.access import Opened, Sitting, at_the_desk, dossier_for_officer


def obligations_of(opened: Opened) -> dict[str, Any]:
    """Return the notices of the dossier, and where the officer confirms one, if they may."""
    notices = opened.dossier.obligations.select_related("told_by", "confirmed_by")
    told = list(notices) if "obligations" in opened.has else []
    is_open = [one for one in told if one.paid_at is None and one.dropped_at is None]
    move = "pay_part" if len(is_open) > 1 else "pay_all"
    may = bool(is_open) and MOVES[move] in opened.moves()
    url = reverse("desk:act", args=[opened.dossier.code, move]) if may else ""
    return {"obligations": told, "confirm_url": url}


@at_the_desk
def proof(_request: HttpRequest, sitting: Sitting, code: str, obligation_id: int) -> HttpResponseBase:
    """Send the scan of the proof of one obligation."""
    opened = dossier_for_officer(sitting, code, page="proof")
    told = opened.dossier.obligations.select_related("proof__file").filter(pk=obligation_id).first()
    if told is None or told.proof is None:
        raise Http404
    name = _("%(code)s chứng từ %(number)s") % {"code": code, "number": told.notice_number}
    return file_response(told.proof.file, name=name, inline=False)
