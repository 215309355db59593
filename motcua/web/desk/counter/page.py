"""Taking in at the counter: one page in the order of the conversation, drawn again in parts while the officer types."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.base.readings import record_reading
from motcua.base.words import local_day
from motcua.catalogue.bundles import Bundle
from motcua.catalogue.cases import unanswered
from motcua.catalogue.forms import errors_in
from motcua.dossiers.actions import (
    AlreadyFiled,
    DraftGone,
    FilingNotReady,
    Later,
    OwnerMismatch,
    begin_at_counter,
    key_in_member,
    note_missing,
    take_in,
    take_up,
    turn_away,
)
from motcua.dossiers.actions.filing import Problem
from motcua.dossiers.actions.intake import undecided
from motcua.dossiers.actions.supplements import NothingAsked
from motcua.dossiers.actor import Actor
from motcua.dossiers.clock import term_words
from motcua.dossiers.lifecycle import By, MoveNotAllowed, Status
from motcua.dossiers.models import BundleMember, Dossier, ReturnMethod
from motcua.dossiers.owners import ORGANISATION
from motcua.people.actions.citizens import BadDetails
from motcua.people.identity import BadIdentityNumber, BadPhone
from motcua.people.queries import NoCompetentAgency
from motcua.people.roles import Permission
from motcua.web.desk.access import Sitting, at_the_desk, dossier_for_officer
from motcua.web.desk.counter.bundled import bundles_for
from motcua.web.desk.counter.fields import SchemaForm, questions_schema, return_schema, without
from motcua.web.desk.counter.members import MEMBER, later_of, member_at, member_in, next_address, unasked
from motcua.web.desk.counter.papers import FAULT_CODES, REASONS, summary
from motcua.web.desk.counter.resuming import as_posted, dossier_taken_up, may_be_taken_up
from motcua.web.desk.counter.talk import Talk, read_talk
from motcua.web.desk.counter.what import hits_for
from motcua.web.shared import held

UPDATE = "update"
"""What Enter does: words in the procedure box then stand for the procedure they fit best."""
RESUMED = "ho-so"
"""The field, in the address or the form, with the code of a dossier that is taken up again."""
READ_ONLY = ("note", "papers_state", "fee", "slip", "marks")
"""The parts nobody types in: drawn again after every change. Those with fields only when Talk.marks() says so."""
PLACES = ("", "person", "owner", "procedure", "commune", "answers", "paper", "form_data", "return", "reason")
"""What a fault can be about, as it stands on the page from top to bottom; first what is about no box."""
BOXES = {"person.": "who", "procedure": "procedure", "commune": "commune", "reason": "reason"}
"""The boxes that belong to no form: what a fault of theirs is called → the id of the control."""

Act = Callable[[Talk, Actor], Dossier]


@dataclass(frozen=True)
class Faults:
    """What is to be mended, by where it is: «person.phone», «answers.area», «form_data.x», «paper:101», «»."""

    by_place: Mapping[str, str] = field(default_factory=dict)

    def of(self, table: str) -> dict[str, str]:
        """Return the faults of the fields of one form, by field."""
        return {where.partition(".")[2]: text for where, text in self.by_place.items() if where.startswith(f"{table}.")}

    def errors(self) -> list[dict[str, str]]:
        """Return every fault with the id of the control to go to, in the order of the page."""
        found = sorted(self.by_place.items(), key=lambda fault: _height(fault[0]))
        return [{"target": _control(where), "text": text} for where, text in found]

    def at(self) -> dict[str, str]:
        """Return the faults of the boxes that belong to no form, by the id of the control."""
        return {_control(where): self.by_place[where] for where in BOXES if where in self.by_place}


@at_the_desk
@require_http_methods(["GET", "POST"])
def counter(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Show the page; draw parts of it again after a change; on one of its acts make the dossier and show its slip."""
    if request.method == "GET":
        return _open(request, sitting)
    act = ACTS.get(request.POST.get("act", ""))
    is_part = bool(request.headers.get("HX-Request"))
    takes_best = request.POST.get("act") == UPDATE
    dossier, member = _resumed(request.POST, sitting)
    talk = read_talk(sitting, request.POST, request.FILES, takes_best=takes_best, dossier=dossier, member=member)
    if is_part:
        return _parts(request, talk)
    if act is None:
        return _page(request, talk, {})
    return _make(request, talk, act)


