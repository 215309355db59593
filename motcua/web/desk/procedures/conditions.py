"""A condition as boxes to tick: for each question of the draft its answers; nothing ticked means always."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.processes.vocabulary import Question, vocabulary_of

PREFIX = "khi-"


class ConditionMixin(forms.BaseForm):
    """A form that also asks under which answers its row counts."""

    def ask_condition(self, version: ProcedureVersion, condition: Mapping[str, list[Any]]) -> None:
        """Add a box for every answer a dossier may give, and for those in use that no question knows any more."""
        self._known = {(key, _text(value)): value for key, values in condition.items() for value in values}
        vocabulary = vocabulary_of([version])
        for key in [*vocabulary, *(key for key in condition if key not in vocabulary)]:
            question = vocabulary.get(key) or Question(key, key, ())
            values = [_text(value) for value in condition.get(key, ())]
            strange = [(value, value) for value in values if value not in dict(question.answers)]
            self.fields[f"{PREFIX}{key}"] = forms.MultipleChoiceField(
                label=question.label, choices=[*question.answers, *strange], required=False, initial=values,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def condition(self) -> dict[str, list[Any]]:
        """Return the condition as ticked; an answer that was there keeps its own type. Only of a valid form."""
        ticked = {
            name.removeprefix(PREFIX): values
            for name, values in self.cleaned_data.items()
            if name.startswith(PREFIX) and values
        }
        return {key: [self._known.get((key, value), value) for value in values] for key, values in ticked.items()}

    def when_fields(self) -> list[BoundField]:
        """Return the questions, for the template."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def own_fields(self) -> list[BoundField]:
        """Return the other fields, for the template."""
        return [self[name] for name in self.fields if not name.startswith(PREFIX)]


def needs_condition(said: Mapping[str, Any]) -> str:
    """Return what is wrong with a form that ticks no answer although its rule asks for one; empty when it does."""
    is_ticked = any(values for name, values in said.items() if name.startswith(PREFIX))
    return "" if is_ticked else _("Chọn “Chỉ khi” thì phải đánh dấu ít nhất một câu trả lời ở dưới.")


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
