"""The parts of a draft, each with its form and how it is kept, moved and removed: one table, read by editing.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalogue import actions, form_edits, question_edits
from motcua.catalogue.actions.drafting import Row
from motcua.catalogue.form_edits import Form
from motcua.catalogue.models import Case, FeeRule, PaperGroup, PaperRequirement, ProcedureVersion
from motcua.catalogue.question_edits import Choice
from motcua.web.desk.access import Sitting
from motcua.web.desk.procedures.form_forms import FieldForm, FieldGroupForm, QuestionForm
from motcua.web.desk.procedures.row_forms import CaseForm, FeeForm, GroupForm, PaperForm
from motcua.web.desk.procedures.words import SECTIONS, WordsForm

Draft = ProcedureVersion
Piece = Any  # a row, or what stands in the JSON; None for a new one


@dataclass(frozen=True)
class Part:
    """One kind of part. `find` gets a key and returns what stands there, `form` draws or reads it, `keep` writes it.

    `shown` is what tells whether somebody changed it meanwhile; `move` is None for what has no order.
    """

    title: str | Promise
    new_title: str | Promise
    anchor: str
    find: Callable[[Draft, str], Piece]
    shown: Callable[[Draft, Piece], Mapping[str, Any]]
    form: Callable[[Draft, Piece, QueryDict | None, Mapping[str, str]], forms.BaseForm]
    keep: Callable[[Sitting, Draft, Piece, Any], None]
    move: Callable[[Sitting, Draft, Piece, int], None] | None = None
    drop: Callable[[Sitting, Draft, Piece], None] | None = None


# --- rows -----------------------------------------------------------------------------------------------------------------


def _row_part(
    model: type[Row], form: Callable[..., Any], title: str | Promise, new_title: str | Promise, anchor: str
) -> Part:
    def find(draft: Draft, key: str) -> Piece:
        rows: Any = model._default_manager
        owner = {"group__version": draft} if model is PaperRequirement else {"version": draft}
        return rows.filter(**owner, pk=key).first() if key.isdecimal() and len(key) < 18 else None

    def drawn(draft: Draft, row: Piece, said: QueryDict | None, asked: Mapping[str, str]) -> forms.BaseForm:
        made: forms.BaseForm = form(draft, said, instance=row or _blank(model, draft, asked), auto_id="muc-%s")
        return made

    def keep(sitting: Sitting, draft: Draft, row: Piece, said: Any) -> None:
        del row
        kept = said.save(commit=False)
        if hasattr(said, "condition"):
            kept.condition = said.condition()
        if isinstance(kept, Case) and not kept.code:
            kept.code = _free_code(draft)
        actions.keep_row(version=draft, row=kept, **_by(sitting))

    def move(sitting: Sitting, draft: Draft, row: Piece, by: int) -> None:
        actions.move_row(version=draft, row=row, by=by, **_by(sitting))

    def drop(sitting: Sitting, draft: Draft, row: Piece) -> None:
        actions.drop_row(version=draft, row=row, **_by(sitting))

    return Part(title, new_title, anchor, find, _columns, drawn, keep, move, drop)


def _blank(model: type[Row], draft: Draft, asked: Mapping[str, str]) -> Row:
    if model is not PaperRequirement:
        return model(version=draft)  # type: ignore[misc]
    group = next((one for one in draft.paper_groups.all() if str(one.pk) == asked.get("nhom")), None)
    return PaperRequirement(group=group or draft.paper_groups.first())


def _columns(_draft: Draft, row: Piece) -> Mapping[str, Any]:
    """Return what a row says but for its place, as texts."""
    fields = [field for field in row._meta.concrete_fields if field.name not in ("id", "position")]
    return {field.attname: str(getattr(row, field.attname)) for field in fields}


def _free_code(draft: Draft) -> str:
    taken, stem = {case.code for case in draft.cases.all()}, draft.procedure.code
    return next(code for number in range(1, 1000) if (code := f"{stem}.{number:02}") not in taken)


# --- words ----------------------------------------------------------------------------------------------------------------


def _words_find(_draft: Draft, key: str) -> Piece:
    return next((section for section in SECTIONS if section.key == key), None)


def _words_shown(draft: Draft, section: Piece) -> Mapping[str, Any]:
    return {name: str(getattr(draft, name)) for name in section.columns}


def _words_form(draft: Draft, section: Piece, said: QueryDict | None, _asked: Mapping[str, str]) -> forms.BaseForm:
    return WordsForm(section, said, instance=draft, auto_id="muc-%s")


def _words_keep(sitting: Sitting, draft: Draft, _section: Piece, form: Any) -> None:
    actions.say_in_draft(version=draft, said=form.said(), **_by(sitting))


# --- questions ------------------------------------------------------------------------------------------------------------


def _question(draft: Draft, key: str) -> Piece:
    return next((question for question in draft.questions if question["key"] == key), None)


def _question_form(_draft: Draft, question: Piece, said: QueryDict | None, _asked: Mapping[str, str]) -> forms.BaseForm:
    row = question or {"options": []}
    choices = [Choice(str(one["value"]), str(one["label"]), bool(one.get("for_another"))) for one in row["options"]]
    first = {"label": row.get("label", ""), "hint": row.get("hint", "")}
    return QuestionForm(said, choices=choices, initial=first, auto_id="muc-%s")


def _question_keep(sitting: Sitting, draft: Draft, question: Piece, form: Any) -> None:
    said = {"label": form.cleaned_data["label"], "hint": form.cleaned_data["hint"], "choices": form.choices}
    taken = list(draft.form_schema.get("properties") or {})
    actions.edit_questions(
        version=draft,
        change=lambda questions: (
            question_edits.changed_question(questions, question["key"], **said)
            if question
            else question_edits.added_question(questions, taken=taken, **said)
        ),
        **_by(sitting),
    )


def _question_move(sitting: Sitting, draft: Draft, question: Piece, by: int) -> None:
    actions.edit_questions(
        version=draft, change=lambda all_: question_edits.moved_question(all_, question["key"], by), **_by(sitting)
    )


def _question_drop(sitting: Sitting, draft: Draft, question: Piece) -> None:
    actions.edit_questions(
        version=draft, change=lambda all_: question_edits.without_question(all_, question["key"]), **_by(sitting)
    )


# --- the form -------------------------------------------------------------------------------------------------------------


def _form_of(draft: Draft) -> Form:
    return Form(draft.form_schema, draft.form_ui, draft.form_bindings)


def _group(draft: Draft, key: str) -> Piece:
    return next((group for group in draft.form_ui.get("groups") or [] if group["key"] == key), None)


def _group_shown(_draft: Draft, group: Piece) -> Mapping[str, Any]:
    return {"title": group["title"], "about": group.get("about", "")}


def _group_form(_draft: Draft, group: Piece, said: QueryDict | None, _asked: Mapping[str, str]) -> forms.BaseForm:
    row = group or {}
    first = {"title": row.get("title", ""), "is_about_filer": row.get("about") == "applicant"}
    return FieldGroupForm(said, initial=first, auto_id="muc-%s")


def _group_keep(sitting: Sitting, draft: Draft, group: Piece, form: Any) -> None:
    said = form.cleaned_data
    actions.edit_form(
        version=draft,
        change=lambda now: (
            form_edits.changed_group(now, group["key"], **said) if group else form_edits.added_group(now, **said)
        ),
        **_by(sitting),
    )


def _field(draft: Draft, key: str) -> Piece:
    return key if key in (draft.form_schema.get("properties") or {}) else None


def _field_shown(draft: Draft, name: Piece) -> Mapping[str, Any]:
    view = (draft.form_ui.get("fields") or {}).get(name, {})
    said = form_edits.said_of(_form_of(draft), name)
    return {"schema": draft.form_schema["properties"][name], "view": view, "said": str(said)}


def _field_form(draft: Draft, name: Piece, said: QueryDict | None, asked: Mapping[str, str]) -> forms.BaseForm:
    form = _form_of(draft)
    before = form_edits.said_of(form, name) if name else form_edits.FieldSaid("", "text", group=asked.get("nhom", ""))
    named = ("label", "kind", "group", "hint", "source", "least", "most", "required", "is_past")
    first = {one: getattr(before, one) for one in named}
    return FieldForm(form, said, choices=before.choices, initial=first, auto_id="muc-%s")


def _field_keep(sitting: Sitting, draft: Draft, name: Piece, form: Any) -> None:
    said = form.said()
    taken = [str(question["key"]) for question in draft.questions]
    actions.edit_form(
        version=draft,
        change=lambda now: (
            form_edits.changed_field(now, name, said) if name else form_edits.added_field(now, said, taken=taken)[0]
        ),
        **_by(sitting),
    )


def _edits(
    moved: Callable[[Form, str, int], Form], without: Callable[[Form, str], Form], key: Callable[[Piece], str]
) -> tuple[Callable[[Sitting, Draft, Piece, int], None], Callable[[Sitting, Draft, Piece], None]]:
    def move(sitting: Sitting, draft: Draft, piece: Piece, by: int) -> None:
        actions.edit_form(version=draft, change=lambda now: moved(now, key(piece), by), **_by(sitting))

    def drop(sitting: Sitting, draft: Draft, piece: Piece) -> None:
        actions.edit_form(version=draft, change=lambda now: without(now, key(piece)), **_by(sitting))

    return move, drop


def _by(sitting: Sitting) -> dict[str, Any]:
    return {"at": sitting.at, "actor": sitting.officer.user}


_MOVE_GROUP, _DROP_GROUP = _edits(form_edits.moved_group, form_edits.without_group, lambda group: str(group["key"]))
_MOVE_FIELD, _DROP_FIELD = _edits(form_edits.moved_field, form_edits.without_field, str)

# fmt: off
PARTS: Mapping[str, Part] = {
    "loi":        Part(_("Sửa lời và cách làm"), "", "", _words_find, _words_shown, _words_form, _words_keep),
    "cau-hoi":    Part(_("Sửa câu hỏi"), _("Thêm câu hỏi"), "cau-hoi", _question, lambda _draft, row: row, _question_form, _question_keep, _question_move, _question_drop),
    "truong-hop": _row_part(Case, CaseForm, _("Sửa trường hợp"), _("Thêm trường hợp"), "truong-hop"),
    "nhom-giay":  _row_part(PaperGroup, GroupForm, _("Sửa nhóm giấy tờ"), _("Thêm nhóm giấy tờ"), "giay-to"),
    "giay":       _row_part(PaperRequirement, PaperForm, _("Sửa giấy tờ"), _("Thêm giấy tờ"), "giay-to"),
    "le-phi":     _row_part(FeeRule, FeeForm, _("Sửa khoản thu"), _("Thêm khoản thu"), "le-phi"),
    "nhom-o":     Part(_("Sửa nhóm ô"), _("Thêm nhóm ô"), "to-khai", _group, _group_shown, _group_form, _group_keep, _MOVE_GROUP, _DROP_GROUP),
    "o":          Part(_("Sửa ô của tờ khai"), _("Thêm ô vào tờ khai"), "to-khai", _field, _field_shown, _field_form, _field_keep, _MOVE_FIELD, _DROP_FIELD),
}
# fmt: on
