"""What the log is told of an error: what went wrong and where, and nothing of the row it went wrong with."""

import logging
import re

_ROW = re.compile(
    r"^DETAIL:.*?(?=^CONTEXT:|^The above exception|^During handling|^Traceback|\Z)", re.MULTILINE | re.DOTALL
)


class Discreet(logging.Formatter):
    """Leaves out what PostgreSQL adds to an error, the refused row or key, in which people's numbers and names stand."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record with its traceback, without the rows in it."""
        return _ROW.sub("DETAIL: (không ghi)\n", super().format(record))
