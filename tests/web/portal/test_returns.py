"""What a citizen reads when the result is there: come for it, or how it comes to them, as they chose."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.notices.facts import facts_of
from tests.turning import finished
from tests.web.pages import text_of
from tests.world import World

CENTRE = "Trung tâm Phục vụ hành chính công phường Vỹ Dạ"


@pytest.mark.parametrize(
    ("method", "title", "text"),
    [
        ("counter", "Đã có kết quả, mời bạn nhận", f"Nhận tại {CENTRE}. Nhớ mang giấy tờ tùy thân và giấy hẹn."),
        ("postal", "Đã có kết quả, đang gửi cho bạn", f"{CENTRE} gửi kết quả qua bưu chính đến 81 Nguyễn Chí Diểu"),
        ("electronic", "Đã có kết quả, đang gửi cho bạn", f"{CENTRE} gửi bản điện tử cho bạn như bạn đã chọn."),
    ],
)
def test_a_result_comes_as_its_citizen_chose(method: str, title: str, text: str, world: World, an: Client) -> None:
    dossier = finished(world)
    Dossier.objects.filter(pk=dossier.pk).update(return_method=method, return_address="81 Nguyễn Chí Diểu")
    dossier.refresh_from_db()

    page = text_of(an.get(reverse("portal:dossier", args=[dossier.code])))  # type: ignore[arg-type]
    listed = text_of(an.get(reverse("portal:my_dossiers")))  # type: ignore[arg-type]

    assert title in page
    assert text in page
    assert ("Bạn không cần làm gì." in listed) == (method != "counter")
    assert text in facts_of(dossier.events.get(move="issue"))["how_returned"]
