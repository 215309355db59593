"""The screens of filing: what each asks, in which order. At most seven, whatever the procedure's form is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.text import fold
from motcua.catalogue.conditions import Facts
from motcua.catalogue.for_another import answers_for_another, fields_of_filer
from motcua.catalogue.forms import fields_in_order, is_past, label_of, needed_with, required_in
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.models import Dossier, ReturnMethod
from motcua.dossiers.owners import FIELDS, LABELS, OPTIONAL, ORGANISATION, PERSON, is_for_another
from motcua.dossiers.steps import facts_of
from motcua.people.models import Place
from motcua.web.portal.units import COMMUNE

APPLICANT, CASE, PAPERS, REVIEW = "nguoi-nop", "noi-nop", "giay-to", "xem-lai"
APPLICANT_KEYS = frozenset({"full_name", "identity_number", "phone", "email", "address"})
MOST_FORM_SCREENS = 3
MOST_RADIOS = 5  # more choices than these are a list to open
LONGEST = 2000  # characters of one field; a textarea's practical limit

FOR_OWNER = "owner"  # what every answer that means «for somebody else» reveals
# fmt: off
OWNER_BOXES: Mapping[str, tuple[str, str | Promise]] = {  # field → how it is typed, its hint
    "full_name":       ("text",     gettext_lazy("Như trên thẻ căn cước của người ấy")),
    "identity_number": ("identity", gettext_lazy("12 chữ số trên thẻ căn cước của người ấy")),
    "name":            ("text",     gettext_lazy("Như trên giấy đăng ký")),
    "tax_code":        ("tax_code", gettext_lazy("10 chữ số; chi nhánh có 13")),
    "phone":           ("phone",    ""),
    "address":         ("text",     gettext_lazy("Số nhà, đường, phường hoặc xã, tỉnh")),
    "relation":        ("text",     gettext_lazy("Ví dụ: con, người được ủy quyền, giám đốc")),
}
# fmt: on

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
    shown_for: str = ""
    """Which chosen answer lets it appear, by the names answers `reveal`; empty: it always stands there."""
    reveals: Mapping[str, str] = field(default_factory=dict)
    """Its answers that let other questions appear: value → names, with spaces between."""
    assumed: str = ""
    """The answer that stands while nobody chose another."""
    is_asked: bool = True
    """Whether the answers given so far ask for it."""

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


def screens_of(
    version: ProcedureVersion, communes: Iterable[Place], draft: Dossier | None = None, *, answers: Facts | None = None
) -> list[Screen]:
    """Return the screens of filing under `version`, in their order; what `draft` says already decides what is asked.

    Without a draft, to look ahead, `answers` to the case's questions may decide too.
    """
    facts = facts_of(draft) if draft else answers or {}
    required = required_in(version.form_schema, version.form_ui, facts)
    about_owner = _about_the_owner(version, facts, draft.declared_owner if draft else {})
    by_post = draft is not None and draft.return_method == ReturnMethod.POSTAL
    return [
        Screen(
            APPLICANT,
            _("Người nộp"),
            _about_the_applicant(version, required, about_owner, by_post=by_post),
            mirrors_of(version),
        ),
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


def _about_the_applicant(
    version: ProcedureVersion, required: set[str], about_owner: Sequence[Question], *, by_post: bool
) -> tuple[Question, ...]:
    asking = answers_for_another(version)
    offered = version.returning_methods or ReturnMethod.values
    mirrored = mirrors_of(version)
    methods = tuple((value, str(label)) for value, label in ReturnMethod.choices if value in offered)
    return (
        Question("applicant.full_name", _("Họ và tên"), hint=_("Như trên thẻ căn cước"), autocomplete="name"),
        Question("applicant.identity_number", _("Số định danh cá nhân"), "identity", _("12 chữ số trên thẻ căn cước")),
        Question("applicant.phone", _("Số điện thoại"), "phone", _("Để báo tin về hồ sơ"), autocomplete="tel"),
        Question("applicant.email", _("Thư điện tử"), "email", required=False, autocomplete="email"),
        Question("applicant.address", _("Nơi ở hiện nay"), hint=_("Số nhà, đường, phường hoặc xã, tỉnh")),
        *(
            _form_question(version, name, required)
            for name in fields_of_filer(version)
            if name not in {*mirrored, *asking}
        ),
        *_who_files(version, required),
        *about_owner,
        Question("return_method", _("Bạn muốn nhận kết quả thế nào?"), "radios", choices=methods),
        Question(
            "return_address",
            _("Địa chỉ nhận qua bưu chính"),
            hint=_("Số nhà, đường, phường hoặc xã, tỉnh"),
            required=by_post,
            note="" if by_post else _("(cần khi nhận qua bưu chính)"),
        ),
    )


def _who_files(version: ProcedureVersion, required: set[str]) -> Iterable[Question]:
    """Return the procedure's own questions and fields that say whether somebody files for another."""
    asking = answers_for_another(version)
    fields = version.form_schema.get("properties") or {}
    asked = [_case_question(question) for question in version.questions if question["key"] in asking]
    asked += [_form_question(version, name, required) for name in fields if name in asking]
    return (replace(question, reveals=dict.fromkeys(asking[question.key], FOR_OWNER)) for question in asked)


