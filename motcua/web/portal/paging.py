"""Lists read page by page behind the last row seen, so that a page deep down costs what the first one costs."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows, and what to ask the next page with; empty on the last one."""

    rows: list[Row]
    after: str


def page_after(rows: QuerySet[Row], after: str, size: int) -> Page[Row]:
    """Return the `size` rows behind the row numbered `after`, newest first; from the top when it is no number."""
    ordered = rows.order_by("-pk")
    if after.isascii() and after.isdecimal() and len(after) < 19:
        ordered = ordered.filter(pk__lt=int(after))
    found = list(ordered[: size + 1])
    return Page(found[:size], str(found[size - 1].pk) if len(found) > size else "")
