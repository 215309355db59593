"""Processes to begin from: every template's newest edition, and what is written in procedures in force."""

from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.processes.queries import all_templates, content_of_template, fileable_versions, own_content

TEMPLATE, PROCEDURE = "mau", "thu-tuc"
Group = tuple[str, list[tuple[str, str]]]


def source_choices() -> list[Group]:
    """Return what a form offers, in groups; those that are empty are left out."""
    templates = [(f"{TEMPLATE}:{one.code}", one.name) for one in all_templates()]
    own = [
        (f"{PROCEDURE}:{version.procedure.code}", f"{version.title} ({version.procedure.code})")
        for version in fileable_versions()
    ]
    groups = [(_("Quy trình mẫu, kể cả đang soạn"), templates), (_("Quy trình ghi trong thủ tục"), own)]
    return [group for group in groups if group[1]]


def content_of_source(source: str) -> dict[str, Any]:
    """Return the process of a choice; an empty table for none."""
    kind, _colon, code = source.partition(":")
    found = content_of_template(code) if kind == TEMPLATE else own_content(code) if kind == PROCEDURE else None
    return dict(found or {"steps": []})