def _about_the_owner(version: ProcedureVersion, facts: Facts, declared: Mapping[str, Any]) -> list[Question]:
    """Return what is asked about whom the dossier is filed for; who that is, unless the procedure asks it already.

    The boxes stand there from the start and appear when the answer that needs them is chosen.
    """
    another, kind = is_for_another(version, facts, declared), declared.get("kind")
    person, organisation = (PERSON, _("Cho người khác")), (ORGANISATION, _("Cho tổ chức, doanh nghiệp"))
    reveals = {one: f"{FOR_OWNER} {one}" for one in (PERSON, ORGANISATION)}
    if answers_for_another(version):
        asks_kind = Question(
            "declared_owner.kind", _("Bạn nộp thay cho ai?"), "radios", choices=(person, organisation), required=another,
            reveals={one: one for one in reveals}, assumed=PERSON, shown_for=FOR_OWNER, is_asked=another,
        )  # fmt: skip
    else:
        asks_kind = Question(
            "declared_owner.kind", _("Bạn nộp cho ai?"), "radios", _("Cha mẹ làm giấy tờ cho con chưa thành niên thì chọn «Cho chính tôi»."),
            (("self", _("Cho chính tôi")), person, organisation), reveals=reveals, assumed="self",
        )  # fmt: skip
    boxes = [(name, PERSON if name in FIELDS[PERSON] else ORGANISATION) for name in OWNER_BOXES]
    return [asks_kind] + [
        _owner_box(name, FOR_OWNER if all(name in said for said in FIELDS.values()) else of, is_asked=another and name in FIELDS.get(str(kind), ()))
        for name, of in boxes
    ]  # fmt: skip


def _owner_box(name: str, shown_for: str, *, is_asked: bool) -> Question:
    kind, hint = OWNER_BOXES[name]
    return Question(
        f"declared_owner.{name}",
        str(LABELS[name]),
        kind,
        str(hint),
        required=is_asked and name not in OPTIONAL,
        note="" if is_asked or name in OPTIONAL else _("(cần khi nộp thay)"),
        shown_for=shown_for,
        is_asked=is_asked,
    )


def _case_question(question: Mapping[str, Any]) -> Question:
    return Question(
        f"answers.{question['key']}",
        question["label"],
        "radios",
        question.get("hint", ""),
        tuple((str(option["value"]), option["label"]) for option in question["options"]),
    )


def _about_the_case(version: ProcedureVersion, communes: Iterable[Place]) -> tuple[Question, ...]:
    places = tuple((place.code, place.name) for place in sorted(communes, key=lambda place: fold(place.name)))
    asking = answers_for_another(version)
    asked = (_case_question(question) for question in version.questions if question["key"] not in asking)
    return (
        Question(
            f"answers.{COMMUNE}", _("Phường, xã nơi có việc cần giải quyết"), "select", _why_commune(version), places,
        ),
        *asked,
        Question(
            "subject", _("Vài chữ để nhận ra hồ sơ này"), required=False,
            hint=_("Ví dụ: tên của bé, số nhà. Có ích khi bạn có nhiều hồ sơ giống nhau."),
        ),
    )  # fmt: skip


def _why_commune(version: ProcedureVersion) -> str:
    """Say what the commune decides, and which one is meant: in the procedure's own words where they name a place."""
    decides = _("Để biết trung tâm nào nhận hồ sơ của bạn.")
    if " nơi " in f" {version.authority.lower()} ":
        which = _("Nơi giải quyết: %(authority)s.") % {"authority": version.authority.rstrip(". ")}
    else:
        which = _("Nơi bạn ở, nơi có đất, có nhà, hoặc nơi bạn kinh doanh: tùy việc.")
    return f"{decides} {which}"


def mirrors_of(version: ProcedureVersion) -> dict[str, str]:
    """Return which of these fields the applicant's own questions answer."""
    sources = {name: version.form_bindings.get(name, "").partition(".")[2] for name in fields_of_filer(version)}
    return {name: f"applicant.{source}" for name, source in sources.items() if source in APPLICANT_KEYS}


def _form_screens(version: ProcedureVersion, required: set[str]) -> list[Screen]:
    schema, ui = version.form_schema, version.form_ui
    groups = [group for group in ui.get("groups") or [] if group.get("about") != "applicant"]
    of_filer = set(fields_of_filer(version))
    grouped = [(group["title"], [name for name in group["fields"] if name not in of_filer]) for group in groups]
    grouped = [(title, fields) for title, fields in grouped if fields]
    placed = {*of_filer, *chain.from_iterable(fields for _title, fields in grouped)}
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
