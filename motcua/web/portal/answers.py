"""What one screen of filing says about a draft: reading what was typed, finding faults, showing it again as typed.

Whatever is typed is saved first and judged afterwards, so that a wrong answer is never lost.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.catalogue.conditions import Facts
from motcua.catalogue.for_another import answers_for_another, says_for_another
from motcua.catalogue.forms import BINDINGS, clean, errors_in, filled_in, written
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.models import Dossier, ReturnMethod
from motcua.dossiers.owners import FIELDS, PERSON, faults_of, known_of_owner
from motcua.dossiers.owners import LONGEST as LONGEST_OF_OWNER
from motcua.dossiers.steps import facts_of
from motcua.people.actions.organisations import BadTaxCode, normal_tax_code
from motcua.people.identity import (
    BadIdentityNumber,
    BadPhone,
    digits_of,
    identity_number,
    normal_phone,
    phone_number,
)
from motcua.web.portal.screens import LONGEST, Question, Screen

OWNER = "declared_owner"
_LIMITS = {"subject": 250, "return_address": 250}


def read(draft: Dossier, screen: Screen, posted: QueryDict, names: Collection[str] | None = None) -> dict[str, Any]:
    """Return the fields posted for `screen` as save_draft takes them, only `names` when given; empty ones are None."""
    asked = [question for question in screen.questions if names is None or question.name in names]
    raw = {question.name: _bare(question, posted.get(question.name, "").strip()[:LONGEST]) for question in asked}
    typed = clean(draft.version.form_schema, {question.key: raw[question.name] for question in asked})
    found = {}
    for question in asked:
        if question.table == "form_data":
            found[question.name] = typed.get(question.key)
        elif question.name != "return_method" or raw[question.name] in ReturnMethod.values:
            found[question.name] = _tidy(question, raw[question.name])
    found |= _mirrored(draft, screen, found)
    if any(question.table == OWNER for question in screen.questions):
        found |= _of_owner(draft, found)
    return found | _followed(draft, found)


def faults_in(draft: Dossier, screen: Screen, today: date) -> dict[str, str]:
    """Return one sentence for each field of `screen` that is wrong in the draft on the day `today`, in its order."""
    version = draft.version
    of_form = errors_in(version.form_schema, version.form_ui, draft.form_data, draft.answers, today=today)
    of_owner = faults_of(version, facts_of(draft), draft.declared_owner, draft.applicant)
    faults = {}
    for question in screen.questions:
        if question.table == "form_data":
            fault = of_form.get(question.key, "")
        elif question.table == "answers":
            fault = _fault_of_answer(question, draft)
        elif question.table == OWNER:
            fault = of_owner.get(question.key, "")
        else:
            mirrored = (of_form.get(name, "") for name, source in screen.mirrors.items() if source == question.name)
            fault = _fault_of_person(question, draft) or next((text for text in mirrored if text), "")
        if fault:
            faults[question.name] = fault
    return faults


def shown(draft: Dossier, screen: Screen) -> dict[str, str]:
    """Return every field of `screen` as a person would type it."""
    return {question.name: typed(value_of(draft, question), question, draft) for question in screen.questions}


def value_of(draft: Dossier, question: Question) -> Any:
    """Return what the draft holds for a question, or what is assumed while nobody answered."""
    kept = getattr(draft, question.table)
    held = kept.get(question.key) if question.key else kept
    return held or question.assumed if question.assumed else held


def typed(value: Any, question: Question, draft: Dossier) -> str:
    """Return a stored value as a person would type it: 22/11/2026, 1.250,5, the value of a choice."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if question.choices or question.table != "form_data":
        return str(value)
    return written(draft.version.form_schema, {}, question.key, value)


def in_words(value: Any, question: Question, draft: Dossier) -> str:
    """Return a stored value as a person reads it: the label of a choice, else as typed."""
    text = typed(value, question, draft)
    return dict(question.choices).get(text, text)


