"""A bundle in the portal: begun from its occasion, asked once, filed at once, followed on one page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.words import local_day
from motcua.catalogue.bundles import Bundle, bundles
from motcua.catalogue.cases import case_for
from motcua.catalogue.fees import charges_for
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import published_version
from motcua.dossiers import clock
from motcua.dossiers.actions import BundleFiled, FilingNotReady, Units, file_bundle, save_draft, start_bundle
from motcua.dossiers.actions.bundling import missing_in
from motcua.dossiers.actions.filing import Problem
from motcua.dossiers.actor import Actor
from motcua.dossiers.deadlines import term_of
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import BundleMember, Channel, Dossier, FiledBundle
from motcua.dossiers.steps import facts_of
from motcua.people.models import Citizen
from motcua.people.queries import CalendarMissing, NoCompetentAgency
from motcua.web.portal.access import citizen_of, signed_in
from motcua.web.portal.answers import faults_in
from motcua.web.portal.bundle_screens import bundle_of, carried, onward
from motcua.web.portal.filing import Place, place_in
from motcua.web.portal.review import parts_of
from motcua.web.portal.screens import APPLICANT, CASE, PAPERS
from motcua.web.portal.starting import known_of, may_be_filed_online
from motcua.web.portal.units import COMMUNE, units_for
from motcua.web.shared.held import posted_or_held


@dataclass(frozen=True)
class Reviewed:
    """One member on the review: what was said, where it goes, how long and how much, what it waits for."""

    title: str
    parts: list[dict[str, object]]
    units: Units | None
    term: str
    charges: list[Any]
    waits_for: str


def versions_of(bundle: Bundle) -> dict[str, ProcedureVersion] | None:
    """Return the version in force of each member; None while one of them cannot be filed online here."""
    found = {member.key: published_version(member.procedure) for member in bundle.members}
    versions = {key: version for key, version in found.items() if version is not None and may_be_filed_online(version)}
    return versions if len(versions) == len(bundle.members) else None


@signed_in
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Show what the bundle makes and what waits for what; on POST begin it."""
    citizen, bundle = citizen_of(request), bundles().get(kind)
    versions = versions_of(bundle) if bundle else None
    if bundle is None or versions is None:
        raise Http404
    posted = posted_or_held(request)
    if posted is None:
        begun = FiledBundle.objects.filter(citizen=citizen, kind=kind, filed_at=None).order_by("-created_at")[:3]
        context = {"bundle": bundle, "members": _ahead(bundle, versions), "begun": begun, "filing_key": uuid4()}
        return render(request, "portal/bundle_start.html", context | {"now": timezone.now()})
    row = start_bundle(
        bundle=bundle, versions=versions, known=_known(versions, citizen), citizen=citizen, at=timezone.now(),
        filing_key=_key(posted.get("filing_key", "")),
    )  # fmt: skip
    return redirect("portal:bundle_step", row.pk, bundle.members[0].key)


@signed_in
@require_GET
def step(request: HttpRequest, bundle_id: int, key: str) -> HttpResponseBase:
    """Go to the first screen of a member that asks anything, with what earlier members said carried over."""
    row = _draft_bundle(request, bundle_id)
    carry(row)
    member = get_object_or_404(_members(row), key=key)
    place = place_of(member)
    return redirect(place.url(place.screens[0])) if place else redirect(onward(member).url)


@signed_in
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, bundle_id: int) -> HttpResponseBase:
    """Show everything once more; on POST file the bundle and open its page. Filed already (pressed twice, gone back): its page."""
    done = FiledBundle.objects.filter(pk=bundle_id, citizen=citizen_of(request)).exclude(filed_at=None).first()
    if done is not None:
        return redirect("portal:bundle", done.code)
    row = _draft_bundle(request, bundle_id)
    carry(row)
    members = list(_members(row))
    units, problems = _ready(members)
    if request.method == "GET" or problems:
        return _review(request, row, members, units, problems)
    actor = Actor(by=By.CITIZEN, citizen_id=row.citizen_id)
    try:
        row = file_bundle(bundle_id=row.pk, units=units, actor=actor, at=timezone.now())
    except BundleFiled as already:
        row = already.bundle
    except FilingNotReady as not_ready:
        return _review(request, row, members, units, list(not_ready.problems))
    except CalendarMissing as error:
        return _review(request, row, members, units, [Problem("", str(error))])
    messages.success(request, _("Đã nhận cả bộ. Mã của bộ: %(code)s.") % {"code": row.code})
    return redirect("portal:bundle", row.code)


def carry(row: FiledBundle) -> None:
    """Write into each draft what the members before it say; what has not changed is not written."""
    drafts: dict[str, Dossier] = {}
    for member in _members(row):
        drafts[member.key] = member.dossier
        fields = carried(member, drafts)
        if fields:
            drafts[member.key] = save_draft(
                dossier_id=member.dossier_id, base_revision=member.dossier.revision, fields=fields, at=timezone.now()
            )


