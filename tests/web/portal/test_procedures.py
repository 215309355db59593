"""Finding a procedure, and what its page answers for the reader's own case."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.catalogue.samples import published, record
from tests.web.pages import assert_fragment_is_part_of_page, text_of
from tests.world import World

pytestmark = pytest.mark.django_db
LIST = "/thu-tuc/"


def page_of(**query: str):
    return Client().get(reverse("portal:procedure", args=["9.000001"]), query)


def titles(response) -> list[str]:
    return [version.title for version in response.context["versions"]]


# --- finding -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["thả thuyền giấy", "tha thuyen giay", "tha thuyn giay", "GPTG", "9.000001"])
def test_search_forgives(words: str) -> None:
    published()

    assert titles(Client().get(LIST, {"q": words})) == ["Xin phép thả thuyền giấy"]


def test_nothing_found_says_what_to_do_next() -> None:
    published()

    words = text_of(Client().get(LIST, {"q": "qqq zzz"}))

    assert "Chưa tìm thấy thủ tục nào như vậy" in words
    assert "Sinh con" in words


@pytest.mark.parametrize(
    "query, found",
    [
        ({"viec": "hoc-hanh"}, True), ({"viec": "sinh-con"}, False), ({"linh-vuc": "Z99-01"}, True),
        ({"noi": "commune"}, True), ({"noi": "province:construction"}, False), ({"viec": "khong-co"}, True),
    ],
)  # fmt: skip
def test_browsing_by_occasion_field_and_resolver(query: dict[str, str], found: bool) -> None:
    published()

    assert titles(Client().get(LIST, query)) == (["Xin phép thả thuyền giấy"] if found else [])


def test_filters_can_be_taken_off_one_by_one() -> None:
    published()

    page = Client().get(LIST, {"viec": "hoc-hanh", "linh-vuc": "Z99-01"})

    assert page.context["chips"] == [("Học hành", "?linh-vuc=Z99-01"), ("Thuyền bè", "?viec=hoc-hanh")]


def test_a_long_list_goes_on_behind_the_last_one_seen() -> None:
    for number in range(1, 24):
        published(code=f"9.{number:06}", aliases=None)

    first = Client().get(LIST)
    second = Client().get(LIST + first.context["next_url"])

    codes = [version.procedure.code for page in (first, second) for version in page.context["versions"]]
    assert codes == [f"9.{number:06}" for number in range(1, 24)]
    assert second.context["next_url"] == ""


def test_the_list_refreshes_by_its_own_part() -> None:
    published()

    assert_fragment_is_part_of_page(Client(), f"{LIST}?q=thuyen")


def test_the_list_costs_the_same_with_one_row_and_with_three(django_assert_num_queries) -> None:
    published()
    Client().get(LIST)

    with django_assert_num_queries(3):
        Client().get(LIST)
    for number in (2, 3):
        published(code=f"9.{number:06}")
    with django_assert_num_queries(3):
        Client().get(LIST)


# --- the page of one procedure -------------------------------------------------------------------------------------------


def test_before_any_answer_the_page_says_what_hangs_on_it() -> None:
    published()

    page = page_of()

    assert page.context["papers"].said == "Từ 3 đến 4 giấy tờ"
    assert (page.context["term"].said, page.context["left"]) == ("Tùy trường hợp", 1)


def test_papers_that_stand_for_one_another_are_counted_for_no_single_case() -> None:
    always, _one_of, big = record()["paper_groups"]
    small = {
        **big,
        "title": "Sông nhỏ",
        "condition": {"river": ["small"]},
        "papers": [{"code": "CHEO", "name": "Chèo"}],
    }
    published(paper_groups=[always, big, small])

    page = page_of()

    assert (page.context["papers"].said, page.context["papers"].more) == (
        "3 giấy tờ", "Trả lời câu hỏi bên dưới để biết",
    )  # fmt: skip


def test_answers_shrink_the_papers_and_fix_the_term() -> None:
    published()

    page = page_of(river="small")

    assert (page.context["papers"].said, page.context["papers"].more) == ("3 giấy tờ", "1 làm cùng bạn, 2 bạn chuẩn bị")
    assert page.context["term"].said == "2 ngày làm việc"
    assert [(paper.requirement.name, paper.reason) for paper in page.context["not_needed"]] == [
        ("Giấy mua phao", "Chỉ sông lớn mới cần.")
    ]


def test_a_paper_is_not_named_again_as_its_own_condition() -> None:
    always, _one_of, big = record()["paper_groups"]
    published(paper_groups=[always, {**big, "title": big["papers"][0]["name"]}])

    assert [need.condition for need in page_of().context["needs"]][-1] == "Tùy trường hợp"


def test_a_legal_basis_says_its_number_once() -> None:
    published(legal_bases=[{"code": "03/2023/TT-BTP", "name": "Thông tư 03/2023/TT-BTP"}])

    assert text_of(page_of()).count("03/2023/TT-BTP") == 1


def test_answers_go_along_to_the_filing() -> None:
    published()

    assert f'href="{reverse("portal:filing", args=["9.000001"])}?river=big"' in page_of(river="big").content.decode()


@pytest.mark.parametrize(
    "fees, said",
    [
        ([{"name": "Lệ phí", "amount_vnd": 50000}], "50.000 đ"),
        ([{"name": "Lệ phí", "amount_vnd": 8000, "per": "bản"}], "8.000 đ mỗi bản"),
        (
            [{"name": "Lệ phí", "amount_vnd": 75000}, {"name": "Bản sao", "amount_vnd": 8000, "per": "bản"}],
            "75.000 đ và 8.000 đ mỗi bản",
        ),
        ([{"name": "Lệ phí", "amount_vnd": 0}], "Không thu"),
        ([{"name": "Lệ phí", "amount_vnd": None}], "Báo trước khi thu"),
        ([{"name": "Lệ phí", "amount_vnd": 50000}, {"name": "Phí", "amount_vnd": None}], "Ít nhất 50.000 đ"),
        ([{"name": "Lệ phí", "amount_vnd": 50000, "condition": {"river": ["big"]}}], "Tùy trường hợp"),
        ([], "Chưa rõ"),
    ],
)
def test_an_unknown_fee_is_never_called_free(fees: list[dict[str, object]], said: str) -> None:
    published(fees=[{"kind": "charge", **fee} for fee in fees])

    assert page_of().context["fee"].said == said


def test_what_cannot_be_filed_here_has_no_button_and_says_where_to_go() -> None:
    published(form=None, process=None)

    page = page_of()

    assert "Bắt đầu nộp hồ sơ" not in text_of(page)
    assert "Bạn mang giấy tờ đến: Trung tâm Phục vụ hành chính công phường, xã" in text_of(page)


def test_a_procedure_only_told_about_is_not_filed_though_it_has_a_form() -> None:
    published(online_level="information")

    assert page_of().context["online"] is False


def test_an_unknown_procedure_is_not_found() -> None:
    assert Client().get(reverse("portal:procedure", args=["9.999999"])).status_code == 404


def test_the_case_refreshes_by_its_own_part() -> None:
    published()

    assert_fragment_is_part_of_page(Client(), reverse("portal:procedure", args=["9.000001"]) + "?river=big")


def test_the_front_page_of_a_stranger_shows_no_dossiers(world: World) -> None:
    page = Client().get("/")

    assert "rows" not in page.context
    assert "Bạn cần làm thủ tục gì?" in text_of(page)


def test_a_fee_that_is_not_known_says_who_sets_it_and_where_it_is_told() -> None:
    note = "Mức thu do Hội đồng nhân dân tỉnh quyết định. Ví dụ nơi khác: 100.000 đ."
    published(fees=[{"name": "Lệ phí", "kind": "charge", "amount_vnd": None, "note": note}])

    fee = page_of().context["fee"]

    assert (fee.said, fee.source) == ("Báo trước khi thu", "Mức thu do Hội đồng nhân dân tỉnh quyết định.")
    assert fee.more == "Nơi tiếp nhận báo bạn số tiền trước khi thu."
