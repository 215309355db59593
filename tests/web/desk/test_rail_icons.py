"""Every queue of the rail has its icon in the sheet; one that is missing there draws nothing and says nothing."""

from motcua.web.desk.rail import FOLLOWING, SIGNS
from tests.conventions.tree import ROOT


def test_every_queue_has_its_icon_in_the_sheet() -> None:
    drawn = set((ROOT / "motcua/web/static_source/icons.txt").read_text().split())

    assert {sign.icon for sign in (*SIGNS.values(), *FOLLOWING.values())} <= drawn
