"""A version's life, and that the database keeps a published one as it was."""

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.catalogue import actions, starter
from motcua.catalogue.models import Field, Procedure, ProcedureVersion
from tests.catalogue.samples import BOAT, MONDAY, drafted, published, record

pytestmark = pytest.mark.django_db


def test_a_complete_draft_is_published_and_can_be_filed_under():
    version = published()

    assert (version.state, version.published_at, version.is_fileable) == ("published", MONDAY, True)
    assert [case.code for case in version.cases.all()] == ["9.1", "9.2"]
    assert [paper.code for group in version.paper_groups.all() for paper in group.papers.all()] == [
        "DON", "BV", "LY", "A", "B", "PHAO",
    ]  # fmt: skip


def test_a_published_version_cannot_be_published_again():
    version = published()

    with pytest.raises(actions.NotADraft):
        actions.publish_version(version=version, at=MONDAY, actor=None)


def test_publishing_retires_the_version_before():
    first = published()
    second = actions.draft_next(procedure=first.procedure, at=MONDAY)

    actions.publish_version(version=second, at=MONDAY, actor=None)

    first.refresh_from_db()
    assert (first.state, first.retired_at) == ("retired", MONDAY)
    assert second.number == 2


def test_the_next_draft_is_a_copy_of_what_is_published():
    first = published()

    copy = actions.draft_next(procedure=first.procedure, at=MONDAY)

    assert (copy.state, copy.name, copy.process, copy.form_schema) == (
        "draft", first.name, first.process, first.form_schema,
    )  # fmt: skip
    assert [case.code for case in copy.cases.all()] == ["9.1", "9.2"]
    assert [len(group.papers.all()) for group in copy.paper_groups.all()] == [3, 2, 1]
    assert [fee.amount_vnd for fee in copy.fees.all()] == [50000]
    assert first.cases.count() == 2


def test_the_next_draft_copies_the_last_retired_version_where_none_is_in_force():
    retired = actions.retire_version(version=published(), at=MONDAY)

    copy = actions.draft_next(procedure=retired.procedure, at=MONDAY)

    assert (copy.number, copy.name, copy.cases.count()) == (2, retired.name, 2)


def test_the_first_draft_of_a_procedure_has_only_a_name():
    field = Field.objects.create(code="Z1", name="Diều")
    procedure = Procedure.objects.create(code="9.000009", field=field)

    draft = actions.draft_next(procedure=procedure, at=MONDAY)

    assert (draft.number, draft.name, draft.state) == (1, "9.000009", "draft")


def test_a_draft_edited_here_is_the_provinces_own_and_no_import_replaces_it():
    draft = actions.draft_version(content=starter.content_of(record()), origin="national", at=MONDAY)
    draft.plain_name = "Xin thả thuyền"

    actions.keep_draft(version=draft, rows=[], gone=[])

    draft.refresh_from_db()
    assert (draft.plain_name, draft.origin, draft.content_hash) == ("Xin thả thuyền", "province", "")


def test_a_published_version_is_not_kept_as_a_draft_nor_dropped():
    version = published()

    with pytest.raises(actions.NotADraft):
        actions.keep_draft(version=version, rows=[], gone=[])
    with pytest.raises(actions.NotADraft):
        actions.drop_draft(version=version)


def test_what_is_out_of_shape_is_told_alone_and_not_published():
    draft = drafted()
    draft.questions, draft.form_ui = [{"key": "river"}], {"groups": "you"}
    draft.save()

    with pytest.raises(actions.NotPublishable) as refused:
        actions.publish_version(version=draft, at=MONDAY, actor=None)

    assert refused.value.faults == [
        "Mục “trường hợp của bạn”: Ở dòng 1 thiếu “label”, “options”.",
        "Mục “cách bày mẫu đơn”: Ở “groups” phải là một danh sách [ ].",
    ]


def test_a_retired_version_takes_no_new_dossier():
    version = actions.retire_version(version=published(), at=MONDAY)

    assert (version.state, version.retired_at, version.is_fileable) == ("retired", MONDAY, False)
    with pytest.raises(actions.NotPublished):
        actions.retire_version(version=version, at=MONDAY)


