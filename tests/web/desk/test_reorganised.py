"""The desk shows plainly that a dossier came from a unit that ended, and lets the new unit read what the old one ended."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from motcua.base.words import local_day
from motcua.dossiers.models import Dossier
from motcua.people.models import Post
from tests.merging import NEW, carry_out, plan_with
from tests.web.desk.pages import address, words
from tests.world import World


def test_a_moved_dossier_tells_from_whom_it_came(world: World, working: Dossier) -> None:
    now = timezone.now()
    carry_out(plan_with(on=local_day(now).isoformat()), at=now - timedelta(minutes=1))
    browser = Client()
    browser.force_login(Post.objects.get(unit__code="H57.31.60.2", role="division_head").officer.user)

    page = words(browser.get(address(working)))

    assert f"Chuyển đơn vị do sắp xếp bộ máy → {NEW} thay UBND phường Vỹ Dạ, Nghị quyết 12/NQ-HĐND" in page
    assert "Thẩm định · Phòng Kinh tế, Hạ tầng và Đô thị · chuyển đơn vị do sắp xếp bộ máy" in page
