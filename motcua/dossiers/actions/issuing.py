"""Issuing a slip with the move that the law ties it to."""

from django.utils import translation

from motcua.base.rows import add_row
from motcua.dossiers.models import Dossier, DossierEvent, Slip
from motcua.dossiers.slip_data import BUILDERS
from motcua.dossiers.slips.render import CURRENT


def issue_slip(dossier: Dossier, form: str, event: DossierEvent) -> Slip:
    """Freeze the data of a slip in Vietnamese; its PDF is drawn from them whenever it is asked for."""
    with translation.override("vi"):
        data = BUILDERS[form](dossier, event).to_json()
    slip = Slip(
        dossier=dossier, form=form, template_version=CURRENT[form], data=data, issued_at=event.at, event=event
    )  # fmt: skip
    add_row(slip)
    return slip
