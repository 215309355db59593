"""A bundle in the portal: begun from its occasion, each question once, filed at once, followed and explained on one page."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from motcua.dossiers import actions
from motcua.dossiers.actor import Actor
from motcua.dossiers.lifecycle import By
from motcua.dossiers.models import Dossier, FiledBundle
from motcua.dossiers.timed import make_all
from motcua.people.models import Agency
from tests.bundling import CHILD, SAID, begun, filed, finish_birth, load_members, member_of
from tests.dossiers.slips.test_slips import text_of
from tests.web.desk.pages import words
from tests.world import World, faulty, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return vertical_agencies(make_world())


def vertical_agencies(made: World) -> World:
    """Add who else resolves a member: the police of the ward and the social insurance."""
    place = made.commune.place
    made.centre.place = place
    made.centre.save(update_fields=["place"])
    Agency.objects.filter(pk=made.division.pk).update(subject="office")
    for code, name, subject in (
        ("H57.41", "Công an phường Vỹ Dạ", "police"),
        ("H57.43", "Bảo hiểm xã hội", "social_insurance"),
    ):
        agency = Agency.objects.create(
            code=code, name=name, short_name=name, type="vertical", subject=subject, place=place,
            calendar=made.commune.calendar,
        )  # fmt: skip
        agency.path = [agency.pk]
        agency.save(update_fields=["path"])
    return made


@pytest.fixture
def an(world: World) -> Client:
    browser = Client()
    assert world.an.user is not None
    browser.force_login(world.an.user)
    return browser


def page(browser: Client, url: str) -> str:
    return words(browser.get(url, follow=True))  # type: ignore[arg-type]


def test_the_occasion_offers_the_bundle_and_says_what_waits_for_what(an: Client) -> None:
    load_members()

    offered = page(an, "/thu-tuc/?viec=sinh-con")
    start = page(an, "/bo-ho-so/nop/sinh-con/")

    assert "Khai sinh, thường trú, thẻ bảo hiểm y tế cho bé" in offered
    assert "Đăng ký thường trú Tự chuyển đi khi có Giấy khai sinh." in start
    assert an.get("/bo-ho-so/nop/co-nguoi-mat/").status_code == 404  # its procedures are not published here


def test_before_it_begins_each_member_says_how_long_how_much_and_which_papers(an: Client) -> None:
    load_members()

    birth, home, card = an.get("/bo-ho-so/nop/sinh-con/").context["members"]

    assert (birth.term, home.term, card.term) == ("trong ngày", "7 ngày làm việc", "5 ngày làm việc")
    assert (birth.fee, home.fee) == ("tùy trường hợp; bạn thấy số tiền trước khi nộp", "10.000 đ")
    assert any("Giấy chứng sinh" in paper for paper in birth.maybe)
    assert home.brought == ["Giấy tờ về quan hệ với chủ hộ"]
    assert [one.waits_for for one in (birth, home, card)] == ["", "Giấy khai sinh", "Giấy khai sinh"]


def test_one_bar_counts_the_screens_of_the_whole_bundle_and_the_way_back_leads_through_it(
    world: World, an: Client
) -> None:
    row = begun(world, timezone.now() - timedelta(hours=1))
    birth, home = member_of(row, "khai-sinh"), member_of(row, "thuong-tru")

    first = an.get(f"/ho-so/nhap/{birth.pk}/nguoi-nop/").context
    second = an.get(f"/bo-ho-so/nhap/{row.pk}/thuong-tru/", follow=True).context
    review = an.get(f"/bo-ho-so/nhap/{row.pk}/xem-lai/").context

    total = int(first["counted"].partition("/")[2])
    labels = ["Giấy khai sinh", "Thông báo đăng ký thường trú", "Thẻ bảo hiểm y tế", "Xem lại"]
    assert first["counted"] == f"Bước 1/{total}"
    assert review["counted"] == f"Bước {total}/{total}"
    assert [step["label"] for step in second["steps"]] == labels
    assert [step["state"] for step in second["steps"]] == ["done", "here", "", ""]
    assert second["before_url"] == f"/ho-so/nhap/{birth.pk}/giay-to/"
    assert second["draft"] == home


def test_each_question_is_asked_once_and_what_another_member_says_is_carried_over(world: World, an: Client) -> None:
    load_members()
    begun_at = an.post("/bo-ho-so/nop/sinh-con/", {"filing_key": "11111111-1111-4111-8111-111111111111"})
    row = FiledBundle.objects.get()
    birth = member_of(row, "khai-sinh")
    fields = {f"form_data.child_{name}": value for name, value in CHILD.items()} | {"answers.commune": "19900"}
    actions.save_draft(dossier_id=birth.pk, base_revision=birth.revision, fields=fields, at=timezone.now())

    residence = an.get(f"/bo-ho-so/nhap/{row.pk}/thuong-tru/", follow=True)
    asked = [question.name for question in residence.context["form"]._screen.questions]

    home, card = member_of(row, "thuong-tru"), member_of(row, "bao-hiem")
    assert begun_at.status_code == 302
    assert asked == [
        "form_data.residence_address", "form_data.head_full_name", "form_data.head_identity_number",
        "form_data.head_relation",
    ]  # fmt: skip
    assert {home.form_data[f"person_{name}"] for name in CHILD} == set(CHILD.values())
    assert (home.answers, home.applicant["full_name"]) == ({"place": "family", "commune": "19900"}, "Nguyễn Hoài An")
    assert card.form_data["insured_as"] == "child"


def test_the_review_lists_the_papers_of_each_member_and_what_all_of_it_costs(world: World, an: Client) -> None:
    row = begun(world, timezone.now() - timedelta(hours=1))

    shown = an.get(f"/bo-ho-so/nhap/{row.pk}/xem-lai/")
    birth, home, _card = shown.context["members"]

    assert any(card.paper and "chứng sinh" in card.name.lower() for card in birth.cards)
    assert home.brought == [("Giấy tờ về quan hệ với chủ hộ", "Giấy khai sinh")]
    assert shown.context["total"].known_vnd == sum(
        line.amount_vnd or 0 for member in shown.context["members"] for line in member.charges
    )
    assert "Tự sang khi có Giấy khai sinh" in words(shown)  # type: ignore[arg-type]


def test_filed_it_has_a_proof_with_the_codes_what_waits_and_what_comes_next(world: World, an: Client) -> None:
    row = begun(world, timezone.now() - timedelta(hours=1))

    proof = an.post(f"/bo-ho-so/nhap/{row.pk}/xem-lai/", follow=True)
    row.refresh_from_db()
    shown, birth = words(proof), member_of(row, "khai-sinh")  # type: ignore[arg-type]
    pdf = an.get(f"/bo-ho-so/{row.code}/xac-nhan.pdf")

    assert proof.redirect_chain[-1][0] == f"/bo-ho-so/{row.code}/da-nop/"
    assert f"Mã của bộ {row.code}" in shown
    assert f"Mã hồ sơ {birth.code}" in shown
    assert "Chưa có mã Tự chuyển đi khi có Giấy khai sinh." in shown
    assert "Tự chuyển đến Công an phường Vỹ Dạ ngay khi có Giấy khai sinh" in shown
    said = " ".join(text_of(pdf.content).split())
    named = (row.code, birth.code, "tự chuyển đi khi có Giấy khai sinh")
    assert [part for part in named if str(part) not in said] == []


def test_among_one_s_dossiers_it_is_one_row_with_all_of_it_under_it(world: World, an: Client) -> None:
    row = filed(world)

    context = an.get("/ho-so-cua-toi/").context

    (group,) = context["bundles"]
    assert (group.url, group.state) == (f"/bo-ho-so/{row.code}/", "Đang được giải quyết")
    assert [line.state for line in group.lines] == ["Chờ kiểm tra", "Đang chờ", "Đang chờ"]
    assert (context["dossiers"], context["drafts"]) == ([], [])


def test_begun_and_not_filed_it_can_be_thrown_away_whole(world: World, an: Client) -> None:
    begun(world, timezone.now() - timedelta(hours=1))
    (group,) = an.get("/ho-so-cua-toi/").context["bundles"]

    asked = page(an, group.discard_url)
    an.post(group.discard_url)

    assert "Bỏ cả bộ đang làm dở này?" in asked
    assert (FiledBundle.objects.count(), Dossier.objects.count()) == (0, 0)


def test_filed_at_once_it_has_one_page_where_the_rest_waits_and_is_not_late(world: World, an: Client) -> None:
    row = begun(world, timezone.now() - timedelta(hours=1))

    review = page(an, f"/bo-ho-so/nhap/{row.pk}/xem-lai/")
    an.post(f"/bo-ho-so/nhap/{row.pk}/xem-lai/")
    row.refresh_from_db()
    shown = page(an, f"/bo-ho-so/{row.code}/")

    assert "Tự chuyển đi khi có Giấy khai sinh" in review
    assert "Còn" not in review.split("Xem lại cả bộ trước khi nộp")[0].split("Quay lại")[-1]
    assert "Chờ Giấy khai sinh . Chưa tính hạn" in shown.replace("Giấy khai sinh.", "Giấy khai sinh .")
    assert "Đăng ký khai sinh cho con: Bạn nộp hồ sơ trực tuyến" in shown
    assert row.code in page(an, "/ho-so-cua-toi/")
    assert Dossier.objects.exclude(code=None).count() == 1


def test_pressed_twice_or_gone_back_to_it_leads_to_its_proof(world: World, an: Client) -> None:
    row = begun(world, timezone.now() - timedelta(hours=1))
    review = f"/bo-ho-so/nhap/{row.pk}/xem-lai/"

    first = an.post(review)
    again = an.post(review)

    row.refresh_from_db()
    assert first["Location"] == again["Location"] == an.get(review)["Location"] == f"/bo-ho-so/{row.code}/da-nop/"


def test_what_is_missing_is_named_once_and_nothing_is_filed(world: World, an: Client) -> None:
    row = begun(world, timezone.now() - timedelta(hours=1))
    for key, field in (("khai-sinh", "form_data.child_full_name"), ("bao-hiem", "form_data.hospital")):
        draft = member_of(row, key)
        actions.save_draft(dossier_id=draft.pk, base_revision=draft.revision, fields={field: None}, at=timezone.now())

    refused = words(an.post(f"/bo-ho-so/nhap/{row.pk}/xem-lai/"))  # type: ignore[arg-type]

    assert "Còn 2 chỗ trước khi nộp được" in refused
    assert Dossier.objects.exclude(code=None).count() == 0


def test_a_draft_that_waits_is_nobody_s_to_edit(world: World, an: Client) -> None:
    home = member_of(filed(world), "thuong-tru")

    assert an.get(f"/ho-so/nhap/{home.pk}/to-khai-1/").status_code == 404
    assert an.post(f"/ho-so/nhap/{home.pk}/bo/").status_code == 404


def refuse(world: World, dossier: Dossier, at: datetime) -> None:
    actions.refuse(dossier_id=dossier.pk, actor=world.actor(By.COUNTER), at=at, reason="Không thuộc thẩm quyền")


def let_lapse(world: World, dossier: Dossier, at: datetime) -> None:
    """Accept it, ask for a paper and let the term for it run out: it is stopped."""
    long_ago, counter = at - timedelta(days=24), world.actor(By.COUNTER)
    actions.accept(dossier_id=dossier.pk, actor=counter, at=long_ago)
    actions.hand_over(dossier_id=dossier.pk, actor=counter, at=long_ago)
    paper = dossier.papers.filter(document__isnull=False).first()
    assert paper is not None
    faulty(paper, "Ảnh mờ")
    post = world.posts[dossier.steps.get(done_at=None).role]
    asking = Actor(By.OFFICER, post.officer_id, post.unit_id)
    asked = actions.ask_papers(dossier_id=dossier.pk, actor=asking, at=long_ago, reason="Ảnh mờ, chụp lại")
    actions.lapse(dossier_id=dossier.pk, at=asked.due_at)


def withdraw(world: World, dossier: Dossier, at: datetime) -> None:
    actions.withdraw(dossier_id=dossier.pk, actor=world.citizen, at=at, reason="Khai nhầm tên con")


@pytest.mark.parametrize(
    "end, said, advice",
    [
        (
            refuse,
            "«Đăng ký khai sinh cho con» không được tiếp nhận. Lý do: Không thuộc thẩm quyền",
            "Xem lý do, chuẩn bị",
        ),
        (let_lapse, "«Đăng ký khai sinh cho con» đã dừng xử lý, không có kết quả.", "Xem lý do và hỏi"),
        (withdraw, "Bạn đã rút «Đăng ký khai sinh cho con».", "Khi cần, bạn nộp hồ sơ mới."),
    ],
)
def test_where_the_first_came_to_nothing_it_says_why_and_what_to_do(
    world: World, an: Client, end: Callable[[World, Dossier, datetime], None], said: str, advice: str
) -> None:
    row, at = filed(world, timezone.now() - timedelta(days=25)), timezone.now()
    birth = member_of(row, "khai-sinh")
    end(world, birth, at)
    make_all(at)

    shown = page(an, f"/bo-ho-so/{row.code}/")

    assert "Một phần của bộ không chuyển đi được" in shown
    assert said in shown
    assert advice in shown
    assert "Có Giấy khai sinh rồi thì làm tiếp «Đăng ký thường trú», «Cấp thẻ bảo hiểm y tế» ở dưới" in shown
    assert "Làm lại cả bộ từ đầu" in shown
    assert an.get(f"/ho-so/nhap/{member_of(row, 'thuong-tru').pk}/nguoi-nop/").status_code == 200
    assert [group.state for group in an.get("/ho-so-cua-toi/").context["bundles"]] == ["Một phần không chuyển đi"]


def test_where_a_later_one_came_to_nothing_the_others_are_said_to_go_on(world: World, an: Client) -> None:
    row, at = filed(world), timezone.now()
    finish_birth(world, row, at - timedelta(minutes=10))
    make_all(at - timedelta(minutes=5))
    refuse(world, member_of(row, "thuong-tru"), at)

    shown = page(an, f"/bo-ho-so/{row.code}/")

    assert "Một phần của bộ không có kết quả" in shown
    assert "«Đăng ký thường trú» không được tiếp nhận. Lý do: Không thuộc thẩm quyền" in shown
    assert "Các hồ sơ khác của bộ không bị ảnh hưởng." in shown
    assert "Vẫn làm tiếp: Đăng ký khai sinh cho con, Cấp thẻ bảo hiểm y tế." in shown
    assert "Làm lại cả bộ từ đầu" not in shown


def test_kept_back_by_what_it_lacks_itself_it_is_to_be_mended_and_filed_alone(world: World, an: Client) -> None:
    row, at = filed(world), timezone.now()
    home = member_of(row, "thuong-tru")
    Dossier.objects.filter(pk=home.pk).update(form_data={**home.form_data, "head_full_name": ""})
    finish_birth(world, row, at - timedelta(minutes=10))
    make_all(at)

    home_line = an.get(f"/bo-ho-so/{row.code}/").context["lines"][1]

    assert home_line.state == "Không chuyển đi"
    assert home_line.text.endswith("Bạn mở ra, sửa chỗ đó rồi nộp riêng hồ sơ này; những gì đã khai vẫn còn.")


def test_filed_alone_later_it_is_among_the_dossiers_of_its_bundle_again(world: World, an: Client) -> None:
    row, at = filed(world), timezone.now()
    refuse(world, member_of(row, "khai-sinh"), at)
    make_all(at)
    card = member_of(row, "bao-hiem")
    actions.save_draft(
        dossier_id=card.pk, base_revision=card.revision, fields={"form_data.birth_record_number": "5/2026"}, at=at
    )
    actions.file(dossier_id=card.pk, units=world.units, actor=world.citizen, at=at)

    context = an.get(f"/bo-ho-so/{row.code}/").context

    assert [line.state for line in context["lines"]] == ["Không được nhận", "Không chuyển đi", "Chờ kiểm tra"]
    assert context["goes_on"] == ["Cấp thẻ bảo hiểm y tế"]


def test_where_one_waits_for_the_citizen_the_bundle_says_so_and_the_rest_keeps_waiting(
    world: World, an: Client
) -> None:
    row, at = filed(world), timezone.now()
    birth = member_of(row, "khai-sinh")
    paper = birth.papers.filter(document__isnull=False).first()
    assert paper is not None
    faulty(paper, "Ảnh mờ")
    actions.ask_papers(dossier_id=birth.pk, actor=world.actor(By.COUNTER), at=at, reason="Ảnh mờ, chụp lại")

    lines = an.get(f"/bo-ho-so/{row.code}/").context["lines"]
    (group,) = an.get("/ho-so-cua-toi/").context["bundles"]

    assert [line.state for line in lines] == ["Chờ bạn", "Đang chờ", "Đang chờ"]
    assert "Hãy gửi trước" in lines[0].text
    assert group.state == "Chờ bạn"


def test_fed_by_the_first_result_the_others_are_dossiers_of_their_own_on_the_same_page(
    world: World, an: Client
) -> None:
    row = filed(world)
    finish_birth(world, row, timezone.now() - timedelta(minutes=10))
    make_all(timezone.now())

    shown = page(an, f"/bo-ho-so/{row.code}/")

    assert [member_of(row, key).status for key in SAID] == ["finished", "submitted", "submitted"]
    assert "Đăng ký thường trú: tự chuyển đi, vì đã có Giấy khai sinh" in shown
    assert "Đăng ký thường trú: Bạn nộp hồ sơ trực tuyến" not in shown
    assert "Thuộc bộ hồ sơ" in page(an, f"/ho-so/{member_of(row, 'bao-hiem').code}/")


def test_a_bundle_is_its_citizen_s_alone(world: World) -> None:
    row = filed(world)
    stranger = Client()
    assert world.chi.user is not None
    stranger.force_login(world.chi.user)

    pages = ("", "da-nop/", "xac-nhan.pdf")
    assert [stranger.get(f"/bo-ho-so/{row.code}/{page}").status_code for page in pages] == [404, 404, 404]


def test_who_withdraws_the_first_reads_which_others_will_not_go(world: World, an: Client) -> None:
    row = filed(world)

    shown = page(an, f"/ho-so/{member_of(row, 'khai-sinh').code}/rut/")

    assert "cũng không chuyển đi: Đăng ký thường trú, Cấp thẻ bảo hiểm y tế." in shown
