"""Being late at the desk: the extension with both due moments side by side, and the cause of what was missed."""

import re
from datetime import timedelta

import pytest

from motcua.base.words import moment
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.dossiers.timed import make_all
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import DESK, address, do, part, words
from tests.world import World, in_process

pytestmark = pytest.mark.django_db

SAID = {"days": "5", "cause": "verification", "reason": "Đang chờ xác minh ranh giới"}


@pytest.fixture
def late(world: World, earlier: Moment) -> Dossier:
    """A dossier whose due moment passed three weeks ago, noted by the system."""
    weeks = 60 * 24 * 7
    dossier = in_process(world, earlier(6 * weeks), earlier(6 * weeks - 60), earlier(6 * weeks - 90))
    actions.note_delay(dossier_id=dossier.pk, at=earlier(0))
    return dossier


def test_an_officer_proposes_an_extension_with_its_length_cause_and_unit(
    working: Dossier, world: World, sign_in: SignIn
) -> None:
    working.refresh_from_db()
    browser = sign_in("specialist")

    panel = words(part(browser, address(working, "propose_extension/")))
    do(browser, working, "propose_extension", {**SAID, "late_unit": world.division.pk})

    proposal = working.proposals.get()
    assert working.due_at is not None
    assert f"Hẹn trả đang ghi: {moment(working.due_at)}." in panel
    assert "5 ngày làm việc, hẹn trả" in panel
    assert proposal.data == {
        "term_quantity": "5", "term_unit": "working_days", "cause": "verification", "late_unit": world.division.pk,
    }  # fmt: skip


def test_the_leader_sees_both_due_moments_and_grants_another_length(
    working: Dossier, world: World, sign_in: SignIn
) -> None:
    working.refresh_from_db()
    before = working.due_at
    do(sign_in("specialist"), working, "propose_extension", {**SAID, "late_unit": world.division.pk})
    browser = sign_in("signer")

    box = words(browser.get(address(working)))  # type: ignore[arg-type]
    do(browser, working, "extend", {**SAID, "days": "3", "late_unit": world.division.pk})

    working.refresh_from_db()
    assert before is not None
    assert working.due_at is not None
    assert re.search(rf"Hẹn trả cũ {re.escape(moment(before))} Hẹn trả mới \d\d:\d\d", box)
    assert "Nguyên nhân Xác minh kéo dài Đơn vị làm chậm Phòng Kinh tế, Hạ tầng và Đô thị" in box
    assert working.events.get(move="extend").data["term_quantity"] == "3"
    assert [slip.form for slip in working.slips.order_by("issued_at")][-1] == "04"
    assert working.due_at > before


def test_an_officers_draft_takes_the_place_of_the_systems(world: World, sign_in: SignIn, earlier: Moment) -> None:
    weeks = 60 * 24 * 7
    dossier = in_process(world, earlier(2 * weeks), earlier(2 * weeks - 60), earlier(2 * weeks - 90))
    dossier.refresh_from_db()
    assert dossier.due_at is not None
    make_all(dossier.due_at - timedelta(hours=1))
    assert dossier.proposals.get().made_by is None

    # the system's draft is made at a moment of its own; the officer's is made now, when the due moment may have passed
    refused = words(
        do(sign_in("specialist"), dossier, "propose_extension", {**SAID, "days": "30", "late_unit": world.division.pk})
    )

    assert [one.made_by_id is None for one in dossier.proposals.filter(decided_at=None)] == [False], refused


def test_nobody_extends_more_often_than_the_policy_allows(working: Dossier, world: World, sign_in: SignIn) -> None:
    do(sign_in("specialist"), working, "propose_extension", {**SAID, "late_unit": world.division.pk})
    do(sign_in("signer"), working, "extend", {**SAID, "late_unit": world.division.pk})

    page = words(sign_in("specialist").get(address(working)))  # type: ignore[arg-type]

    assert "Đề xuất gia hạn" not in page


def test_a_missed_due_moment_asks_its_holder_head_and_leader_for_the_cause(late: Dossier, sign_in: SignIn) -> None:
    for role in ("specialist", "division_head", "signer"):
        page = words(sign_in(role).get(address(late)))  # type: ignore[arg-type]
        assert "chưa nêu nguyên nhân Lúc quá hạn, hồ sơ ở bước «Thẩm định»" in page
        assert "Nêu nguyên nhân trễ" in page


def test_a_cause_stated_is_shown_with_the_unit_that_made_it_late(late: Dossier, world: World, sign_in: SignIn) -> None:
    browser = sign_in("specialist")

    do(browser, late, "state_cause", {"cause": "other_unit", "late_unit": world.elsewhere.pk, "reason": "Chờ trả lời"})

    page = words(browser.get(address(late)))  # type: ignore[arg-type]
    assert "Cơ quan phối hợp trả lời chậm, UBND phường Phú Xuân làm chậm Chờ trả lời Hoàng Thị Mỹ Linh" in page
    assert "Nêu nguyên nhân trễ" not in page
    assert late.events.get(move="state_cause").by == By.OFFICER


def test_heads_and_leaders_have_a_queue_of_what_nobody_has_accounted_for(
    late: Dossier, world: World, sign_in: SignIn
) -> None:
    queue = f"{DESK}?hang=chua-neu-nguyen-nhan"

    for role in ("division_head", "signer"):
        assert late.code in sign_in(role).get(queue).content.decode()
    assert "Chưa nêu nguyên nhân trễ" not in words(sign_in("specialist").get(DESK))  # type: ignore[arg-type]
    do(
        sign_in("signer"), late, "state_cause",
        {"cause": "workload", "late_unit": world.division.pk, "reason": "Thiếu người"},
    )  # fmt: skip
    assert late.code not in sign_in("division_head").get(queue).content.decode()


def test_a_dossier_long_late_is_offered_only_lengths_that_end_in_the_future(late: Dossier, sign_in: SignIn) -> None:
    panel = words(part(sign_in("specialist"), address(late, "propose_extension/")))

    offered = re.findall(r"(\d+) ngày làm việc, hẹn trả", panel)
    assert len(offered) == 30
    assert int(offered[0]) > 10
