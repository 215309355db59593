"""Acts on a dossier: each opens as a panel in place, says what it will do, and is done by one domain call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRedirect

from motcua.documents.actions import FileRefused, add_document, keep_file
from motcua.documents.models import Document
from motcua.dossiers import actions
from motcua.dossiers.actions.returning import Receiver
from motcua.dossiers.actions.supplements import NothingAsked, NothingSupplied
from motcua.dossiers.lifecycle import MOVES, Move, MoveNotAllowed, check
from motcua.dossiers.models import Paper
from motcua.dossiers.moves import lock
from motcua.people.models import Officer
from motcua.web.desk import act_forms
from motcua.web.desk.access import Opened, Sitting, asks_for_part, at_the_desk, dossier_for_officer
from motcua.web.desk.giving import giver
from motcua.web.desk.page import content
from motcua.web.desk.will import Consequence, consequences, step_before
from motcua.web.shared import held

Call = Callable[[], object]
Prepare = Callable[[Opened, Any], Call]

HELD = gettext_lazy(
    "Phiên làm việc đã hết lúc bạn bấm nên chưa có gì thay đổi. Những gì bạn gõ vẫn còn dưới đây, tệp thì phải chọn lại; "
    "bạn xem lại rồi bấm."
)
SAID_TO_THE_OFFICER = (
    MoveNotAllowed, NothingAsked, NothingSupplied, actions.NoResultYet, actions.DraftGone, actions.FilingNotReady,
    FileRefused,
)  # fmt: skip


@dataclass(frozen=True)
class Act:
    """How a move is made at the desk. `prepare` keeps files and the like, and returns the one domain call."""

    key: str
    form: type[act_forms.ActForm]
    prepare: Prepare
    done: Promise
    label: Promise | None = None  # where the desk says it better than the table of moves
    is_risk: bool = False


@dataclass(frozen=True)
class Panel:
    """An act that is open: its form, what it will do, and what went wrong when it was tried."""

    move: Move
    act: Act
    form: act_forms.ActForm
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


def _form_to_fill(request: HttpRequest, opened: Opened, move: str) -> act_forms.ActForm:
    """Return the form of an act, holding what was typed in it when the session ended; boxes are ticked anew."""
    posted = held.take(request)
    if posted is None:
        return ACTS[move].form(opened)
    messages.warning(request, str(HELD))
    typed = {name: value for name, value in posted.items() if name not in {"step", "open_act", "unseen"}}
    return ACTS[move].form(opened, initial=typed)


def do(opened: Opened, move: str, form: act_forms.ActForm, step_seq: str) -> None:
    """Make the move for the officer, if the dossier still stands at the step the panel was drawn for.

    Files are kept before the dossier is locked, so that a slow upload holds nobody up. Raises SAID_TO_THE_OFFICER.
    """
    check(opened.dossier.status, MOVES[move], MOVES[move].by[0], reason="…")
    call = ACTS[move].prepare(opened, form)
    with transaction.atomic():
        step = lock(opened.dossier.pk).step
        if step is None or (step_seq and str(step.seq) != step_seq):
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
    return move.name in ACTS and (move.name != "send_back" or step_before(opened) is not None)


def label_of(move: Move) -> str:
    """Return what stands on the button of a move."""
    label = ACTS[move.name].label
    return str(label) if label else _(move.label)


def _draw(
    request: HttpRequest, opened: Opened, move: str, form: act_forms.ActForm, problems: list[str]
) -> HttpResponse:
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


# --- one line per act: what it calls ---------------------------------------------------------------------------------


def _facts(opened: Opened, move: str) -> dict[str, Any]:
    return {"dossier_id": opened.dossier.pk, "actor": opened.actor(move), "at": opened.sitting.at}


def _accept(opened: Opened, form: act_forms.ExaminingForm) -> Call:
    return partial(actions.accept, **_facts(opened, "accept"), unseen=form.unseen)


def _hand_over(opened: Opened, _form: act_forms.ActForm) -> Call:
    return partial(actions.hand_over, **_facts(opened, "hand_over"))


def _with_reason(action: Callable[..., object], move: str) -> Prepare:
    def prepare(opened: Opened, form: act_forms.ActForm) -> Call:
        return partial(action, **_facts(opened, move), reason=form.cleaned_data["reason"])

    return prepare


def _supply(move: str) -> Prepare:
    def prepare(opened: Opened, form: act_forms.SupplyForm) -> Call:
        papers = {paper.pk: paper for paper in act_forms.asked_papers(opened)}
        kept = {papers[pk]: _kept(opened, upload, papers[pk].name) for pk, upload in form.given().items()}

        def call() -> None:
            for paper, document in kept.items():
                actions.attach_paper(
                    dossier_id=opened.dossier.pk, requirement=paper.requirement, document=document, name=paper.name,
                    at=opened.sitting.at,
                )  # fmt: skip
            actions.supply_papers(**_facts(opened, move))

        return call

    return prepare


def _assign(opened: Opened, form: act_forms.ActForm) -> Call:
    to = Officer.objects.get(pk=form.cleaned_data["to"])
    return partial(actions.assign, **_facts(opened, "assign"), to=to, seen_holder=form.cleaned_data["holder"])


def _complete(opened: Opened, form: act_forms.CompleteForm) -> Call:
    upload = form.cleaned_data["draft"]
    titles = [result["name"] for result in opened.dossier.version.results] or [opened.dossier.version.title]
    draft = _kept(opened, upload, titles[0], Document.Source.RESULT) if upload else None
    complete = partial(
        actions.complete_step, **_facts(opened, "complete_step"), note=form.cleaned_data["note"], facts=form.findings(),
        draft=draft, unseen=form.unseen,
    )  # fmt: skip
    to = form.cleaned_data.get("to")
    return partial(_complete_and_give, opened, complete, Officer.objects.get(pk=to)) if to else complete


def _complete_and_give(opened: Opened, complete: Call, to: Officer) -> None:
    """Complete the running step and give the one that then begins; both, or where the right is gone neither."""
    complete()
    actions.assign(dossier_id=opened.dossier.pk, actor=giver(opened), to=to, at=opened.sitting.at)


def _sign_off(opened: Opened, form: act_forms.ActForm) -> Call:
    return partial(actions.sign_off, **_facts(opened, "sign_off"), note=form.cleaned_data["note"])


def _issue(opened: Opened, form: act_forms.ActForm) -> Call:
    return partial(actions.issue, **_facts(opened, "issue"), number=form.cleaned_data["number"])


def _return_result(opened: Opened, form: act_forms.ActForm) -> Call:
    said = form.cleaned_data
    receiver = Receiver(name=said["name"], identity=said["identity"], relation=said["relation"])
    return partial(actions.return_result, **_facts(opened, "return_result"), receiver=receiver)


def _kept(opened: Opened, upload: Any, title: str, source: Document.Source = Document.Source.SCAN) -> Document:
    """Keep an uploaded file and enter it into the document store. Raises FileRefused."""
    at = opened.sitting.at
    return add_document(
        file=keep_file(upload=upload, limit_bytes=settings.PAPER_MAX_BYTES, at=at),
        title=title[:500],
        source=source,
        at=at,
        actor=opened.sitting.officer.user,
        owner=opened.dossier.owner,
        original_name=upload.name,
    )


T = gettext_lazy
# fmt: off
ACTS: Mapping[str, Act] = {
    "accept":        Act("t", act_forms.ExaminingForm, _accept, T("Đã tiếp nhận. Giấy hẹn (Mẫu 01) in được ở cột bên; việc tiếp theo là bàn giao.")),
    "ask_before":    Act("b", act_forms.AskForm, _with_reason(actions.ask_papers, "ask_before"), T("Đã gửi yêu cầu bổ sung. Phiếu Mẫu 02 in được ở cột bên.")),
    "supply_before": Act("n", act_forms.SupplyForm, _supply("supply_before"), T("Đã nhận giấy tờ bổ sung. Bạn xem lại rồi tiếp nhận."), T("Nhận bổ sung tại quầy")),
    "refuse":        Act("c", act_forms.ReasonForm, _with_reason(actions.refuse, "refuse"), T("Đã từ chối tiếp nhận. Phiếu Mẫu 03 in được ở cột bên."), is_risk=True),
    "withdraw":      Act("r", act_forms.WithdrawForm, _with_reason(actions.withdraw, "withdraw"), T("Đã rút hồ sơ theo ý người dân."), is_risk=True),
    "hand_over":     Act("g", act_forms.ActForm, _hand_over, T("Đã bàn giao cho đơn vị giải quyết.")),
    "assign":        Act("a", act_forms.AssignForm, _assign, T("Đã giao việc."), T("Nhận, giao việc")),
    "complete_step": Act("h", act_forms.CompleteForm, _complete, T("Đã xong bước này, hồ sơ chuyển sang bước sau."), T("Xong bước này")),
    "send_back":     Act("l", act_forms.SendBackForm, _with_reason(actions.send_back, "send_back"), T("Đã chuyển trả bước trước kèm lý do."), is_risk=True),
    "ask_papers":    Act("b", act_forms.AskForm, _with_reason(actions.ask_papers, "ask_papers"), T("Đã gửi yêu cầu bổ sung, đồng hồ dừng. Phiếu Mẫu 02 in được ở cột bên.")),
    "give_papers":   Act("n", act_forms.SupplyForm, _supply("give_papers"), T("Đã nhận giấy tờ bổ sung, đồng hồ chạy lại."), T("Nhận bổ sung tại quầy")),
    "sign_off":      Act("s", act_forms.NoteForm, _sign_off, T("Đã ký. Văn thư sẽ cấp số và phát hành.")),
    "issue":         Act("p", act_forms.IssueForm, _issue, T("Đã phát hành. Quầy trả kết quả cho người dân; đồng hồ đã dừng.")),
    "return_result": Act("q", act_forms.ReturnForm, _return_result, T("Đã trả kết quả. Hồ sơ kết thúc.")),
}
# fmt: on
