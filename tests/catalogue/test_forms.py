"""Forms: what was typed becomes values, and what is wrong becomes one sentence a person understands."""

from datetime import date

import pytest

from motcua.catalogue.forms import (
    clean,
    defaults,
    errors_in,
    filled_in,
    needed_with,
    prefill,
    required_in,
    shown,
    written,
)
from motcua.people.models import Citizen

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "born", "sex", "agreed"],
    "properties": {
        "name": {"type": "string", "title": "Họ và tên", "minLength": 2, "maxLength": 10},
        "born": {"type": "string", "format": "date", "title": "Ngày sinh"},
        "sex": {"type": "string", "enum": ["male", "female"], "title": "Giới tính"},
        "agreed": {"type": "boolean", "const": True, "title": "Tôi cam đoan"},
        "area": {"type": "number", "title": "Diện tích", "exclusiveMinimum": 0},
        "floors": {"type": "integer", "title": "Số tầng", "minimum": 1, "maximum": 9},
        "identity": {"type": "string", "pattern": "^[0-9]{12}$", "title": "Số định danh"},
        "mail": {"type": "string", "format": "email", "title": "Thư điện tử"},
        "twins": {"type": "boolean", "title": "Sinh đôi"},
    },
}
UI = {
    "groups": [{"key": "child", "title": "Về bé", "fields": ["name", "born", "sex"]}],
    "fields": {
        "sex": {"labels": {"male": "Nam", "female": "Nữ"}},
        "identity": {"hint": "12 chữ số trên thẻ căn cước."},
    },
}
TODAY = date(2026, 11, 22)
GOOD = {"name": "An", "born": "2026-11-20", "sex": "female", "agreed": True}


def test_typed_words_become_values():
    raw = {
        "name": "  An ", "born": "5/3/1996", "agreed": "on", "area": "1.250,5", "floors": "2", "twins": "false",
        "mail": "", "added": "by hand",
    }  # fmt: skip

    assert clean(SCHEMA, raw) == {
        "name": "An", "born": "1996-03-05", "agreed": True, "area": 1250.5, "floors": 2, "twins": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1.250", 1250), ("12,5", 12.5), ("12.5", 12.5), ("1.250.000", 1250000), ("hai", "hai"), ("-3", -3)],
)
def test_numbers_are_read_as_they_are_written_in_vietnam(typed, value):
    assert clean(SCHEMA, {"area": typed}) == {"area": value}


@pytest.mark.parametrize("typed", ["05/03/1996", "5/3/1996", "5.3.1996", "5 3 1996", "05031996", "1996-03-05"])
def test_a_day_is_read_however_it_is_typed(typed):
    assert clean(SCHEMA, {"born": typed}) == {"born": "1996-03-05"}


@pytest.mark.parametrize("typed", ["531996", "5031996", "05/0396"])
def test_a_day_that_may_be_two_days_is_not_guessed(typed):
    assert clean(SCHEMA, {"born": typed}) == {"born": typed}


def test_a_form_assumes_its_defaults_until_somebody_answers():
    schema = {"properties": {"filer": {"enum": ["owner", "agent"], "default": "owner"}, "name": {"type": "string"}}}

    assert defaults(schema) == {"filer": "owner"}


def test_a_good_form_has_no_errors():
    assert errors_in(SCHEMA, UI, GOOD, today=TODAY) == {}


def test_every_empty_field_is_asked_for_by_its_name_in_the_order_of_the_form():
    assert list(errors_in(SCHEMA, UI, {}, today=TODAY).items()) == [
        ("name", "Bạn chưa điền “Họ và tên”"),
        ("born", "Bạn chưa điền “Ngày sinh”"),
        ("sex", "Bạn chưa chọn “Giới tính”"),
        ("agreed", "Bạn chưa đánh dấu “Tôi cam đoan”"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "A", "“Họ và tên” phải có ít nhất 2 ký tự"),
        ("name", "A" * 11, "“Họ và tên” chỉ được dài tối đa 10 ký tự"),
        ("born", "2026-02-31", "“Ngày sinh” phải là một ngày có thật, viết như 22/11/2026"),
        ("sex", "cat", "“Giới tính” phải là một trong các lựa chọn có sẵn"),
        ("agreed", False, "Bạn chưa đánh dấu “Tôi cam đoan”"),
        ("area", "rộng", "“Diện tích” phải là một số, ví dụ 120,5"),
        ("area", 0, "“Diện tích” phải lớn hơn 0"),
        ("floors", 2.5, "“Số tầng” phải là một số nguyên, viết bằng chữ số, ví dụ 2"),
        ("floors", 0, "“Số tầng” phải từ 1 trở lên"),
        ("floors", 10, "“Số tầng” không được quá 9"),
        ("identity", "123", "“Số định danh” viết chưa đúng. 12 chữ số trên thẻ căn cước."),
        ("mail", "an", "“Thư điện tử” phải là một địa chỉ thư điện tử, ví dụ ten@vidu.vn"),
        ("twins", "có lẽ", "“Sinh đôi” chỉ trả lời có hoặc không"),
        ("added", "x", "Tờ khai này không có ô “added”"),
    ],
)
def test_a_wrong_value_gets_a_plain_sentence(field, value, sentence):
    assert errors_in(SCHEMA, UI, GOOD | {field: value}, today=TODAY) == {field: sentence}


