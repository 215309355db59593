"""`motcua explain CODE`."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.world import World, accepted, submitted, vn

FILED, ACCEPTED = vn("2026-11-19 14:32"), vn("2026-11-20 09:10")


def test_a_dossier_is_explained_by_its_own_ledger(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = accepted(world, FILED, ACCEPTED)

    call_command("explain", dossier.code, "--json")

    explained = json.loads(capsys.readouterr().out)
    assert explained["due_at"] == "2026-12-02T17:00:00+07:00"
    assert sum(line["minutes"] for line in explained["lines"]) == 7 * 480


@pytest.mark.django_db
def test_an_unknown_code_is_one_sentence() -> None:
    with pytest.raises(CommandError, match="Không có hồ sơ nào mang mã «H57-1»") as caught:
        call_command("explain", "H57-1")

    assert caught.value.returncode == 2


def test_a_dossier_not_accepted_yet_has_no_clock(world: World) -> None:
    with pytest.raises(CommandError, match="chưa chạy"):
        call_command("explain", submitted(world, FILED).code)
