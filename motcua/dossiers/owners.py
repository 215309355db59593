"""Whose a dossier is: the owner as declared by whoever filed for them, what is wrong with it, the name everybody reads.

Who files for another declares them as {kind, full_name or name, identity_number or tax_code, phone, address, relation};
nothing is looked up, so typing a number never tells whether anybody has it. Only acceptance finds the person or the
organisation (`actions.owning`). Until then `Dossier.owner` is whoever filed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.conditions import Facts
from motcua.catalogue.for_another import bindings_of_owner, says_for_another
from motcua.catalogue.forms import prefill
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.models import Dossier
from motcua.people.actions.organisations import BadTaxCode, normal_tax_code
from motcua.people.identity import BadIdentityNumber, BadPhone, identity_number, phone_number
from motcua.people.models import Citizen

Declared = Mapping[str, Any]

PERSON, ORGANISATION = "person", "organisation"

# fmt: off
FIELDS: Mapping[str, tuple[str, ...]] = {  # what is said of each kind of owner, in the order it is asked
    PERSON:       ("kind", "full_name", "identity_number", "phone", "address", "relation"),
    ORGANISATION: ("kind", "name", "tax_code", "phone", "address", "relation"),
}
LABELS = {
    "kind":            gettext_lazy("Chủ hồ sơ là ai"),
    "full_name":       gettext_lazy("Họ và tên chủ hồ sơ"),
    "identity_number": gettext_lazy("Số định danh của chủ hồ sơ"),
    "name":            gettext_lazy("Tên tổ chức, doanh nghiệp"),
    "tax_code":        gettext_lazy("Mã số thuế"),
    "phone":           gettext_lazy("Số điện thoại của chủ hồ sơ"),
    "address":         gettext_lazy("Địa chỉ của chủ hồ sơ"),
    "relation":        gettext_lazy("Quan hệ của người nộp với chủ hồ sơ"),
}
LONGEST = {"full_name": 200, "name": 250, "address": 250, "relation": 100}
# fmt: on
OPTIONAL = frozenset({"phone", "relation"})


def is_for_another(version: ProcedureVersion, facts: Facts, declared: Declared) -> bool:
    """Return whether the dossier is somebody else's: an answer means it, or somebody else is declared."""
    return bool(declared.get("kind")) or says_for_another(version, facts)


def faults_of(version: ProcedureVersion, facts: Facts, declared: Declared, filer: Declared) -> dict[str, str]:
    """Return one sentence for each field of the declared owner that is wrong; `filer` is whoever files, as declared."""
    if not is_for_another(version, facts, declared):
        return {}
    kind = str(declared.get("kind"))
    if kind not in FIELDS:
        return {"kind": _("Bạn trả lời là nộp thay: hãy cho biết chủ hồ sơ là ai, một người hay một tổ chức.")}
    faults = {name: _fault(name, str(declared.get(name) or "")) for name in FIELDS[kind]}
    number = declared.get("identity_number")
    if number and number == filer.get("identity_number") and not faults["identity_number"]:
        faults["identity_number"] = _(
            "Đây là số định danh của chính người nộp. Nộp cho chính mình thì chọn «Cho chính tôi»; nộp thay thì ghi số "
            "của chủ hồ sơ."
        )
    return {name: fault for name, fault in faults.items() if fault}


def known_of_owner(version: ProcedureVersion, facts: Facts, declared: Declared, filer: Citizen) -> dict[str, Any]:
    """Return what fills in the form's fields about the owner: the filer's own record only while they file for themselves.

    Of another person it is what was declared; of an organisation nothing, for those fields ask about a person.
    """
    if not is_for_another(version, facts, declared):
        return prefill(bindings_of_owner(version), filer)
    return said_of_owner(version, declared)


def said_of_owner(version: ProcedureVersion, declared: Declared) -> dict[str, Any]:
    """Return what was declared of another person by the fields of the form that ask it; of an organisation nothing."""
    if declared.get("kind") != PERSON:
        return {}
    bindings = bindings_of_owner(version)
    said = {field: declared.get(source.partition(".")[2]) for field, source in bindings.items()}
    return {field: value for field, value in said.items() if value}


def declared_name(dossier: Dossier) -> str:
    """Return the name of the owner somebody filed for; empty when they filed for themselves."""
    return str(dossier.declared_owner.get("full_name") or dossier.declared_owner.get("name") or "")


def owner_name(dossier: Dossier) -> str:
    """Return the name of the owner as lists, pages and slips say it; `queries.owner_name` says the same in SQL."""
    if name := declared_name(dossier):
        return name
    return dossier.owner_organisation.name if dossier.owner_organisation else dossier.owner.full_name


def _fault(name: str, value: str) -> str:
    if not value:
        return "" if name in OPTIONAL else _("Bạn chưa điền “%(label)s”") % {"label": LABELS[name]}
    check = _CHECKS.get(name)
    try:
        return check(value) and "" if check else ""
    except (BadIdentityNumber, BadPhone, BadTaxCode) as error:
        return str(error)


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "identity_number": identity_number,
    "tax_code": normal_tax_code,
    "phone": phone_number,
}