@pytest.mark.parametrize("born", ["2026-11-23", "2031-01-01"])
def test_a_day_of_the_past_may_not_lie_in_the_future(born):
    ui = UI | {"fields": {"born": {"not_after": "today"}}}

    assert errors_in(SCHEMA, ui, GOOD | {"born": born}, today=TODAY) == {
        "born": "“Ngày sinh” không thể ở tương lai: hôm nay là 22/11/2026. Bạn xem lại ngày, tháng, năm."
    }
    assert errors_in(SCHEMA, UI, GOOD | {"born": born}, today=TODAY) == {}


def test_today_itself_is_no_future():
    ui = UI | {"fields": {"born": {"not_after": "today"}}}

    assert errors_in(SCHEMA, ui, GOOD | {"born": "2026-11-22"}, today=TODAY) == {}


def test_the_citizens_own_record_fills_in_what_it_knows():
    an = Citizen(full_name="Nguyễn Thị Bảo An", birth_on=date(1996, 3, 12), gender="female")
    bindings = {"name": "citizen.full_name", "born": "citizen.birth_on", "phone": "citizen.phone"}

    assert prefill(bindings, an) == {"name": "Nguyễn Thị Bảo An", "born": "1996-03-12"}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("born", "1996-03-12", "12/03/1996"),
        ("born", "2026-02-31", "2026-02-31"),
        ("sex", "female", "Nữ"),
        ("agreed", True, "Có"),
        ("area", 1250.5, "1.250,5"),
        ("area", 1250.0, "1.250"),
        ("name", None, ""),
    ],
)
def test_a_value_is_written_as_people_write_it(field, value, words):
    assert written(SCHEMA, UI, field, value) == words


def test_a_form_is_shown_by_its_groups_and_the_rest_last():
    child, other = shown(SCHEMA, UI, GOOD)

    assert (child.title, child.rows) == (
        "Về bé", (("name", "Họ và tên", "An"), ("born", "Ngày sinh", "20/11/2026"), ("sex", "Giới tính", "Nữ")),
    )  # fmt: skip
    assert (other.title, other.rows[0]) == ("Thông tin khác", ("agreed", "Tôi cam đoan", "Có"))


HANGING = {
    "required_when": [
        {"when": {"paper": ["found"]}, "fields": ["area"]},
        {"when": {"sex": ["male"]}, "fields": ["mail"]},
    ],
    "filled_when": [{"when": {"sex": ["male"]}, "fields": {"mail": "applicant.email", "born": "citizen.birth_on"}}],
}


def test_an_answer_may_make_a_field_compulsory():
    boy = GOOD | {"sex": "male"}

    assert errors_in(SCHEMA, HANGING, GOOD, today=TODAY) == {}
    assert errors_in(SCHEMA, HANGING, GOOD, {"paper": "found"}, today=TODAY) == {"area": "Bạn chưa điền “Diện tích”"}
    assert errors_in(SCHEMA, HANGING, boy, today=TODAY) == {"mail": "Bạn chưa điền “Thư điện tử”"}
    assert required_in(SCHEMA, HANGING, {"paper": "found"}) == {"name", "born", "sex", "agreed", "area"}


def test_a_field_filled_in_may_need_its_companions():
    schema = SCHEMA | {"dependentRequired": {"mail": ["area", "floors"]}}

    lacking = GOOD | {"mail": "a@vidu.vn", "floors": 2}
    assert errors_in(schema, UI, lacking, today=TODAY) == {"area": "Bạn chưa điền “Diện tích”"}
    assert {"area", "floors"} <= required_in(schema, UI, {"mail": "a@vidu.vn"})
    assert not {"area", "floors"} & required_in(schema, UI, {"mail": ""})
    assert (needed_with(schema, "area"), needed_with(schema, "mail")) == ("Thư điện tử", "")
    assert errors_in(schema, UI, GOOD, today=TODAY) == {}


def test_an_answer_fills_in_what_is_known():
    known = {"applicant.email": "an@vidu.vn", "citizen.birth_on": None}

    assert filled_in(HANGING, {"sex": "male"}, known) == {"mail": "an@vidu.vn"}
    assert filled_in(HANGING, {"sex": "female"}, known) == {}


@pytest.mark.parametrize(
    ("kind", "example"),
    [
        ({"type": "integer"}, "2"), ({"type": "integer", "minimum": 1, "maximum": 60}, "2"),
        ({"type": "integer", "minimum": 1990}, "1.990"), ({"type": "integer", "maximum": 1}, "1"),
        ({"type": "integer", "examples": [5]}, "5"), ({"type": "integer", "minimum": 10, "multipleOf": 10}, "10"),
        ({"type": "number"}, "120,5"), ({"type": "number", "exclusiveMinimum": 0, "maximum": 9}, "9"),
        ({"type": "number", "exclusiveMaximum": 10}, "9"),
    ],
)  # fmt: skip
def test_the_example_of_a_number_fits_its_field(kind, example):
    schema = {"properties": {"many": {"title": "Bao nhiêu", **kind}}}

    assert errors_in(schema, {}, {"many": "nhiều"}, today=TODAY)["many"].endswith(f"ví dụ {example}")
