"""Filing, screen by screen: every screen saves what was typed, then says what to mend, then goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.words import clock_time, local_day
from motcua.dossiers.actions import DraftConflict, DraftGone, discard_bundle, discard_draft, save_draft
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import BundleMember, Dossier
from motcua.web.portal.access import draft_of_citizen, signed_in
from motcua.web.portal.answers import faults_in, in_words, read, shown, typed, value_of
from motcua.web.portal.bundle_screens import Onward, asked_screens, bundle_of, member_of, onward, way_of
from motcua.web.portal.screen_form import ScreenForm
from motcua.web.portal.screens import Screen, screens_of
from motcua.web.portal.units import COMMUNE, TakenOver, communes_served, taken_over
from motcua.web.shared.held import posted_or_held

OPEN_ELSEWHERE = gettext_lazy(
    "Đã lưu. Bản nháp này còn đang mở ở một cửa sổ khác: hãy tải lại trang để thấy cả những gì gõ ở đó."
)


@dataclass(frozen=True)
class Place:
    """Where in the filing of a draft the person is: all screens, and the one shown."""

    draft: Dossier
    screens: Sequence[Screen]
    screen: Screen
    taken_over: TakenOver | None = None
    member: BundleMember | None = None  # which one of a bundle the draft is

    @property
    def number(self) -> int:
        return self.screens.index(self.screen)

    @property
    def before(self) -> Screen | None:
        return self.screens[self.number - 1] if self.number else None

    @property
    def next(self) -> Screen | None:
        return self.screens[self.number + 1] if self.number + 1 < len(self.screens) else None

    @property
    def onward(self) -> Onward | None:
        """Where the filing of a bundle goes on after the last screen of this member."""
        return onward(self.member) if self.member else None

    @property
    def next_url(self) -> str:
        """Where «Tiếp tục» leads; empty on the last screen."""
        return self.url(self.next) if self.next else self.onward.url if self.onward else ""

    def url(self, screen: Screen) -> str:
        return reverse("portal:screen", args=[self.draft.pk, screen.key])

    def context(self) -> dict[str, object]:
        """Return what the frame of every filing screen shows: steps, the way back, when it was saved.

        The steps of a bundle are its members, and the way back leads through all of them.
        """
        if self.member is not None:
            return self._context() | self._of_bundle(self.member)
        return self._context()

    def _of_bundle(self, member: BundleMember) -> dict[str, object]:
        way = way_of(member.bundle, communes_served(local_day(timezone.now())), (member.key, self.screen.key))
        return {
            "bundle": bundle_of(member).name,
            "steps": way.bar,
            "counted": way.words,
            "before": way.before.screen if way.before else None,
            "before_url": way.before.url if way.before else "",
        }

    def _context(self) -> dict[str, object]:
        steps = [
            {
                "label": screen.title,
                "state": "done" if place < self.number else "here" if place == self.number else "",
                "url": self.url(screen),
            }
            for place, screen in enumerate(self.screens)
        ]
        return {
            "draft": self.draft,
            "version": self.draft.version,
            "screen": self.screen,
            "before": self.before,
            "before_url": self.url(self.before) if self.before else "",
            "next": self.next or self.onward,
            "steps": steps,
            "taken_over": self.taken_over,
        }


def place_in(draft: Dossier, key: str, member: BundleMember | None = None) -> Place:
    """Return the place of the screen `key` in the draft's filing; Http404 for a screen it does not have.

    `member`: which one of a bundle it is, where that is known already.
    """
    today = local_day(timezone.now())
    communes = list(communes_served(today))
    change = taken_over(draft, communes, today)
    if (
        change and change.commune
    ):  # shown and filed as it is today; what is kept stays as it was typed until it is saved
        draft.answers = {**draft.answers, COMMUNE: change.commune}
    screens = screens_of(draft.version, communes, draft)
    member = member or member_of(draft)
    if member is not None:
        screens = asked_screens(draft, member, screens)
    screen = next((screen for screen in screens if screen.key == key), None)
    if screen is None:
        raise Http404
    return Place(draft, screens, screen, change, member)


@signed_in
@require_http_methods(["GET", "POST"])
def show_screen(request: HttpRequest, draft_id: int, screen: str) -> HttpResponseBase:
    """Show a screen of questions; on POST save it, then show its faults or go on."""
    draft = draft_of_citizen(request, draft_id)
    if draft.status != Status.DRAFT:
        return redirect("portal:proof", draft.code)
    place = place_in(draft, screen)
    posted = posted_or_held(request)
    if posted is None:
        today = local_day(timezone.now())
        return _page(request, place, faults_in(draft, place.screen, today) if "sua" in request.GET else {})
    return _save(request, place, posted)


@require_POST
def save_screen(request: HttpRequest, draft_id: int, screen: str) -> JsonResponse:
    """Save the fields just typed (autosave.js): 401 when signed out, 409 when another window changed the draft."""
    if not request.user.is_authenticated:
        return JsonResponse({"message": _("Phiên làm việc đã hết.")}, status=401)
    draft = draft_of_citizen(request, draft_id)
    place = place_in(draft, screen)
    base = _revision(request.POST)
    fields = read(draft, place.screen, request.POST, set(request.POST.getlist("changed")))
    try:
        saved = save_draft(dossier_id=draft.pk, base_revision=base, fields=fields, at=timezone.now())
    except (DraftConflict, DraftGone) as error:
        return JsonResponse({"message": str(error)}, status=409)
    if saved.revision > base + 1:  # told only now, so that a field this window never saw is not taken for its own
        return JsonResponse({"message": str(OPEN_ELSEWHERE)}, status=409)
    return JsonResponse({"saved_at": clock_time(saved.changed_at), "revision": saved.revision})


@signed_in
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, draft_id: int) -> HttpResponseBase:
    """Ask whether to throw a draft away; on POST do it. A draft of a bundle goes with the whole bundle."""
    draft = draft_of_citizen(request, draft_id)
    if draft.status != Status.DRAFT:
        return redirect("portal:proof", draft.code)
    member = member_of(draft)
    bundle = bundle_of(member).name if member else ""
    if request.method == "GET":
        return render(request, "portal/discard.html", {"draft": draft, "bundle": bundle})
    if member:
        discard_bundle(bundle_id=member.bundle_id)
    else:
        discard_draft(dossier_id=draft.pk)
    messages.success(request, _("Đã bỏ bản nháp «%(title)s».") % {"title": bundle or draft.version.title})
    return redirect("portal:my_dossiers")


def _save(request: HttpRequest, place: Place, posted: QueryDict) -> HttpResponse:
    draft = place.draft
    fields = read(draft, place.screen, posted)
    try:
        draft = save_draft(dossier_id=draft.pk, base_revision=_revision(posted), fields=fields, at=timezone.now())
    except DraftConflict as conflict:
        return _choose(request, place, fields, conflict)
    except DraftGone as error:
        messages.warning(request, str(error))
        return redirect("portal:my_dossiers")
    if request.method == "GET":
        messages.success(request, _("Đã lưu những gì bạn gõ lúc phiên làm việc hết hạn."))
    if "leave" in posted:
        messages.success(request, _("Đã lưu. Bạn làm tiếp lúc nào cũng được, trên máy này hay máy khác."))
        return redirect("portal:my_dossiers")
    place = place_in(draft, place.screen.key, place.member)  # the answers just given may ask for more
    faults = faults_in(draft, place.screen, local_day(timezone.now()))
    if faults or not place.next_url:
        return _page(request, place, faults)
    return redirect(place.next_url)


def _page(request: HttpRequest, place: Place, faults: Mapping[str, str]) -> HttpResponse:
    form = ScreenForm(place.screen, shown(place.draft, place.screen), faults)
    return render(request, "portal/screen.html", place.context() | {"form": form})


def _choose(request: HttpRequest, place: Place, fields: Mapping[str, object], conflict: DraftConflict) -> HttpResponse:
    """Show both values of every field that was changed in another window; the choice is posted to the screen again."""
    draft = draft_of_citizen(request, place.draft.pk)
    questions = {question.name: question for question in place.screen.questions}
    clashes = [
        {
            "name": name,
            "label": questions[name].label,
            "mine": typed(fields[name], questions[name], draft),
            "mine_words": in_words(fields[name], questions[name], draft),
            "theirs": typed(value_of(draft, questions[name]), questions[name], draft),
            "theirs_words": in_words(value_of(draft, questions[name]), questions[name], draft),
        }
        for name in questions
        if name in conflict.theirs
    ]
    rest = {
        name: typed(value, questions[name], draft)
        for name, value in fields.items()
        if name in questions and name not in conflict.theirs
    }
    context = place.context() | {"draft": draft, "clashes": clashes, "rest": rest}
    return render(request, "portal/conflict.html", context, status=409)


def _revision(posted: QueryDict) -> int:
    text = posted.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
