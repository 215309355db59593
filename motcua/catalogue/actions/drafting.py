"""A draft of a procedure edited piece by piece: what it says, its rows, its questions, its form.

Every change is of the draft as it stands now, locked, so two people at different pieces do not undo one another. From
the first change on it is the province's own, so no import replaces it; a day set for publishing it is taken back.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from motcua.catalogue.actions.versions import locked_draft
from motcua.catalogue.form_edits import Form
from motcua.catalogue.models import Case, FeeRule, PaperGroup, PaperRequirement, Procedure, ProcedureVersion
from motcua.catalogue.question_edits import Questions
from motcua.people.models import User

Row = Case | PaperGroup | PaperRequirement | FeeRule


class RowGone(LookupError):
    """The row is not in the draft any more."""


@transaction.atomic
def say_in_draft(
    *, version: ProcedureVersion, said: Mapping[str, Any], at: datetime, actor: User | None
) -> ProcedureVersion:
    """Write columns of a draft, by their names. Raises NotADraft."""
    draft = locked_draft(version)
    for name, value in said.items():
        setattr(draft, name, value)
    return _changed(draft, said, at, actor)


@transaction.atomic
def edit_questions(
    *, version: ProcedureVersion, change: Callable[[Questions], Questions], at: datetime, actor: User | None
) -> ProcedureVersion:
    """Change the questions of a draft; `change` gets them as they stand. Raises NotADraft and what `change` raises."""
    draft = locked_draft(version)
    draft.questions = change(draft.questions)
    return _changed(draft, ["questions"], at, actor)


@transaction.atomic
def edit_form(
    *, version: ProcedureVersion, change: Callable[[Form], Form], at: datetime, actor: User | None
) -> ProcedureVersion:
    """Change the form of a draft; `change` gets it as it stands. Raises NotADraft and what `change` raises."""
    draft = locked_draft(version)
    form = change(Form(draft.form_schema, draft.form_ui, draft.form_bindings))
    draft.form_schema, draft.form_ui, draft.form_bindings = dict(form.schema), dict(form.ui), dict(form.bindings)
    return _changed(draft, ["form_schema", "form_ui", "form_bindings"], at, actor)


@transaction.atomic
def keep_row(*, version: ProcedureVersion, row: Row, at: datetime, actor: User | None) -> Row:
    """Save a case, a group of papers, a paper or a fee of a draft. Raises NotADraft, RowGone.

    A new one comes last, as does a paper that goes to another group; but a case with a condition before the one without.
    """
    draft = locked_draft(version)
    beside = dict(_beside(row).values_list("pk", "position"))
    if row.pk is not None and not type(row)._default_manager.filter(pk=row.pk).exists():
        raise RowGone(_gone())
    if row.pk not in beside:
        row.position = max(beside.values(), default=-1) + 1
        if isinstance(row, Case) and row.condition:
            _leave_the_rest_last(row)
    row.save()
    _changed(draft, [], at, actor)
    return row


@transaction.atomic
def move_row(*, version: ProcedureVersion, row: Row, by: int, at: datetime, actor: User | None) -> None:
    """Move a row one place up (`by` -1) or down (1) among those of its kind. Raises NotADraft, RowGone."""
    draft = locked_draft(version)
    beside = list(_beside(row))
    place = next((place for place, one in enumerate(beside) if one.pk == row.pk), None)
    if place is None:
        raise RowGone(_gone())
    if 0 <= place + by < len(beside):
        beside[place], beside[place + by] = beside[place + by], beside[place]
    for position, one in enumerate(beside):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    _changed(draft, [], at, actor)


@transaction.atomic
def drop_row(*, version: ProcedureVersion, row: Row, at: datetime, actor: User | None) -> None:
    """Take a row out of a draft; a group of papers goes with its papers. Raises NotADraft, RowGone."""
    draft = locked_draft(version)
    if row.pk not in set(_beside(row).values_list("pk", flat=True)):
        raise RowGone(_gone())
    row.delete()
    _changed(draft, [], at, actor)


@transaction.atomic
def name_procedure(
    *, procedure: Procedure, aliases: Iterable[str], life_events: Iterable[str], at: datetime
) -> Procedure:
    """Write how people call a procedure and in which occasions it is found; it counts at once, for every version."""
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    procedure.aliases, procedure.life_events, procedure.changed_at = list(aliases), list(life_events), at
    procedure.save(update_fields=["aliases", "life_events", "changed_at"])
    return procedure


def _leave_the_rest_last(row: Case) -> None:
    """Put a new case in the place of the last one, if that is for whatever is left, and that one behind it."""
    last = _beside(row).last()
    if last is not None and not last.condition:
        row.position, last.position = last.position, row.position
        last.save(update_fields=["position"])


def _beside(row: Row) -> QuerySet[Any]:
    """Return the rows of one kind that stand in one order with `row`."""
    model: type[Model] = type(row)
    owner = {"group": row.group_id} if isinstance(row, PaperRequirement) else {"version": row.version_id}
    return model._default_manager.filter(**owner).order_by("position", "pk")


def _changed(draft: ProcedureVersion, columns: Iterable[str], at: datetime, actor: User | None) -> ProcedureVersion:
    """Save what changed, and that it is the province's own now."""
    draft.origin, draft.content_hash = ProcedureVersion.Origin.PROVINCE, ""
    draft.changed_at, draft.changed_by = at, actor
    draft.scheduled_at = draft.scheduled_by = None
    marks = ["origin", "content_hash", "changed_at", "changed_by", "scheduled_at", "scheduled_by"]
    draft.save(update_fields=[*columns, *marks])
    return draft


def _gone() -> str:
    return _("Mục này không còn trong bản thảo: ai đó vừa bỏ nó.")
