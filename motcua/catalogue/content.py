"""What a version of a procedure says, before it is written: rows not saved yet, from the starter files or an import."""

from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps
from typing import Any

from motcua.catalogue.models import Case, FeeRule, PaperGroup, PaperRequirement, Procedure


@dataclass(frozen=True, slots=True)
class GroupContent:
    """A group of papers with its papers, both unsaved and in their order."""

    group: PaperGroup
    papers: tuple[PaperRequirement, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcedureContent:
    """A procedure and one version of it.

    `version` holds values of ProcedureVersion's fields. `is_full` is false for a mere line of a list, which never takes
    the place of a record that says more. `content_hash` tells whether the source said anything new.
    """

    code: str
    field_name: str
    version: dict[str, Any]
    content_hash: str
    field_code: str = ""
    type: str = Procedure.Type.STANDARD
    local_code: str = ""
    national_id: str = ""
    aliases: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    is_retired: bool = False
    is_full: bool = True
    cases: tuple[Case, ...] = ()
    groups: tuple[GroupContent, ...] = ()
    fees: tuple[FeeRule, ...] = field(default=())


def hash_of(source: object) -> str:
    """Return the SHA-256 of a source record, the same for the same facts in any order of keys."""
    return sha256(dumps(source, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
