"""Every write to a dossier, one function per thing a person does, each one transaction."""

from motcua.dossiers.actions.accepting import accept, take_up
from motcua.dossiers.actions.adding import add_papers
from motcua.dossiers.actions.bundling import BundleFiled, discard_bundle, file_bundle, go_on_with, start_bundle
from motcua.dossiers.actions.bundling_at_counter import Later, begin_at_counter, key_in_member
from motcua.dossiers.actions.consulting import AskedAlready, NotAsked, answer, consult, note_silence
from motcua.dossiers.actions.correcting import correct, propose_correction, propose_procedure, propose_receipt
from motcua.dossiers.actions.delays import DelayStated, note_delay, state_cause
from motcua.dossiers.actions.drafts import (
    DraftConflict,
    DraftGone,
    attach_paper,
    discard_draft,
    drop_paper,
    save_draft,
    start_draft,
)
from motcua.dossiers.actions.extending import CannotExtend, Extension, extend, propose_extension
from motcua.dossiers.actions.filing import AlreadyFiled, FilingNotReady, Units, file
from motcua.dossiers.actions.handing_back import NothingToHandBack, hand_back
from motcua.dossiers.actions.intake import CounterPaper, Intake, Scan, note_missing, take_in, turn_away
from motcua.dossiers.actions.lapsing import lapse, remind
from motcua.dossiers.actions.obligations import ask_payment, confirm_payment
from motcua.dossiers.actions.owning import OwnerMismatch
from motcua.dossiers.actions.parts import LegGone, refuse_leg, take_leg
from motcua.dossiers.actions.processing import (
    NoResultYet,
    assign,
    complete_step,
    issue,
    send_back,
    sign_off,
)
from motcua.dossiers.actions.proposals import turn_down
from motcua.dossiers.actions.reception import hand_over, judge_paper, refuse, withdraw
from motcua.dossiers.actions.reorganising import NotYet, reassign, reorganise
from motcua.dossiers.actions.replanning import DoesNotFit, change_process
from motcua.dossiers.actions.returning import collect_charge, return_result
from motcua.dossiers.actions.sending import (
    CentralSending,
    LegOpen,
    LegRefused,
    Sending,
    central_reply,
    note_late_legs,
    recall_leg,
    remind_leg,
    send_central,
    send_leg,
)
from motcua.dossiers.actions.silence import note_no_news
from motcua.dossiers.actions.stopping import propose_stop, reopen, restore, stop
from motcua.dossiers.actions.supplements import (
    NeedsApproval,
    NotAllJudged,
    ask_again,
    ask_papers,
    propose_again,
    supply_papers,
)
from motcua.dossiers.actions.timing import time_out
from motcua.dossiers.actions.visiting import (
    VisitNotOpen,
    agree_visit,
    call_off_visit,
    offer_visit,
    record_visit,
    remind_visit,
)
from motcua.dossiers.actions.withdrawing import (
    ask_withdrawal,
    grant_withdrawal,
    recall_withdrawal,
    refuse_withdrawal,
)

__all__ = [
    "AlreadyFiled",
    "AskedAlready",
    "BundleFiled",
    "CannotExtend",
    "CentralSending",
    "CounterPaper",
    "DelayStated",
    "DoesNotFit",
    "DraftConflict",
    "DraftGone",
    "Extension",
    "FilingNotReady",
    "Intake",
    "Later",
    "LegGone",
    "LegOpen",
    "LegRefused",
    "NeedsApproval",
    "NoResultYet",
    "NotAllJudged",
    "NotAsked",
    "NotYet",
    "NothingToHandBack",
    "OwnerMismatch",
    "Scan",
    "Sending",
    "Units",
    "VisitNotOpen",
    "accept",
    "add_papers",
    "agree_visit",
    "answer",
    "ask_again",
    "ask_papers",
    "ask_payment",
    "ask_withdrawal",
    "assign",
    "attach_paper",
    "begin_at_counter",
    "call_off_visit",
    "central_reply",
    "change_process",
    "collect_charge",
    "complete_step",
    "confirm_payment",
    "consult",
    "correct",
    "discard_bundle",
    "discard_draft",
    "drop_paper",
    "extend",
    "file",
    "file_bundle",
    "go_on_with",
    "grant_withdrawal",
    "hand_back",
    "hand_over",
    "issue",
    "judge_paper",
    "key_in_member",
    "lapse",
    "note_delay",
    "note_late_legs",
    "note_missing",
    "note_no_news",
    "note_silence",
    "offer_visit",
    "propose_again",
    "propose_correction",
    "propose_extension",
    "propose_procedure",
    "propose_receipt",
    "propose_stop",
    "reassign",
    "recall_leg",
    "recall_withdrawal",
    "record_visit",
    "refuse",
    "refuse_leg",
    "refuse_withdrawal",
    "remind",
    "remind_leg",
    "remind_visit",
    "reopen",
    "reorganise",
    "restore",
    "return_result",
    "save_draft",
    "send_back",
    "send_central",
    "send_leg",
    "sign_off",
    "start_bundle",
    "start_draft",
    "state_cause",
    "stop",
    "supply_papers",
    "take_in",
    "take_leg",
    "take_up",
    "time_out",
    "turn_away",
    "turn_down",
    "withdraw",
]
