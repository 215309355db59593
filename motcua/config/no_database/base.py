"""PostgreSQL in everything but the connection, so that Django loads fully and the first query says what is missing."""

from typing import Any, NoReturn

from django.db import OperationalError
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A database that was never named."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> NoReturn:  # noqa: ARG002 (Django's signature)
        """Refuse, saying how to get a database."""
        raise OperationalError(
            "Chưa có cơ sở dữ liệu. Hãy chạy lệnh qua `.venv/bin/motcua` (nó tự khởi động PostgreSQL kèm theo), "
            "hoặc đặt DATABASE_URL trỏ tới một PostgreSQL đang chạy."
        )
