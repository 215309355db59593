"""What the conditions of a process may ask about, in the words of the form: a question and its possible answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.catalogue.conditions import Condition
from motcua.catalogue.forms import label_of, written
from motcua.catalogue.models import ProcedureVersion


@dataclass(frozen=True, slots=True)
class Question:
    """Something a dossier answers: the key conditions use, its words, and its answers as (value, words)."""

    key: str
    label: str
    answers: tuple[tuple[str, str], ...]

    def said(self, value: Any) -> str:
        """Return an answer in words; as it is written where the question does not know it."""
        return dict(self.answers).get(_key_of(value), str(value))


Vocabulary = Mapping[str, Question]


def vocabulary_of(versions: Iterable[ProcedureVersion]) -> dict[str, Question]:
    """Return what every one of the procedures' dossiers may be asked, by key; the first procedure's words count."""
    found: dict[str, Question] = {}
    for version in versions:
        for question in (*_questions(version), *_fields(version)):
            found.setdefault(question.key, question)
    return found


def known_facts(version: ProcedureVersion) -> dict[str, list[str] | None]:
    """Return what a condition may ask about: the questions with their options, the form's fields with theirs, if any."""
    fields = version.form_schema.get("properties") or {}
    known: dict[str, list[str] | None] = {name: choices_of(field) for name, field in fields.items()}
    for question in version.questions:
        known[question["key"]] = [str(option["value"]) for option in question["options"]]
    return known


def choices_of(field: Mapping[str, Any]) -> list[str] | None:
    """Return the values a field of a form may be chosen from, as texts; None where anything may be written."""
    return [str(value) for value in field["enum"]] if "enum" in field else None


def in_words(condition: Condition, vocabulary: Vocabulary) -> str:
    """Return a condition as people say it: «Khu vực: Đô thị hoặc Nông thôn»; empty for one that always holds."""
    return "; ".join(_one(key, values, vocabulary) for key, values in condition.items())


def _one(key: str, values: list[Any], vocabulary: Vocabulary) -> str:
    question = vocabulary.get(key) or Question(key, key, ())
    colon = "" if question.label.endswith("?") else ":"
    return f"{question.label}{colon} {' / '.join(question.said(value) for value in values)}"


def _questions(version: ProcedureVersion) -> Iterable[Question]:
    for question in version.questions:
        answers = tuple((str(option["value"]), str(option["label"])) for option in question["options"])
        yield Question(question["key"], question["label"], answers)


def _fields(version: ProcedureVersion) -> Iterable[Question]:
    """Yield the fields whose answers can be listed: choices, and yes or no."""
    schema, ui = version.form_schema, version.form_ui
    for name, field in (schema.get("properties") or {}).items():
        values = field.get("enum") or ([True, False] if field.get("type") == "boolean" else [])
        if values:
            answers = tuple((_key_of(value), written(schema, ui, name, value)) for value in values)
            yield Question(name, label_of(schema, name), answers)


def _key_of(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
