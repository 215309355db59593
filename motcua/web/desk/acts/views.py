"""Acts on a dossier: each opens as a panel in place, says what it will do, and is done by one domain call."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRedirect

from motcua.documents.actions import FileRefused
from motcua.dossiers import actions
from motcua.dossiers.actions.supplements import NothingAsked, NothingSupplied
from motcua.dossiers.lifecycle import MOVES, Move, MoveNotAllowed, check
from motcua.dossiers.models import Paper
from motcua.dossiers.moves import lock
from motcua.web.desk.access import Opened, Sitting, asks_for_part, at_the_desk, dossier_for_officer
from motcua.web.desk.act_forms.base import ActForm
from motcua.web.desk.acts.kinds import Act
from motcua.web.desk.acts.table import ACTS
from motcua.web.desk.page import content
from motcua.web.desk.will import Consequence, consequences
from motcua.web.shared import held

HELD = gettext_lazy(
    "Phiên làm việc đã hết lúc bạn bấm nên chưa có gì thay đổi. Những gì bạn gõ vẫn còn dưới đây, tệp thì phải chọn lại; "
    "bạn xem lại rồi bấm."
)
SAID_TO_THE_OFFICER = (
    MoveNotAllowed, NothingAsked, NothingSupplied, actions.NoResultYet, actions.DraftGone, actions.FilingNotReady,
    FileRefused,
)  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """An act that is open: its form, what it will do, and what went wrong when it was tried."""

    move: Move
    act: Act
    form: ActForm
    will: list[Consequence]
    step_seq: int
    problems: list[str]


@at_the_desk
def act(request: HttpRequest, sitting: Sitting, code: str, move: str) -> HttpResponse:
    """Open the panel of an act; posted, do it and come back to the dossier."""
    opened = dossier_for_officer(sitting, code, page=f"act:{move}")
    if move not in ACTS:
        raise Http404
    if request.method != "POST":
        return _closed(request, opened, MOVES[move]) or _draw(
            request, opened, move, _form_to_fill(request, opened, move), []
        )
    form = ACTS[move].form(opened, request.POST, request.FILES)
    if not form.is_valid():
        return _draw(request, opened, move, form, [])
    try:
        do(opened, move, form, request.POST.get("step", ""))
    except SAID_TO_THE_OFFICER as refused:
        return _draw(request, opened, move, form, _sentences(refused))
    messages.success(request, str(ACTS[move].done))
    url = reverse("desk:dossier", args=[code])
    return HttpResponseClientRedirect(url) if asks_for_part(request) else redirect(url)


def _form_to_fill(request: HttpRequest, opened: Opened, move: str) -> ActForm:
    """Return the form of an act, holding what was typed in it when the session ended; boxes are ticked anew."""
    posted = held.take(request)
    if posted is None:
        form = ACTS[move].form
        return form(opened, initial={name: request.GET[name] for name in form.from_address if name in request.GET})
    messages.warning(request, str(HELD))
    typed = {name: value for name, value in posted.items() if name not in {"step", "open_act", "unseen"}}
    return ACTS[move].form(opened, initial=typed)


def do(opened: Opened, move: str, form: ActForm, step_seq: str) -> None:
    """Make the move for the officer, if the dossier still stands at the step the panel was drawn for.

    Files are kept before the dossier is locked, so that a slow upload holds nobody up. Raises SAID_TO_THE_OFFICER.
    """
    check(opened.dossier.status, MOVES[move], MOVES[move].by[0], reason="…")
    call = ACTS[move].prepare(opened, form)
    with transaction.atomic():
        step = lock(opened.dossier.pk).step
        if step_seq and step_seq != str(step.seq if step else 0):
            raise MoveNotAllowed(
                _(
                    "Bước này vừa được người khác làm xong. Chưa có gì thay đổi; hãy tải lại trang để xem hồ sơ đang ở đâu."
                )
            )
        call()


def buttons(opened: Opened) -> list[dict[str, Any]]:
    """Return the acts open to this officer now, in the order of the table, risky ones last."""
    offered = [(move, ACTS[move.name]) for move in opened.moves() if _makes_sense(opened, move)]
    offered.sort(
        key=lambda pair: (
            pair[1].is_risk,
            pair[0].name == "assign" and opened.step is not None and opened.step.assignee_id is not None,
        )
    )
    return [
        {
            "name": move.name,
            "label": label_of(move),
            "act": act,
            "url": reverse("desk:act", args=[opened.dossier.code, move.name]),
        }
        for move, act in offered
    ]


def _makes_sense(opened: Opened, move: Move) -> bool:
    """Return whether an open move can succeed: from a first step nothing can be sent back."""
    act = ACTS.get(move.name)
    return act is not None and (act.makes_sense is None or act.makes_sense(opened))


def label_of(move: Move) -> str:
    """Return what stands on the button of a move."""
    label = ACTS[move.name].label
    return str(label) if label else _(move.label)


def _draw(request: HttpRequest, opened: Opened, move: str, form: ActForm, problems: list[str]) -> HttpResponse:
    will = [] if problems else consequences(opened, MOVES[move])
    step_seq = request.POST.get("step", "")
    panel = Panel(
        move=MOVES[move],
        act=ACTS[move],
        form=form,
        will=will,
        step_seq=int(step_seq) if step_seq.isdecimal() else opened.step.seq if opened.step else 0,
        problems=problems,
    )
    context = {"panel": panel, "panel_title": label_of(panel.move), "opened": opened}
    if asks_for_part(request):
        context["faulty"] = list(opened.dossier.papers.filter(verdict=Paper.Verdict.FAULTY).order_by("position"))
        return render(request, "desk/dossier.html#act", context)
    return render(request, "desk/dossier.html", content(request, opened) | {"buttons": buttons(opened)} | context)


def _closed(request: HttpRequest, opened: Opened, move: Move) -> HttpResponse | None:
    """Return to the dossier with a sentence when the act is not open to this officer now."""
    if move in opened.moves():
        return None
    try:
        check(opened.dossier.status, move, move.by[0], reason="…")
        opened.actor(move.name)
    except MoveNotAllowed as refused:
        messages.warning(request, str(refused))
    if (posted := held.take(request)) and (words := posted.get("reason") or posted.get("note")):
        messages.info(request, _("Lời bạn đã viết trước khi phiên làm việc hết: “%(words)s”") % {"words": words})
    url = reverse("desk:dossier", args=[opened.dossier.code])
    return HttpResponseClientRedirect(url) if asks_for_part(request) else redirect(url)


def _sentences(refused: Exception) -> list[str]:
    if isinstance(refused, FileRefused):
        return refused.sentences()
    if isinstance(refused, actions.FilingNotReady):
        how = _("Tờ khai của hồ sơ này chưa ghi đủ nên chưa tiếp nhận được. Bạn bấm «Ghi nốt ở quầy» để điền.")
        return [how, *(problem.text for problem in refused.problems)]
    return [str(refused)]
