"""Importing national records: what is taken, what is rejected, what stays undecided, and that twice is once."""

import json
from io import StringIO
from time import process_time

import pytest
from django.core.management import call_command

from motcua.catalogue import actions, starter
from motcua.catalogue.importing.converting import levels_of
from motcua.catalogue.importing.reading import read
from motcua.catalogue.models import Field, Procedure, ProcedureVersion
from tests.catalogue.national import national_file
from tests.catalogue.samples import MONDAY, published, record


def listed(code="9.100001", **changes):
    return {
        "id": "uuid-1", "code": code, "codeNotation": code, "name": "Thủ tục thả  diều", "categories": ["Diều"],
        "categoryIds": ["uuid-2"], "departments": ["Ủy ban nhân dân cấp xã"], "departmentPromulgate": "Bộ Gió",
        "formalityTargetType": ["Công dân Việt Nam"], "state": "ACTIVE", "type": "STANDARD",
    } | changes  # fmt: skip


def channel(method="DIRECT", qty=5, unit="WORKING_DAY", fees=()):
    return {"method": method, "processing": {"qty": qty, "unit": unit}, "note": "", "fees": list(fees)}


def fee(value, text="", kind="SERVICE_FEE"):
    return {"type": kind, "value_vnd": value, "text": text}


def item(name, original=1, copy=0, code="KQ1"):
    return {"name": name, "original_qty": original, "copy_qty": copy, "code": code}


def full(code="9.100001", **changes):
    return {
        "code": code, "source_id": "uuid-1", "name": "Thủ tục thả diều", "category": {"code": "Z1", "name": "Diều"},
        "promulgating_agency": "Bộ Gió", "executing_agency": "Ủy ban nhân dân cấp xã", "subject_types": [],
        "requirements": "", "results": ["Giấy phép"], "channels": [channel()],
        "processing_cases": [{"case_code": f"{code}.01", "qty": 5, "unit": "WORKING_DAY"}],
        "legal_basis": [{"code": "1/2026/NĐ-CP", "name": "Nghị định gió"}], "steps_raw": [{"name": "", "text": "Nộp"}],
        "checklist_raw": [{"group": "Giấy tờ phải nộp", "items": [item("Đơn")]}], "state": "ACTIVE",
    } | changes  # fmt: skip


@pytest.fixture
def file_of(tmp_path):
    def write(*rows, name="records.jsonl"):
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


def told(path, *options):
    out = StringIO()
    call_command("import_catalogue", str(path), *options, stdout=out)
    return out.getvalue()


def figures(path):
    one = json.loads(told(path, "--json"))[0]
    return {key: one[key] for key in ("read", "new", "changed", "unchanged", "beside", "kept")} | {
        "rejected": len(one["rejected"])
    }


def counts(**more):
    return dict.fromkeys(("read", "new", "changed", "unchanged", "beside", "kept", "rejected"), 0) | more


def undecided(file_of, **changes):
    content = read(file_of(full(**changes))).records[0]
    return [one["code"] for one in content.version["undecided"]]


@pytest.mark.django_db
def test_a_listed_procedure_is_published_for_information(file_of):
    assert figures(file_of(listed())) == counts(read=1, new=1)
    version = ProcedureVersion.objects.get()

    assert (version.state, version.origin, version.name, version.is_fileable) == (
        "published", "national", "Thủ tục thả diều", False,
    )  # fmt: skip
    assert (version.levels, version.executing, version.promulgated_by) == (
        ["commune"],
        "Ủy ban nhân dân cấp xã",
        "Bộ Gió",
    )
    assert (version.procedure.field.name, version.procedure.national_id) == ("Diều", "uuid-1")


