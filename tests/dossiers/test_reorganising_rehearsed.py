"""A plan is tried without writing, refused before its day, and says who would be missing."""

import pytest
from django.db import connection, transaction

from motcua.dossiers import actions
from motcua.people.models import Agency
from tests.merging import PLAN, carry_out, full_communes, plan_with
from tests.world import World, vn


def _tables() -> dict[str, object]:
    """Return what every table holds, hashed by the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^(people|dossiers|procrastinate)_'"
        )
        names = [name for (name,) in cursor.fetchall()]
        held = {}
        for name in sorted(names):
            cursor.execute(f"SELECT md5(string_agg(row::text, '|' ORDER BY row::text)) FROM {name} AS row")
            held[name] = cursor.fetchone()[0]
        return held


def test_a_rehearsal_counts_the_same_and_writes_nothing(world: World) -> None:
    full_communes(world)
    before = _tables()

    with transaction.atomic():
        rehearsed = carry_out(at=vn("2026-11-08 09:00"), is_rehearsal=True)
    after = _tables()
    done = carry_out()

    assert after == before
    assert rehearsed == done


def test_a_plan_is_carried_out_on_its_day_not_before(world: World) -> None:
    with pytest.raises(actions.NotYet) as refused:
        carry_out(at=vn("2026-11-08 23:59"))

    assert str(refused.value) == (
        "on: phương án có hiệu lực từ 09/11/2026, hãy chạy lệnh này vào ngày đó, trước giờ làm việc. "
        "Từ nay đến đó, thêm --dry-run để xem trước."
    )
    assert not Agency.objects.filter(code="H57.31.60").exists()


def test_what_would_be_left_without_anybody_is_said(world: World) -> None:
    full_communes(world)
    leaving = [
        {"officer": "hoang.thi.my.linh@vidu.vn", "posts": []},
        {"officer": "phan.thu.trang@vidu.vn", "posts": []},
    ]

    alone = carry_out(
        plan_with(posts=leaving, places=[*PLAN["places"], {"code": "20501", "name": "Phường Mới", "level": "commune"}])
    ).alone

    assert ("H57.31.60", "clerk") in {(lacking.unit, lacking.role) for lacking in alone.steps_to_come}
    assert alone.places == [("20501", "Phường Mới")]
