"""Starting to file: what is ahead, the drafts already begun, and the draft that opens with what we know filled in."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.base.words import local_day
from motcua.catalogue.cases import answers_in
from motcua.catalogue.for_another import bindings_of_owner, says_for_another
from motcua.catalogue.forms import prefill
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import published_version
from motcua.dossiers.actions import DraftGone, save_draft, start_draft
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Channel, Dossier
from motcua.people.models import Citizen
from motcua.web.portal.access import citizen_of, signed_in
from motcua.web.portal.screens import screens_of
from motcua.web.portal.units import COMMUNE, commune_today
from motcua.web.shared.held import posted_or_held


@signed_in
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show what filing asks for; on POST begin a draft and open its first screen."""
    citizen = citizen_of(request)
    version = published_version(code)
    if version is None:
        raise Http404
    if not may_be_filed_online(version):
        return redirect("portal:procedure", code)
    posted = posted_or_held(request)
    if posted is None:
        return _page(request, version, citizen)
    try:
        draft = _begin(
            version,
            citizen,
            key=posted.get("filing_key", ""),
            answers={name: str(value) for name, value in posted.items()},
        )
    except DraftGone as error:
        messages.error(request, str(error))
        return redirect("portal:procedure", code)
    if draft.code:
        return redirect("portal:proof", draft.code)
    return redirect("portal:screen", draft.pk, screens_of(version, ())[0].key)


def may_be_filed_online(version: ProcedureVersion) -> bool:
    """Return whether a dossier can be filed here: the version can be filed under, and not only tells about itself."""
    retired = version.procedure.is_retired(local_day(timezone.now()))
    return version.is_fileable and not retired and version.online_level != ProcedureVersion.OnlineLevel.INFORMATION


def _page(request: HttpRequest, version: ProcedureVersion, citizen: Citizen) -> HttpResponse:
    begun = Dossier.objects.filter(
        filed_by=citizen, status=Status.DRAFT, channel=Channel.ONLINE, version__procedure=version.procedure
    )
    context = {
        "version": version,
        "drafts": begun.order_by("-changed_at")[:5],
        "screens": screens_of(version, ()),
        "answers": answers_in(version.questions, {name: str(value) for name, value in request.GET.items()}),
        "filing_key": uuid4(),
        "now": timezone.now(),
    }
    return render(request, "portal/start.html", context)


def _begin(version: ProcedureVersion, citizen: Citizen, *, key: str, answers: dict[str, str]) -> Dossier:
    """Begin the draft and fill in what is known; the same key again returns the draft it began, untouched."""
    at = timezone.now()
    draft = start_draft(
        version=version, filed_by=citizen, owner=citizen, channel=Channel.ONLINE, at=at, filing_key=_uuid(key)
    )
    if draft.revision or draft.status != Status.DRAFT:
        return draft
    return save_draft(dossier_id=draft.pk, base_revision=0, fields=known_of(version, citizen, answers), at=at)


def known_of(version: ProcedureVersion, citizen: Citizen, answers: dict[str, str]) -> dict[str, object]:
    """Return what we can fill in: the citizen's own details, their commune, and the answers they have given already."""
    names = ("full_name", "identity_number", "phone", "email", "address")
    known: dict[str, object] = {f"applicant.{name}": getattr(citizen, name) or None for name in names}
    known |= {f"answers.{key}": value for key, value in answers_in(version.questions, answers).items()}
    known |= {f"form_data.{field}": value for field, value in prefill(_bindings(version, answers), citizen).items()}
    commune = commune_today(citizen.place, local_day(timezone.now())) if citizen.place else None
    if commune is not None:
        known[f"answers.{COMMUNE}"] = commune.code
    return known


def _bindings(version: ProcedureVersion, answers: dict[str, str]) -> dict[str, str]:
    """Return which fields the citizen fills in: all of them, or what is about whoever files when it is for another."""
    if not says_for_another(version, answers_in(version.questions, answers)):
        return dict(version.form_bindings)
    of_owner = bindings_of_owner(version)
    return {field: source for field, source in version.form_bindings.items() if field not in of_owner}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
