"""What our administration pages have beyond Django's: acts on one row, a sentence on its state, search without accents.

Nothing is saved by Django itself: a page hands the filled row to an action of its package, and what the action refuses is
shown in the action's own words.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from motcua.base.text import fold

Handler = TypeVar("Handler", bound=Callable[..., HttpResponse | None])
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Act:
    """Something a person does with one row. Without `form` and `before` its button does it; with either, a page asks first."""

    name: str
    label: Any
    before: Any = ""
    form: type[forms.Form] | None = None
    is_main: bool = False

    @property
    def asks_first(self) -> bool:
        return bool(self.form or self.before)


def act(
    label: Any, *, name: str, before: Any = "", form: type[forms.Form] | None = None, is_main: bool = False
) -> Callable[[Handler], Handler]:
    """Mark a method `(request, row, said)` of an ActsAdmin as an act; `name` stands in its address."""

    def mark(handler: Handler) -> Handler:
        handler.__dict__["act"] = Act(name, label, before, form, is_main)
        return handler

    return mark


class ActsAdmin(ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A table whose rows have acts. A subclass says which are open (`acts_open`) and what state a row is in (`state_of`)."""

    change_form_template = "admin/change_form_acts.html"
    change_list_template = "admin/change_list_acts.html"
    note: ClassVar[Any] = ""
    """What to know before working on the list; empty for nothing."""
    refusals: ClassVar[tuple[type[Exception], ...]] = ()
    """What the actions raise; the words of these are for the person."""
    folded_search: ClassVar[Sequence[str]] = ()
    """Columns searched without accents and case; the list is read whole, so only for tables of thousands of rows."""

    def acts_open(self, request: HttpRequest, row: Any) -> Iterable[str]:  # noqa: ARG002
        """Return the names of the acts the person may do with `row` now."""
        return ()

    def state_of(self, request: HttpRequest, row: Any) -> Any:  # noqa: ARG002
        """Return what to know before touching `row`, in a sentence or two; empty for nothing."""
        return ""

    def get_urls(self) -> list[URLPattern]:
        """Add the address of acts before Django's, whose last catches everything."""
        view = self.admin_site.admin_view(self.act_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        return [path("<path:object_id>/viec/<slug:act_name>/", view, name=name), *super().get_urls()]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Show the state and the acts above the form."""
        if obj is not None:
            acts = [(one, self._address(obj, one)) for one in self._acts_of(request, obj)]
            context |= {"acts": acts, "state": self.state_of(request, obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the note above the list."""
        return super().changelist_view(request, {"note": self.note, **(extra_context or {})})

    def act_view(self, request: HttpRequest, object_id: str, act_name: str) -> HttpResponse:
        """Do an act, asking first where it says so; what is refused is told and changes nothing."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        chosen = next((one for one in self._acts_of(request, row) if one.name == act_name), None)
        if chosen is None:
            if act_name not in {one.name for one in self._acts()} or not self.has_view_permission(request, row):
                raise PermissionDenied
            return self._back(row)  # done meanwhile, by another or by the same button pressed twice
        form = (chosen.form or forms.Form)(request.POST if request.method == "POST" else None)
        if request.method != "POST" or not form.is_valid():
            return self._ask(request, row, chosen, form)
        try:
            answer = self._handlers()[act_name](request, row, form.cleaned_data)
        except self.refusals as error:
            if chosen.form:
                form.add_error(None, str(error))
                return self._ask(request, row, chosen, form)
            self.message_user(request, str(error), messages.ERROR)
            return self._back(row)
        self.log_change(request, row, str(chosen.label))
        return answer or self._back(row)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Tell in words what an action refuses although the form was well: somebody else was faster."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except self.refusals as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect(request.get_full_path())

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Keep the rows in whose columns every word stands, however it is accented."""
        found = rows_holding(queryset, search_term, self.folded_search) if self.folded_search else None
        return super().get_search_results(request, queryset, search_term) if found is None else (found, False)

    def _acts(self) -> Iterator[Act]:
        for handler in self._handlers().values():
            yield handler.__dict__["act"]

    def _handlers(self) -> dict[str, Callable[..., HttpResponse | None]]:
        marked = (getattr(self, name) for name in dir(type(self)) if hasattr(getattr(type(self), name, None), "act"))
        return {handler.act.name: handler for handler in marked}

    def _acts_of(self, request: HttpRequest, row: Any) -> list[Act]:
        by_name = {one.name: one for one in self._acts()}
        return [by_name[name] for name in self.acts_open(request, row)]

    def _address(self, row: Any, chosen: Act) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_act"
        return reverse(name, args=[quote(row.pk), chosen.name])

    def _back(self, row: Any) -> HttpResponse:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[quote(row.pk)]))

    def _ask(self, request: HttpRequest, row: Model, chosen: Act, form: forms.Form) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": chosen.label,
            "subtitle": str(row),
            "act": chosen,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/act.html", context)


def rows_holding(rows: QuerySet[Row], text: str, columns: Sequence[str]) -> QuerySet[Row] | None:
    """Return the rows in whose columns together every word of `text` stands, accents and case aside; None for no words."""
    words = fold(text).split()
    if not words:
        return None
    listed = rows.order_by().values_list("pk", *columns)
    return rows.filter(pk__in=[pk for pk, *texts in listed if _holds_all(words, texts)])


def rows_in(formsets: Iterable[Any]) -> tuple[list[Model], list[Model]]:
    """Return the rows a page's formsets make or change, unsaved, and those they delete, for an action to write."""
    rows = [row for formset in formsets for row in formset.save(commit=False)]
    return rows, [row for formset in formsets for row in formset.deleted_objects]


def _holds_all(words: Iterable[str], texts: Iterable[object]) -> bool:
    folded = fold(" ".join(" ".join(text) if isinstance(text, list) else str(text or "") for text in texts))
    return all(word in folded for word in words)
