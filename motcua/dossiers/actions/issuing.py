"""Issuing a slip with the move that the law ties it to."""

from motcua.dossiers.models import Dossier, DossierEvent, Slip
from motcua.dossiers.slip_data import BUILDERS
from motcua.dossiers.slips.render import CURRENT


def issue_slip(dossier: Dossier, form: str, event: DossierEvent) -> Slip:
    """Freeze the data of a slip; its PDF is drawn from them whenever it is asked for."""
    return Slip.objects.create(
        dossier=dossier,
        form=form,
        template_version=CURRENT[form],
        data=BUILDERS[form](dossier, event).to_json(),
        issued_at=event.at,
        event=event,
    )
