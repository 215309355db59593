"""Rules about files that no linter sees."""

import re

import pytest

from tests.conventions.tree import LOCKS, ROOT, at_the_root, files, name

MOST_LINES = 600
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|home|root|Users)/[a-z]")
CODE = (".py", ".html", ".js", ".mjs", ".scss", ".sh", ".typ")


def machine_paths(text: str) -> list[str]:
    return MACHINE_PATH.findall(text)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_files_name_no_registry(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text()


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    assert [name(path) for path in [*at_the_root(), *files()] if machine_paths(path.read_text())] == []


def test_a_path_of_a_machine_would_be_found() -> None:
    assert machine_paths("open('" + "/home" + "/an/motcua/var')") != []
    assert machine_paths("path('ho-so/home/chi-tiet')") == []


def test_no_file_is_longer_than_600_lines() -> None:
    long = [name(path) for path in files(*CODE) if len(path.read_text().splitlines()) > MOST_LINES]

    assert long == []
