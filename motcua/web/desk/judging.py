"""The check of the papers: each is good, or faulty with words the citizen will read."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import actions
from motcua.dossiers.actions.reception import PaperNotOpen
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Paper
from motcua.web.desk.access import Opened, Sitting, asks_for_part, at_the_desk, dossier_for_officer
from motcua.web.desk.act_forms.straight import ExaminingForm
from motcua.web.desk.acts.views import offered
from motcua.web.desk.page import content
from motcua.web.desk.papers import may_judge
from motcua.web.shared import held

EXAMINING = frozenset({"accept", "complete_step"})  # acts whose open panel asks about papers nobody has judged


@at_the_desk
@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, sitting: Sitting, code: str, paper_id: int) -> HttpResponse:
    """Record whether a paper is good, or what is wrong with it."""
    opened = dossier_for_officer(sitting, code, page="judge")
    if not may_judge(opened) or not opened.dossier.papers.filter(pk=paper_id).exists():
        raise Http404
    if request.method == "GET":
        return _typed_before(request, opened, paper_id)
    problem = _judged(request, opened, paper_id)
    if not problem and not asks_for_part(request):
        return redirect(f"{reverse('desk:dossier', args=[code])}?giay={paper_id}")
    context = content(request, opened) | {"judged": paper_id, "problem": problem, "typed": _typed(request.POST)}
    context["oob"] = asks_for_part(request)
    if request.POST.get("open_act") in EXAMINING:
        context["examining"] = ExaminingForm(opened)
    context |= offered(opened)
    return render(request, "desk/dossier.html#judged" if asks_for_part(request) else "desk/dossier.html", context)


def _judged(request: HttpRequest, opened: Opened, paper_id: int) -> str:
    """Judge the paper as posted; return what the officer has to be told, "" when it is done."""
    verdict, typed = request.POST.get("verdict", ""), _typed(request.POST)
    verdict = verdict if verdict in Paper.Verdict.values else Paper.Verdict.UNSEEN
    if verdict == Paper.Verdict.FAULTY and typed["code"] not in Paper.FaultCode.values:
        return _("Hãy chọn vì sao giấy tờ này chưa đạt. Đánh giá chưa được ghi; lời bạn viết vẫn còn.")
    try:
        actions.judge_paper(
            dossier_id=opened.dossier.pk, paper_id=paper_id, actor=opened.actor(_judging_move(opened)),
            at=opened.sitting.at, verdict=verdict, **typed,
        )  # fmt: skip
    except PaperNotOpen as refused:
        return str(refused)
    return ""


def _typed(posted: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed of a faulty paper: its code, the officer's words, the guidance."""
    return {name: posted.get(name, "") for name in ("code", "fault", "guidance")}


def _typed_before(request: HttpRequest, opened: Opened, paper_id: int) -> HttpResponse:
    """Show again what was written of a paper when the session ended; a look at this address means the dossier."""
    posted = held.take(request)
    if posted is None:
        return redirect("desk:dossier", opened.dossier.code)
    context = content(request, opened) | offered(opened) | {
        "judged": paper_id,
        "problem": _("Phiên làm việc đã hết nên đánh giá chưa được ghi. Lời bạn viết vẫn còn; bạn xem lại rồi bấm."),
        "typed": _typed(posted),
    }  # fmt: skip
    return render(request, "desk/dossier.html", context)


def _judging_move(opened: Opened) -> str:
    """Return the move whose right lets the officer judge papers now."""
    return "accept" if opened.dossier.status == Status.SUBMITTED else "complete_step"