@pytest.mark.django_db
def test_a_full_record_brings_cases_papers_and_fees(file_of):
    rows = full(
        channels=[channel("ONLINE", 3, fees=[fee(25000)]), channel("DIRECT", 3, fees=[fee(50000)])],
        checklist_raw=[
            {"group": "* Giấy tờ phải nộp:", "items": [item("Đơn", 1, 2), item("Lưu ý: gió to thì thôi", 0, 0)]},
            {"group": "* Giấy tờ phải xuất trình:", "items": [item("Căn cước")]},
        ],
    )
    told(file_of(rows))
    version = ProcedureVersion.objects.get()

    assert [(case.code, case.term_quantity, case.term_unit) for case in version.cases.all()] == [
        ("9.100001.01", 5, "working_days")
    ]
    assert [
        (paper.name, paper.kind, paper.original_count, paper.copy_count, paper.required)
        for group in version.paper_groups.all()
        for paper in group.papers.all()
    ] == [
        ("Đơn", "submit", 1, 2, True), ("Lưu ý: gió to thì thôi", "note", 0, 0, False), ("Căn cước", "show", 1, 0, True),
    ]  # fmt: skip
    assert [(rule.name, rule.channel, rule.amount_vnd) for rule in version.fees.all()] == [
        ("Lệ phí 1", "online", 25000), ("Lệ phí 2", "counter", 50000),
    ]  # fmt: skip


@pytest.mark.django_db
def test_importing_twice_changes_nothing(file_of):
    path = file_of(listed("9.1"), full("9.2"))

    assert figures(path) == counts(read=2, new=2)
    assert figures(path) == counts(read=2, unchanged=2)
    assert ProcedureVersion.objects.count() == 2


