import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import OperationalError

from motcua.config.database import PREPARED, NotADatabaseUrl, configuration, local_secret
from motcua.config.no_database.base import DatabaseWrapper


def place(url: str) -> tuple[str, str, str, str, str]:
    made = configuration(url)
    return made["USER"], made["PASSWORD"], made["HOST"], made["PORT"], made["NAME"]


@pytest.mark.parametrize(
    "url, expected",
    [
        ("postgresql://an:kín@db.example:6432/motcua", ("an", "kín", "db.example", "6432", "motcua")),
        ("postgres://an:a%40b%2Fc@[::1]/m%E1%BB%99t", ("an", "a@b/c", "::1", "", "một")),
        ("postgresql:///motcua", ("", "", "", "", "motcua")),
        (
            "postgresql://postgres@/motcua?host=/srv/motcua/postgres",
            ("postgres", "", "/srv/motcua/postgres", "", "motcua"),
        ),
        ("postgresql://an@/motcua?host=%2Frun%2Fpg&port=5433", ("an", "", "/run/pg", "5433", "motcua")),
    ],
)
def test_a_url_says_where_the_database_is(url: str, expected: tuple[str, ...]) -> None:
    assert place(url) == expected


def test_other_options_go_to_libpq() -> None:
    made = configuration("postgresql://an@db.example/motcua?sslmode=require&connect_timeout=5")

    assert made["OPTIONS"] == PREPARED | {"sslmode": "require", "connect_timeout": "5"}


@pytest.mark.parametrize("url", ["mysql://an@db.example/motcua", "postgresql://an@db.example", "motcua", "postgresql:"])
def test_what_names_no_postgresql_is_refused_in_words(url: str) -> None:
    with pytest.raises(NotADatabaseUrl, match="DATABASE_URL phải có dạng"):
        configuration(url)


def test_without_a_database_the_first_query_says_how_to_get_one() -> None:
    nowhere = DatabaseWrapper({**configuration(""), "OPTIONS": {}, "TIME_ZONE": None, "AUTOCOMMIT": True})

    with pytest.raises(OperationalError, match="Chưa có cơ sở dữ liệu"):
        nowhere.get_new_connection({})


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    var = tmp_path / "var"

    first, again = local_secret(var), local_secret(var)

    assert first == again
    assert len(first) > 50
    assert stat.S_IMODE((var / "secret").stat().st_mode) == 0o600
    assert os.listdir(var) == ["secret"]


def test_processes_that_start_together_share_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(local_secret, [tmp_path] * 64))

    assert len(secrets) == 1
