"""The screens of filing: what each asks, in which order. At most seven, whatever the procedure's form is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.text import fold
from motcua.catalogue.forms import fields_in_order, is_past, label_of, needed_with, required_in
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.models import Dossier, ReturnMethod
from motcua.dossiers.steps import facts_of
from motcua.people.models import Place
from motcua.web.portal.units import COMMUNE

APPLICANT, CASE, PAPERS, REVIEW = "nguoi-nop", "noi-nop", "giay-to", "xem-lai"
APPLICANT_KEYS = frozenset({"full_name", "identity_number", "phone", "email", "address"})
MOST_FORM_SCREENS = 3
MOST_RADIOS = 5  # more choices than these are a list to open
LONGEST = 2000  # characters of one field; a textarea's practical limit

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Question:
    """One thing asked. `name` is the field as save_draft knows it: applicant.phone, answers.work, form_data.floors.

    `kind` is text, textarea, date, number, phone, identity, email, select, radios or check.
    """

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    choices: Choices = ()
    required: bool = True
    autocomplete: str = ""
    note: str = ""
    """What stands behind the label in place of «(không bắt buộc)»."""
    is_past: bool = False
    """Whether a date lies in the past: a birth, a death."""

    @property
    def table(self) -> str:
        """The part of the draft the answer is kept in; the field itself where it has no part."""
        return self.name.partition(".")[0]

    @property
    def key(self) -> str:
        return self.name.partition(".")[2]

    @property
    def is_of_catalogue(self) -> bool:
        """Whether the procedure asks it in its own words, which stay Vietnamese."""
        return self.table == "form_data" or (self.table == "answers" and self.key != COMMUNE)


@dataclass(frozen=True)
class Screen:
    """One screen: its place in the address, its title, what it asks (nothing on the papers and review screens).

    `mirrors` are form fields that are not asked because a question here answers them: field → the question's name.
    """

    key: str
    title: str
    questions: tuple[Question, ...] = ()
    mirrors: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_of_catalogue(self) -> bool:
        """Whether its title is the procedure's own, which stays Vietnamese."""
        return self.key not in (APPLICANT, CASE, PAPERS, REVIEW)

    def question(self, name: str) -> Question:
        """Return the question of that name."""
        return next(question for question in self.questions if question.name == name)


def screens_of(version: ProcedureVersion, communes: Iterable[Place], draft: Dossier | None = None) -> list[Screen]:
    """Return the screens of filing under `version`, in their order; what `draft` says already decides what is asked."""
    required = required_in(version.form_schema, version.form_ui, facts_of(draft) if draft else {})
    by_post = draft is not None and draft.return_method == ReturnMethod.POSTAL
    return [
        Screen(APPLICANT, _("Người nộp"), _about_the_applicant(version, required, by_post=by_post), _mirrors(version)),
        Screen(CASE, _("Nơi giải quyết"), _about_the_case(version, communes)),
        *_form_screens(version, required),
        Screen(PAPERS, _("Giấy tờ")),
        Screen(REVIEW, _("Xem lại")),
    ]


def screen_where(screens: Sequence[Screen], where: str) -> Screen:
    """Return the screen to go to for a problem found at `where` (filing.Problem): a field's, the papers', the review."""
    key = PAPERS if where.startswith("paper:") else REVIEW
    asked = (
        screen
        for screen in screens
        if where.removeprefix("form_data.") in screen.mirrors
        or any(question.name == where for question in screen.questions)
    )
    return next(asked, next(screen for screen in screens if screen.key == key))


def _about_the_applicant(version: ProcedureVersion, required: set[str], *, by_post: bool) -> tuple[Question, ...]:
    offered = version.returning_methods or ReturnMethod.values
    mirrored = _mirrors(version)
    methods = tuple((value, str(label)) for value, label in ReturnMethod.choices if value in offered)
    return (
        Question("applicant.full_name", _("Họ và tên"), hint=_("Như trên thẻ căn cước"), autocomplete="name"),
        Question("applicant.identity_number", _("Số định danh cá nhân"), "identity", _("12 chữ số trên thẻ căn cước")),
        Question("applicant.phone", _("Số điện thoại"), "phone", _("Để báo tin về hồ sơ"), autocomplete="tel"),
        Question("applicant.email", _("Thư điện tử"), "email", required=False, autocomplete="email"),
        Question("applicant.address", _("Nơi ở hiện nay"), hint=_("Số nhà, đường, phường hoặc xã, tỉnh")),
        *(_form_question(version, name, required) for name in _of_the_applicant(version) if name not in mirrored),
        Question("return_method", _("Bạn muốn nhận kết quả thế nào?"), "radios", choices=methods),
        Question(
            "return_address",
            _("Địa chỉ nhận qua bưu chính"),
            hint=_("Số nhà, đường, phường hoặc xã, tỉnh"),
            required=by_post,
            note="" if by_post else _("(cần khi nhận qua bưu chính)"),
        ),
    )


