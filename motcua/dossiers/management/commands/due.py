"""`motcua due`: when is something due, and why. Needs no database unless a calendar is named."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from django.core.management.base import BaseCommand
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _

from motcua.dossiers.calendar_national import national_calendar
from motcua.dossiers.clock import (
    LOCAL,
    AfterPause,
    BadTerm,
    CalendarError,
    Effect,
    Entry,
    Granularity,
    LedgerError,
    Policy,
    Reckoning,
    WorkingCalendar,
    calendar_from_rows,
    parse_term,
    reckon,
    to_local,
)
from motcua.dossiers.management.printing import as_json, as_text
from motcua.people.queries import CalendarMissing, working_calendar_days

TERMS = "3 working_days, 7.5 working_days, 15 days, 8 working_hours, 2 months, same_day"
Choice = TypeVar("Choice", bound=StrEnum)


class BadInput(ValueError):
    """Something on the command line cannot be understood; the message is Vietnamese."""


class Command(BaseCommand):
    help = "Tính ngày hẹn trả và giải thích từng dòng. Múi giờ Việt Nam; không cần cơ sở dữ liệu trừ khi có --calendar."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take everything as text, so that bad input is answered by a sentence of ours."""
        parser.add_argument("--at", required=True, help="lúc nhận hồ sơ, ví dụ 2026-11-20T09:10")
        parser.add_argument("--term", required=True, help=TERMS)
        parser.add_argument("--granularity", default="hour_exact", help="day_end hoặc hour_exact (mặc định)")
        parser.add_argument("--calendar", default="", help="mã lịch làm việc; mặc định: lịch chung cả nước")
        parser.add_argument(
            "--pause", action="append", default=[], metavar="START/END", help="đồng hồ dừng; ghi lại được"
        )
        parser.add_argument("--after-pause", default="resume", help="resume (mặc định): chạy tiếp; restart: tính lại")
        parser.add_argument("--json", action="store_true", help="in một đối tượng JSON")

    def handle(self, *_args: str, **options: Any) -> None:
        """Print the due moment and its lines; on bad input one sentence on stderr, exit 2."""
        try:
            reckoning = _reckon(options)
        except (BadInput, BadTerm, CalendarError, LedgerError, CalendarMissing) as error:
            self.stderr.write(str(error))
            sys.exit(2)
        except OperationalError as error:  # only --calendar asks a database
            self.stderr.write(str(error))
            sys.exit(1)
        except ProgrammingError:  # its tables are not there
            self.stderr.write(_("Cơ sở dữ liệu chưa có bảng nào. Hãy chạy `motcua migrate` rồi thử lại."))
            sys.exit(1)
        self.stdout.write(as_json(reckoning) if options["json"] else as_text(reckoning))


def _reckon(options: dict[str, Any]) -> Reckoning:
    policy = Policy(
        _choice(Granularity, options["granularity"], "--granularity"),
        _choice(AfterPause, options["after_pause"], "--after-pause"),
    )
    at = _moment(options["at"])
    start = Entry(at, Effect.START, parse_term(options["term"]))
    return reckon([start, *_pauses(options["pause"])], _calendar(options["calendar"], at), policy)


def _choice(choices: type[Choice], text: str, option: str) -> Choice:
    try:
        return choices(text)
    except ValueError:
        raise BadInput(
            _("%(option)s phải là một trong: %(choices)s; bạn ghi «%(text)s».")
            % {"option": option, "choices": ", ".join(choices), "text": text}
        ) from None


def _moment(text: str) -> datetime:
    """Return the moment written in ISO 8601; without a zone it is Vietnamese time."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            _("Không hiểu thời điểm «%(text)s». Hãy ghi năm-tháng-ngày, chữ T rồi giờ, ví dụ 2026-11-20T09:10.")
            % {"text": text}
        ) from None
    return to_local(at if at.tzinfo else at.replace(tzinfo=LOCAL))


def _pauses(texts: Sequence[str]) -> list[Entry]:
    """Return the entries of the pauses, in the order of their beginnings."""
    spans = sorted(_pause(text) for text in texts)
    return [Entry(at, effect) for span in spans for at, effect in zip(span, (Effect.PAUSE, Effect.RESUME), strict=True)]


def _pause(text: str) -> tuple[datetime, datetime]:
    start, slash, end = text.partition("/")
    if not slash:
        raise BadInput(
            _("Lần dừng «%(text)s» phải có lúc bắt đầu và lúc kết thúc, cách nhau bằng dấu /.") % {"text": text}
        )
    span = _moment(start), _moment(end)
    if span[1] < span[0]:
        raise BadInput(_("Lần dừng «%(text)s» kết thúc trước khi bắt đầu.") % {"text": text})
    return span


def _calendar(code: str, at: datetime) -> WorkingCalendar:
    return calendar_from_rows(*working_calendar_days(code, at)) if code else national_calendar()
