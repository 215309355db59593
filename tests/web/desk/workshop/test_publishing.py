"""Sending and publishing a draft: two people, what it changes, from which day; refusals say what to do."""

from datetime import timedelta

import pytest
from django.test import Client

from motcua.base.words import day, local_day
from motcua.catalogue import actions
from motcua.catalogue.models import ProcessEdition, PublishedProcess
from motcua.catalogue.processes.table_edits import changed_step
from motcua.dossiers.models import Dossier
from motcua.people.roles import Role
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import words
from tests.web.desk.workshop.pages import PAGE, SHOP, drafted
from tests.world import World, _post, in_process

pytestmark = pytest.mark.django_db
PUBLISH = f"{PAGE}ban-hanh/"
TRIED = {
    "count": 300, "half": 20.0, "most": 40.0, "late": 25, "late_percent": 12.5, "with_term": 200, "never": 0,
    "bars": [[12.0, 34.0, 200]], "steps": [],
}  # fmt: skip


@pytest.fixture
def edition(world: World) -> ProcessEdition:
    edition = drafted(world)
    return actions.edit_draft(edition=edition, change=lambda table: changed_step(table, "appraise", {"hours": 20}))


def test_one_sends_and_another_publishes(
    edition: ProcessEdition, editor: Client, sign_in: SignIn, earlier: Moment
) -> None:
    soon = local_day(earlier(0)) + timedelta(days=2)
    controller = sign_in("controller")
    sent = editor.post(f"{PAGE}gui-duyet/", follow=True)
    shown = controller.get(PUBLISH)

    controller.post(PUBLISH, {"effective_from": day(soon), "decision_number": "12/QĐ-UBND"})

    made = PublishedProcess.objects.get()
    assert "Bạn đã gửi duyệt bản này nên người khác sẽ ban hành nó." in words(sent)  # type: ignore[arg-type]
    assert "mọi đơn vị không đặt riêng 0 Thẩm định : bớt 4 giờ" in words(shown)  # type: ignore[arg-type]
    assert (made.effective_from, made.decision_number, made.content["steps"][0]["hours"]) == (soon, "12/QĐ-UBND", 20)
    assert f"bản 1, dùng từ {day(soon)}" in words(controller.get(PAGE))  # type: ignore[arg-type]


def test_new_dossiers_follow_what_is_published_and_running_ones_their_own(
    world: World, edition: ProcessEdition, working: Dossier, earlier: Moment
) -> None:
    at, users = earlier(0), {name: world.posts[name].officer.user for name in ("editor", "controller")}
    actions.edit_draft(edition=edition, change=lambda table: changed_step(table, "appraise", {"name": "Thẩm định kỹ"}))
    actions.propose_edition(edition=edition, at=at, actor=users["editor"])
    actions.publish_edition(
        edition=edition, effective_from=local_day(at), decision_number="1", at=at, actor=users["controller"]
    )

    later = in_process(world, earlier(9), earlier(6), earlier(3))

    names = [dossier.steps.get(done_at=None).name for dossier in (working, later)]
    assert names == ["Thẩm định", "Thẩm định kỹ"]
    assert later.process == PublishedProcess.objects.get()


def test_what_was_replaced_stays_to_be_read(
    world: World, edition: ProcessEdition, editor: Client, earlier: Moment
) -> None:
    at, users = earlier(0), {name: world.posts[name].officer.user for name in ("editor", "controller")}
    today = local_day(at)
    for days in (1, 5):
        current = ProcessEdition.objects.get(state="draft")
        actions.propose_edition(edition=current, at=at, actor=users["editor"])
        actions.publish_edition(
            edition=current,
            effective_from=today + timedelta(days=days),
            decision_number="1/QĐ",
            at=at,
            actor=users["controller"],
        )
        if days == 1:
            editor.post(f"{PAGE}soan/")

    page = words(editor.get(PAGE))  # type: ignore[arg-type]

    first, last = day(today + timedelta(days=1)), day(today + timedelta(days=4))
    assert f"Bản 1: từ {first} đến hết {last} · 1/QĐ · Lê Thị Hoài Thu" in page


def test_who_approves_judges_on_one_page(edition: ProcessEdition, editor: Client, sign_in: SignIn) -> None:
    actions.keep_trial(
        edition=edition, setting={"procedure": "1.013225", "unit": "H57.31.12", "per_day": 2.5},
        outcome=TRIED, at=edition.created_at, actor=edition.created_by,
    )  # fmt: skip
    editor.post(f"{PAGE}gui-duyet/")

    answer = sign_in("controller").get(PUBLISH)

    page = words(answer)  # type: ignore[arg-type]
    told = ["Thời hạn khớp", "Thẩm định : bớt 4 giờ", "24 20", "Lần chạy thử cuối", "Trễ hạn 12,5 %", "12–34 giờ 200"]
    assert [one for one in told if one not in page] == []
    assert '<svg class="drawing"' in answer.content.decode()
    assert page.index("Lần chạy thử cuối") < page.index("Số quyết định") < page.index("Cần sửa gì, vì sao")