def _about_the_case(version: ProcedureVersion, communes: Iterable[Place]) -> tuple[Question, ...]:
    places = tuple((place.code, place.name) for place in sorted(communes, key=lambda place: fold(place.name)))
    asked = (
        Question(
            f"answers.{question['key']}",
            question["label"],
            "radios",
            question.get("hint", ""),
            tuple((str(option["value"]), option["label"]) for option in question["options"]),
        )
        for question in version.questions
    )
    return (
        Question(
            f"answers.{COMMUNE}", _("Phường, xã nơi có việc cần giải quyết"), "select",
            _("Nơi bạn ở, nơi có đất, có nhà, hoặc nơi bạn kinh doanh: tùy việc."), places,
        ),
        *asked,
        Question(
            "subject", _("Vài chữ để nhận ra hồ sơ này"), required=False,
            hint=_("Ví dụ: tên của bé, số nhà. Có ích khi bạn có nhiều hồ sơ giống nhau."),
        ),
    )  # fmt: skip


def _of_the_applicant(version: ProcedureVersion) -> list[str]:
    """Return the form's fields about whoever files: those of the groups that say so, in their order."""
    groups = version.form_ui.get("groups") or []
    return [name for group in groups if group.get("about") == "applicant" for name in group["fields"]]


def _mirrors(version: ProcedureVersion) -> dict[str, str]:
    """Return which of these fields the applicant's own questions answer."""
    sources = {name: version.form_bindings.get(name, "").partition(".")[2] for name in _of_the_applicant(version)}
    return {name: f"applicant.{source}" for name, source in sources.items() if source in APPLICANT_KEYS}


def _form_screens(version: ProcedureVersion, required: set[str]) -> list[Screen]:
    schema, ui = version.form_schema, version.form_ui
    groups = [group for group in ui.get("groups") or [] if group.get("about") != "applicant"]
    grouped = [(group["title"], list(group["fields"])) for group in groups]
    placed = {*_of_the_applicant(version), *chain.from_iterable(fields for _title, fields in grouped)}
    rest = [name for name in fields_in_order(schema, ui) if name not in placed]
    if rest:
        grouped.append((_("Thông tin khác") if grouped else _("Tờ khai"), rest))
    return [
        Screen(f"to-khai-{number}", title, tuple(_form_question(version, name, required) for name in fields))
        for number, (title, fields) in enumerate(_at_most(grouped, MOST_FORM_SCREENS), start=1)
    ]


def _at_most(groups: list[tuple[str, list[str]]], most: int) -> list[tuple[str, list[str]]]:
    """Return the groups with those beyond the last place allowed joined to the one in it."""
    if len(groups) <= most:
        return groups
    kept, joined = groups[: most - 1], groups[most - 1 :]
    return [*kept, (joined[0][0], list(chain.from_iterable(fields for _title, fields in joined)))]


def _form_question(version: ProcedureVersion, name: str, required: set[str]) -> Question:
    kind = version.form_schema["properties"][name]
    view: Mapping[str, Any] = (version.form_ui.get("fields") or {}).get(name) or {}
    labels = view.get("labels") or {}
    widget = str(view.get("widget") or "")
    wants_it = needed_with(version.form_schema, name)
    choices: Choices = ()
    if "enum" in kind:
        choices = tuple((str(value), str(labels.get(str(value), value))) for value in kind["enum"])
    elif kind.get("type") == "boolean" and "const" not in kind:
        choices = (("true", _("Có")), ("false", _("Không")))
    return Question(
        f"form_data.{name}",
        label_of(version.form_schema, name),
        _kind(kind, widget, choices),
        str(view.get("hint") or ""),
        choices,
        name in required,
        note=_("(cần khi có “%(label)s”)") % {"label": wants_it} if wants_it and name not in required else "",
        is_past=is_past(version.form_ui, name),
    )


def _kind(kind: Mapping[str, Any], widget: str, choices: Choices) -> str:
    """Return how a field of the schema is asked; what its type and format say wins over a widget that cannot hold it."""
    if choices:
        return "radios" if widget == "radios" or len(choices) <= MOST_RADIOS else "select"
    if "const" in kind:
        return "check"
    if kind.get("format") in ("date", "email"):
        return str(kind["format"])
    if kind.get("type") in ("integer", "number"):
        return "number"
    return widget if widget in ("textarea", "phone", "identity") else "text"