@pytest.mark.django_db
def test_a_changed_record_becomes_a_new_version_and_the_old_one_stays(file_of):
    told(file_of(full()))

    assert figures(file_of(full(requirements="Gió cấp ba"))) == counts(read=1, changed=1)
    assert list(ProcedureVersion.objects.order_by("number").values_list("number", "state", "requirements")) == [
        (1, "retired", ""), (2, "published", "Gió cấp ba"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_line_of_the_list_never_replaces_a_full_record(file_of):
    told(file_of(full()))

    assert figures(file_of(listed())) == counts(read=1, kept=1)
    assert figures(file_of(full())) == counts(read=1, unchanged=1)


@pytest.mark.django_db
def test_the_provinces_own_version_stays_and_the_national_facts_wait_beside_it(file_of):
    own = published()

    assert figures(file_of(full(own.procedure.code))) == counts(read=1, beside=1)
    assert figures(file_of(full(own.procedure.code))) == counts(read=1, unchanged=1)
    assert figures(file_of(full(own.procedure.code, requirements="Khác"))) == counts(read=1, beside=1)
    assert figures(file_of(listed(own.procedure.code))) == counts(read=1, kept=1)
    assert list(ProcedureVersion.objects.values_list("origin", "state", "requirements").order_by("origin")) == [
        ("national", "draft", "Khác"), ("province", "published", ""),
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_starter_takes_the_place_of_a_national_record(file_of):
    told(file_of(full("9.000001")))

    outcome = actions.write_contents(contents=[starter.content_of(record())], origin="starter", at=MONDAY)

    assert dict(outcome) == {actions.Outcome.CHANGED: 1}
    assert ProcedureVersion.objects.get(state="published").origin == "starter"
    assert Procedure.objects.get().aliases == record()["aliases"]


@pytest.mark.django_db
def test_a_field_known_by_name_gets_its_code_from_the_first_record_that_tells_it(file_of):
    told(file_of(listed("9.1")))
    told(file_of(full("9.2", category={"code": "Z1", "name": "DIỀU"})))

    assert list(Field.objects.values_list("code", "name")) == [("Z1", "Diều")]


@pytest.mark.django_db
def test_a_retired_code_is_kept_for_old_dossiers_and_takes_no_new_one(file_of):
    told(file_of(listed("2.002059")))

    assert Procedure.objects.get().retired_on is not None


BROKEN = [
    ("{not json", "Dòng này không phải là JSON (ký tự thứ 2)."),
    ('"just text"', "Dòng này không phải là một bản ghi."),
    ({"code": "9.3", "name": "x"}, "Không nhận ra dạng bản ghi: không có cách thức thực hiện, cũng không có cơ quan thực hiện."),
    (listed("  "), "Bản ghi thiếu “code”."),
    (listed("9.3", name=None), "Bản ghi thiếu “name”."),
    (listed("9.3", name="x" * 2001), "“name” dài quá 2000 ký tự."),
    (listed("9.3", name=["x"]), "“name” không đúng kiểu."),
    (listed("9.3", departments="x"), "“departments” không đúng kiểu."),
    (listed("9.3", name="a\x00b"), "Bản ghi có ký tự rỗng, không lưu được."),
    (full("9.3", channels={"a": 1}), "“channels” không đúng kiểu."),
    (full("9.3", channels=[channel(fees=[fee("free")])]), "“value_vnd” không đúng kiểu."),
    (full("9.3", channels=[channel(fees=[fee(-1)])]), "“value_vnd” không đúng kiểu."),
    (full("9.3", channels=[channel(qty=[1])]), "“qty” không đúng kiểu."),
    (full("9.3", category="Diều"), "“category” không đúng kiểu."),
    (full("9.3", checklist_raw=[{"group": "", "items": [item("x", original="two")]}]), "“original_qty” không đúng kiểu."),
    (listed("9.1"), "Mã 9.1 đã có ở dòng 1."),
]  # fmt: skip


@pytest.mark.parametrize(("row", "sentence"), BROKEN, ids=[str(number) for number in range(len(BROKEN))])
def test_a_broken_line_is_rejected_with_its_number_and_the_rest_goes_on(file_of, row, sentence):
    reading = read(file_of(listed("9.1"), row, listed("9.2")))

    assert [content.code for content in reading.records] == ["9.1", "9.2"]
    assert [(bad.line, bad.reason) for bad in reading.rejected] == [(2, sentence)]


@pytest.mark.django_db
def test_rejected_lines_are_told_and_the_good_ones_written(file_of):
    text = told(file_of(listed("9.1"), "{", listed("9.2")))

    assert "       2  mới\n       1  bị loại:\n          dòng 2: Dòng này không phải là JSON (ký tự thứ 2)." in text
    assert Procedure.objects.count() == 2


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda folder: folder / "none.jsonl", "Không mở được tệp {path}. Hãy kiểm tra đường dẫn và quyền đọc."),
        (lambda folder: folder, "Không mở được tệp {path}. Hãy kiểm tra đường dẫn và quyền đọc."),
        (lambda folder: _written(folder, b"\xff\xfe\x00"), "Tệp {path} không phải là văn bản UTF-8."),
        (
            lambda folder: _written(folder, b"[{}]"),
            "Tệp {path} là một mảng JSON. Lệnh này cần mỗi dòng một bản ghi (.jsonl).",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_so_and_ends_with_2(tmp_path, make, sentence):
    path = make(tmp_path)

    said = StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command("import_catalogue", str(path), stderr=said)

    assert said.getvalue() == f"{sentence.format(path=path)} Chưa có gì được ghi vào danh mục.\n"
    assert caught.value.code == 2


def _written(folder, content):
    path = folder / "file.jsonl"
    path.write_bytes(content)
    return path


@pytest.mark.django_db
def test_an_empty_file_imports_nothing(file_of):
    assert figures(file_of("")) == counts()


QUIRKS = [
    ({}, []),
    ({"executing_agency": None}, ["agency_missing"]),
    ({"executing_agency": "Phòng Tư Pháp"}, ["agency_old"]),
    ({"executing_agency": "Ủy ban nhân dân cấp huyện"}, ["agency_old"]),
    ({"category": None}, ["field_missing"]),
    ({"promulgating_agency": "UBND tỉnh Mây"}, ["other_province"]),
    ({"code": "2.000633"}, ["code_retired"]),
    ({"channels": [channel(qty=1, unit="OTHER")]}, ["term_in_words"]),
    ({"channels": [channel(qty="Theo mô tả")], "processing_cases": []}, ["term_in_words", "term_unknown"]),
    ({"channels": [channel(qty=10)]}, ["term_conflict"]),
    ({"channels": [channel(qty=1), channel(qty=2)], "processing_cases": []}, ["term_unknown"]),
    ({"processing_cases": [{"case_code": c, "qty": 5, "unit": "WORKING_DAY"} for c in "ab"]}, ["cases_unnamed"]),
    ({"channels": [channel(fees=[fee(45, "45.000 đồng")])]}, ["fee_suspicious"]),
    ({"channels": [channel(fees=[fee(0, "Theo quy định của HĐND tỉnh")])]}, ["fee_zero_with_words"]),
    ({"channels": [channel(fees=[fee(0, "Không thu phí")])]}, []),
    ({"channels": [channel(fees=[fee(0)])]}, []),
    ({"channels": [channel(fees=[fee(None)])]}, ["fee_unknown"]),
    ({"channels": [channel(fees=[fee(5000, "5 USD")])]}, ["fee_foreign"]),
    ({"channels": [channel(fees=[fee(9000, "Từ ngày 01/01/2026 thu 9.000 đồng")])]}, ["fee_window"]),
    ({"checklist_raw": [{"group": "", "items": [item("Đơn"), item("Lưu ý", 0, 0)]}]}, ["notes_among_papers"]),
    ({"checklist_raw": [{"group": "", "items": [item("Một trong các giấy tờ sau")]}]}, ["papers_alternative"]),
    ({"checklist_raw": [{"group": "", "items": [item("- Trường hợp mất thì đơn")]}]}, ["papers_conditional"]),
    ({"checklist_raw": []}, ["papers_missing"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "codes"), QUIRKS, ids=[str(number) for number in range(len(QUIRKS))])
def test_what_a_record_leaves_undecided_is_named(file_of, changes, codes):
    assert undecided(file_of, **changes) == codes


@pytest.mark.parametrize(
    ("value", "text", "amount"),
    [(50000, "", 50000), (0, "", 0), (0, "Miễn phí", 0), (0, "HĐND quyết định", None), (45, "", None), (None, "", None), (5000, "5 USD", None)],
)  # fmt: skip
def test_an_amount_in_doubt_is_unknown_not_free(file_of, value, text, amount):
    content = read(file_of(full(channels=[channel(fees=[fee(value, text)])]))).records[0]

    assert [rule.amount_vnd for rule in content.fees] == [amount]


def test_a_time_on_which_all_channels_agree_stands_for_missing_cases(file_of):
    rows = full(processing_cases=[], channels=[channel("ONLINE", 8, "HOUR"), channel("DIRECT", 8, "HOUR")])

    case = read(file_of(rows)).records[0].cases[0]

    assert (case.name, case.term_quantity, case.term_unit) == ("Mọi trường hợp", 8, "working_hours")


def test_accents_typed_apart_are_put_together(file_of):
    content = read(file_of(listed(name="Thu\u0309 tu\u0323c tha\u0309 die\u0302\u0300u"))).records[0]

    assert content.version["name"] == "Thủ tục thả diều"


@pytest.mark.parametrize(
    ("agencies", "levels"),
    [
        (["Ủy ban nhân dân cấp xã"], ["commune"]),
        (["Sở Xây dựng", "Ủy ban nhân dân cấp xã"], ["province", "commune"]),
        (["Công an cấp Tỉnh"], ["vertical"]),
        (["Thuế tỉnh, thành phố"], ["vertical"]),
        (["Bộ Công thương"], ["ministry"]),
        (["Cảng vụ hàng hải"], ["undetermined"]),
        ([], ["undetermined"]),
    ],
)
def test_levels_are_read_from_the_agencies_names(agencies, levels):
    assert levels_of(agencies) == levels


@pytest.mark.django_db
def test_the_summary_counts_each_thing_left_undecided(file_of):
    path = file_of(listed("9.1", departments=[]), listed("9.2", departments=[""]), listed("9.3"))

    text = told(path, "--verbose")

    assert "Chưa quyết được, để người có trách nhiệm quyết (2 điều):" in text
    assert "       2  Nguồn không nói cơ quan nào thực hiện." in text
    assert "  9.1  Nguồn không nói cơ quan nào thực hiện." in text


@pytest.mark.django_db
def test_the_whole_national_list_is_taken_in_seconds():
    path = national_file("national-catalogue.jsonl")

    begun = process_time()
    first = figures(path)
    seconds = process_time() - begun

    assert first == counts(read=5670, new=5669, rejected=1)  # one code stands twice, once with a space before it
    assert figures(path) == counts(read=5670, unchanged=5669, rejected=1)
    assert seconds < 20


@pytest.mark.django_db
def test_the_full_national_records_are_taken_with_their_flaws():
    path = national_file("procedure-details.jsonl")

    assert figures(path) == counts(read=350, new=350)
    assert figures(path) == counts(read=350, unchanged=350)
    assert ProcedureVersion.objects.exclude(undecided=[]).count() > 100
