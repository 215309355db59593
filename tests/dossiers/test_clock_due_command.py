"""`motcua due`: the answer, and one sentence for what it cannot understand."""

import json
import os
import subprocess
import sys
from datetime import time
from io import StringIO

import pytest
from django.core.management import call_command

from motcua.people.models import CalendarDay, CalendarSession, CalendarVersion, WorkingCalendar
from tests.dossiers.clock_cases import at


def due(*options: str) -> dict[str, object]:
    """Return what the command prints as JSON."""
    out = StringIO()
    call_command("due", *options, "--json", stdout=out)
    return json.loads(out.getvalue())  # type: ignore[no-any-return]


# fmt: off
ANSWERS = [
    (["--at=2026-11-20T09:10", "--term=3 working_days"],                                    "2026-11-26T09:10:00+07:00"),
    (["--at=2026-11-20T09:10", "--term=3 working_days", "--granularity=day_end"],           "2026-11-26T17:00:00+07:00"),
    (["--at=2026-11-20T02:10Z", "--term=3 working_days"],                                   "2026-11-26T09:10:00+07:00"),
    (["--at=2026-11-09T09:00", "--term=7.5 working_days"],                                  "2026-11-18T15:00:00+07:00"),
    (["--at=2026-02-05T09:00", "--term=15 days"],                                           "2026-02-23T17:00:00+07:00"),
    (["--at=2026-11-20T20:00", "--term=8 working_hours"],                                   "2026-11-23T17:00:00+07:00"),
    (["--at=2026-12-15T10:00", "--term=2 months"],                                          "2027-02-15T17:00:00+07:00"),
    (["--at=2026-11-09T15:01", "--term=same_day"],                                          "2026-11-10T17:00:00+07:00"),
    (["--at=2026-11-09T08:00", "--term=10 working_days", "--pause=2026-11-12T10:00/2026-11-18T15:00"],
                                                                                            "2026-11-30T11:00:00+07:00"),
    (["--at=2026-11-09T08:00", "--term=10 working_days", "--pause=2026-11-12T10:00/2026-11-18T15:00", "--after-pause=restart"],
                                                                                            "2026-12-03T15:00:00+07:00"),
    (["--at=2026-11-09T08:00", "--term=2 working_days", "--pause=2026-11-10T08:00/2026-11-10T09:00", "--pause=2026-11-09T08:00/2026-11-09T10:00"],
                                                                                            "2026-11-11T11:00:00+07:00"),
]
# fmt: on


@pytest.mark.parametrize("options, moment", ANSWERS)
def test_the_command_answers_when_it_is_due(options: list[str], moment: str) -> None:
    assert due(*options)["due_at"] == moment


def test_the_answer_brings_its_lines() -> None:
    answer = due("--at=2026-11-20T09:10", "--term=3 working_days")

    assert answer["total_minutes"] == 1440
    assert answer["lines"][-1] == {  # type: ignore[index]
        "kind": "due",
        "at": "2026-11-26T09:10:00+07:00",
        "title": "Ngày hẹn trả",
        "detail": "",
        "amount": "09:10, 26/11/2026",
        "minutes": 0,
        "by": "",
    }


def test_without_json_the_lines_are_for_reading() -> None:
    out = StringIO()

    call_command("due", "--at=2026-11-20T09:10", "--term=3 working_days", stdout=out)

    assert out.getvalue().splitlines()[:4] == [
        "Hồ sơ đủ và hợp lệ lúc 09:10 thứ Sáu 20/11  bắt đầu 09:10",
        "    Tính từ lúc nhận",
        "Thời hạn giải quyết                         + 24 giờ",
        "    3 ngày làm việc",
    ]


# fmt: off
REFUSED = [
    (["--at=2026-11-20T25:10", "--term=3 days"],
     "Không hiểu thời điểm «2026-11-20T25:10». Hãy ghi năm-tháng-ngày, chữ T rồi giờ, ví dụ 2026-11-20T09:10."),
    (["--at=2026-11-20T09:10", "--term=3 weeks"],
     "Không hiểu thời hạn «3 weeks». Hãy ghi một số rồi đơn vị, ví dụ: 3 working_days, 7.5 working_days, 15 days, "
     "8 working_hours, 2 months, same_day."),
    (["--at=2026-11-20T09:10", "--term=3 days", "--granularity=minute"],
     "--granularity phải là một trong: day_end, hour_exact; bạn ghi «minute»."),
    (["--at=2026-11-20T09:10", "--term=3 days", "--after-pause=wait"],
     "--after-pause phải là một trong: resume, restart; bạn ghi «wait»."),
    (["--at=2026-11-20T09:10", "--term=3 days", "--pause=2026-11-21T09:10"],
     "Lần dừng «2026-11-21T09:10» phải có lúc bắt đầu và lúc kết thúc, cách nhau bằng dấu /."),
    (["--at=2026-11-20T09:10", "--term=3 days", "--pause=2026-11-22T09:10/2026-11-21T09:10"],
     "Lần dừng «2026-11-22T09:10/2026-11-21T09:10» kết thúc trước khi bắt đầu."),
    (["--at=2026-11-20T09:10", "--term=3 days", "--pause=2026-11-19T09:10/2026-11-21T09:10"],
     "Sổ thời hạn có dòng sớm hơn dòng đứng trước nó. Ngày hẹn chưa đổi."),
    (["--at=0001-01-01T00:00+14:00", "--term=3 days"],
     "Ngày cần tính nằm ngoài các năm 2000–2100 của lịch làm việc, hoặc lịch không có buổi làm việc nào."),
]
# fmt: on


@pytest.mark.parametrize("options, sentence", REFUSED)
def test_bad_input_is_answered_by_one_sentence_and_exit_2(options: list[str], sentence: str) -> None:
    err = StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("due", *options, stderr=err)

    assert end.value.code == 2
    assert err.getvalue() == sentence + "\n"


@pytest.mark.django_db
def test_a_named_calendar_is_taken_from_the_database() -> None:
    calendar = WorkingCalendar.objects.create(code="cong-an", name="Công an phường")
    version = CalendarVersion.objects.create(calendar=calendar, number=1, published_at=at("2026-01-01 00:00"))
    for weekday in range(6):
        CalendarSession.objects.create(version=version, weekday=weekday, opens=time(8), closes=time(12))
    CalendarDay.objects.create(version=version, on="2026-11-24", kind="holiday", name="Ngày Văn hóa Việt Nam")

    answer = due("--at=2026-11-20T09:00", "--term=1 working_days", "--calendar=cong-an")

    assert answer["due_at"] == "2026-11-23T09:00:00+07:00"


@pytest.mark.django_db
def test_an_unknown_calendar_is_answered_by_one_sentence() -> None:
    err = StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("due", "--at=2026-11-20T09:00", "--term=1 days", "--calendar=nowhere", stderr=err)

    assert end.value.code == 2
    assert err.getvalue() == "Lịch làm việc «nowhere» chưa được công bố.\n"


def test_the_national_calendar_needs_no_database() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "django", "due", "--at", "2026-11-20T09:10", "--term", "3 working_days", "--json"]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    assert json.loads(done.stdout)["due_at"] == "2026-11-26T09:10:00+07:00"
    assert done.stderr == ""