def _mirrored(draft: Dossier, screen: Screen, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form fields that take the answers just found."""
    said = {name: str(found[source] or "") for name, source in screen.mirrors.items() if source in found}
    values = clean(draft.version.form_schema, said)
    return {f"form_data.{name}": values.get(name) for name in said}


def _of_owner(draft: Dossier, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what follows from whom the dossier is filed for, now that `found` is answered.

    What is said of the owner goes when there is no other owner, or one of another kind. The form's fields about the
    owner are filled in with what is known of them; a field somebody typed otherwise stays as typed.
    """
    said = {table: {**getattr(draft, table), **_part(found, table)} for table in ("form_data", "answers", OWNER)}
    facts = {**said["form_data"], **said["answers"]}
    owner = _owner_meant(draft.version, facts, said[OWNER])
    changed = {f"{OWNER}.{name}": owner.get(name) for name in {**said[OWNER], **owner}}
    before = known_of_owner(draft.version, facts_of(draft), draft.declared_owner, draft.filed_by)
    after = known_of_owner(draft.version, facts, owner, draft.filed_by)
    return changed | _free(said["form_data"], before, after, found)


def _owner_meant(version: ProcedureVersion, facts: Facts, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of what was said about the owner: nothing when the filer is, else what fits the kind."""
    kind = said.get("kind")
    if answers_for_another(version):
        kind = (kind or PERSON) if says_for_another(version, facts) else None
    return {
        name: value for name, value in {**said, "kind": kind}.items() if value and name in FIELDS.get(str(kind), ())
    }


def _free(
    typed: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any], found: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the form's fields whose known value changed and in which nobody typed another."""
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    free = [name for name in changed if typed.get(name) in (None, before.get(name))]
    return {f"form_data.{name}": after.get(name) for name in free if f"form_data.{name}" not in found}


def _followed(draft: Dossier, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form fields that follow from what the person says about themselves, now that `found` is answered.

    A field somebody typed otherwise stays as typed.
    """
    if not draft.version.form_ui.get("filled_when"):
        return {}
    said = {table: {**getattr(draft, table), **_part(found, table)} for table in ("form_data", "answers", "applicant")}
    ui = draft.version.form_ui
    before = filled_in(ui, facts_of(draft), _known(draft, draft.applicant))
    after = filled_in(ui, {**said["form_data"], **said["answers"]}, _known(draft, said["applicant"]))
    return _free(said["form_data"], before, after, found)


def _part(found: Mapping[str, Any], table: str) -> dict[str, Any]:
    return {name.partition(".")[2]: value for name, value in found.items() if name.startswith(f"{table}.")}


def _known(draft: Dossier, applicant: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of whoever files; what their account alone knows only while it is they who file."""
    known = {f"applicant.{name}": value for name, value in applicant.items()}
    own = draft.filed_by.identity_number
    if own and own == applicant.get("identity_number"):
        known |= {source: read_from(draft.filed_by) for source, read_from in BINDINGS.items()}
    return known


def _bare(question: Question, text: str) -> str:
    """Return a phone or identity number as it is kept, however it was written; anything else as typed."""
    if question.kind == "phone":
        return normal_phone(text)
    if question.kind == "identity":
        return digits_of(text) or text
    return _tax_code(text) if question.kind == "tax_code" else text


def _tidy(question: Question, text: str) -> str | None:
    """Return the value kept for a field outside the form: spaces single, no answer that was no option."""
    if question.table == "answers":
        return text if text in dict(question.choices) else None
    plain = " ".join(text.split())
    if question.table == OWNER:
        return (
            None
            if question.choices and plain not in FIELDS
            else plain[: LONGEST_OF_OWNER.get(question.key, 30)] or None
        )
    return plain[: _LIMITS[question.name]] if question.name in _LIMITS else plain or None


def _tax_code(text: str) -> str:
    try:
        return normal_tax_code(text)
    except BadTaxCode:
        return text


def _fault_of_answer(question: Question, draft: Dossier) -> str:
    answered = draft.answers.get(question.key) in dict(question.choices)
    return "" if answered else _("Bạn chưa chọn “%(label)s”") % {"label": question.label}


def _fault_of_person(question: Question, draft: Dossier) -> str:
    value = value_of(draft, question)
    if question.name == "return_address":
        needed = draft.return_method == ReturnMethod.POSTAL and not value
        return _("Bạn chưa điền địa chỉ để bưu điện giao kết quả") if needed else ""
    if not value:
        return _("Bạn chưa điền “%(label)s”") % {"label": question.label} if question.required else ""
    check = _CHECKS.get(question.kind)
    return check(str(value)) if check else ""


def _identity_fault(value: str) -> str:
    try:
        identity_number(value)
    except BadIdentityNumber as error:
        return str(error)
    return ""


def _phone_fault(value: str) -> str:
    try:
        phone_number(value)
    except BadPhone as error:
        return str(error)
    return ""


def _email_fault(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        return _("Thư điện tử viết chưa đúng, ví dụ đúng: ten@vidu.vn. Bạn sửa lại hoặc để trống.")
    return ""


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "identity": _identity_fault,
    "phone": _phone_fault,
    "email": _email_fault,
}
