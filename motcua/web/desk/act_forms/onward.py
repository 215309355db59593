"""What a process asks of the officer who ends a step: facts nobody has answered yet, and the way where it is theirs to choose."""

from collections.abc import Sequence

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from motcua.catalogue.bpmn.choices import ChoiceNeeded, MoveRefused
from motcua.catalogue.forms import label_of
from motcua.catalogue.processes.process import Way
from motcua.dossiers.steps import facts_of, process_of
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.base import ActForm

NONE_OF_THEM = "-"


def chosen_ways(form: ActForm) -> list[str]:
    """Return the ways onward that were chosen; none where the process did not ask."""
    said = form.cleaned_data.get("way", [])
    return [said] if isinstance(said, str) else list(said)


def open_findings(opened: Opened) -> dict[str, list[tuple[str, str]]]:
    """Return the unanswered facts the running step branches on, each with its choices."""
    if opened.step is None:
        return {}
    process, facts = process_of(opened.dossier), facts_of(opened.dossier)
    if opened.step.code not in process.steps:
        return {}
    known = {**opened.dossier.position.get("data", {}), **facts}
    asked = process.asked(opened.step.code)
    return {key: _choices(opened, key, values) for key, values in asked.items() if known.get(key) in (None, "")}


def finding_field(label: str, choices: list[tuple[str, str]]) -> forms.Field:
    """Return the box in which an officer says what was found: one of the choices, or where there are none, a number."""
    if not choices:
        return forms.DecimalField(label=label, localize=True)
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


def way_field(opened: Opened) -> dict[str, forms.Field]:
    """Return the box that asks where to go from here, if the process leaves it to the officer."""
    ways = _ways(opened)
    if not ways:
        return {}
    choices = [(way.id, capfirst(way.name)) for way in ways]
    if ways[0].among_several:
        return {
            "way": forms.MultipleChoiceField(
                label=_("Rồi đến (chọn một hay nhiều)"), choices=choices, widget=forms.CheckboxSelectMultiple
            )
        }
    return {"way": forms.ChoiceField(label=_("Rồi đến"), choices=choices, widget=forms.RadioSelect)}


def _ways(opened: Opened) -> list[Way]:
    dossier, step = opened.dossier, opened.step
    process = process_of(dossier)
    if step is None or step.code not in process.steps:
        return []
    try:
        process.advance(dossier.position, step.code, facts_of(dossier), token=step.token)
    except ChoiceNeeded as asked:
        return process.ways(asked)
    except MoveRefused:  # what decides it has not been found out yet
        return []
    return []


def _choices(opened: Opened, key: str, values: Sequence[str]) -> list[tuple[str, str]]:
    """Return the answers to a fact: as the form or the question offers them, else those the conditions name and none of them."""
    version = opened.dossier.version
    question = next((one for one in version.questions if one["key"] == key), None)
    if question:
        return [(str(option["value"]), str(option["label"])) for option in question["options"]]
    field = (version.form_schema.get("properties") or {}).get(key)
    labels = ((version.form_ui.get("fields") or {}).get(key) or {}).get("labels") or {}
    names = {"true": _("Có"), "false": _("Không")} | labels
    if field is not None or set(values) <= set(names):
        values = (field or {}).get("enum") or ["true", "false"]
        return [(str(value), str(names.get(str(value), value))) for value in values]
    others = [(NONE_OF_THEM, _("Không phải trường hợp nào ở trên"))] if values else []
    return [(value, value) for value in dict.fromkeys(values)] + others


def finding_label(opened: Opened, key: str) -> str:
    question = next((one for one in opened.dossier.version.questions if one["key"] == key), None)
    return str(question["label"]) if question else label_of(opened.dossier.version.form_schema, key)
