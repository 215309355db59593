"""Issuing a slip with the move that the law ties it to."""

from django.utils import translation

from motcua.base.rows import add_row
from motcua.dossiers.lifecycle import MOVES
from motcua.dossiers.models import Dossier, DossierEvent, Slip
from motcua.dossiers.slip_turns import BUILDERS
from motcua.dossiers.slips.render import CURRENT


def issue_slip(dossier: Dossier, event: DossierEvent) -> Slip | None:
    """Freeze in Vietnamese the data of the slip its move issues (lifecycle); the PDF is drawn from them when asked for.

    A part issues none: slips go to the citizen, who knows only its root.
    """
    if dossier.is_part:
        return None
    form = MOVES[event.move].slip
    with translation.override("vi"):
        data = BUILDERS[form](dossier, event).to_json()
    slip = Slip(
        dossier=dossier, form=form, template_version=CURRENT[form], data=data, issued_at=event.at, event=event
    )  # fmt: skip
    add_row(slip)
    return slip
