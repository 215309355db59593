"""One act on several dossiers chosen in the inbox: each its own transaction, and one report of what failed and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from motcua.dossiers.actions import NoResultYet
from motcua.dossiers.actions.filing import FilingNotReady
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.owners import owner_name
from motcua.people.models import Officer
from motcua.web.desk.access import Opened, Sitting, at_the_desk, dossier_for_officer
from motcua.web.desk.batches import BATCHES, RECEIVER, Batch, done_words
from motcua.web.desk.giving import as_choices, may_hold
from motcua.web.shared import held

MOST_AT_ONCE = 100
REPORT = "batch_report"  # in the session: what the last batch did, to be read and printed from until the next one
HELD = gettext_lazy(
    "Phiên làm việc đã hết lúc bạn bấm nên chưa có gì thay đổi. Những hồ sơ bạn chọn vẫn còn dưới đây; bạn xem lại rồi bấm."
)
REFUSALS = (MoveNotAllowed, NoResultYet, FilingNotReady)


@dataclass(frozen=True)
class Line:
    """One chosen dossier as asked about: `opened` is None for one the officer may not see (any more)."""

    code: str
    opened: Opened | None

    @property
    def owner(self) -> str:
        return owner_name(self.opened.dossier) if self.opened else ""

    @property
    def procedure(self) -> str:
        version = self.opened.dossier.version if self.opened else None
        return (version.desk_name or version.name) if version else ""

    @property
    def step(self) -> str:
        return self.opened.step.name if self.opened and self.opened.step else ""

    @property
    def holder(self) -> Officer | None:
        return self.opened.step.assignee if self.opened and self.opened.step else None


@at_the_desk
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, sitting: Sitting, move: str) -> HttpResponse:
    """Do one act on the chosen dossiers, and return to the list; what asks is shown once more before it is done."""
    if move not in BATCHES:
        raise Http404
    said = request.POST if request.method == "POST" else held.take(request)
    if said is None:
        return redirect("desk:inbox")
    codes = list(dict.fromkeys(said.getlist("code")))[:MOST_AT_ONCE]
    if not codes:
        messages.warning(request, _("Chưa chọn hồ sơ nào. Đánh dấu hồ sơ ở đầu dòng (phím x) rồi bấm lại."))
        return redirect(_back(request, said))
    lines = [_line(sitting, code, move) for code in codes]
    if all(line.opened is None for line in lines):
        raise Http404
    if request.method == "GET":
        messages.warning(request, str(HELD))
        return _ask(request, sitting, move, lines, said)
    return _decide(request, sitting, move, lines, said)


@at_the_desk
@require_GET
def report(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Show what the last batch did: what failed and why, and the hand-over slip of what was handed over."""
    made = request.session.get(REPORT)
    if made is None:
        return redirect("desk:inbox")
    context = {
        "desk": sitting,
        "label": str(BATCHES[made["move"]].label),
        "done_words": done_words(made["move"], len(made["done"])) if made["done"] else "",
        "done": made["done"],
        "failed": made["failed"],
        "slip_url": made["slip_url"],
        "back": made["back"],
    }
    return render(request, "desk/batch_report.html", context)


def _decide(request: HttpRequest, sitting: Sitting, move: str, lines: Sequence[Line], said: QueryDict) -> HttpResponse:
    kind = BATCHES[move]
    if kind.asks and "sure" not in said:
        return _ask(request, sitting, move, lines, said)
    if kind.gives and said.get("to", "") not in dict(_colleagues(lines)):
        return _ask(request, sitting, move, lines, said, problem=_("Bạn chưa chọn giao cho ai. Chưa có gì thay đổi."))
    if kind.to_one and not (said.get("name", "").strip() and said.get("identity", "").strip()):
        problem = _("Bạn chưa ghi họ tên và số giấy tờ của người nhận. Chưa có gì thay đổi.")
        return _ask(request, sitting, move, lines, said, problem=problem)
    failed = [(line.code, why) for line in lines if (why := _one(line, kind, said))]
    refused = {code for code, _why in failed}
    done = [line.code for line in lines if line.code not in refused]
    if kind.to_one and not done:
        problem = _("Chưa trả được hồ sơ nào; những gì bạn đã ghi vẫn còn dưới đây.")
        return _ask(request, sitting, move, lines, said, problem=problem, refused=failed)
    back = _back(request, said)
    slip_url = f"{reverse('desk:hand_over_slip')}?{urlencode({'luc': sitting.at.isoformat()})}"
    request.session[REPORT] = {
        "move": move, "done": done, "failed": failed, "back": back,
        "slip_url": slip_url if done and move == "hand_over" else "",
    }  # fmt: skip
    if failed or move == "hand_over":
        return redirect("desk:batch_report")
    messages.success(request, done_words(move, len(done)))
    return redirect(back)


def _line(sitting: Sitting, code: str, move: str) -> Line:
    try:
        return Line(code, dossier_for_officer(sitting, code, page=f"batch:{move}"))
    except Http404:
        return Line(code, None)


def _one(line: Line, kind: Batch, said: QueryDict) -> str:
    """Do it on one dossier; return why it was refused, or nothing."""
    if line.opened is None:
        return _("Hồ sơ này không còn ở nơi bạn được xem. Chưa có gì thay đổi.")
    try:
        kind.make(line.opened, said)
    except REFUSALS as refused:
        return str(refused)
    return ""


def _ask(
    request: HttpRequest, sitting: Sitting, move: str, lines: Sequence[Line], said: QueryDict, *,
    problem: str = "", refused: Sequence[tuple[str, str]] = (),
) -> HttpResponse:  # fmt: skip
    """Show the chosen dossiers once more, each still to be left out, and for giving the colleagues; `refused`: which could not be done, and why."""
    kind = BATCHES[move]
    context = {
        "desk": sitting,
        "move": move,
        "label": str(kind.label).rstrip("…"),
        "lines": lines,
        "gives": kind.gives,
        "colleagues": _colleagues(lines) if kind.gives else [],
        "to": said.get("to", ""),
        "to_one": kind.to_one,
        "receiver": {name: said.get(name, "") for name in RECEIVER} | _only_owner(lines, said) if kind.to_one else {},
        "problem": problem,
        "refused": refused,
        "back": _back(request, said),
    }
    return render(request, "desk/batch_ask.html", context)


def _only_owner(lines: Sequence[Line], said: QueryDict) -> dict[str, str]:
    """Return the name of the one person whose dossiers all of these are; nobody's once something was written."""
    owners = {line.owner for line in lines if line.opened}
    return {"name": owners.pop()} if len(owners) == 1 and "sure" not in said else {}


def _colleagues(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Return to whom one of the chosen steps may be given, with what they hold."""
    found: dict[int, Officer] = {}
    opened = [line.opened for line in lines if line.opened]
    desks = {(one.step.unit_id, one.step.role): one for one in opened if one.step}
    for one in desks.values():
        found |= {officer.pk: officer for officer in may_hold(one)}
    return as_choices(opened[0], list(found.values())) if found else []


def _back(request: HttpRequest, said: QueryDict) -> str:
    page = said.get("next", "")
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}) else reverse("desk:inbox")
