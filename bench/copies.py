"""Copies of the run's database, to act in one and send plain SQL in another."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection


@contextmanager
def copied(names: Sequence[str]) -> Iterator[None]:
    """Copy the database of now under other names, and drop the copies on leaving; Django is back in its own then."""
    home = str(connection.settings_dict["NAME"])
    connection.close()  # a database that somebody uses cannot be copied
    with connected("postgres") as other:
        for name in names:
            other.execute(f"DROP DATABASE IF EXISTS {name}".encode())
            other.execute(f'CREATE DATABASE {name} TEMPLATE "{home}"'.encode())
    try:
        yield
    finally:
        use(home)
        with connected("postgres") as other:
            for name in names:
                other.execute(f"DROP DATABASE IF EXISTS {name}".encode())


def use(name: str) -> None:
    """Let Django use another database from now on."""
    connection.close()
    connection.settings_dict["NAME"] = name


@contextmanager
def connected(name: str) -> Iterator[psycopg.Connection[Any]]:
    """Connect to a database of the run without Django."""
    settings = connection.settings_dict
    with psycopg.connect(
        dbname=name, host=settings["HOST"], port=settings["PORT"] or None, user=settings["USER"] or None,
        password=settings["PASSWORD"] or None, autocommit=True, options="-c timezone=UTC",
    ) as other:  # fmt: skip
        yield other