def test_every_fault_of_a_draft_is_named():
    draft = drafted(
        desk_name="",
        online_level="partial",
        levels=[],
        cases=[],
        paper_groups=[],
        form=BOAT["form"] | {"bindings": {"owner": "citizen.shoe_size", "hat": "citizen.phone"}},
        process={"steps": BOAT["process"]["steps"][:1]},
        fees=[{"name": "Lệ phí", "kind": "charge", "amount_vnd": 1, "condition": {"sea": ["x"], "river": ["moon"]}}],
    )

    with pytest.raises(actions.NotPublishable) as caught:
        actions.publish_version(version=draft, at=MONDAY, actor=None)

    assert caught.value.faults == [
        "Thủ tục chưa có tên gọn để hiện trong bảng của cán bộ.",
        "Dịch vụ một phần phải nói lý do (NĐ 224/2026/NĐ-CP Điều 14).",
        "Chưa nói thủ tục được giải quyết ở cấp nào.",
        "Chưa có trường hợp nào, nên không tính được hạn trả. Thêm trường hợp, hoặc nói luật không định thời hạn.",
        "Chưa có giấy tờ nào trong thành phần hồ sơ.",
        "Mẫu đơn nhắc tới ô “hat” nhưng không có ô ấy.",
        "Ô “owner” lấy sẵn từ “citizen.shoe_size”, không có nguồn ấy.",
        "Bước “Thẩm định” đi tới bước “sign” không có trong quy trình.",
        "Quy trình thiếu bước ký.",
        "Quy trình thiếu bước phát hành.",
        "Khoản thu “Lệ phí”: điều kiện hỏi “sea”, không phải câu hỏi hay ô nào của tờ khai.",
        "Khoản thu “Lệ phí”: điều kiện “river” hỏi giá trị “moon” không có trong các lựa chọn.",
    ]
    assert ProcedureVersion.objects.get(pk=draft.pk).state == "draft"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"form": {}}, "Có quy trình nhưng chưa có mẫu đơn, nên người dân không nộp được."),
        ({"process": {}}, "Có mẫu đơn nhưng chưa có quy trình, nên không ai giải quyết được."),
        ({"form": {"schema": {"type": "object"}}}, "Mẫu đơn phải là một object có ít nhất một ô."),
        ({"form": {"schema": {"type": "sock"}}}, "Mẫu đơn không đúng JSON Schema: 'sock' is not valid under any of the given schemas"),
        ({"cases": [{"code": "1", "name": "Ngắn", "term": "8 working_hours"}]}, "Trường hợp “Ngắn”: các bước cộng lại 13 giờ làm việc, dài hơn thời hạn 8 giờ."),
        ({"cases": BOAT["cases"][:1]}, "Trường hợp cuối cùng phải không có điều kiện, để câu trả lời nào cũng có trường hợp của nó."),
        ({"same_day": True, "cases": [{"code": "1", "name": "Ngay", "term": None}]}, "Thủ tục trả trong ngày thì mỗi trường hợp phải có thời hạn."),
        ({"competent_subject": ""}, "Chưa nói sở hay phòng nào giải quyết."),
    ],
)  # fmt: skip
def test_a_draft_people_cannot_file_under_is_refused(changes, sentence):
    with pytest.raises(actions.NotPublishable) as caught:
        published(**changes)

    assert caught.value.faults == [sentence]


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        ({"owner": {"not_after": "today"}}, "Ô “owner” có not_after nhưng không phải là ô ngày."),
        ({"made_on": {"not_after": "2026-11-22"}}, "Ô “made_on” có not_after “2026-11-22”; chỉ có thể là “today”."),
    ],
)
def test_only_a_day_may_be_kept_out_of_the_future_and_only_by_today(view, sentence):
    form = BOAT["form"]
    made_on = {"made_on": {"type": "string", "format": "date", "title": "Ngày gấp"}}
    schema = form["schema"] | {"properties": form["schema"]["properties"] | made_on}

    with pytest.raises(actions.NotPublishable) as caught:
        published(form=form | {"schema": schema, "ui": {"fields": view}})

    assert caught.value.faults == [sentence]


def test_a_procedure_for_information_needs_only_its_names():
    version = published(form={}, process={}, cases=[], paper_groups=[], fees=[], levels=[], competent_subject="")

    assert (version.state, version.is_fileable) == ("published", False)


OWN_ROWS = "SELECT id FROM catalogue_papergroup"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE catalogue_procedureversion SET name = 'Khác'",
        "UPDATE catalogue_procedureversion SET state = 'draft', published_at = NULL",
        "UPDATE catalogue_procedureversion SET state = 'retired'",
        "UPDATE catalogue_procedureversion SET state = 'retired', retired_at = now(), name = 'Khác'",
        "UPDATE catalogue_case SET term_quantity = 99",
        "UPDATE catalogue_feerule SET amount_vnd = 0",
        "UPDATE catalogue_papergroup SET title = 'Khác'",
        "UPDATE catalogue_paperrequirement SET required = false",
        "DELETE FROM catalogue_case",
        "DELETE FROM catalogue_feerule",
        "DELETE FROM catalogue_paperrequirement",
        "INSERT INTO catalogue_case (version_id, position, code, name, condition, term_unit) "
        "SELECT id, 9, 'x', 'x', '{}', '' FROM catalogue_procedureversion",
        "INSERT INTO catalogue_papergroup (version_id, position, rule, title, condition, why_not) "
        "SELECT id, 9, 'if', 'x', '{}', '' FROM catalogue_procedureversion",
    ],
)
@pytest.mark.parametrize("is_retired", [False, True])
def test_the_database_refuses_any_change_to_a_version_that_was_published(sql, is_retired):
    version = published()
    if is_retired:
        actions.retire_version(version=version, at=MONDAY)

    with pytest.raises(IntegrityError, match="đã công bố"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_to_delete_a_published_version():
    version = published()

    with pytest.raises(IntegrityError, match="đã công bố"), transaction.atomic():
        version.delete()


def test_a_draft_can_be_changed_and_deleted():
    draft = drafted()
    draft.cases.update(name="Tên mới")

    draft.delete()

    assert ProcedureVersion.objects.count() == 0
