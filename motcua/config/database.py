"""Which PostgreSQL this process talks to. `DATABASE_URL` is the only way Django learns it."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PROJECT = Path(__file__).resolve().parents[2]
KEEP_CONNECTION_SECONDS = 600
PREPARED = {"server_side_binding": True, "prepare_threshold": 5}  # docs/decisions/prepared-statements.md


class NotADatabaseUrl(ValueError):
    """`DATABASE_URL` does not name a PostgreSQL database."""


def var_folder() -> Path:
    """Return where the embedded database, the files and the secret of this installation live; set by the operator."""
    return Path(os.environ.get("MOTCUA_VAR", PROJECT / "var"))


def configuration(url: str) -> dict[str, Any]:
    """Return Django's configuration of the database named by `url`.

    `postgresql://user:password@host:port/name?option=value`; a `host` among the options names the folder of a socket,
    every other option goes to libpq as it is (`sslmode`, `connect_timeout`, …). An empty `url` is not an error yet:
    commands that need no database must run without one. The first query then fails and says how to start it.
    """
    if not url:
        return {"ENGINE": "motcua.config.no_database", "NAME": "motcua"}
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise NotADatabaseUrl(
            "DATABASE_URL phải có dạng postgresql://người-dùng:mật-khẩu@máy-chủ:cổng/tên-cơ-sở-dữ-liệu. "
            "Hãy sửa biến này, hoặc bỏ nó đi để dùng PostgreSQL kèm theo."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "CONN_MAX_AGE": KEEP_CONNECTION_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": PREPARED | options,
    }


def local_secret(var: Path) -> str:
    """Return the secret of this installation, made once and kept in `var/secret`, readable by its owner only."""
    path = var / "secret"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(50))
    return path.read_text()


def _write_once(path: Path, text: str) -> None:
    """Two processes may start together: the first to link its file wins, and nobody reads half a secret."""
    with NamedTemporaryFile("w", dir=path.parent) as draft:  # for its owner only
        draft.write(text)
        draft.flush()
        with suppress(FileExistsError):
            os.link(draft.name, path)