def _open(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Draw the page: empty, as it was typed when the session ended, or as a dossier taken up again was left."""
    if posted := held.take(request):
        return _typed_before(request, sitting, posted)
    if number := request.GET.get(MEMBER, ""):
        return _open_member(request, sitting, number)
    code = request.GET.get(RESUMED, "")
    if not code:
        return _page(request, read_talk(sitting, QueryDict(), MultiValueDict(), takes_best=False), {})
    sitting.post_with(Permission.RECEIVE)
    dossier = dossier_for_officer(sitting, code, page="counter").dossier
    if not may_be_taken_up(dossier, sitting):
        return redirect("desk:dossier", code)
    talk = read_talk(sitting, as_posted(dossier), MultiValueDict(), takes_best=False, dossier=dossier)
    return _page(request, talk, {})


def _open_member(request: HttpRequest, sitting: Sitting, number: str) -> HttpResponse:
    """Draw the page of a member of a bundle as far as it is known; one that went meanwhile is read on the bundle's page."""
    sitting.post_with(Permission.RECEIVE)
    row = member_at(sitting, number)
    if row.dossier.status != Status.DRAFT:
        return redirect("desk:counter_bundle", row.bundle.code)
    record_reading(topic="dossier", key=row.dossier_id, reader_id=sitting.officer.pk, page="counter", at=sitting.at)
    posted = as_posted(row.dossier)
    talk = read_talk(sitting, posted, MultiValueDict(), takes_best=False, dossier=row.dossier, member=row)
    return _page(request, talk, {})


def _resumed(posted: QueryDict, sitting: Sitting) -> tuple[Dossier | None, BundleMember | None]:
    """Return the dossier of a page that goes on with one, and which member of a bundle it is."""
    if number := posted.get(MEMBER, ""):
        member = member_at(sitting, number)
        return member.dossier, member
    code = posted.get(RESUMED, "")
    return (dossier_taken_up(sitting, code) if code else None), None


def _typed_before(request: HttpRequest, sitting: Sitting, posted: QueryDict) -> HttpResponse:
    dossier, member = _resumed(posted, sitting)
    takes_best = posted.get("act") == UPDATE
    talk = read_talk(sitting, posted, MultiValueDict(), takes_best=takes_best, dossier=dossier, member=member)
    messages.warning(
        request,
        _(
            "Phiên làm việc đã hết lúc bạn bấm nên chưa có gì được ghi. Những gì bạn gõ và đã quét vẫn còn dưới đây; "
            "bạn xem lại rồi bấm."
        ),
    )
    return _page(request, talk, {})


@at_the_desk
@require_GET
def procedures(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """List the procedures that fit what is being typed."""
    sitting.post_with(Permission.RECEIVE)
    text = request.GET.get("procedure", "").strip()[:200]
    context = {"hits": hits_for(text, local_day(sitting.at)), "bundle_hits": bundles_for(text), "text": text}
    return render(request, "desk/counter/hits.html", context)


def _make(request: HttpRequest, talk: Talk, act: Act) -> HttpResponse:
    """Make the dossier, or show the page as typed with everything that is to be mended."""
    faults = _faults(talk, act)
    if faults:
        return _page(request, talk, faults | {w: t for w, t in _unfinished(talk, act).items() if w not in faults})
    actor = Actor(by=By.COUNTER, officer_id=talk.sitting.officer.pk, unit_id=talk.post.unit_id)
    try:
        return redirect(_made(talk, act, actor))
    except AlreadyFiled as filed:
        return redirect(_made_before(filed.dossier))
    except FilingNotReady as refused:
        return _page(request, talk, {_where(problem): problem.text for problem in refused.problems})
    except OwnerMismatch as error:
        name = "tax_code" if talk.whose.kind == ORGANISATION else "identity_number"
        return _page(request, talk, {f"owner.{name}": str(error)})
    except MoveNotAllowed as error:
        return _page(request, talk, {"reason": str(error)})
    except (NothingAsked, DraftGone, BadDetails, BadIdentityNumber, BadPhone) as error:
        return _page(request, talk, {"": str(error)})


def _made(talk: Talk, act: Act, actor: Actor) -> str:
    """Make the dossier, with the bundle it was chosen to lead; return where the conversation goes on."""
    if talk.member:
        row = key_in_member(member_id=talk.member.pk, intake=talk.intake(), actor=actor, at=talk.sitting.at)
        return next_address(row.bundle)
    bundle = talk.what.bundle
    if bundle is None or act is _turn_away or talk.dossier:
        return reverse("desk:counter_taken", args=[act(talk, actor).code])
    first = partial(act, talk, actor)
    begun = begin_at_counter(
        bundle=bundle, first=first, later=_later(talk, bundle), filing_key=talk.filing_key, at=talk.sitting.at
    )
    return next_address(begun)


def _made_before(dossier: Dossier) -> str:
    """Return where a form posted twice leads: what came of it the first time."""
    member = BundleMember.objects.select_related("bundle").filter(dossier=dossier).first()
    return next_address(member.bundle) if member else reverse("desk:counter_taken", args=[dossier.code])


def _later(talk: Talk, bundle: Bundle) -> Mapping[str, Later]:
    return later_of(bundle, talk.who, talk.whose, talk.sitting, talk.post.unit, talk.what.commune)


def _where(problem: Problem) -> str:
    return problem.where.replace("declared_owner.", "owner.")


def _page(request: HttpRequest, talk: Talk, faults: Mapping[str, str]) -> HttpResponse:
    return render(request, "desk/counter/page.html", _context(talk, Faults(faults)))


def _take_in(talk: Talk, actor: Actor) -> Dossier:
    if talk.dossier:
        return take_up(dossier_id=talk.dossier.pk, intake=talk.intake(), actor=actor, at=talk.sitting.at)
    return take_in(intake=talk.intake(), actor=actor, at=talk.sitting.at)


def _note_missing(talk: Talk, actor: Actor) -> Dossier:
    return note_missing(intake=talk.intake(), actor=actor, at=talk.sitting.at, reason=talk.reason)


def _turn_away(talk: Talk, actor: Actor) -> Dossier:
    return turn_away(intake=talk.intake(), actor=actor, at=talk.sitting.at, reason=talk.reason)


ACTS: Mapping[str, Act] = {
    "take_in": _take_in,
    "note_missing": _note_missing,
    "turn_away": _turn_away,
}


def _faults(talk: Talk, act: Act) -> dict[str, str]:
    """Return what keeps any act from being made: nobody, nothing to do, nobody competent, numbers that cannot be read."""
    faults = {f"person.{name}": text for name, text in talk.who.faults(local_day(talk.sitting.at)).items()}
    if talk.version is None:
        words = talk.what.refusal or _("Bạn chưa chọn thủ tục: gõ tên ở bước 2, rồi chọn trong danh sách.")
        return faults | {"procedure": words}
    if talk.whose.kind:
        facts = {**talk.form_data, **talk.what.all_answers()}
        faults |= {f"owner.{name}": text for name, text in talk.whose.faults(talk.version, facts, talk.filer).items()}
    if talk.what.units is None:
        faults["commune"] = talk.what.refusal
    elif talk.what.bundle is not None and act is not _turn_away:
        try:
            _later(talk, talk.what.bundle)
        except NoCompetentAgency as error:
            faults["commune"] = str(error)
    faults |= {f"paper:{row.key}": text for row in talk.rows for text in (*row.errors, *row.faults())}
    if act is _take_in and talk.returning["method"] == ReturnMethod.POSTAL and not talk.returning.get("address"):
        faults["return.address"] = _("Bạn chưa điền địa chỉ để bưu điện giao kết quả.")
    return faults


def _unfinished(talk: Talk, act: Act) -> dict[str, str]:
    """Return what the act would ask for besides, so that a page with other faults tells everything at once."""
    version = talk.version
    if version is None or act is _turn_away:
        return {}
    if act is _note_missing:
        facts = {**talk.form_data, **talk.what.all_answers()}
        problems = undecided(version, [row.needed for row in talk.rows], facts)
        return {problem.where: problem.text for problem in problems}
    labels = {question["key"]: question["label"] for question in version.questions}
    asked = unanswered(version.questions, talk.what.answers)
    faults = {f"answers.{key}": _("Hãy trả lời: %(label)s") % {"label": labels[key]} for key in asked}
    facts = {**talk.form_data, **talk.what.all_answers()}
    faults |= {f"owner.{name}": text for name, text in talk.whose.faults(version, facts, talk.filer).items()}
    today = local_day(talk.sitting.at)
    of_form = errors_in(version.form_schema, version.form_ui, talk.form_data, talk.what.all_answers(), today=today)
    brought = member_in(talk.member).numbers if talk.member and talk.waits_for else {}
    faults |= {f"form_data.{name}": text for name, text in of_form.items() if name not in brought}
    return faults | {
        f"paper:{row.key}": _("Còn thiếu: %(names)s") % {"names": row.requirement.name} for row in talk.missing
    }


def _parts(request: HttpRequest, talk: Talk) -> HttpResponse:
    """Draw the parts of the page that changed; each replaces the part of the same id."""
    context = _context(talk, Faults()) | {"is_chosen_now": "choose" in request.POST}
    names = (*talk.changed(), *READ_ONLY)
    return HttpResponse("".join(render_to_string(f"desk/counter/{name}.html", context, request) for name in names))


def _context(talk: Talk, faults: Faults) -> dict[str, Any]:
    context = {
        "talk": talk,
        "marks": talk.marks(),
        "who": talk.who,
        "what": talk.what,
        "version": talk.version,
        "person_form": talk.who.form(faults.of("person")),
        "owner_boxes": talk.whose.boxes(faults.of("owner")),
        "owner_kind_fault": faults.by_place.get("owner.kind", ""),
        "return_form": _return_form(talk, faults),
        "term": term_words(talk.term) if talk.term else "",
        "papers_summary": summary(talk.rows),
        "reasons": REASONS,
        "fault_codes": FAULT_CODES.items(),
        "now": talk.sitting.at,
        "errors": faults.errors(),
        "faults": faults.at(),
    }
    if talk.version is None:
        return context
    schema, ui = questions_schema(talk.version)
    form_schema, form_ui = talk.version.form_schema, talk.version.form_ui
    if talk.member is not None and talk.is_later:
        schema, ui = without(schema, ui, member_in(talk.member).answers)
        form_schema, form_ui = without(form_schema, form_ui, unasked(talk.member) - faults.of("form_data").keys())
    content_form = SchemaForm(
        form_schema, form_ui, prefix="form_data", values=talk.form_data,
        faults=faults.of("form_data"), required=talk.asked,
    )  # fmt: skip
    return context | {
        "questions_form": SchemaForm(
            schema, ui, prefix="answers", values=talk.what.answers, faults=faults.of("answers")
        ),
        "content_form": content_form,
        "following_cells": content_form.cells([name for name in talk.changed_fields() if name in content_form.names]),
    }


def _return_form(talk: Talk, faults: Faults) -> SchemaForm:
    schema, ui = return_schema(talk.version)
    if talk.returning["method"] != ReturnMethod.POSTAL:
        ui = {**ui, "groups": [{"key": "return", "title": "", "fields": ["method"]}]}
        schema = schema | {"properties": {"method": schema["properties"]["method"]}}
    values = {"address": talk.who.person.address if talk.who.is_known else "", **talk.returning}
    return SchemaForm(schema, ui, prefix="return", values=values, faults=faults.of("return"), radios=("method",))


def _control(where: str) -> str:
    """Return the id of the control a fault is about."""
    if where.startswith("paper:"):
        return f"paper-{where.removeprefix('paper:')}-given"
    table, _dot, name = where.partition(".")
    if name:
        return f"id_{table}-{name}"
    return BOXES.get(where, "")


def _height(where: str) -> int:
    """Return how far down the page a fault is; what has no place here comes last."""
    table = where.partition(":")[0].partition(".")[0]
    return PLACES.index(table) if table in PLACES else len(PLACES)
