"""Filing for another: which answers mean it, and which fields of a form are about the owner, not about whoever files.

An option of a question may carry `"for_another": true`; a field of the form with choices says the same in the UI
description, as `for_another`: the list of these values. A procedure that says neither lets the citizen choose.
"""

from collections.abc import Mapping

from motcua.catalogue.conditions import Facts, holds
from motcua.catalogue.models import ProcedureVersion


def answers_for_another(version: ProcedureVersion) -> dict[str, list[str]]:
    """Return the questions and fields that ask who files, each with the answers that mean «for somebody else»."""
    questions = {
        str(question["key"]): [str(option["value"]) for option in question["options"] if option.get("for_another")]
        for question in version.questions
    }
    views: Mapping[str, Mapping[str, list[str]]] = version.form_ui.get("fields") or {}
    fields = {name: [str(value) for value in view.get("for_another") or ()] for name, view in views.items()}
    return {key: values for key, values in {**questions, **fields}.items() if values}


def says_for_another(version: ProcedureVersion, facts: Facts) -> bool:
    """Return whether an answer among `facts` means that the dossier is somebody else's."""
    return any(holds({key: list(values)}, facts) for key, values in answers_for_another(version).items())


def fields_of_filer(version: ProcedureVersion) -> list[str]:
    """Return the form's fields about whoever files: of the groups that say so, and those that ask who that is."""
    groups = version.form_ui.get("groups") or []
    said = [name for group in groups if group.get("about") == "applicant" for name in group["fields"]]
    asking = answers_for_another(version)
    views = version.form_ui.get("fields") or {}
    return said + [name for name in views if name in asking and name not in said]


def bindings_of_owner(version: ProcedureVersion) -> dict[str, str]:
    """Return the bindings of the fields that describe the owner."""
    of_filer = set(fields_of_filer(version))
    return {field: source for field, source in version.form_bindings.items() if field not in of_filer}