def place_of(member: BundleMember) -> Place | None:
    """Return the place of the member's first screen; None when nothing is left to ask."""
    draft = member.dossier
    for key in (APPLICANT, CASE, "to-khai-1", "to-khai-2", "to-khai-3", PAPERS):
        try:
            return place_in(draft, key, member)
        except Http404:
            continue
    return None


def _draft_bundle(request: HttpRequest, bundle_id: int) -> FiledBundle:
    """Find a bundle the citizen has begun and not filed; Http404 for any other."""
    return get_object_or_404(FiledBundle, pk=bundle_id, citizen=citizen_of(request), filed_at=None)


def _members(row: FiledBundle) -> Any:
    return row.members.select_related("bundle", "dossier__version__procedure", "dossier__filed_by").order_by("position")


def _ahead(bundle: Bundle, versions: Mapping[str, ProcedureVersion]) -> list[dict[str, str]]:
    return [
        {"title": versions[member.key].title, "output": member.output, "waits_for": waits_for(bundle, member.key)}
        for member in bundle.members
    ]


def waits_for(bundle: Bundle, key: str) -> str:
    """Return what a member waits for, as people call it; "" when it goes at once."""
    return ", ".join(one.output for one in bundle.feeding(bundle.member(key)))


def _known(versions: Mapping[str, ProcedureVersion], citizen: Citizen) -> dict[str, dict[str, object]]:
    return {key: known_of(version, citizen, {}) for key, version in versions.items()}


def _ready(members: list[BundleMember]) -> tuple[dict[str, Units], list[Problem]]:
    """Return where each member goes and everything that keeps the bundle from being filed, each fault once."""
    now, problems, units = timezone.now(), [], {}
    today = local_day(now)
    for member in members:
        draft = member.dossier
        place = place_of(member)
        for screen in place.screens if place else ():
            if screen.key in (APPLICANT, CASE):
                faults = faults_in(draft, screen, today)
                problems += [Problem(f"{member.key}:{name}", text) for name, text in faults.items()]
        said = {problem.where for problem in problems}
        fed = {f"{member.key}:form_data.{field}" for field in bundle_of(member).member(member.key).fields}
        found = missing_in(draft, bundle_of(member).member(member.key), now)
        problems += [one for one in found if one.where not in said | fed]
        try:
            units[member.key] = units_for(draft.version, draft.answers.get(COMMUNE, ""), today)
        except NoCompetentAgency as error:
            where = f"{members[0].key}:answers.{COMMUNE}"
            if where not in said:
                problems.append(Problem(where, f"{draft.version.title}: {error}"))
    return units, problems


def _review(
    request: HttpRequest,
    row: FiledBundle,
    members: list[BundleMember],
    units: Mapping[str, Units],
    problems: list[Problem],
) -> HttpResponse:
    bundle = bundles()[row.kind]
    context = {
        "row": row,
        "bundle": bundle,
        "members": [_reviewed(bundle, member, units.get(member.key)) for member in members],
        "problems": [{"text": one.text, "url": _url_of(members, one)} for one in problems],
        "back_url": _last_url(members),
    }
    return render(request, "portal/bundle_review.html", context)


def _reviewed(bundle: Bundle, member: BundleMember, units: Units | None) -> Reviewed:
    draft, place, facts = member.dossier, place_of(member), facts_of(member.dossier)
    today = local_day(timezone.now())
    term = term_of(draft.version, case_for(draft.version.cases.all(), facts), Channel.ONLINE)
    return Reviewed(
        title=draft.version.title,
        parts=parts_of(place) if place else [],
        units=units,
        term=clock.term_words(term) if term else "",
        charges=list(charges_for(draft.version.fees.all(), facts=facts, channel=Channel.ONLINE, on=today)),
        waits_for=waits_for(bundle, member.key),
    )


def _url_of(members: list[BundleMember], problem: Problem) -> str:
    """Return the screen where a fault is mended."""
    key, _colon, where = problem.where.partition(":")
    member = next((one for one in members if one.key == key), members[0])
    place = place_of(member)
    if place is None:
        return ""
    paper = where.startswith("paper:")
    asked = (
        screen
        for screen in place.screens
        if (paper and screen.key == PAPERS)
        or where.removeprefix("form_data.") in screen.mirrors
        or any(question.name == where for question in screen.questions)
    )
    screen = next(asked, place.screens[0])
    return f"{place.url(screen)}{'' if paper else '?sua'}"


def _last_url(members: list[BundleMember]) -> str:
    """Return the last screen that asks something: where «Quay lại» leads from the review."""
    places = [place for member in members if (place := place_of(member))]
    return places[-1].url(places[-1].screens[-1]) if places else ""


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def title_of(row: FiledBundle) -> str:
    """Return what people call the bundle."""
    return bundles()[row.kind].name if row.kind in bundles() else _("Bộ hồ sơ")
