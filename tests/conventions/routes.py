"""Every address the program answers. `python -m tests.conventions.routes > tests/conventions/routes.txt` writes them down."""

import os
from collections.abc import Iterator

import django
from django.urls import URLPattern, URLResolver, get_resolver


def routes() -> list[str]:
    """Return the addresses with the name each goes by, in order; of the administration, only its lists."""
    return sorted(
        {route for route in _below(get_resolver(), "") if not route.startswith("quan-tri/") or _is_list(route)}
    )


def _below(resolver: URLResolver, start: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        address = start + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{address or '/'} {entry.name or ''}".strip()
        else:
            yield from _below(entry, address)


def _is_list(route: str) -> bool:
    return route.endswith("_changelist")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    django.setup()
    print(*routes(), sep="\n")  # noqa: T201
