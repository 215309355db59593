"""The status of a dossier is written in one place, where the table of the life cycle is asked first."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.conventions.tree import files, name

WRITERS = {"motcua/dossiers/moves.py"}
WRITING_CALLS = {
    "update",
    "change_row",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_update",
    "setattr",
    "Dossier",
}
SQL_WRITE = re.compile(r"\bupdate\b.*\bset\b.*\bstatus\s*=", re.IGNORECASE | re.DOTALL)


def status_writes(source: str) -> list[int]:
    """Return the lines that write an attribute or a column `status`, whichever way."""
    return sorted({node.lineno for node in ast.walk(ast.parse(source)) if _writes_status(node)})


def _writes_status(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        return any(isinstance(target, ast.Attribute) and target.attr == "status" for target in _targets(node))
    if isinstance(node, ast.Call) and _called(node) in WRITING_CALLS:
        return any(keyword.arg == "status" for keyword in node.keywords) or any(_names_status(arg) for arg in node.args)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(SQL_WRITE.search(node.value))


def _targets(node: ast.Assign | ast.AugAssign | ast.AnnAssign) -> Iterator[ast.AST]:
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        yield from ast.walk(target)


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _names_status(argument: ast.expr) -> bool:
    return any(isinstance(part, ast.Constant) and part.value == "status" for part in ast.walk(argument))


def test_only_the_moves_write_a_status() -> None:
    writers = {
        name(path)
        for path in files(".py", under="motcua")
        if "/migrations/" not in path.as_posix() and status_writes(path.read_text())
    }

    assert writers == WRITERS


@pytest.mark.parametrize(
    "source",
    [
        "dossier.status = Status.RETURNED",
        "dossier.status, dossier.due_at = Status.RETURNED, None",
        "dossier.status: str = 'returned'",
        "Dossier.objects.filter(pk=1).update(status='returned')",
        "Dossier.objects.create(code='x', status='returned')",
        "Dossier(status='returned').save()",
        "Dossier.objects.bulk_update(dossiers, ['status', 'due_at'])",
        "setattr(dossier, 'status', 'returned')",
        "change_row(dossier, 'status')",
        "cursor.execute('UPDATE dossiers_dossier SET due_at = NULL, status = %s', ['returned'])",
    ],
)
def test_a_second_writer_would_be_found(source: str) -> None:
    assert status_writes(source) == [1]


@pytest.mark.parametrize(
    "source",
    [
        "Dossier.objects.filter(status='returned').update(seen=True)",
        "if dossier.status == 'returned': pass",
        "from_status = dossier.status",
        "cursor.execute('SELECT status FROM dossiers_dossier')",
    ],
)
def test_readers_are_left_alone(source: str) -> None:
    assert status_writes(source) == []
