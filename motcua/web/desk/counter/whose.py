"""Whose matter it is: the person who came, or somebody else or an organisation, keyed in from the card they show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.catalogue.conditions import Facts
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.models import Dossier
from motcua.dossiers.owners import FIELDS, LABELS, LONGEST, OPTIONAL, ORGANISATION, PERSON, faults_of
from motcua.people.actions.organisations import BadTaxCode, normal_tax_code
from motcua.people.identity import digits_of, normal_phone
from motcua.web.desk.counter.fields import Cell, SchemaForm

PREFIX = "owner"
_WIDGETS = {"identity_number": "identity", "phone": "phone"}


@dataclass(frozen=True)
class Whose:
    """`declared` is the owner as the dossier keeps it, empty when the person who came is; `typed` all that stands in the boxes."""

    declared: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.declared.get("kind", "")

    @property
    def name(self) -> str:
        """The name of the other owner; empty when there is none."""
        return self.declared.get("full_name") or self.declared.get("name") or ""

    def faults(self, version: ProcedureVersion, facts: Facts, filer: Mapping[str, Any]) -> dict[str, str]:
        """Return one sentence for each field that is wrong."""
        return faults_of(version, facts, self.declared, filer)

    def kinds(self) -> list[dict[str, str]]:
        """Return whose it may be: value, words, and what choosing it lets appear."""
        return [
            {"value": "", "label": _("Chính người đến"), "reveals": ""},
            {"value": PERSON, "label": _("Người khác"), "reveals": f"{PREFIX} {PERSON}"},
            {"value": ORGANISATION, "label": _("Tổ chức, doanh nghiệp"), "reveals": f"{PREFIX} {ORGANISATION}"},
        ]

    def boxes(self, faults: Mapping[str, str]) -> list[tuple[str, list[Cell]]]:
        """Return the boxes by the answer they appear for."""
        form = SchemaForm(_schema(), _ui(), prefix=PREFIX, values=self.typed, faults=faults)
        common = [name for name in LABELS if all(name in fields for fields in FIELDS.values()) and name != "kind"]
        own = [(kind, [name for name in FIELDS[kind] if name not in (*common, "kind")]) for kind in FIELDS]
        return [(shown_for, form.cells(names)) for shown_for, names in (*own, (PREFIX, common))]


def read_whose(posted: QueryDict) -> Whose:
    """Read whom the person files for."""
    typed = {name: _tidy(name, posted.get(f"{PREFIX}-{name}", "")) for name in LABELS}
    kept = FIELDS.get(typed["kind"], ())
    return Whose({name: value for name, value in typed.items() if name in kept and value}, typed)


def as_posted_of(dossier: Dossier) -> dict[str, str]:
    """Return the declared owner of a dossier as the page would post it."""
    return {f"{PREFIX}-{name}": str(value) for name, value in dossier.declared_owner.items()}


def _schema() -> dict[str, Any]:
    boxes = {name: {"type": "string", "title": str(label)} for name, label in LABELS.items() if name != "kind"}
    return {"type": "object", "properties": boxes, "required": [name for name in boxes if name not in OPTIONAL]}


def _ui() -> dict[str, Any]:
    return {"fields": {name: {"widget": widget} for name, widget in _WIDGETS.items()}}


def _tidy(name: str, text: str) -> str:
    """Return a number as it is kept, other words with single spaces."""
    plain = " ".join(text.split())[: LONGEST.get(name, 30)]
    if name == "identity_number":
        return digits_of(plain) or plain
    if name == "phone":
        return normal_phone(plain)
    if name == "tax_code":
        try:
            return normal_tax_code(plain)
        except BadTaxCode:
            return plain
    return plain
