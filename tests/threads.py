"""Running something in a thread of its own: the browser's tests leave an event loop in the main one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

Result = TypeVar("Result")


def in_a_thread(does: Callable[[], Result]) -> Result:
    """Return what `does` returns, run where no event loop runs; its database connections are closed."""

    def alone() -> Result:
        try:
            return does()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result()
