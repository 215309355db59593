"""What the procedure's form holds at the counter: what is typed, what the records know, what an answer fills in.

Nothing is saved while the officer types, so what an answer filled in before is known again by its value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps
from typing import Any

from django.http import QueryDict

from motcua.catalogue.for_another import bindings_of_owner
from motcua.catalogue.forms import BINDINGS, defaults, filled_in, prefill
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.owners import said_of_owner
from motcua.web.desk.counter.fields import read
from motcua.web.desk.counter.what import What
from motcua.web.desk.counter.who import Who
from motcua.web.desk.counter.whose import Whose


@dataclass(frozen=True)
class Filling:
    """The form's `data`; `following`: what the answers fill in now; `changed`: the fields that just followed them."""

    data: Mapping[str, Any] = field(default_factory=dict)
    following: Mapping[str, Any] = field(default_factory=dict)
    changed: tuple[str, ...] = ()


def read_filling(
    posted: QueryDict, who: Who, whose: Whose, what: What, version: ProcedureVersion, *,
    content_was: str, following_was: str, is_resumed: bool,
) -> Filling:  # fmt: skip
    """Return what the form holds. `content_was` and `following_was` are the marks of the page as it was drawn.

    When the person, the owner or the procedure has just changed: what the form assumes, what was typed already, and over both what
    the records know of the person. Otherwise what stands there, so that an officer may also empty a field; only when an
    answer has changed, the fields that follow it do. A dossier taken up again is shown first as it was left.
    """
    typed = read(version.form_schema, posted, "form_data")
    is_refilled = not is_resumed and content_was != mark_of_content(who, whose, what)
    if is_refilled:
        typed = {
            **defaults(version.form_schema),
            **_typed_by_hand(typed, who, whose, version),
            **of_record(who, whose, version),
        }
    known = _known(who)
    following = filled_in(version.form_ui, {**typed, **what.all_answers()}, known)
    if following_was == mark(following) or (is_resumed and not following_was):
        return Filling(typed, following)
    stale = {name for name, value in typed.items() if name not in following and value in _offered(version, known, name)}
    kept = {name: value for name, value in typed.items() if name not in stale}
    data = {**kept, **following} if is_refilled else {**following, **kept}
    return Filling(data, following, tuple(name for name in typed | data if typed.get(name) != data.get(name)))


def mark_of_content(who: Who, whose: Whose, what: What) -> str:
    """Return a mark of the person, the owner and the procedure that the form is filled in for."""
    said = {} if who.citizen else dict(who.said)
    return mark(
        who.citizen.pk if who.citizen else None, said, dict(whose.declared), what.version.pk if what.version else None
    )


def mark(*facts: Any) -> str:
    """Return a short mark of facts, which tells nothing about them."""
    return sha256(dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def _typed_by_hand(typed: Mapping[str, Any], who: Who, whose: Whose, version: ProcedureVersion) -> dict[str, Any]:
    """Return what was typed, without what was filled in about another owner than the one meant now."""
    if not whose.declared:
        return dict(typed)
    bindings = bindings_of_owner(version)
    own = prefill(bindings, who.person) if who.is_known else {}
    others = {field: whose.typed.get(source.partition(".")[2]) for field, source in bindings.items()}
    return {
        name: value
        for name, value in typed.items()
        if name not in bindings or value not in (own.get(name), others[name])
    }


def of_record(who: Who, whose: Whose, version: ProcedureVersion) -> dict[str, Any]:
    """Return what is known: of whoever came for the fields about them, of the owner for those about the owner."""
    of_owner = bindings_of_owner(version) if whose.declared else {}
    of_filer = {field: source for field, source in version.form_bindings.items() if field not in of_owner}
    known = prefill(of_filer, who.person) if who.is_known else {}
    known |= said_of_owner(version, whose.declared)
    return {name: value for name, value in known.items() if name in version.form_schema["properties"]}


def _known(who: Who) -> dict[str, Any]:
    """Return the sources a rule may fill a field from; what the person says today goes before their record."""
    if not who.is_known:
        return {}
    record = {source: read_from(who.person) for source, read_from in BINDINGS.items()}
    said = {f"applicant.{source.partition('.')[2]}": value for source, value in record.items()}
    return record | said | {f"applicant.{name}": value for name, value in who.declared().items()}


def _offered(version: ProcedureVersion, known: Mapping[str, Any], name: str) -> set[Any]:
    """Return what any answer at all would put into a field."""
    rules = (rule["fields"] for rule in version.form_ui.get("filled_when") or [])
    return {known[fields[name]] for fields in rules if name in fields and known.get(fields[name])}