def test_a_draft_sent_back_says_why_to_who_sent_it_until_it_is_sent_again(
    edition: ProcessEdition, editor: Client, sign_in: SignIn
) -> None:
    controller = sign_in("controller")
    editor.post(f"{PAGE}gui-duyet/")
    silent = words(controller.post(PUBLISH, {"tra-lai": "1", "reason": " "}))  # type: ignore[arg-type]

    controller.post(PUBLISH, {"tra-lai": "1", "reason": "Giờ thẩm định quá ít so với thực tế"})
    told, listed = (words(editor.get(page)) for page in (PAGE, SHOP))  # type: ignore[arg-type]
    editor.post(f"{PAGE}gui-duyet/")
    again = words(controller.get(PUBLISH))  # type: ignore[arg-type]

    assert "Bạn chưa điền “Cần sửa gì, vì sao”" in silent
    assert "Lê Thị Hoài Thu trả lại bản này" in told
    assert "Giờ thẩm định quá ít so với thực tế" in told
    assert "Bị trả lại: “Giờ thẩm định quá ít so với thực tế”" in listed
    assert "Lê Thị Hoài Thu đã trả lại bản này: “Giờ thẩm định quá ít so với thực tế”" in again


def test_who_sent_a_draft_does_not_send_it_back(edition: ProcessEdition, sign_in: SignIn) -> None:
    controller = sign_in("controller")
    controller.post(f"{PAGE}gui-duyet/")

    told = controller.post(PUBLISH, {"tra-lai": "1", "reason": "Xem lại"})

    edition.refresh_from_db()
    assert told.status_code == 200
    assert (edition.returned_at, edition.proposed_by_id is None) == (None, False)


def test_only_who_may_publish_publishes(edition: ProcessEdition, editor: Client, sign_in: SignIn) -> None:
    sign_in("controller").post(f"{PAGE}gui-duyet/")

    assert editor.post(PUBLISH, {}).status_code == 403
    told = sign_in("controller").post(PUBLISH, {"effective_from": "01/12/2099", "decision_number": "1"})
    assert "Bạn là người gửi duyệt bản này" not in words(editor.get(PUBLISH))  # type: ignore[arg-type]
    assert "Bạn đã gửi duyệt bản này" in words(told)  # type: ignore[arg-type]
    assert not PublishedProcess.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"effective_from": "mai"}, "Ngày này chưa đọc được. Hãy viết như 01/12/2026."),
        ({"effective_from": "01/01/2020"}, "Ngày áp dụng sớm nhất là"),
        ({"decision_number": ""}, "Bạn chưa điền “Số quyết định”"),
    ],
)
def test_a_day_that_cannot_be_keeps_what_was_typed(
    edition: ProcessEdition, editor: Client, sign_in: SignIn, typed: dict[str, str], sentence: str
) -> None:
    editor.post(f"{PAGE}gui-duyet/")

    told = sign_in("controller").post(
        PUBLISH, {"effective_from": "01/12/2099", "decision_number": "12/QĐ-UBND", **typed}
    )

    assert sentence in words(told)  # type: ignore[arg-type]
    assert f'value="{typed.get("effective_from", "01/12/2099")}"' in told.content.decode()


def test_errors_stand_on_the_page_and_keep_the_draft_from_being_sent(edition: ProcessEdition, editor: Client) -> None:
    actions.edit_draft(edition=edition, change=lambda table: changed_step(table, "appraise", {"hours": 99}))

    told = words(editor.post(f"{PAGE}gui-duyet/", follow=True))  # type: ignore[arg-type]

    assert "Chưa gửi duyệt được." in told
    assert "Dài hơn thời hạn của luật 1.013225: Trường hợp “Nhà ở riêng lẻ”" in told


def test_a_ward_without_people_is_a_warning(world: World, edition: ProcessEdition, editor: Client) -> None:
    _post("Phan Thị Khác", world.elsewhere, Role.CLERK)

    told = words(editor.get(PAGE))  # type: ignore[arg-type]

    assert "1 nơi chưa có người ở bước “Ký duyệt” Cần Lãnh đạo ký ở: UBND phường Phú Xuân." in told
    assert "bước “Phát hành”" not in told


def test_the_list_behind_a_number_is_for_those_who_read_every_dossier(
    edition: ProcessEdition, editor: Client, sign_in: SignIn, working: object
) -> None:
    listed = words(sign_in("controller").get(f"{PAGE}ho-so/?buoc=appraise"))  # type: ignore[arg-type]

    assert "Hồ sơ đang ở bước Thẩm định" in listed
    assert "Nguyễn Hoài An" in listed
    assert editor.get(f"{PAGE}ho-so/?buoc=appraise").status_code == 403
    assert "ho-so/?buoc=appraise" in sign_in("controller").get(PAGE).content.decode()
    assert "ho-so/?buoc=appraise" not in editor.get(PAGE).content.decode()
