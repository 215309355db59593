"""A draft changed at the table: rows saved, added, moved; two people do not undo one another; nothing typed is lost."""

import pytest
from django.test import Client

from motcua.catalogue.models import ProcessEdition
from motcua.web.desk.workshop.editing import digest
from motcua.web.desk.workshop.step_forms import SEPARATOR
from tests.web.desk.pages import words
from tests.web.desk.workshop.pages import PAGE, drafted, steps
from tests.world import World

pytestmark = pytest.mark.django_db
STEP = f"{PAGE}buoc/appraise/"


@pytest.fixture
def edition(world: World) -> ProcessEdition:
    return drafted(world)


def typed(edition: ProcessEdition, code: str = "appraise", **other: object) -> dict[str, object]:
    row = steps(edition).get(code, {})
    return {
        "name": "Thẩm định", "unit": "resolving", "role": "specialist", "hours": "24", "produces": "Dự thảo",
        "to-0": "check", "was": digest(row), **other,
    }  # fmt: skip


def test_a_step_is_changed_and_the_table_says_how(editor: Client, edition: ProcessEdition) -> None:
    saved = editor.post(STEP, typed(edition, hours="20,5", name="Thẩm định kỹ", unit="subject:culture_sport"))

    row = steps(edition)["appraise"]
    assert saved.headers["Location"] == f"{PAGE}#buoc-appraise"
    assert (row["hours"], row["unit"], row["next"]) == (20.5, "subject:culture_sport", [{"to": "check", "when": {}}])
    assert "24 20,5 2 Dự thảo – bớt 3,5 giờ, đổi tên, đổi người làm" in words(editor.get(PAGE))  # type: ignore[arg-type]


def test_an_exit_gets_a_condition_in_the_words_of_the_form(editor: Client, edition: ProcessEdition) -> None:
    yes = f"neighbour{SEPARATOR}yes"
    editor.post(STEP, typed(edition, **{"to-0": "sign", "when-0": yes, "to-1": "check", "when-1": ""}) | {"when-1": []})

    assert steps(edition)["appraise"]["next"] == [
        {"to": "sign", "when": {"neighbour": ["yes"]}},
        {"to": "check", "when": {}},
    ]
    assert "3 khi Có nhà nào sát bên không? Có; còn lại 2" in words(editor.get(PAGE))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"hours": "tám"}, "Chưa đọc được số giờ. Hãy viết một số không âm, như 8 hoặc 7,5."),
        ({"role": ""}, "Bạn chưa chọn “Vai trò”"),
        ({"unit": "agency:", "agency": "X1"}, "Không có cơ quan nào mang mã “X1”. Hãy xem lại mã."),
        ({"name": ""}, "Bạn chưa điền “Việc”"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    editor: Client, edition: ProcessEdition, wrong: dict[str, object], sentence: str
) -> None:
    page = editor.post(STEP, typed(edition, produces="Giấy tôi vừa gõ", **wrong))

    assert sentence in words(page)  # type: ignore[arg-type]
    assert 'value="Giấy tôi vừa gõ"' in page.content.decode()
    assert steps(edition)["appraise"]["produces"] == "Dự thảo"


def test_who_comes_second_sees_it_and_decides(editor: Client, edition: ProcessEdition) -> None:
    mine = typed(edition, hours="10")
    editor.post(STEP, typed(edition, hours="30"))

    told = editor.post(STEP, mine)
    shown = steps(edition)["appraise"]["hours"]
    editor.post(STEP, mine | {"was": told.context["was"]})

    assert "Ai đó vừa sửa bước này" in words(told)  # type: ignore[arg-type]
    assert (shown, steps(edition)["appraise"]["hours"]) == (30, 10)


def test_a_step_removed_meanwhile_keeps_what_was_typed(editor: Client, edition: ProcessEdition) -> None:
    mine = typed(edition, produces="Giấy tôi vừa gõ")
    editor.post(f"{STEP}bo/")

    told = editor.post(STEP, mine)

    assert "Ai đó vừa bỏ bước này" in words(told)  # type: ignore[arg-type]
    assert 'value="Giấy tôi vừa gõ"' in told.content.decode()


def test_a_step_is_added_behind_another_and_moved(editor: Client, edition: ProcessEdition) -> None:
    new = typed(edition, name="Lấy ý kiến", sau="appraise", **{"to-0": ""})
    editor.post(f"{PAGE}buoc/", new)
    editor.post(f"{PAGE}buoc/check/len/")

    assert [(code, [way["to"] for way in row["next"]]) for code, row in steps(edition).items()] == [  # type: ignore[attr-defined]
        ("appraise", ["check"]), ("check", ["work-1"]), ("work-1", ["sign"]), ("sign", ["issue"]), ("issue", []),
    ]  # fmt: skip
    assert "thêm mới" in words(editor.get(PAGE))  # type: ignore[arg-type]


