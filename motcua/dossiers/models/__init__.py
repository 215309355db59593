"""Tables of the core: dossier, events, ledger, steps, papers, supplements, charges, slips, results, and what turns a dossier
off its straight way.

`Dossier.status` is written by dossiers.moves alone. Events and ledger entries are never changed or deleted: a trigger
in the database refuses it. Check constraints are derived from lifecycle.STANDING. A reference is indexed where a query
searches by it, and not otherwise: officers, agencies and published versions are never deleted, and every index is
written at every move.
"""

from motcua.dossiers.models.bundles import BundleMember, FiledBundle
from motcua.dossiers.models.consultations import Consultation
from motcua.dossiers.models.contents import Charge, Paper, Result, Slip, Supplement
from motcua.dossiers.models.dossier import Channel, Dossier, DossierNumber, DraftSave, ReturnMethod
from motcua.dossiers.models.history import DossierEvent, LedgerEntry, Step
from motcua.dossiers.models.legs import Leg
from motcua.dossiers.models.mirror import Mirrored
from motcua.dossiers.models.turns import Delay, Obligation, Proposal
from motcua.dossiers.models.visits import Visit

__all__ = [
    "BundleMember",
    "Channel",
    "Charge",
    "Consultation",
    "Delay",
    "Dossier",
    "DossierEvent",
    "DossierNumber",
    "DraftSave",
    "FiledBundle",
    "LedgerEntry",
    "Leg",
    "Mirrored",
    "Obligation",
    "Paper",
    "Proposal",
    "Result",
    "ReturnMethod",
    "Slip",
    "Step",
    "Supplement",
    "Visit",
]
