"""Sending papers: what is kept, what is refused with a sentence, and that nothing sent before is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.documents.models import Document
from motcua.dossiers.models import Dossier, Paper
from tests.documents.files import jpeg, pdf, png
from tests.web.pages import text_of
from tests.web.portal.test_filing import filled, post, url_of
from tests.world import World


def send(browser: Client, draft: Dossier, key: object, *files: tuple[str, bytes], **fields: str):
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return browser.post(reverse("portal:send_paper", args=[draft.pk, key]), {"files": uploads, **fields})


def papers_of(draft: Dossier) -> list[tuple[str, int | None]]:
    found = draft.papers.select_related("document__file").order_by("position")
    return [(paper.name, paper.document.file.pages if paper.document else None) for paper in found]


def test_a_pdf_is_kept_under_its_paper(world: World, an: Client) -> None:
    draft = filled(an, world)

    response = send(an, draft, world.drawing.pk, ("ban-ve.pdf", pdf()))

    document = Document.objects.get()
    assert response.url == f"{url_of(draft, 'giay-to')}#giay-{world.drawing.pk}"
    assert papers_of(draft) == [("Bản vẽ thiết kế xây dựng", 1)]
    assert (document.owner, document.original_name, document.source) == (world.an, "ban-ve.pdf", "upload")


def test_photographs_of_several_pages_become_one_paper(world: World, an: Client) -> None:
    draft = filled(an, world)

    send(an, draft, world.drawing.pk, ("1.jpg", jpeg()), ("2.png", png()))

    assert papers_of(draft) == [("Bản vẽ thiết kế xây dựng", 2)]


def test_sending_again_takes_the_place_of_what_was_sent(world: World, an: Client) -> None:
    draft = filled(an, world)
    send(an, draft, world.drawing.pk, ("1.jpg", jpeg()))

    send(an, draft, world.drawing.pk, ("1.jpg", jpeg()), ("2.png", png()))

    assert papers_of(draft) == [("Bản vẽ thiết kế xây dựng", 2)]


def test_a_paper_nobody_asked_for_is_kept_under_the_name_given(world: World, an: Client) -> None:
    draft = filled(an, world)

    send(an, draft, "them", ("IMG_001.jpg", jpeg()), name="Ảnh hiện trạng")

    assert papers_of(draft) == [("Ảnh hiện trạng", 1)]


BAD = {
    "nothing in it": ("rong.pdf", b"", "Tệp này trống (0 byte)"),
    "a program named .pdf": ("don.pdf", b"MZ" + bytes(4000), "tệp này là chương trình máy tính"),
    "a text named .pdf": ("don.pdf", b"xin chao " * 500, "nên chưa nhận được"),
    "half a PDF": ("don.pdf", pdf()[:400], "thiếu phần cuối"),
}


@pytest.mark.parametrize("name, content, sentence", BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_is_lost(
    world: World, an: Client, name: str, content: bytes, sentence: str
) -> None:
    draft = filled(an, world)
    send(an, draft, "them", ("truoc.jpg", jpeg()), name="Gửi trước")

    page = send(an, draft, world.drawing.pk, (name, content))

    assert [error["target"] for error in page.context["errors"]] == [f"giay-{world.drawing.pk}"]
    assert sentence in page.context["errors"][0]["text"]
    assert papers_of(draft) == [("Gửi trước", 1)]


def test_a_file_over_the_limit_is_refused_with_its_weight(world: World, an: Client, settings) -> None:
    settings.PAPER_MAX_BYTES = 200_000
    draft = filled(an, world)

    page = send(an, draft, world.drawing.pk, ("to.pdf", b"%PDF-1.7" + bytes(300_000)))

    assert page.context["errors"][0]["text"].startswith("Tệp nặng 0,3 MB, quá mức cho phép là 0,2 MB")


class Zeros:
    """A body of so many bytes that is never held in memory; counts what was read of it."""

    def __init__(self, left: int) -> None:
        self.left, self.read_bytes = left, 0

    def read(self, size: int = -1) -> bytes:
        taken = min(size if size >= 0 else self.left, self.left)
        self.left -= taken
        self.read_bytes += taken
        return bytes(taken)

    readline = read


def test_two_hundred_megabytes_are_turned_away_with_the_way_back(world: World, an: Client) -> None:
    draft = filled(an, world)
    came_from = f"http://testserver{url_of(draft, 'giay-to')}"
    size = 200 * 1024 * 1024

    page = an.request(**{
        "REQUEST_METHOD": "POST", "PATH_INFO": reverse("portal:send_paper", args=[draft.pk, world.drawing.pk]),
        "CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(size), "HTTP_REFERER": came_from,
        "wsgi.input": Zeros(size),
    })  # fmt: skip

    assert page.status_code == 413
    assert "Mỗi tệp được đến 20 MB" in text_of(page)
    assert f'href="{came_from}"' in page.content.decode()
    assert papers_of(draft) == []


def test_sending_without_choosing_says_so(world: World, an: Client) -> None:
    draft = filled(an, world)

    page = send(an, draft, world.drawing.pk)

    assert page.context["errors"][0]["text"] == "Bạn chưa chọn tệp hay ảnh nào."


def test_going_on_without_a_needed_paper_says_which(world: World, an: Client) -> None:
    draft = filled(an, world)

    page = an.post(url_of(draft, "giay-to"))

    assert page.context["errors"] == [
        {"target": f"giay-{world.drawing.pk}", "text": "Còn thiếu: Bản vẽ thiết kế xây dựng"}
    ]


def test_the_answers_decide_which_papers_are_asked_for(world: World, an: Client) -> None:
    draft = filled(an, world)
    without = [card.name for card in an.get(url_of(draft, "giay-to")).context["cards"]]

    post(an, draft, "noi-nop", {"answers.commune": "19900", "answers.neighbour": "yes"})
    cards = an.get(url_of(draft, "giay-to")).context["cards"]

    assert without == ["Đơn đề nghị cấp giấy phép", "Bản vẽ thiết kế xây dựng"]
    assert [(card.name, card.kind, card.is_done) for card in cards] == [
        ("Đơn đề nghị cấp giấy phép", "form", True),
        ("Bản vẽ thiết kế xây dựng", "send", False),
        ("Bản cam kết an toàn công trình liền kề", "send", False),
    ]


def test_a_blank_page_is_told_but_kept(world: World, an: Client) -> None:
    draft = filled(an, world)

    send(an, draft, world.drawing.pk, ("2-trang.pdf", pdf([b"BT /F1 24 Tf 72 700 Td (Giay) Tj ET", b""])))

    assert "Trang 2 có vẻ là trang trắng" in text_of(an.get(url_of(draft, "giay-to")))
    assert papers_of(draft) == [("Bản vẽ thiết kế xây dựng", 2)]


def test_a_blank_page_is_told_on_the_review_too_and_never_green(world: World, an: Client) -> None:
    draft = filled(an, world)
    send(an, draft, world.drawing.pk, ("trang.pdf", pdf([b""])))

    page = an.get(url_of(draft, "xem-lai"))

    assert "Đã gửi, nhưng cần bạn xem lại" in text_of(page)
    assert "trang trắng" in text_of(page)
    assert "Đã có" not in text_of(page)


def test_a_paper_is_taken_off_a_draft(world: World, an: Client) -> None:
    draft = filled(an, world)
    send(an, draft, world.drawing.pk, ("ban-ve.pdf", pdf()))

    an.post(reverse("portal:remove_paper", args=[draft.pk, Paper.objects.get().pk]))

    assert papers_of(draft) == []


def test_one_sees_only_ones_own_papers(world: World, an: Client, chi: Client) -> None:
    draft = filled(an, world)
    send(an, draft, world.drawing.pk, ("ban-ve.pdf", pdf()))
    paper = Paper.objects.get()
    file, picture = (reverse(f"portal:{name}", args=[paper.pk]) for name in ("paper_file", "paper_picture"))

    mine = (an.get(file), an.get(picture))
    content = b"".join(mine[0].streaming_content)  # to its end, which closes the file

    assert [response["Content-Type"] for response in mine] == ["application/pdf", "image/png"]
    assert content[:5] == b"%PDF-"
    assert mine[0]["X-Content-Type-Options"] == "nosniff"
    assert [chi.get(url).status_code for url in (file, picture)] == [404, 404]
    assert send(chi, draft, world.drawing.pk, ("x.pdf", pdf())).status_code == 404


def test_the_papers_screen_costs_the_same_with_one_paper_and_with_three(
    world: World, an: Client, django_assert_num_queries
) -> None:
    draft = filled(an, world)
    url = url_of(draft, "giay-to")
    send(an, draft, "them", ("1.jpg", jpeg()), name="Một")
    an.get(url)

    with django_assert_num_queries(10):
        an.get(url)
    send(an, draft, "them", ("2.jpg", jpeg()), name="Hai")
    send(an, draft, "them", ("3.jpg", jpeg()), name="Ba")
    with django_assert_num_queries(10):
        an.get(url)
