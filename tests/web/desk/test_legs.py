"""Liên thông at the desk: sending a part, receiving it elsewhere, what each side reads, and what came back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.base.models import Reading
from motcua.dossiers import actions
from motcua.dossiers.lifecycle import MOVES, Status
from motcua.dossiers.models import Dossier, Leg
from motcua.people.models import Post
from motcua.web.desk.acts.table import ACTS
from tests.documents.files import pdf
from tests.parting import Three, add_partners, finish, holder, send
from tests.web.desk.conftest import Moment, SignIn
from tests.web.desk.pages import DESK, address, do, part, words
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(world: World) -> Three:
    return add_partners(world)


def at(post: Post) -> Client:
    browser = Client()
    browser.force_login(post.officer.user)
    return browser


@pytest.fixture
def leg(three: Three, working: Dossier, earlier: Moment) -> Leg:
    return send(three, working, three.construction, earlier(20))


def taken(leg: Leg, three: Three, earlier: Moment) -> Dossier:
    return actions.take_leg(dossier_id=leg.child_id or 0, actor=three.construction.head, at=earlier(15))


def test_an_agency_found_by_a_part_of_its_name_is_asked_about_at_once_and_then_it_is_sent(
    three: Three, working: Dossier, sign_in: SignIn
) -> None:
    browser = sign_in("specialist")
    papers = [str(paper.pk) for paper in working.papers.all()]

    first = words(part(browser, address(working, "send_leg/")))
    nothing = words(do(browser, working, "send_leg", {"find": "kho bac", "unit": ""}))
    second = words(do(browser, working, "send_leg", {"find": "so xay", "unit": ""}))
    do(browser, working, "send_leg", {
        "unit": three.construction.agency.pk, "version": three.construction.version.pk, "papers": papers[:1],
        "reason": "Cho biết chỉ giới đường đỏ", "days": "", "is_required": "on", "stated": ["Công trình"],
    })  # fmt: skip

    leg = working.legs.get()
    assert "Tìm cơ quan" in first
    assert "Không có cơ quan nào tên có «kho bac»" in nothing
    assert "Gửi đến Sở Xây dựng." in second
    assert "Sở Xây dựng cho ý kiến chuyên ngành (5 ngày)" in second
    assert "Cần sửa" not in second
    assert (leg.days, leg.is_required, [line["paper"] for line in leg.manifest]) == (5, True, [int(papers[0])])
    assert leg.form_fields == ["address", "floors"]


def test_words_that_fit_several_agencies_leave_only_those_to_choose_from(
    three: Three, working: Dossier, sign_in: SignIn
) -> None:
    found = do(sign_in("specialist"), working, "send_leg", {"find": "SỞ", "unit": ""}).context["panel"].form

    assert [name for _kind, group in found.fields["unit"].choices[1:] for _pk, name in group] == [
        "Sở Nông nghiệp", "Sở Xây dựng"
    ]  # fmt: skip


def test_where_earlier_parts_of_the_procedure_went_is_one_click_away(
    three: Three, working: Dossier, leg: Leg, sign_in: SignIn
) -> None:
    actions.recall_leg(leg_id=leg.pk, actor=holder(three, working), at=leg.sent_at, reason="Gửi nhầm giấy tờ")
    browser = sign_in("specialist")

    (likely,) = browser.get(address(working, "send_leg/")).context["panel"].form.shortcuts
    form = browser.get(address(working, f"send_leg/?{likely.query}")).context["panel"].form

    assert likely.text == "Sở Xây dựng"
    assert str(form.initial["version"]) == str(three.construction.version.pk)


def test_the_part_shows_what_was_sent_along_of_the_form_read_only_and_its_root_records_who_read(
    three: Three, working: Dossier, earlier: Moment
) -> None:
    sending = actions.Sending(
        three.construction.agency, three.construction.version, "Cho biết chỉ giới", [], days=5, fields=["address"]
    )
    leg = actions.send_leg(dossier_id=working.pk, actor=holder(three, working), at=earlier(20), sending=sending)

    opened = at(three.construction.posts["division_head"]).get(address(Dossier.objects.get(leg=leg)))
    rows = [row for group in opened.context["form_groups"] for row in group.rows]

    assert [(name, value) for name, _label, value in rows] == [("address", "12/7 kiệt 84 Lâm Hoằng")]
    assert f"tờ khai của hồ sơ {working.code}, chỉ xem" in words(opened)  # type: ignore[arg-type]
    assert "Xin giấy phép xây" in words(opened)  # type: ignore[arg-type]
    assert Reading.objects.filter(
        key=working.pk, reader_id=three.construction.posts["division_head"].officer_id
    ).exists()


def test_nothing_of_the_form_sent_along_the_part_says_so_and_still_names_whose_it_is(
    three: Three, working: Dossier, leg: Leg
) -> None:
    page = words(at(three.construction.posts["division_head"]).get(address(Dossier.objects.get(leg=leg))))  # type: ignore[arg-type]

    assert "Nơi gửi không gửi kèm dữ liệu tờ khai." in page
    assert "12/7 kiệt 84 Lâm Hoằng" not in page.replace("Địa chỉ 12/7 kiệt 84 Lâm Hoằng", "")
    assert "Họ tên Nguyễn Hoài An" in page


def test_the_page_says_who_has_it_and_the_step_is_not_offered_to_be_completed(
    working: Dossier, leg: Leg, sign_in: SignIn
) -> None:
    page = words(sign_in("specialist").get(address(working)))  # type: ignore[arg-type]

    assert "Chưa xong bước này được: Sở Xây dựng đang giữ phần liên thông số 1 từ" in page
    assert "1. Sở Xây dựng Chờ nơi nhận xem" in page
    assert "Xong bước này" not in page


def test_where_it_went_it_waits_to_be_received_and_says_what_it_belongs_to(
    three: Three, working: Dossier, leg: Leg
) -> None:
    browser = at(three.construction.posts["division_head"])
    child = Dossier.objects.get(leg=leg)

    queue = words(browser.get(f"{DESK}?hang=cho-tiep-nhan"))  # type: ignore[arg-type]
    page = words(browser.get(address(child)))  # type: ignore[arg-type]
    panel = words(part(browser, address(child, "take_leg/")))
    do(browser, child, "take_leg")

    child.refresh_from_db()
    assert f"thuộc {working.code}" in queue
    assert f"Phần liên thông của hồ sơ {working.code}" in page
    assert "Cho biết chỉ giới đường đỏ" in page
    assert "Bản vẽ thiết kế xây dựng" in page
    assert "Đồng hồ chạy từ bây giờ, 5 ngày làm việc: hẹn trả" in panel
    assert "Không báo cho người dân: họ theo dõi hồ sơ gốc" in panel
    assert child.status == "processing"


def test_the_papers_of_the_root_are_listed_at_the_part_and_the_root_itself_stays_closed(
    three: Three, working: Dossier, leg: Leg, world: World
) -> None:
    browser, child = at(three.construction.posts["division_head"]), Dossier.objects.get(leg=leg)
    drawing = working.papers.get(requirement=world.drawing)

    shown = browser.get(address(child, f"?giay={drawing.pk}")).context["viewer"]

    assert (shown.sheet.document_id, shown.sheet.paper) == (drawing.document_id, None)
    assert browser.get(address(working)).status_code == 404


def test_refused_the_sender_reads_why(three: Three, working: Dossier, leg: Leg, sign_in: SignIn) -> None:
    browser = at(three.construction.posts["division_head"])

    do(browser, Dossier.objects.get(leg=leg), "refuse_leg", {"reason": "Việc này của Sở Nông nghiệp"})

    page = words(sign_in("specialist").get(address(working)))  # type: ignore[arg-type]
    assert "1. Sở Xây dựng Không nhận" in page
    assert "Việc này của Sở Nông nghiệp" in page
    assert "Xong bước này" in page


def test_a_part_is_offered_nothing_that_speaks_with_the_citizen(three: Three, leg: Leg, earlier: Moment) -> None:
    child = taken(leg, three, earlier)

    page = words(at(three.construction.posts["specialist"]).get(address(child)))  # type: ignore[arg-type]

    assert "Gửi liên thông" in page
    for act in ("Yêu cầu bổ sung", "Thông báo nghĩa vụ tài chính", "Đề xuất gia hạn", "Ghi yêu cầu rút"):
        assert act not in page


def test_what_came_back_lies_among_the_papers_of_the_parent(
    three: Three, working: Dossier, leg: Leg, earlier: Moment, sign_in: SignIn
) -> None:
    finish(three, taken(leg, three, earlier), earlier(5))

    page = words(sign_in("specialist").get(address(working)))  # type: ignore[arg-type]

    assert "1. Sở Xây dựng Có kết quả" in page
    assert "Trả lời của Sở Xây dựng" in page
    assert "Xong bước này" in page


def test_a_letter_to_a_central_agency_needs_a_day_or_a_reason_and_its_reply_is_recorded(
    working: Dossier, sign_in: SignIn
) -> None:
    browser = sign_in("specialist")
    said = {"to_name": "Bộ Xây dựng", "number": "12/UBND", "reason": "Xin ý kiến thẩm định", "is_required": "on"}

    refused = words(do(browser, working, "send_central", said))
    do(browser, working, "send_central", said | {"unknown_why": "Bộ chưa có lịch thẩm định"})
    leg = working.legs.get()
    waiting = words(browser.get(address(working)))  # type: ignore[arg-type]
    letter = SimpleUploadedFile("tra-loi.pdf", pdf(), content_type="application/pdf")
    do(browser, working, "central_reply", {"leg": leg.pk, "number": "77/BXD", "reason": "Đồng ý", "document": letter})

    leg.refresh_from_db()
    assert "Ghi ngày dự kiến ở trên, hoặc vì sao chưa biết." in refused
    assert "1. Bộ Xây dựng Chờ trung ương" in waiting
    assert "chưa biết: Bộ chưa có lịch thẩm định" in waiting
    assert (leg.outcome, leg.result_number, leg.document_id is None) == ("done", "77/BXD", False)


def test_the_cause_of_a_delay_is_offered_with_the_agency_whose_part_was_late(
    three: Three, working: Dossier, leg: Leg, sign_in: SignIn
) -> None:
    late = leg.due_at
    assert late is not None
    actions.note_late_legs(dossier_id=working.pk, at=late)
    actions.note_delay(dossier_id=working.pk, at=late.replace(year=late.year + 1))

    panel = part(sign_in("specialist"), address(working, "state_cause/")).content.decode()

    assert "Sở Xây dựng trả phần liên thông số 1 quá hạn" in panel
    assert f'<option value="{three.construction.agency.pk}" selected>' in panel


def test_not_waited_for_any_more_it_ends_there(three: Three, working: Dossier, leg: Leg, sign_in: SignIn) -> None:
    do(sign_in("specialist"), working, "recall_leg", {"leg": leg.pk, "reason": "Người dân nộp bản có sẵn"})

    leg.refresh_from_db()
    assert leg.dropped_at is not None
    assert Dossier.objects.get(leg=leg).status == "withdrawn"
    assert holder(three, working).by == "officer"


@pytest.mark.parametrize("name", ["send_leg", "send_central"])
def test_sending_a_part_has_a_key_of_its_own_while_the_dossier_is_worked_on(name: str) -> None:
    beside = {
        act.key
        for other, act in ACTS.items()
        if other != name and Status.PROCESSING in MOVES[act.move or other].sources
    }

    assert ACTS[name].key not in beside
