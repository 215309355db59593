"""What waits for a leader: a box on the dossier's page with the two acts that decide it, and a queue in the rail."""

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actions.proposals import GRANTED_BY
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, Proposal
from motcua.people.models import Post
from motcua.people.roles import Role
from motcua.web.desk.proposals import DECIDING, TURNED_DOWN_BY
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import DESK, address, do, part, said, status, words
from tests.world import World, in_process, make_world

pytestmark = pytest.mark.django_db
WHY = "Thửa đất đang tranh chấp theo đơn ngày 10/11"


@pytest.fixture
def world(db: None) -> World:
    return make_world(second_case=True)


@pytest.fixture
def proposed(world: World, working: Dossier, earlier: Moment) -> Dossier:
    actions.propose_stop(
        dossier_id=working.pk, kind="stop", actor=world.actor(By.OFFICER), at=earlier(10), reason=WHY
    )  # fmt: skip
    return working


def test_acts_that_propose_stand_in_one_menu_of_the_bar(working: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("specialist")

    page = words(browser.get(address(working)))  # type: ignore[arg-type]

    menu = page.partition("Đề xuất… ")[2].partition("giấy tờ")[0]
    assert [name for name in ("gia hạn", "sửa thủ tục", "sửa ngày nhận", "dừng, từ chối") if name in menu] == [
        "gia hạn", "sửa thủ tục", "sửa ngày nhận", "dừng, từ chối",
    ]  # fmt: skip
    assert "Xong bước này" not in menu


def test_every_kind_of_proposal_has_two_acts_that_decide_it() -> None:
    assert set(GRANTED_BY) == set(TURNED_DOWN_BY) == set(Proposal.Kind.values)
    assert {*GRANTED_BY.values(), *TURNED_DOWN_BY.values()} == DECIDING


def test_a_leader_sees_what_who_and_why_with_the_two_acts(proposed: Dossier, sign_in: SignIn) -> None:
    page = words(sign_in("signer").get(address(proposed)))

    assert "Đề xuất: Dừng giải quyết Hoàng Thị Mỹ Linh, " in page
    assert WHY in page
    assert "Duyệt : Dừng giải quyết y Không duyệt : Dừng giải quyết z" in page
    assert "Đề xuất ở trên chờ bạn quyết định." in page


@pytest.mark.parametrize("role", ["specialist", "receptionist", "division_head"])
def test_others_read_who_decides(role: str, proposed: Dossier, sign_in: SignIn) -> None:
    page = words(sign_in(role).get(address(proposed)))

    assert "Đang chờ lãnh đạo UBND phường Vỹ Dạ quyết định." in page
    assert "Không duyệt" not in page


def test_who_proposed_it_does_not_decide_it(world: World, proposed: Dossier, sign_in: SignIn) -> None:
    maker = world.posts["specialist"]
    Post.objects.create(officer=maker.officer, unit=world.commune, role=Role.SIGNER, valid_from=maker.valid_from)
    browser = sign_in("specialist")

    page = words(browser.get(address(proposed)))
    browser.get(address(proposed, "stop/"))

    assert "Bạn là người đề xuất nên lãnh đạo khác quyết định." in page
    assert said(browser, address(proposed)) == ["Hồ sơ lúc này không còn việc «Dừng giải quyết». Chưa có gì thay đổi."]
    assert "Chờ duyệt 1" not in words(browser.get(DESK))


def test_turned_down_the_dossier_goes_on_and_the_colleague_reads_why(proposed: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("signer")

    panel = words(part(browser, address(proposed, "turn_down/")))
    do(browser, proposed, "turn_down", {"kind": "stop", "reason": "Đơn đã được rút ngày 12/11"})

    page = words(sign_in("specialist").get(address(proposed)))
    assert "Không báo cho người dân: đây là việc trong cơ quan" in panel
    assert status(proposed) == "processing"
    assert "Không duyệt đề xuất → dừng giải quyết · Võ Đình Khải Đơn đã được rút ngày 12/11" in page
    assert "Đề xuất: Dừng giải quyết" not in page


def test_of_several_proposals_the_one_meant_is_marked(
    world: World, proposed: Dossier, earlier: Moment, sign_in: SignIn
) -> None:
    case = world.version.cases.get(position=2)
    actions.propose_correction(
        dossier_id=proposed.pk, actor=world.actor(By.COUNTER), at=earlier(5), case_id=case.pk, reason="Có tầng hầm"
    )

    panel = part(sign_in("signer"), address(proposed, "turn_down/?kind=correct")).content.decode()

    assert 'value="correct" checked' in panel
    assert 'value="stop" checked' not in panel


def test_the_leaders_queue_lists_what_waits_for_them(
    world: World, proposed: Dossier, earlier: Moment, sign_in: SignIn
) -> None:
    in_process(world, earlier(80), earlier(50), earlier(20))
    browser = sign_in("signer")

    rail = words(browser.get(DESK))
    listed = [row for group in browser.get(f"{DESK}?hang=cho-duyet").context["groups"] for row in group.rows]

    assert "Chờ duyệt 1" in rail
    assert [(row.code, row.news.words) for row in listed] == [(proposed.code, "Dừng giải quyết")]


def test_who_signs_nothing_has_no_such_queue(proposed: Dossier, sign_in: SignIn) -> None:
    browser = sign_in("specialist")

    assert "Chờ duyệt" not in words(browser.get(DESK))
    assert browser.get(f"{DESK}?hang=cho-duyet").context["groups"] == []
