"""The check of the papers: each is good, or faulty with words the citizen will read."""

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
    verdict, fault = request.POST.get("verdict", ""), request.POST.get("fault", "")
    verdict = verdict if verdict in Paper.Verdict.values else Paper.Verdict.UNSEEN
    problem = ""
    try:
        actions.judge_paper(
            dossier_id=opened.dossier.pk, paper_id=paper_id, actor=opened.actor(_judging_move(opened)), at=sitting.at,
            verdict=verdict, fault=fault,
        )  # fmt: skip
    except PaperNotOpen as refused:
        problem = str(refused)
    if not problem and not asks_for_part(request):
        return redirect(f"{reverse('desk:dossier', args=[code])}?giay={paper_id}")
    context = content(request, opened) | {"judged": paper_id, "problem": problem, "fault_typed": fault}
    context["oob"] = asks_for_part(request)
    if request.POST.get("open_act") in EXAMINING:
        context["examining"] = ExaminingForm(opened)
    context |= offered(opened)
    return render(request, "desk/dossier.html#judged" if asks_for_part(request) else "desk/dossier.html", context)


def _typed_before(request: HttpRequest, opened: Opened, paper_id: int) -> HttpResponse:
    """Show again what was written of a paper when the session ended; a look at this address means the dossier."""
    posted = held.take(request)
    if posted is None:
        return redirect("desk:dossier", opened.dossier.code)
    context = content(request, opened) | offered(opened) | {
        "judged": paper_id,
        "problem": _("Phiên làm việc đã hết nên đánh giá chưa được ghi. Lời bạn viết vẫn còn; bạn xem lại rồi bấm."),
        "fault_typed": posted.get("fault", ""),
    }  # fmt: skip
    return render(request, "desk/dossier.html", context)


def _judging_move(opened: Opened) -> str:
    """Return the move whose right lets the officer judge papers now."""
    return "accept" if opened.dossier.status == Status.SUBMITTED else "complete_step"
