"""The inbox: queues, search within what may be read, what is new, several at once, the place one goes on from."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.base.words import day_month
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier
from motcua.people.models import Post
from motcua.people.roles import Role
from motcua.web.desk import inbox as module
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import DESK, address, said, words
from tests.world import World, complete, document, in_process, submitted

pytestmark = pytest.mark.django_db
QUERIES = 14  # session, user, officer, own and lent posts, calendar, counts, asked by others, the silent, rows, names, last events, readings, fields
TABLES_PLANNED = 8  # PostgreSQL orders no more by itself (join_collapse_limit), and then reads whole tables
FOLLOW_QUERIES = (
    QUERIES + 7
)  # what waits for the leader: proposals, delays; units followed, their counts, units to filter by, what they took over
SEARCH_QUERIES = (
    20  # without rows and fields; units read, catalogue (2), people (2), organisations, dossiers meant, those found
)


def codes(browser: Client, query: str = "") -> list[str]:
    """Return the codes listed, in their order."""
    return re.findall(r'data-row="([^"]+)"', browser.get(DESK + query).content.decode())


def in_work(world: World, earlier: Moment, at: int = 90) -> Dossier:
    return in_process(world, earlier(at), earlier(at - 30), earlier(at - 60))


def test_a_dossier_stands_in_the_inbox_of_the_unit_that_has_it(world: World, sign_in: SignIn, earlier: Moment) -> None:
    new, working = submitted(world, earlier(90)), in_work(world, earlier)

    assert codes(sign_in("receptionist")) == [new.code]
    assert codes(sign_in("specialist")) == [working.code]
    assert codes(sign_in("division_head")) == []
    assert codes(sign_in("elsewhere")) == []


def test_a_queue_shows_only_its_own(world: World, sign_in: SignIn, earlier: Moment) -> None:
    mine, other = in_work(world, earlier), in_work(world, earlier)
    officer = world.posts["specialist"].officer
    actions.assign(dossier_id=mine.pk, actor=world.actor(By.OFFICER), to=officer, at=earlier(1))
    browser = sign_in("specialist")

    assert codes(browser, "?hang=cua-toi") == [mine.code]
    assert codes(browser, "?hang=moi-den") == [other.code]
    assert codes(browser, "?hang=qua-han") == []


def test_what_came_online_and_waits_for_an_answer_has_a_queue_at_the_counter(
    world: World, sign_in: SignIn, earlier: Moment
) -> None:
    new, taken = submitted(world, earlier(90)), submitted(world, earlier(90))
    actions.accept(dossier_id=taken.pk, actor=world.actor(By.COUNTER), at=earlier(60))

    assert codes(sign_in("receptionist"), "?hang=cho-tiep-nhan") == [new.code]
    assert "Chờ tiếp nhận" not in words(sign_in("specialist").get(DESK))


def opened(browser: Client) -> str:
    """Return the queue the inbox opens on."""
    return str(browser.get(DESK).context["asked"].queue.name)


def test_the_inbox_opens_on_what_the_officer_has_to_do_first(world: World, sign_in: SignIn, earlier: Moment) -> None:
    role = Post.objects.filter(pk=world.posts["elsewhere"].pk)
    role.update(role=Role.RETURNER, unit=world.centre)
    seen = {}

    seen["nothing"] = [opened(sign_in(one)) for one in ("receptionist", "elsewhere", "signer")]
    new = submitted(world, earlier(90))
    seen["new"] = [opened(sign_in(one)) for one in ("receptionist", "elsewhere", "signer")]
    finished = in_work(world, earlier)
    complete(world, finished, earlier(25), draft=document())
    complete(world, finished, earlier(20))
    actions.sign_off(dossier_id=finished.pk, actor=world.actor(By.SIGNER), at=earlier(15))
    actions.issue(dossier_id=finished.pk, actor=world.actor(By.CLERK), at=earlier(10), number="12/GPXD")
    seen["a result"] = [opened(sign_in(one)) for one in ("receptionist", "elsewhere", "signer")]
    actions.accept(dossier_id=new.pk, actor=world.actor(By.COUNTER), at=earlier(60))
    seen["a hand-over"] = [opened(sign_in(one)) for one in ("receptionist", "elsewhere")]

    assert seen == {
        "nothing": ["UNIT", "UNIT", "UNIT"],
        "new": ["TO_RECEIVE", "UNIT", "UNIT"],
        "a result": ["TO_RECEIVE", "TO_RETURN", "UNIT"],
        "a hand-over": ["UNIT", "TO_RETURN"],
    }


def test_who_signs_opens_on_what_waits_for_signing(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = in_work(world, earlier)
    complete(world, dossier, earlier(20), draft=document())
    complete(world, dossier, earlier(10))

    assert [opened(sign_in(role)) for role in ("signer", "clerk", "specialist")] == ["TO_SIGN", "UNIT", "UNIT"]


def test_an_unknown_queue_or_place_shows_the_units_list(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = in_work(world, earlier)

    assert codes(sign_in("specialist"), "?hang=xyz&sau=a~b~c&buoc=1&sau=9") == [dossier.code]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_costs_the_same_for_one_row_and_three(
    rows: int, world: World, sign_in: SignIn, earlier: Moment
) -> None:
    for _number in range(rows):
        in_work(world, earlier)
    browser = sign_in("specialist")
    browser.get(DESK)  # compiles the calendar once per process

    with CaptureQueriesContext(connection) as queries:
        assert len(codes(browser)) == rows

    assert len(queries) == QUERIES


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_costs_the_same_for_one_row_and_three(
    rows: int, world: World, sign_in: SignIn, earlier: Moment
) -> None:
    for _number in range(rows):
        in_work(world, earlier)
    browser = sign_in("specialist")
    browser.get(f"{DESK}?q=hoai+an")

    with CaptureQueriesContext(connection) as queries:
        assert len(codes(browser, "?q=hoai+an")) == rows

    assert len(queries) == SEARCH_QUERIES


def test_bold_means_changed_since_i_looked(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = in_work(world, earlier)
    browser = sign_in("specialist")
    assert "unread" in browser.get(DESK).content.decode()

    browser.get(address(dossier))

    assert "unread" not in browser.get(DESK).content.decode()


@pytest.mark.parametrize("text", ["nguyen hoai an", "Hoài An", "046196000214", "0912 000 371", "1.013225"])
def test_a_dossier_is_found_by_name_number_or_procedure(
    text: str, world: World, sign_in: SignIn, earlier: Moment
) -> None:
    dossier = in_work(world, earlier)

    assert codes(sign_in("specialist"), f"?q={text}") == [dossier.code]


def test_a_dossier_is_found_by_its_code_and_by_the_end_of_it(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = in_work(world, earlier)
    browser = sign_in("receptionist")
    assert dossier.code

    assert codes(browser, f"?q={dossier.code.lower()}") == [dossier.code]
    assert codes(browser, f"?q={dossier.code.removeprefix('H57.31.12-')}") == [dossier.code]
    assert codes(browser, f"?q={dossier.code.rpartition('-')[2]}") == [dossier.code]
    assert codes(browser, "?q=9") == []


def test_a_search_finds_nothing_of_another_unit(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = in_work(world, earlier)
    browser = sign_in("elsewhere")

    assert codes(browser, f"?q={dossier.code}") == []
    assert codes(browser, "?q=hoai an") == []
    assert "Không tìm thấy hồ sơ nào bạn được xem" in words(browser.get(f"{DESK}?q=hoai an"))


def test_the_list_goes_on_where_it_stopped(
    world: World, sign_in: SignIn, earlier: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [in_work(world, earlier).code for _number in range(5)]
    monkeypatch.setattr(module, "PAGE_ROWS", 2)
    browser = sign_in("specialist")

    read: list[str] = []
    query = ""
    while query is not None:
        page = browser.get(DESK + query).content.decode()
        read += re.findall(r'data-row="([^"]+)"', page)
        onward = re.search(r'href="/ban-lam-viec/(\?[^"]+)" rel="next"', page)
        query = onward[1].replace("&amp;", "&") if onward else None  # type: ignore[assignment]

    assert read == made


def test_several_are_taken_at_once(world: World, sign_in: SignIn, earlier: Moment) -> None:
    first, second = in_work(world, earlier), in_work(world, earlier)
    browser = sign_in("specialist")

    browser.post(f"{DESK}hang-loat/assign/", {"code": [first.code, second.code], "next": f"{DESK}?hang=moi-den"})

    assert said(browser, DESK) == ["Bạn đã nhận 2 hồ sơ."]
    assert codes(browser, "?hang=cua-toi") == [first.code, second.code]


def test_choosing_nothing_says_how_to_choose(world: World, sign_in: SignIn) -> None:
    browser = sign_in("specialist")

    response = browser.post(f"{DESK}hang-loat/assign/", {"next": "https://vidu.vn/"})

    assert response["Location"] == DESK
    assert said(browser, DESK) == ["Chưa chọn hồ sơ nào. Đánh dấu hồ sơ ở đầu dòng (phím x) rồi bấm lại."]


def test_a_filter_stands_as_a_chip_that_takes_it_off(world: World, sign_in: SignIn, earlier: Moment) -> None:
    dossier = in_work(world, earlier)
    browser = sign_in("specialist")

    assert codes(browser, "?linh-vuc=G17-XD11&buoc=work") == [dossier.code]
    assert codes(browser, "?buoc=sign") == []
    assert "Mọi lĩnh vực Hoạt động xây dựng" in words(browser.get(DESK))
    assert "Lĩnh vực: Hoạt động xây dựng" in words(browser.get(f"{DESK}?linh-vuc=G17-XD11"))


def test_a_leader_follows_what_the_unit_takes_part_in_wherever_it_is(
    world: World, sign_in: SignIn, earlier: Moment
) -> None:
    new, working = submitted(world, earlier(90)), in_work(world, earlier)
    of_signer, of_head = sign_in("signer"), sign_in("division_head")

    assert codes(of_signer) == []
    assert sorted(codes(of_signer, "?xem=theo-doi")) == sorted([new.code, working.code])
    assert sorted(codes(of_head, "?xem=theo-doi")) == sorted([new.code, working.code])  # what is coming, too
    assert "Theo dõi cả đơn vị" in words(of_signer.get(DESK))


def test_a_list_followed_says_since_when_and_narrows_to_where_the_dossiers_stand(
    world: World, sign_in: SignIn, earlier: Moment
) -> None:
    dossier = in_work(world, earlier)
    since = day_month(dossier.steps.get(done_at=None).received_at)
    browser = sign_in("signer")

    page = words(browser.get(f"{DESK}?xem=theo-doi"))

    assert f"chưa ai nhận {since} {world.division.short_name}" in page
    assert f"Mọi đơn vị {world.division.short_name}" in page
    assert codes(browser, f"?xem=theo-doi&don-vi={world.division.code}") == [dossier.code]


def test_who_leads_nothing_has_no_list_to_follow(world: World, sign_in: SignIn, earlier: Moment) -> None:
    in_work(world, earlier)

    assert codes(sign_in("elsewhere"), "?xem=theo-doi") == []
    assert "Theo dõi" not in words(sign_in("specialist").get(f"{DESK}?xem=theo-doi"))


def test_supervision_follows_every_unit_and_has_no_queues_of_its_own(
    world: World, sign_in: SignIn, earlier: Moment
) -> None:
    new, working = submitted(world, earlier(90)), in_work(world, earlier)
    Post.objects.filter(pk=world.posts["elsewhere"].pk).update(role=Role.SUPERVISOR)
    browser = sign_in("elsewhere")

    assert sorted(codes(browser)) == sorted([new.code, working.code])
    assert codes(browser, "?don-vi=H57.31.12.VP") == []
    assert codes(browser, f"?don-vi={world.division.code}") == [working.code]
    page = words(browser.get(DESK))
    assert "Mọi hồ sơ chưa xong · toàn tỉnh" in page
    assert "Của tôi" not in page
    assert "Nhận xử lý" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_following_costs_the_same_for_one_row_and_three(
    rows: int, world: World, sign_in: SignIn, earlier: Moment
) -> None:
    for _number in range(rows):
        in_work(world, earlier)
    browser = sign_in("signer")
    browser.get(DESK)

    with CaptureQueriesContext(connection) as queries:
        assert len(codes(browser, "?xem=theo-doi")) == rows

    assert len(queries) == FOLLOW_QUERIES


def tables_joined(statement: str) -> int:
    """Return how many tables a statement joins, with those of the IN (SELECT …) that narrow it."""
    return 1 + statement.count(" JOIN ") + statement.count(" IN (SELECT ")


def test_no_list_hides_what_narrows_it_behind_more_tables_than_the_database_puts_in_order(
    world: World, sign_in: SignIn, earlier: Moment
) -> None:
    in_work(world, earlier)
    browser = sign_in("signer")
    browser.get(DESK)

    with CaptureQueriesContext(connection) as queries:
        for query in ("?hang=cua-don-vi", "?xem=theo-doi", "?q=hoai+an"):
            browser.get(DESK + query)

    narrowed = [query["sql"] for query in queries if " IN (SELECT " in query["sql"]]
    assert max(map(tables_joined, narrowed)) <= TABLES_PLANNED
