"""The bundle a dossier was filed with, as its page at the desk shows it: the others of it, and what waits for what."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.catalogue.bundles import bundles
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import BundleMember
from motcua.web.desk.access import Opened


@dataclass(frozen=True)
class Filed:
    """The bundle: its code, what people call it, a line for each of its dossiers but this; `url`: its page at the counter."""

    code: str
    name: str
    others: list[str]
    url: str = ""


def bundle_of(opened: Opened) -> Filed | None:
    """Return the bundle the dossier belongs to; asked for only where it does."""
    if "bundle" not in opened.has:
        return None
    members = BundleMember.objects.filter(bundle__members__dossier=opened.dossier).order_by("position")
    rows = list(members.select_related("bundle", "dossier__version"))
    kind = bundles().get(rows[0].bundle.kind)
    others = [_line(row) for row in rows if row.dossier_id != opened.dossier.pk]
    code = rows[0].bundle.code or ""
    url = reverse("desk:counter_bundle", args=[code]) if By.COUNTER in opened.reach.at_large else ""
    return Filed(code, kind.name if kind else "", others, url)


def _line(row: BundleMember) -> str:
    dossier = row.dossier
    words = {"title": dossier.version.title, "code": dossier.code, "status": dossier.get_status_display()}
    if dossier.code:
        return _("%(title)s: %(code)s, %(status)s") % words
    return (_("%(title)s: không chuyển đi") if row.stopped_at else _("%(title)s: chờ kết quả này")) % words
