"""Single rows read, added and changed by statements composed once, for the few functions that run at every move.

Django composes its SQL anew for every query, which takes longer here than the query itself. These do what
`select_for_update().get()`, `save(force_insert=True)` and `save(update_fields=…)` do, with the same conversions, for
models without signals, multi-table inheritance or computed columns.
"""

from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Field, Model, QuerySet

M = TypeVar("M", bound=Model)


class _Table(NamedTuple):
    select: str
    insert: str
    fields: list["Field[Any, Any]"]  # without the key
    names: list[str]  # with the key, as selected
    converters: list[tuple[int, Any]]  # place among `names`, what turns a stored value into ours


def first_row(rows: QuerySet[M]) -> M | None:
    """Return the first row in the order the query has, if it has one: for a query that finds one row or none.

    `first()` would add an order by key, and composing that costs more than the query.
    """
    return next(iter(rows[:1]), None)


def read_locked(model: type[M], pk: int) -> M:
    """Return the row of that key, locked until the transaction ends. Raises the model's DoesNotExist."""
    found = read_rows(model, f'"{model._meta.pk.column}" = %s FOR UPDATE', pk)
    if not found:
        raise model.DoesNotExist  # type: ignore[attr-defined]
    return found[0]


def read_rows(model: type[M], condition: str, *values: int) -> list[M]:
    """Return the rows for which `condition` is true, SQL that may go on after it (ORDER BY, FOR UPDATE)."""
    table = _table(model)
    with connection.cursor() as cursor:
        cursor.execute(f"{table.select} WHERE {condition}", values)
        return [_row(model, table, list(found)) for found in cursor.fetchall()]


def _row(model: type[M], table: _Table, values: list[Any]) -> M:
    for place, convert in table.converters:
        values[place] = convert(values[place], None, connection)
    return model.from_db("default", table.names, values)


def add_row(row: Model) -> None:
    """Insert a new row and give it its key."""
    table = _table(type(row))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in table.fields]
    with connection.cursor() as cursor:
        cursor.execute(table.insert, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, "default"


def change_row(row: Model, *names: str) -> None:
    """Store these columns of a row, named as its attributes (`done_by_id`); nothing when there are none."""
    if not names:
        return
    fields = {field.attname: field for field in _table(type(row)).fields}
    values = [fields[name].get_db_prep_save(getattr(row, name), connection) for name in names]
    with connection.cursor() as cursor:
        cursor.execute(_update(type(row), names), [*values, row.pk])


@lru_cache(maxsize=64)
def _table(model: type[Model]) -> _Table:
    meta = model._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    key = meta.pk.column
    columns = [f'"{field.column}"' for field in fields]
    selected = [meta.pk, *fields]
    return _Table(
        select=f'SELECT "{key}", {", ".join(columns)} FROM {meta.db_table}',  # noqa: S608
        insert=f"INSERT INTO {meta.db_table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
        f' RETURNING "{key}"',
        fields=fields,
        names=[field.attname for field in selected],
        converters=[
            (place, convert) for place, field in enumerate(selected) for convert in field.get_db_converters(connection)
        ],
    )


@lru_cache(maxsize=256)
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    changes = ", ".join(f'"{columns[name]}" = %s' for name in names)
    return f'UPDATE {model._meta.db_table} SET {changes} WHERE "{model._meta.pk.column}" = %s'  # noqa: S608
