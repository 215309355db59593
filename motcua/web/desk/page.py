"""What a dossier's page shows besides the acts: papers, check, data, people, clock, history."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.base import words
from motcua.catalogue import forms
from motcua.dossiers.actor import receiving_post
from motcua.dossiers.legs import Stated
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Charge, Dossier, Paper, Slip
from motcua.dossiers.owners import declared_name, owner_name
from motcua.dossiers.papers import is_unseen
from motcua.dossiers.queries import replaced_receipts
from motcua.people.models import Post
from motcua.people.roles import Permission
from motcua.web.desk import papers, rounds, side
from motcua.web.desk.access import Opened
from motcua.web.desk.consultations import consultations_of
from motcua.web.desk.counter.resuming import may_be_taken_up
from motcua.web.desk.handing_back import papers_back
from motcua.web.desk.obligations import obligations_of
from motcua.web.desk.visits import visits_of
from motcua.web.desk.will import status_words

PRIVATE_WIDGETS = frozenset({"identity", "phone"})


def content(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    """Return everything the page shows besides the acts."""
    dossier, at = opened.dossier, opened.sitting.at
    result = opened.result
    slips = list(Slip.objects.filter(dossier=dossier).order_by("issued_at", "pk"))
    requests = rounds.requests_of(dossier) if "supplements" in opened.has else []
    sheets = papers.sheets_of(dossier, result, requests)
    charges = list(Charge.objects.filter(dossier=dossier).order_by("pk"))
    steps = list(dossier.steps.select_related("unit", "assignee", "done_by").order_by("seq"))
    return (
        {
            "desk": opened.sitting,
            "opened": opened,
            "dossier": dossier,
            "legal_status": status_words(Status(dossier.status)),
            "version": dossier.version,
            "at": at,
            "owner_name": owner_name(dossier),
            "sheets": sheets,
            "viewer": papers.viewer_of(request, dossier.code or "", sheets, opened.step.kind if opened.step else ""),
            "may_judge": papers.may_judge(opened),
            "may_be_taken_up": may_be_taken_up(dossier, opened.sitting),
            "verdicts": _verdicts(sheets),
            "faulty": [sheet.fault for sheet in sheets if sheet.fault],
            "unjudged": [sheet.name for sheet in sheets if sheet.paper and is_unseen(sheet.paper)],
            "fault_codes": papers.fault_codes(),
            "rounds": rounds.rounds_of(requests, {sheet.paper.pk: sheet.paper for sheet in sheets if sheet.paper}),
            "form_groups": stated_groups(opened.stated, shows_numbers="hien-so" in request.GET),
            "stated_in": opened.stated.root,
            "answers": _answers(dossier),
            "people": _people(opened.stated.root),
            "shows_numbers": "hien-so" in request.GET,
            "charges": charges,
            "may_collect": collecting_post(opened) is not None,
            "result": result,
            "clock": side.face_of(dossier, at, opened.step),
            "steps": side.step_lines(steps, at),
            "planned": side.planned(dossier, opened.step, at),
            "events": side.events_of(dossier),
            "slips": slips,
            "replaced": replaced_receipts(slips),
            "notices": side.told(dossier),
            "readers": side.readers(dossier),
            "consultations": consultations_of(dossier, at) if "consultations" in opened.has else [],
        }
        | obligations_of(opened)
        | visits_of(opened)
        | papers_back(opened)
    )


def stated_groups(stated: Stated, *, shows_numbers: bool) -> list[forms.ShownGroup]:
    """Return the form as people read it; identity and phone numbers in it are hidden until asked for, which is recorded.

    Of a part only what was sent along, and no group of which nothing was.
    """
    root, is_whole = stated.root, stated.is_whole
    ui = root.version.form_ui
    groups = forms.shown(root.version.form_schema, ui, root.form_data)
    private = {name for name, view in (ui.get("fields") or {}).items() if view.get("widget") in PRIVATE_WIDGETS}
    return [
        replace(group, rows=rows if shows_numbers else tuple(_hidden(row, private) for row in rows))
        for group in groups
        if (rows := tuple(row for row in group.rows if is_whole or row[0] in stated.fields)) or is_whole
    ]


def _hidden(row: tuple[str, str, str], private: set[str]) -> tuple[str, str, str]:
    field, label, value = row
    return (field, label, words.masked(value)) if field in private else row


def collecting_post(opened: Opened) -> Post | None:
    """Return the officer's post that may take money for this dossier: at the counter that received it."""
    return receiving_post(opened.sitting.posts, opened.dossier, Permission.COLLECT_FEES)


def _verdicts(sheets: list[papers.Sheet]) -> dict[str, int]:
    """Count the papers shown: judged, still to be looked at, and `rest`, of which nothing came that could be looked at."""
    papers = [sheet.paper for sheet in sheets if sheet.paper]
    verdicts = [paper.verdict for paper in papers]
    good, faulty = verdicts.count(Paper.Verdict.GOOD), verdicts.count(Paper.Verdict.FAULTY)
    unseen = sum(is_unseen(paper) for paper in papers)
    rest = len(papers) - good - faulty - unseen
    return {"all": len(papers), "good": good, "faulty": faulty, "unseen": unseen, "rest": rest}


def _answers(dossier: Dossier) -> list[tuple[str, str]]:
    """Return the questions of the case with the answers given, in words."""
    said = []
    for question in dossier.version.questions:
        labels = {str(option["value"]): str(option["label"]) for option in question["options"]}
        value = str(dossier.answers.get(question["key"], ""))
        said.append((str(question["label"]), labels.get(value, value)))
    return said


def _people(dossier: Dossier) -> list[dict[str, Any]]:
    """Return who filed, as declared that day, and the owner when that is somebody else."""
    declared, filed_by = dossier.applicant, dossier.filed_by
    people = [
        {
            "title": _("Người nộp"),
            "name": declared.get("full_name") or filed_by.full_name,
            "numbers": [
                (_("Số định danh"), declared.get("identity_number") or filed_by.identity_number),
                (_("Điện thoại"), declared.get("phone") or filed_by.phone),
                (_("Thư điện tử"), declared.get("email") or filed_by.email),
            ],
            "address": declared.get("address") or filed_by.address,
        }
    ]
    if dossier.declared_owner:
        people.append(_declared_owner(dossier))
    elif dossier.owner_organisation:
        organisation = dossier.owner_organisation
        numbers = [(_("Mã số thuế"), organisation.tax_code)]
        people.append(
            {"title": _("Chủ hồ sơ"), "name": organisation.name, "numbers": numbers, "address": organisation.address}
        )
    elif dossier.owner_id != dossier.filed_by_id:
        owner = dossier.owner
        numbers = [(_("Số định danh"), owner.identity_number or ""), (_("Điện thoại"), owner.phone)]
        people.append({"title": _("Chủ hồ sơ"), "name": owner.full_name, "numbers": numbers, "address": owner.address})
    return people


def _declared_owner(dossier: Dossier) -> dict[str, Any]:
    """Return whom the dossier was filed for, as declared that day."""
    declared = dossier.declared_owner
    numbers = [
        (_("Số định danh"), declared.get("identity_number", "")),
        (_("Mã số thuế"), declared.get("tax_code", "")),
        (_("Điện thoại"), declared.get("phone", "")),
    ]
    return {
        "title": _("Chủ hồ sơ, người nộp là %(relation)s") % declared if declared.get("relation") else _("Chủ hồ sơ"),
        "name": declared_name(dossier),
        "numbers": numbers,
        "address": declared.get("address", ""),
    }
