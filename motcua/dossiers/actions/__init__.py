"""Every write to a dossier, one function per thing a person does, each one transaction."""

from motcua.dossiers.actions.accepting import accept, take_up
from motcua.dossiers.actions.drafts import (
    DraftConflict,
    DraftGone,
    attach_paper,
    discard_draft,
    drop_paper,
    save_draft,
    start_draft,
)
from motcua.dossiers.actions.filing import AlreadyFiled, FilingNotReady, Units, file
from motcua.dossiers.actions.intake import CounterPaper, Intake, Scan, note_missing, take_in, turn_away
from motcua.dossiers.actions.owning import OwnerMismatch
from motcua.dossiers.actions.processing import (
    NoResultYet,
    assign,
    complete_step,
    issue,
    send_back,
    sign_off,
)
from motcua.dossiers.actions.reception import hand_over, judge_paper, refuse, withdraw
from motcua.dossiers.actions.returning import collect_charge, return_result
from motcua.dossiers.actions.supplements import ask_papers, supply_papers

__all__ = [
    "AlreadyFiled",
    "CounterPaper",
    "DraftConflict",
    "DraftGone",
    "FilingNotReady",
    "Intake",
    "NoResultYet",
    "OwnerMismatch",
    "Scan",
    "Units",
    "accept",
    "ask_papers",
    "assign",
    "attach_paper",
    "collect_charge",
    "complete_step",
    "discard_draft",
    "drop_paper",
    "file",
    "hand_over",
    "issue",
    "judge_paper",
    "note_missing",
    "refuse",
    "return_result",
    "save_draft",
    "send_back",
    "sign_off",
    "start_draft",
    "supply_papers",
    "take_in",
    "take_up",
    "turn_away",
    "withdraw",
]
