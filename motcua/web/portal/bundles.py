"""A bundle in the portal: begun from its occasion, asked once, filed at once, followed on one page."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.words import local_day
from motcua.catalogue.bundles import Bundle, bundles
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import published_version
from motcua.dossiers.actions import BundleFiled, FilingNotReady, Units, file_bundle, save_draft, start_bundle
from motcua.dossiers.actions.bundling import missing_in
from motcua.dossiers.actions.filing import Problem
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import BundleMember, Dossier, FiledBundle
from motcua.people.models import Citizen
from motcua.people.queries import CalendarMissing, NoCompetentAgency
from motcua.web.portal.access import citizen_of, signed_in
from motcua.web.portal.answers import faults_in
from motcua.web.portal.bundle_ahead import ahead
from motcua.web.portal.bundle_review import review_page
from motcua.web.portal.bundle_screens import bundle_of, carried, onward
from motcua.web.portal.filing import Place, place_in
from motcua.web.portal.screens import APPLICANT, CASE, screens_of
from motcua.web.portal.starting import known_of, may_be_filed_online
from motcua.web.portal.units import COMMUNE, units_for
from motcua.web.shared.held import posted_or_held


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
        context = {"bundle": bundle, "members": ahead(bundle, versions), "begun": begun, "filing_key": uuid4()}
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
    """Show everything once more; on POST file the bundle and show the proof; filed already (pressed twice, gone back): the proof."""
    done = FiledBundle.objects.filter(pk=bundle_id, citizen=citizen_of(request)).exclude(filed_at=None).first()
    if done is not None:
        return redirect("portal:bundle_proof", done.code)
    row = _draft_bundle(request, bundle_id)
    carry(row)
    members = list(_members(row))
    units, problems = _ready(members)
    if request.method == "GET" or problems:
        return _shown(request, row, members, units, problems)
    actor = Actor(by=By.CITIZEN, citizen_id=row.citizen_id)
    try:
        row = file_bundle(bundle_id=row.pk, units=units, actor=actor, at=timezone.now())
    except BundleFiled as already:
        row = already.bundle
    except FilingNotReady as not_ready:
        return _shown(request, row, members, units, list(not_ready.problems))
    except CalendarMissing as error:
        return _shown(request, row, members, units, [Problem("", str(error))])
    return redirect("portal:bundle_proof", row.code)


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
    for screen in screens_of(draft.version, (), draft):
        try:
            return place_in(draft, screen.key, member)
        except Http404:
            continue
    return None


def _draft_bundle(request: HttpRequest, bundle_id: int) -> FiledBundle:
    """Find a bundle the citizen has begun and not filed; Http404 for any other."""
    return get_object_or_404(FiledBundle, pk=bundle_id, citizen=citizen_of(request), filed_at=None)


def _members(row: FiledBundle) -> Any:
    return row.members.select_related("bundle", "dossier__version__procedure", "dossier__filed_by").order_by("position")


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


def _shown(
    request: HttpRequest, row: FiledBundle, members: list[BundleMember], units: Mapping[str, Units],
    problems: list[Problem],
) -> HttpResponse:  # fmt: skip
    return review_page(request, row, {member: place_of(member) for member in members}, units, problems)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
