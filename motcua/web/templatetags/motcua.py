"""Tags and filters every template has without loading. How to call each: templates/components/README.md."""

from collections.abc import Sequence
from datetime import date, datetime

from django import template
from django.forms import BaseForm, PasswordInput
from django.forms.boundfield import BoundField
from django.template import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.base import words
from motcua.dossiers.models import Dossier
from motcua.dossiers.owners import declared_name
from motcua.web.shared import held
from motcua.web.shared.fields import FieldView, errors_of, first_control_id, view_of

register = template.Library()

# fmt: off
STATE_ICONS = {
    "good":   "circle-check",
    "soon":   "circle-alert",
    "late":   "triangle-alert",
    "paused": "pause",
    "action": "clock",
    "plain":  "info",
}
# fmt: on


# --- words: these are called in every row of every table, so they do without Django's slow `date` ---------------------


@register.filter
def vnd(amount_vnd: int | None) -> str:
    """Write an amount of đồng; nothing when the amount is not known, because unknown is not free."""
    return "" if amount_vnd is None else words.vnd(amount_vnd)


@register.filter
def filed_for(dossier: Dossier) -> str:
    """Return the name of whom the dossier was filed for; empty when for whoever filed."""
    return declared_name(dossier)


@register.filter
def day(on: date | datetime | None) -> str:
    return words.day(on) if on else ""


@register.filter
def day_month(on: date | datetime | None) -> str:
    return words.day_month(on) if on else ""


@register.filter
def weekday(on: date | datetime | None) -> str:
    return words.weekday(on) if on else ""


@register.filter
def clock_time(at: datetime | None) -> str:
    return words.clock_time(at) if at else ""


@register.filter
def moment(at: datetime | None, now: datetime | None = None) -> str:
    """Write a moment in full, or as said at `now` when that is given: {{ at|moment }}, {{ at|moment:now }}."""
    if not at:
        return ""
    return words.moment_near(at, now) if now else words.moment(at)


@register.filter
def moment_short(at: datetime | None) -> str:
    return words.moment_short(at) if at else ""


@register.filter
def masked(value: str | None) -> str:
    return words.masked(value) if value else ""


@register.filter
def initials(full_name: str | None) -> str:
    return words.initials(full_name) if full_name else ""


# --- marks: icon, state, gauge, due leaf, face ------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon from the sprite. It is decoration unless `label` says what it means."""
    href = f"{static('icons.svg')}#{name}"
    if label:
        return format_html('<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def state(kind: str, text: str, icon_name: str = "") -> SafeString:
    """Say a state: always a shape and words, and only then a colour. Kinds are the keys of STATE_ICONS."""
    return format_html('<span class="state state--{}">{}{}</span>', kind, icon(icon_name or STATE_ICONS[kind]), text)


@register.simple_tag
def gauge(percent: int, kind: str = "", label: str = "", *, wide: bool = False) -> SafeString:
    """Draw the used part of a time as a bar, 0–100. Kinds: soon, late, paused. Words stand beside it, or `label`."""
    classes = f"gauge{f' gauge--{kind}' if kind else ''}{' gauge--wide' if wide else ''}"
    meaning = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="{}" viewBox="0 0 100 6" preserveAspectRatio="none" {}><rect width="{}" height="6"/></svg>',
        classes,
        meaning,
        min(max(int(percent), 0), 100),
    )


@register.simple_tag
def face(full_name: str) -> SafeString:
    """Draw a person's initials; the name itself must stand beside it."""
    return format_html('<span class="face" aria-hidden="true">{}</span>', words.initials(full_name))


@register.inclusion_tag("components/due_leaf.html")
def due_leaf(at: datetime, note: str = "") -> dict[str, object]:
    """Draw the leaf of the wall calendar for the due moment, with the moment in words and a note under it."""
    on = words.local_day(at)
    return {"month": words.month(on), "day": on.day, "weekday": words.weekday(on), "at": at, "note": note}


@register.inclusion_tag("components/mark.html")
def mark() -> dict[str, object]:
    """Draw the motcua mark."""
    return {}


@register.simple_tag(takes_context=True)
def nav_link(context: Context, url_name: str, text: str, not_below: str = "") -> SafeString:
    """Link to a named page and mark it when we are on it or below it; nothing when the page does not exist.

    `not_below` names the pages that lie below this one but have links of their own beside it, with blanks between.
    """
    url, others = _address(url_name), [_address(name) for name in not_below.split()]
    if not url:
        return SafeString("")
    request = context.get("request")
    here = request is not None and (request.path == url or (url != "/" and request.path.startswith(url)))
    if request is not None and any(other and request.path.startswith(other) for other in others):
        here = False
    return format_html('<a href="{}"{}>{}</a>', url, SafeString(' aria-current="page"') if here else "", text)


def _address(url_name: str) -> str:
    try:
        return reverse(url_name) if url_name else ""
    except NoReverseMatch:
        return ""


# --- forms ------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, **options: object) -> dict[str, FieldView]:
    """Draw a form field the GOV.UK way: label, hint, error and control tied by ids. Options: see shared/fields.py."""
    return {"field": view_of(bound, **options)}  # type: ignore[arg-type]


@register.simple_tag(takes_context=True)
def is_post_held(context: Context) -> bool:
    """Whether something posted before signing in waits to be given to its page."""
    return held.is_held(context["request"])


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm, title: str = "", note: str = "") -> dict[str, object]:
    """List every error of the forms, each a link to its field; draws nothing when there is none."""
    fields = [bound for form in forms for bound in form]
    errors = [{"target": first_control_id(bound), "text": text} for bound in fields for text in errors_of(bound)]
    errors += [{"target": "", "text": str(text)} for form in forms for text in form.non_field_errors()]
    return {
        "errors": errors,
        "title": title
        or ngettext("Còn %(number)s chỗ cần bạn sửa", "Còn %(number)s chỗ cần bạn sửa", len(errors))
        % {"number": len(errors)},
        "note": note or _what_is_kept(fields),
    }


def _what_is_kept(fields: Sequence[BoundField]) -> str:
    """Say what a page shown again still holds: a password is never sent back."""
    secret = [isinstance(bound.field.widget, PasswordInput) for bound in fields]
    if not any(secret):
        return _("Không có gì bị mất. Những gì bạn đã nhập vẫn được giữ.")
    if all(secret):
        return _("Không có gì bị mất. Vì an toàn, bạn gõ lại mật khẩu.")
    return _("Không có gì bị mất. Những gì bạn đã nhập vẫn được giữ, trừ mật khẩu: vì an toàn, bạn gõ lại mật khẩu.")
