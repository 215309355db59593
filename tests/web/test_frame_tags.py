from datetime import UTC, datetime

import pytest
from django import forms
from django.template import Context, Template

from motcua.web.templatetags.motcua import STATE_ICONS

FRIDAY = datetime(2026, 12, 4, 10, 0, tzinfo=UTC)  # 17:00 in Huế

urlpatterns: list[object] = []  # a program without a single page


class Household(forms.Form):
    full_name = forms.CharField(label="Họ và tên", help_text="Như trên thẻ căn cước.")
    phone = forms.CharField(label="Điện thoại", required=False)
    case = forms.ChoiceField(label="Trường hợp", choices=[("a", "Xây mới"), ("b", "Sửa")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Tôi cam đoan")


def rendered(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    "template, text",
    [
        ("{{ 1250000|vnd }}", "1.250.000 đ"),
        ("{{ nothing|vnd }}", ""),
        ("{{ at|moment }}", "17:00 thứ Sáu 04/12/2026"),
        ("{{ at|moment:at }}", "17:00 hôm nay"),
        ("{{ at|moment_short }}", "04/12 17:00"),
        ("{{ at|day }} {{ at|day_month }} {{ at|weekday }} {{ at|clock_time }}", "04/12/2026 04/12 thứ Sáu 17:00"),
        ("{{ nothing|moment }}{{ nothing|day }}{{ nothing|masked }}", ""),
        ("{{ '046196000214'|masked }} {{ 'Võ Đình Khải'|initials }}", "046196•••214 ĐK"),
    ],
)
def test_filters_write_as_the_product_speaks(template: str, text: str) -> None:
    assert rendered(template, at=FRIDAY, nothing=None) == text


def test_an_icon_is_decoration_unless_it_has_a_label() -> None:
    assert rendered('{% icon "clock" %}') == (
        '<svg class="i" aria-hidden="true"><use href="/static/icons.svg#clock"/></svg>'
    )
    assert rendered('{% icon "clock" "Đồng hồ" %}') == (
        '<svg class="i" role="img" aria-label="Đồng hồ"><use href="/static/icons.svg#clock"/></svg>'
    )


@pytest.mark.parametrize("kind", STATE_ICONS)
def test_every_state_has_a_shape_and_words(kind: str) -> None:
    html = rendered("{% state kind text %}", kind=kind, text="còn 2 giờ <b>")

    assert html == (
        f'<span class="state state--{kind}"><svg class="i" aria-hidden="true">'
        f'<use href="/static/icons.svg#{STATE_ICONS[kind]}"/></svg>còn 2 giờ &lt;b&gt;</span>'
    )


@pytest.mark.parametrize("percent, width", [(-3, 0), (40, 40), (250, 100)])
def test_a_gauge_never_leaves_its_bar(percent: int, width: int) -> None:
    assert f'<rect width="{width}" height="6"/>' in rendered("{% gauge percent %}", percent=percent)


def test_the_due_leaf_says_the_moment_in_words() -> None:
    html = rendered('{% due_leaf at "Còn 5 ngày làm việc" %}', at=FRIDAY)

    assert "<strong>Hẹn trả 17:00 thứ Sáu 04/12/2026</strong><br>Còn 5 ngày làm việc" in html


@pytest.mark.urls(__name__)
def test_a_link_to_a_page_that_does_not_exist_is_not_drawn() -> None:
    assert rendered('{% nav_link "portal:no_such_page" "Không có" %}') == ""


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    html = rendered("{% field form.full_name width=20 %}", form=Household({}))

    assert '<label class="govuk-label" for="id_full_name">Họ và tên' in html
    assert '<div class="govuk-hint" id="id_full_name-hint">Như trên thẻ căn cước.</div>' in html
    assert 'id="id_full_name-error"' in html
    assert 'aria-describedby="id_full_name-hint id_full_name-error"' in html
    assert 'class="govuk-input govuk-input--error govuk-input--width-20"' in html


def test_an_optional_field_says_so() -> None:
    assert "(không bắt buộc)" in rendered("{% field form.phone %}", form=Household())


def test_choices_are_one_group_with_a_legend() -> None:
    html = rendered("{% field form.case inline=True %}", form=Household({"case": "b"}))

    assert '<fieldset class="govuk-fieldset" id="id_case">' in html
    assert 'class="govuk-radios govuk-radios--inline"' in html
    assert 'id="id_case_1" name="case" value="b" checked' in html


def test_the_error_summary_links_to_each_control_and_names_the_unanswered() -> None:
    html = rendered("{% error_summary form %}", form=Household({}))

    assert "Còn 3 chỗ cần bạn sửa" in html
    assert '<a href="#id_full_name">Bạn chưa điền “Họ và tên”</a>' in html
    assert '<a href="#id_case_0">Bạn chưa chọn “Trường hợp”</a>' in html
    assert '<a href="#id_agree">Bạn chưa đánh dấu “Tôi cam đoan”</a>' in html


def test_without_errors_there_is_no_summary() -> None:
    assert rendered("{% error_summary form %}", form=Household()).strip() == ""
