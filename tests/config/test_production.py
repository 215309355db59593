"""The settings an operator deploys with: nothing that Django warns of, and everything a browser keeps is kept safely."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as running
from django.core.cache import caches
from django.db import connection

from tests.config.programs import environment, motcua

PRODUCTION = {
    "MOTCUA_DEMO": "0",
    "MOTCUA_HTTPS": "1",
    "MOTCUA_SECRET_KEY": "một-khóa-dài-cho-bài-thử-0123456789-abcdefghijklmnopqrstuvwxyz",
    "MOTCUA_HOSTS": "mot-cua.vidu.vn",
    "MOTCUA_SITE_URL": "https://mot-cua.vidu.vn",
}
ASKED = (
    "ALLOWED_HOSTS", "CSRF_COOKIE_SECURE", "CSRF_TRUSTED_ORIGINS", "DEBUG", "DEMO", "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SECURE",
)  # fmt: skip
ASK = f"""
import json, django
django.setup()
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
print(json.dumps({{name: getattr(settings, name) for name in {ASKED!r}}} | {{"hasher": get_hasher().algorithm}}))
"""


def configured(var: Path, **more: str) -> dict[str, object]:
    """Return the settings a program started with that environment has."""
    surroundings = environment(var, DJANGO_SETTINGS_MODULE="motcua.config.settings", **more)
    done = subprocess.run([sys.executable, "-c", ASK], env=surroundings, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_django_has_nothing_to_warn_of(tmp_path: Path) -> None:
    done = motcua(tmp_path, "manage", "check", "--deploy", "--fail-level", "INFO", **PRODUCTION, DATABASE_URL=address())

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("System check identified no issues")


def address() -> str:
    """Return where the database of this run is, so that the check needs none of its own."""
    found = connection.settings_dict
    return f"postgresql://{found['USER']}:{found['PASSWORD']}@/postgres?host={found['HOST']}&port={found['PORT']}"


def test_behind_tls_every_cookie_is_for_tls_alone_and_passwords_are_kept_by_argon2(tmp_path: Path) -> None:
    assert configured(tmp_path, **PRODUCTION) == {
        "ALLOWED_HOSTS": ["mot-cua.vidu.vn"],
        "CSRF_COOKIE_SECURE": True,
        "CSRF_TRUSTED_ORIGINS": ["https://mot-cua.vidu.vn"],
        "DEBUG": False,
        "DEMO": False,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": True,
        "hasher": "argon2",
    }


def test_without_tls_the_cookies_work_on_this_machine(tmp_path: Path) -> None:
    found = configured(tmp_path)

    assert (found["SESSION_COOKIE_SECURE"], found["CSRF_COOKIE_SECURE"], found["SECURE_SSL_REDIRECT"]) == (False,) * 3
    assert (found["DEBUG"], found["hasher"]) == (False, "argon2")


def test_a_secret_is_made_once_for_each_installation_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    configured(tmp_path / "one")
    configured(tmp_path / "two")
    first = (tmp_path / "one" / "secret").read_text()
    configured(tmp_path / "one")

    assert (tmp_path / "one" / "secret").read_text() == first != (tmp_path / "two" / "secret").read_text()
    assert (tmp_path / "one" / "secret").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_attempts_are_counted_for_every_process_together() -> None:
    caches["default"].set("attempts", 3)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM motcua_cache WHERE cache_key LIKE '%attempts'")
        kept = cursor.fetchone()

    assert running.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert kept == (1,)
