"""The lookup `any_of`: a column equals one of many values, sent as one array.

`in` sends every value by itself: a thousand of them cost more to send than to look up, and each number of them is another
statement for the server to prepare.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, BigIntegerField, Lookup
from django.db.models.fields.related import ForeignObject
from django.db.models.sql.compiler import SQLCompiler


class AnyOf(Lookup):
    """`column = ANY(array)`, for whole numbers and references to rows with such keys."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", (*params, list(self.rhs))


def register() -> None:
    """Make the lookup known to every model; called once, when the program starts."""
    for field in (BigAutoField, BigIntegerField, ForeignObject):
        field.register_lookup(AnyOf)