def test_a_step_that_runs_beside_another_takes_one_form(editor: Client, edition: ProcessEdition) -> None:
    asked = editor.get(f"{PAGE}buoc/check/cung-luc/").content.decode()
    said = {"name": "Lấy ý kiến di sản", "unit": "subject:culture_sport", "role": "specialist", "hours": "6"}

    saved = editor.post(f"{PAGE}buoc/check/cung-luc/", said)

    page = words(editor.get(PAGE))  # type: ignore[arg-type]
    assert ("autofocus" in asked, saved.headers["Location"]) == (True, f"{PAGE}#buoc-work-1")
    assert "2 và 3 cùng lúc" in page
    assert "Các nhánh gặp nhau" in page
    assert "Đã thêm “Lấy ý kiến di sản”. Bước “Ký duyệt” chờ cả hai xong rồi mới bắt đầu." in page


def test_a_step_that_cannot_run_beside_another_keeps_what_was_typed(editor: Client, edition: ProcessEdition) -> None:
    said = {"name": "Tôi vừa gõ", "unit": "resolving", "role": "specialist", "hours": "6"}

    told = editor.post(f"{PAGE}buoc/appraise/cung-luc/", said)

    assert "Bạn thêm một bước phân công lên trước nó." in words(told)  # type: ignore[arg-type]
    assert 'value="Tôi vừa gõ"' in told.content.decode()
    assert len(steps(edition)) == 4


def test_where_nothing_can_run_beside_a_step_it_is_said_before_anybody_types(
    editor: Client, edition: ProcessEdition
) -> None:
    answer = editor.get(f"{PAGE}buoc/appraise/cung-luc/")

    assert "Bạn thêm một bước phân công lên trước nó. Thêm bước lên đầu Thôi" in words(answer)  # type: ignore[arg-type]
    assert 'name="hours"' not in answer.content.decode()


def test_a_missing_join_is_one_finding_that_leads_to_its_row(editor: Client, edition: ProcessEdition) -> None:
    editor.post(
        f"{PAGE}buoc/check/cung-luc/", {"name": "Lấy ý kiến", "unit": "resolving", "role": "specialist", "hours": "6"}
    )
    editor.post(
        f"{PAGE}buoc/sign/", typed(edition, "sign", name="Ký", role="signer", unit="competent", **{"to-0": "issue"})
    )

    answer = editor.get(PAGE)

    page = words(answer)  # type: ignore[arg-type]
    assert page.count("Nhánh song song chưa khớp") == 1
    assert '<a href="#buoc-sign">Xem bước 4</a>' in answer.content.decode()


def test_a_step_may_leave_its_exit_to_the_officer(editor: Client, edition: ProcessEdition) -> None:
    said = {"to-0": "sign", "goi-0": "Đạt", "to-1": "appraise", "goi-1": "Chưa đạt", "split": "choose"}
    editor.post(f"{PAGE}buoc/check/", typed(edition, "check", name="Kiểm tra", role="division_head", **said))

    assert steps(edition)["check"]["next"] == [
        {"to": "sign", "when": {}, "name": "Đạt"},
        {"to": "appraise", "when": {}, "name": "Chưa đạt"},
    ]
    assert "3 (Đạt) hoặc 1 (Chưa đạt), cán bộ chọn" in words(editor.get(PAGE))  # type: ignore[arg-type]


def test_what_was_typed_when_the_session_ended_is_shown_again(
    world: World, editor: Client, edition: ProcessEdition
) -> None:
    browser = Client()
    browser.post(STEP, typed(edition, hours="11"))
    session = browser.session
    browser.force_login(world.posts["editor"].officer.user)
    if "held_post" not in browser.session:  # the test's door makes a new session where the real one carries it over
        kept = browser.session
        kept["held_post"] = session["held_post"]
        kept.save()

    page = browser.get(STEP)

    assert 'value="11"' in page.content.decode()
    assert "Những gì bạn điền vẫn còn" in words(page)  # type: ignore[arg-type]
    assert steps(edition)["appraise"]["hours"] == 24


def test_a_draft_with_faults_is_shown_with_them(editor: Client, edition: ProcessEdition) -> None:
    editor.post(f"{PAGE}buoc/sign/bo/")

    page = words(editor.get(PAGE))  # type: ignore[arg-type]

    assert "Chưa vẽ được vì quy trình còn chỗ phải sửa: Quy trình thiếu bước ký." in page
    assert "bỏ bước" in page


def test_a_draft_gone_meanwhile_is_no_page(editor: Client, edition: ProcessEdition) -> None:
    ProcessEdition.objects.all().delete()

    assert editor.post(STEP, {}).status_code == 404
