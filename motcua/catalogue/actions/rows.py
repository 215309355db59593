"""Writing many versions with their rows in a few statements; used by every action that makes versions."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TypeVar

from motcua.base.text import fold
from motcua.catalogue.content import ProcedureContent
from motcua.catalogue.models import Case, FeeRule, Field, PaperGroup, PaperRequirement, Procedure, ProcedureVersion

Row = TypeVar("Row", Case, FeeRule)


def fields_for(contents: Iterable[ProcedureContent]) -> dict[str, Field]:
    """Return the field of each content by its folded name, making those that are missing.

    A field known only by its name bears a code made from it, until a source tells the real one.
    """
    known = {fold(field.name): field for field in Field.objects.all()}
    by_code = {field.code: field for field in known.values()}
    told: list[Field] = []
    for content in contents:
        name, code = fold(content.field_name), content.field_code
        if name not in known:
            known[name] = by_code.get(code) or Field(code=code or _made_code(name), name=content.field_name)
            by_code[known[name].code] = known[name]
        elif code and code not in by_code and known[name].code == _made_code(name):
            known[name].code = code
            by_code[code] = known[name]
            told.append(known[name])
    Field.objects.bulk_create({id(field): field for field in known.values() if field.pk is None}.values())
    Field.objects.bulk_update([field for field in told if field.pk], ["code"])
    return known


def _made_code(folded_name: str) -> str:
    return f"LV-{sha256(folded_name.encode()).hexdigest()[:10]}"


def insert_drafts(made: Sequence[tuple[ProcedureVersion, ProcedureContent]]) -> None:
    """Insert the versions, drafts all, with their cases, papers and fees."""
    ProcedureVersion.objects.bulk_create([version for version, _content in made], batch_size=500)
    groups: list[PaperGroup] = []
    papers: list[PaperRequirement] = []
    for version, content in made:
        for place, part in enumerate(content.groups):
            part.group.version, part.group.position = version, place
            groups.append(part.group)
            papers += part.papers
    PaperGroup.objects.bulk_create(groups, batch_size=500)
    for _version, content in made:
        for part in content.groups:
            for place, paper in enumerate(part.papers):
                paper.group, paper.position = part.group, place
    PaperRequirement.objects.bulk_create(papers, batch_size=500)
    Case.objects.bulk_create(_placed((version, content.cases) for version, content in made), batch_size=500)
    FeeRule.objects.bulk_create(_placed((version, content.fees) for version, content in made), batch_size=500)


def procedure_of(content: ProcedureContent, field: Field, at: datetime) -> Procedure:
    """Return an unsaved procedure of `content`."""
    return Procedure(
        code=content.code,
        field=field,
        type=content.type,
        local_code=content.local_code,
        national_id=content.national_id,
        aliases=list(content.aliases),
        life_events=list(content.life_events),
        changed_at=at,
    )


def version_of(
    procedure: Procedure, content: ProcedureContent, *, number: int, origin: str, at: datetime
) -> ProcedureVersion:
    """Return an unsaved draft of `content`."""
    return ProcedureVersion(
        procedure=procedure,
        number=number,
        origin=origin,
        created_at=at,
        content_hash=content.content_hash,
        **content.version,
    )


def _placed(parts: Iterable[tuple[ProcedureVersion, Sequence[Row]]]) -> list[Row]:
    """Return the rows of every version, each knowing its version and its place in it."""
    rows = []
    for version, own in parts:
        for place, row in enumerate(own):
            row.version, row.position = version, place
            rows.append(row)
    return rows
