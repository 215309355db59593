"""Keep the English catalogue in step with the texts in the source: `python tools/messages.py`, or `--check` to only look.

Texts are taken from gettext calls in Python and from templates, translations are kept, texts that are gone are marked
obsolete. `--check` changes nothing and exits 1 when the catalogue is out of date, when a text citizens read has no
English, or when a translation does not speak of the same facts.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "motcua" / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Project-Id-Version": "motcua",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
# fmt: off
CALLS = {  # function → where its texts stand: (context, singular, plural)
    "gettext":   (None, 0, None),
    "ngettext":  (None, 0, 1),
    "pgettext":  (0,    1, None),
    "npgettext": (0,    1, 2),
}
# Texts citizens never meet in English: officers and operators work in Vietnamese, and what is sent, printed or kept is
# always Vietnamese (docs/decisions/english.md). Everything else needs its English.
VIETNAMESE_ONLY = (
    "motcua/catalogue/actions/",
    "motcua/catalogue/bpmn/",
    "motcua/catalogue/processes/exchange.py",
    "motcua/catalogue/codes.py",
    "motcua/catalogue/processes/differences.py",
    "motcua/catalogue/form_edits.py",
    "motcua/catalogue/importing/",
    "motcua/catalogue/management/",
    "motcua/catalogue/processes/parameters.py",
    "motcua/catalogue/processes/plans.py",
    "motcua/catalogue/processes/process.py",
    "motcua/catalogue/processes/branches.py",
    "motcua/catalogue/processes/checks.py",
    "motcua/catalogue/processes/drawing.py",
    "motcua/catalogue/processes/proofs.py",
    "motcua/catalogue/publish_checks.py",
    "motcua/catalogue/question_edits.py",
    "motcua/catalogue/shapes.py",
    "motcua/catalogue/processes/side_steps.py",
    "motcua/catalogue/processes/table_edits.py",
    "motcua/catalogue/version_differences.py",
    "motcua/catalogue/version_words.py",
    "motcua/config/",
    "motcua/documents/models.py",
    "motcua/dossiers/actions/consulting.py",
    "motcua/dossiers/actions/delays.py",
    "motcua/dossiers/actions/extending.py",
    "motcua/dossiers/actions/intake.py",
    "motcua/dossiers/actions/ending.py",
    "motcua/dossiers/actions/parts.py",
    "motcua/dossiers/actions/processing.py",
    "motcua/dossiers/actions/reorganising.py",
    "motcua/dossiers/actions/replanning.py",
    "motcua/dossiers/actions/returning.py",
    "motcua/dossiers/actions/sending.py",
    "motcua/dossiers/actor.py",
    "motcua/dossiers/clock/ledger.py",
    "motcua/dossiers/clock/terms.py",
    "motcua/dossiers/clock/working_calendar.py",
    "motcua/dossiers/demo/",
    "motcua/dossiers/filling/",
    "motcua/dossiers/slip_data.py",
    "motcua/dossiers/slip_turns.py",
    "motcua/dossiers/timed.py",
    "motcua/notices/",
    "motcua/people/actions/agencies.py",
    "motcua/people/actions/calendars.py",
    "motcua/people/actions/organisations.py",
    "motcua/people/actions/places.py",
    "motcua/people/actions/posts.py",
    "motcua/people/demo/",
    "motcua/people/reorganising/",
    "motcua/web/desk/",
    "motcua/web/templates/base_desk.html",
    "motcua/web/templates/components/keys.html",
    "motcua/web/templates/desk/",
    "motcua/web/templates/portal/preview",
    "/admin.py",
    "/admin/",
    "/management/",
)
# fmt: on
_IN_TEMPLATE = re.compile(r"""(?<!\w)(n?p?gettext|_)\(((?:\s*u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,?)+)""")
_FACT = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


class Message(NamedTuple):
    """A text to translate; context and plural are empty when it has none."""

    context: str
    singular: str
    plural: str


def main(arguments: list[str]) -> int:
    """Bring the catalogue up to date, or with --check say what is wrong with it; return the exit status."""
    settings.configure()  # templatize asks whether this is a debug run
    old = CATALOGUE.read_text("utf-8") if CATALOGUE.exists() else ""
    catalogue = _brought_up_to_date(polib.pofile(old) if old else polib.POFile(), _sources())
    if arguments != ["--check"]:
        CATALOGUE.write_text(_written(catalogue), "utf-8")
    elif old != _written(catalogue):
        print(f"{CATALOGUE.relative_to(ROOT)} is not up to date: run `make messages`")
        return 1
    faults = [fault for entry in catalogue if not entry.obsolete for fault in _faults(entry)]
    print(*faults, sep="\n", end="\n" if faults else "")
    return int(bool(faults) and arguments == ["--check"])


def messages_of_python(source: str) -> Iterator[Message]:
    """Yield the texts in gettext calls of a module, whatever name it imports them under."""
    tree = ast.parse(source)
    names = _gettext_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if texts:
                yield _message(names[node.func.id], texts)


def messages_of_template(source: str) -> Iterator[Message]:
    """Yield the texts of translate and blocktranslate tags, and of `_("…")` in the arguments of others."""
    for name, literals in _IN_TEMPLATE.findall(templatize(source)):
        texts = list(ast.literal_eval(f"({literals},)" if not literals.rstrip().endswith(",") else f"({literals})"))
        yield _message("gettext" if name == "_" else name, texts)


def _gettext_names(tree: ast.Module) -> dict[str, str]:
    """Return the module's own names for gettext functions with what they are: «_», and «N» after `N = gettext_noop`."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for imported in node.names:
                plain = imported.name.removesuffix("_lazy").removesuffix("_noop")
                if plain in CALLS:
                    names[imported.asname or imported.name] = plain
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in names:
            names |= {target.id: names[node.value.id] for target in node.targets if isinstance(target, ast.Name)}
    return names


def _message(function: str, texts: list[str]) -> Message:
    context, singular, plural = CALLS[function]
    return Message(
        texts[context] if context is not None else "",
        texts[singular],
        texts[plural] if plural is not None else "",
    )


def _sources() -> dict[Message, list[str]]:
    """Return every text with the files it stands in."""
    found: dict[Message, set[str]] = {}
    for path in sorted((ROOT / "motcua").rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        for message in _messages_in(path):
            found.setdefault(message, set()).add(name)
    return {message: sorted(names) for message, names in found.items()}


def _messages_in(path: Path) -> Iterator[Message]:
    if path.suffix == ".py":
        yield from messages_of_python(path.read_text("utf-8"))
    elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
        yield from messages_of_template(path.read_text("utf-8"))


def _brought_up_to_date(old: polib.POFile, sources: dict[Message, list[str]]) -> polib.POFile:
    """Return the catalogue of exactly `sources`, with the translations of `old`; those no longer used come last."""
    known = {Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural): entry for entry in old}
    new = polib.POFile(wrapwidth=120)
    new.metadata = HEADER
    for message in sorted(sources, key=lambda message: (message.singular, message.plural, message.context)):
        new.append(_entry(message, sources[message], known.pop(message, None)))
    for message in sorted(known):
        entry = known[message]
        if entry.msgstr or entry.msgstr_plural:
            entry.obsolete, entry.occurrences = True, []
            new.append(entry)
    return new


def _entry(message: Message, files: list[str], known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=message.context or None,
        msgid=message.singular,
        msgid_plural=message.plural,
        occurrences=[(name, "") for name in files],
        flags=["python-format"] if "%" in message.singular else [],
    )
    if message.plural:
        entry.msgstr_plural = known.msgstr_plural if known else {0: "", 1: ""}
    else:
        entry.msgstr = known.msgstr if known else ""
    return entry


def _written(catalogue: polib.POFile) -> str:
    return f"{catalogue}\n".rstrip("\n") + "\n"


def _faults(entry: polib.POEntry) -> Iterator[str]:
    """Yield what is wrong with a translation: none where one is needed, or other facts than the text's own."""
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(said):
        if any(_is_for_citizens(name) for name, _ in entry.occurrences):
            yield f"no English: {entry.msgid!r}"
        return
    if any(sorted(set(_FACT.findall(text))) != sorted(set(_FACT.findall(entry.msgid))) for text in said):
        yield f"other facts: {entry.msgid!r} → {said}"


def _is_for_citizens(name: str) -> bool:
    return not any(part in name for part in VIETNAMESE_ONLY)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
