"""Acts on a dossier: each opens as a panel in place, says what it will do, and is done by one domain call."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRedirect

from motcua.documents.actions import FileRefused
from motcua.dossiers import actions
from motcua.dossiers.actions.parts import lock_parent
from motcua.dossiers.actions.supplements import NothingAsked, NothingSupplied
from motcua.dossiers.lifecycle import MOVES, Move, MoveNotAllowed, check
from motcua.dossiers.moves import lock, require_running
from motcua.web.desk.access import (
    Opened,
    Sitting,
    asked_step,
    asks_for_part,
    at_step_of,
    at_the_desk,
    dossier_for_officer,
)
from motcua.web.desk.act_forms.base import ActForm
from motcua.web.desk.acts.kinds import Act
from motcua.web.desk.acts.legs import IN_THE_BOX, OF_THE_ROOT
from motcua.web.desk.acts.table import ACTS
from motcua.web.desk.acts.visiting import ABOUT_VISIT
from motcua.web.desk.bundles import bundle_of
from motcua.web.desk.legs import above, held_back_words, legs_of
from motcua.web.desk.page import content
from motcua.web.desk.papers import faults_in
from motcua.web.desk.proposals import DECIDING, shown
from motcua.web.desk.will import Consequence, consequences
from motcua.web.shared import held

HELD = gettext_lazy(
    "Phiên làm việc đã hết lúc bạn bấm nên chưa có gì thay đổi. Những gì bạn gõ vẫn còn dưới đây, tệp thì phải chọn lại; "
    "bạn xem lại rồi bấm."
)
MENUS: tuple[tuple[Promise, frozenset[str]], ...] = (
    (gettext_lazy("Hỏi, gửi…"), frozenset({"consult", "send_leg", "send_central", "offer_visit"})),
    (gettext_lazy("Đề xuất…"), frozenset(name for name, act in ACTS.items() if (act.move or name) == "propose")),
)
"""The menus of the bar, so that it stays one line: what is asked of others, and what a leader decides."""
SAID_TO_THE_OFFICER = (
    MoveNotAllowed, NothingAsked, NothingSupplied, actions.NoResultYet, actions.DraftGone, actions.FilingNotReady,
    FileRefused,
)  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """An act that is open: its form, what it will do, and what went wrong when it was tried."""

    name: str
    move: Move
    act: Act
    form: ActForm
    will: list[Consequence]
    step_seq: int
    problems: list[str]


@at_the_desk
def act(request: HttpRequest, sitting: Sitting, code: str, name: str) -> HttpResponse:
    """Open the panel of an act; posted, do it and come back to the dossier."""
    opened = dossier_for_officer(sitting, code, page=f"act:{name}", at_step=asked_step(request))
    if name not in ACTS:
        raise Http404
    if request.method != "POST":
        return _closed(request, opened, name) or _draw(request, opened, name, _form_to_fill(request, opened, name), [])
    form = ACTS[name].form(opened, request.POST, request.FILES)
    if not form.is_valid():
        return _draw(request, opened, name, form, [])
    try:
        do(opened, name, form, request.POST.get("step", ""))
    except SAID_TO_THE_OFFICER as refused:
        return _draw(request, opened, name, form, _sentences(refused))
    messages.success(request, str(ACTS[name].done))
    url = reverse("desk:dossier", args=[code])
    return HttpResponseClientRedirect(url) if asks_for_part(request) else redirect(url)


def move_of(name: str) -> Move:
    """Return the move an act of the table makes."""
    return MOVES[ACTS[name].move or name]


def _form_to_fill(request: HttpRequest, opened: Opened, name: str) -> ActForm:
    """Return the form of an act, holding what was typed in it when the session ended; boxes are ticked anew."""
    posted = held.take(request)
    if posted is None:
        form = ACTS[name].form
        return form(opened, initial={field: request.GET[field] for field in form.from_address if field in request.GET})
    messages.warning(request, str(HELD))
    typed = {name: value for name, value in posted.items() if name not in {"step", "open_act", "unseen"}}
    return ACTS[name].form(opened, initial=typed)


def do(opened: Opened, name: str, form: ActForm, step_seq: str) -> None:
    """Make the move of an act for the officer, if the dossier still stands at the step the panel was drawn for.

    Files are kept before the dossier is locked, so that a slow upload holds nobody up. Raises SAID_TO_THE_OFFICER.
    """
    move = move_of(name)
    check(opened.dossier.status, move, move.by[0], reason="…")
    call = ACTS[name].prepare(opened, form)
    with transaction.atomic():
        if opened.dossier.is_part:
            lock_parent(opened.dossier.pk)
        locked = lock(opened.dossier.pk)
        if step_seq.isdecimal() and (locked.running or step_seq != "0"):
            require_running(locked, int(step_seq))
        call()


def buttons(opened: Opened) -> list[dict[str, Any]]:
    """Return the acts open to this officer now, in the order of the table, risky ones last."""
    open_moves = opened.moves()
    offered = [name for name in ACTS if move_of(name) in open_moves and _makes_sense(opened, name)]
    is_held = opened.step is not None and opened.step.assignee_id is not None
    offered.sort(key=lambda name: (ACTS[name].is_risk, name == "assign" and is_held))
    return [
        {
            "name": name,
            "label": label_of(name),
            "act": ACTS[name],
            "url": reverse("desk:act", args=[opened.dossier.code, name]) + at_step_of(opened),
        }
        for name in offered
    ]


def offered(opened: Opened) -> dict[str, Any]:
    """Return what the page of a dossier offers: the acts of its bar and its menus, and what waits for a decision with the acts that decide it."""
    found = buttons(opened)
    by_name = {button["name"]: button for button in found}
    proposals = shown(opened, by_name)
    in_bar = [button for button in found if button["name"] not in DECIDING | IN_THE_BOX | ABOUT_VISIT]
    menus = [(title, [button for button in in_bar if button["name"] in names]) for title, names in MENUS]
    menus = [(title, acts) for title, acts in menus if len(acts) > 1]  # one alone needs no menu
    in_menus = [button for _title, acts in menus for button in acts]
    return {
        "buttons": [button for button in in_bar if button not in in_menus],
        "menus": menus,
        "visit_acts": [button for button in found if button["name"] in ABOUT_VISIT],
        "legs": legs_of(opened, by_name),
        "held_back": held_back_words(opened),
        "above": above(opened),
        "bundle": bundle_of(opened),
        "proposals": proposals,
        "may_decide": any(proposal.grant or proposal.refuse for proposal in proposals),
    }


def _makes_sense(opened: Opened, name: str) -> bool:
    """Return whether an act that is open can succeed: from a first step nothing can be sent back."""
    if opened.dossier.is_part and name in OF_THE_ROOT:
        return False
    makes_sense = ACTS[name].makes_sense
    return makes_sense is None or makes_sense(opened)


def label_of(name: str) -> str:
    """Return what stands on the button of an act."""
    label = ACTS[name].label
    return str(label) if label else _(move_of(name).label)


def _draw(request: HttpRequest, opened: Opened, name: str, form: ActForm, problems: list[str]) -> HttpResponse:
    will = [] if problems else consequences(opened, move_of(name))
    step_seq = request.POST.get("step", "")
    panel = Panel(
        name=name,
        move=move_of(name),
        act=ACTS[name],
        form=form,
        will=will,
        step_seq=int(step_seq) if step_seq.isdecimal() else opened.step.seq if opened.step else 0,
        problems=problems,
    )
    context = {"panel": panel, "panel_title": label_of(name), "opened": opened}
    if asks_for_part(request):
        context |= faults_in(opened.dossier)
        return render(request, "desk/dossier.html#act", context)
    return render(request, "desk/dossier.html", content(request, opened) | offered(opened) | context)


def _closed(request: HttpRequest, opened: Opened, name: str) -> HttpResponse | None:
    """Return to the dossier with a sentence when the act is not open to this officer now."""
    move = move_of(name)
    if move in opened.moves() and _makes_sense(opened, name):
        return None
    try:
        check(opened.dossier.status, move, move.by[0], reason="…")
        opened.actor(move.name)
    except MoveNotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.warning(
            request, _("Hồ sơ lúc này không còn việc «%(act)s». Chưa có gì thay đổi.") % {"act": label_of(name)}
        )
    if (posted := held.take(request)) and (words := posted.get("reason") or posted.get("note")):
        messages.info(request, _("Lời bạn đã viết trước khi phiên làm việc hết: “%(words)s”") % {"words": words})
    url = reverse("desk:dossier", args=[opened.dossier.code]) + at_step_of(opened)
    return HttpResponseClientRedirect(url) if asks_for_part(request) else redirect(url)


def _sentences(refused: Exception) -> list[str]:
    if isinstance(refused, FileRefused):
        return refused.sentences()
    if isinstance(refused, actions.FilingNotReady):
        how = _("Tờ khai của hồ sơ này chưa ghi đủ nên chưa tiếp nhận được. Bạn bấm «Ghi nốt ở quầy» để điền.")
        return [how, *(problem.text for problem in refused.problems)]
    return [str(refused)]
