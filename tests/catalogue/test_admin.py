"""The administration pages: drafts are edited and published, what is published is only read."""

import pytest
from django.urls import reverse

from motcua.catalogue import actions
from motcua.catalogue.models import Case, Field, PaperRequirement, Procedure, ProcedureVersion
from motcua.people.roles import Role
from tests.catalogue.samples import MONDAY, drafted, published
from tests.people.people import make_post, make_tree

pytestmark = pytest.mark.django_db


def retired():
    return actions.retire_version(version=published(), at=MONDAY)


@pytest.fixture
def administrator(client):
    """A catalogue administrator by right of a post, as in the province's office."""
    post = make_post("Lê Thị Hoài Thu", "danhmuc@vidu.vn", make_tree().province, Role.CATALOGUE_ADMIN)
    client.force_login(post.officer.user)
    return client


def address_of(row, name="change"):
    return reverse(f"admin:catalogue_{row._meta.model_name}_{name}", args=[row.pk])


def act(client, row, name):
    """Press an act's button and return what is said then, with the page one lands on."""
    page = client.post(reverse(f"admin:catalogue_{row._meta.model_name}_act", args=[row.pk, name]), follow=True)
    return [str(message) for message in page.context["messages"]], page.context.get("original")


def acts_on(client, row):
    return [one.name for one, _address in client.get(address_of(row)).context["acts"]]


@pytest.mark.parametrize("model", ["field", "procedure", "procedureversion"])
@pytest.mark.parametrize("typed", ["9.000001", "thuyen"])
def test_the_lists_are_searched_by_code_and_by_name_without_accents(administrator, model, typed):
    published(field={"code": "9.000001", "name": "Thuyền bè"})
    published(
        code="9.000002",
        name="Diều",
        plain_name="Diều",
        aliases=[],
        desk_name="Diều",
        field={"code": "Z2", "name": "Diều"},
    )

    page = administrator.get(reverse(f"admin:catalogue_{model}_changelist"), {"q": typed})

    assert page.context["cl"].result_count == 1


def test_the_list_of_procedures_says_which_version_counts_and_which_is_being_written(administrator):
    version = published()
    actions.draft_next(procedure=version.procedure, at=MONDAY)

    text = administrator.get(reverse("admin:catalogue_procedure_changelist")).content.decode()

    assert "đang áp dụng: 1; bản thảo: 2" in text


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_the_same_queries_whatever_its_length(administrator, django_assert_num_queries, count):
    for number in range(count):
        published(code=f"9.00000{number}")
    address = reverse("admin:catalogue_procedure_changelist")
    administrator.get(address)

    with django_assert_num_queries(13):
        administrator.get(address)


@pytest.mark.parametrize(
    "wanted, found", [("ap-dung", ["9.1"]), ("ban-thao", ["9.2"]), ("nop-duoc", ["9.1"]), ("chua", ["9.2"])]
)
def test_procedures_are_filtered_by_their_standing(administrator, wanted, found):
    published(code="9.1")
    drafted(code="9.2")

    page = administrator.get(reverse("admin:catalogue_procedure_changelist"), {"tinh-trang": wanted})

    assert [row.code for row in page.context["cl"].result_list] == found


def test_a_draft_is_published_on_its_page_which_asks_first(administrator):
    draft = drafted()

    asked = administrator.get(reverse("admin:catalogue_procedureversion_act", args=[draft.pk, "cong-bo"]))
    said, _shown = act(administrator, draft, "cong-bo")

    assert asked.status_code == 200
    assert said == ["Đã công bố 9.000001 · 1."]
    draft.refresh_from_db()
    assert (draft.state, draft.published_by.email) == ("published", "danhmuc@vidu.vn")


def test_every_fault_is_shown_on_the_draft_and_when_it_cannot_be_published(administrator):
    draft = drafted(desk_name="", competent_subject="")
    faults = ["Thủ tục chưa có tên gọn để hiện trong bảng của cán bộ.", "Chưa nói sở hay phòng nào giải quyết."]

    shown = administrator.get(address_of(draft)).content.decode()
    said, _page = act(administrator, draft, "cong-bo")

    assert all(f"<li>{fault}</li>" in shown for fault in faults)
    assert said == [" ".join(faults)]
    assert ProcedureVersion.objects.get().state == "draft"


def test_the_next_version_is_drafted_from_the_published_one_and_opened(administrator):
    version = published()

    said, shown = act(administrator, version, "soan-phien-ban")

    assert said == ["Đã lập bản thảo 9.000001 · 2. Bạn sửa rồi công bố."]
    assert (shown.number, shown.state, shown.cases.count()) == (2, "draft", 2)


def test_a_second_press_leads_to_the_draft_there_is(administrator):
    version = published()
    act(administrator, version, "soan-phien-ban")

    said, shown = act(administrator, version.procedure, "soan-phien-ban")

    assert said == ["Thủ tục này đã có bản thảo đang soạn, chính là trang này."]
    assert shown.number == 2
    assert version.procedure.versions.count() == 2


def test_a_new_procedure_gets_an_empty_draft(administrator):
    field = Field.objects.create(code="Z1", name="Diều")
    sent = {
        "code": "9.000009",
        "type": "standard",
        "field": field.pk,
        "aliases": "thả diều\nchơi  diều\n",
        "life_events": ["hoc-hanh"],
    }

    administrator.post(reverse("admin:catalogue_procedure_add"), sent)
    procedure = Procedure.objects.get(code="9.000009")
    said, shown = act(administrator, procedure, "soan-phien-ban")

    assert (procedure.aliases, procedure.life_events) == (["thả diều", "chơi diều"], ["hoc-hanh"])
    assert said[-1] == "Đã lập bản thảo 9.000009 · 1. Bạn sửa rồi công bố."
    assert shown.procedure == procedure


def test_a_published_version_is_retired(administrator):
    version = published()

    assert act(administrator, version, "thoi-ap-dung")[0] == ["9.000001 · 1 thôi áp dụng."]
    assert ProcedureVersion.objects.get().state == "retired"


@pytest.mark.parametrize(
    "make, state, acts",
    [
        (drafted, "Bản thảo: người dân chưa thấy.", ["cong-bo"]),
        (published, "Đang áp dụng và đã đóng băng:", ["soan-phien-ban", "thoi-ap-dung"]),
        (retired, "Hết áp dụng và đã đóng băng:", ["soan-phien-ban"]),
    ],
)
def test_a_version_says_its_state_and_what_to_do(administrator, make, state, acts):
    version = make()

    assert str(administrator.get(address_of(version)).context["state"]).startswith(state)
    assert acts_on(administrator, version) == acts


def test_an_act_that_is_not_open_any_more_changes_nothing(administrator):
    version = retired()

    said, shown = act(administrator, version, "cong-bo")

    assert (said, shown) == ([], version)
    assert ProcedureVersion.objects.get().state == "retired"


def test_who_holds_no_post_for_it_sees_nothing_of_the_catalogue(client):
    version = published()
    chi = make_post("Trần Thị Chi", "chi@vidu.vn", make_tree().centre, Role.UNIT_ADMIN)
    client.force_login(chi.officer.user)

    opened = client.get(address_of(version))
    pressed = client.post(reverse("admin:catalogue_procedureversion_act", args=[version.pk, "thoi-ap-dung"]))

    assert (opened.status_code, pressed.status_code) == (403, 403)
    assert ProcedureVersion.objects.get().state == "published"


def saved(client, version, **changes):
    """Post the version's own change form back with `changes`."""
    address = reverse("admin:catalogue_procedureversion_change", args=[version.pk])
    page = client.get(address)
    sent = {}
    for form in [
        page.context["adminform"].form,
        *(f for s in page.context["inline_admin_formsets"] for f in s.formset),
    ]:
        sent |= {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    for formset in page.context["inline_admin_formsets"]:
        sent |= {bound.html_name: bound.value() for bound in formset.formset.management_form}
    return client.post(address, {**{k: v for k, v in sent.items() if v is not False}, **changes})


def test_a_draft_is_edited_with_its_cases(administrator):
    draft = drafted()

    answer = saved(administrator, draft, name="Tên đã sửa", **{"cases-0-name": "Sông rất lớn"})

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.name == "Tên đã sửa"
    assert Case.objects.get(code="9.1").name == "Sông rất lớn"


def test_a_published_version_is_read_not_edited(administrator):
    version = published()
    address = reverse("admin:catalogue_procedureversion_change", args=[version.pk])

    assert administrator.get(address).status_code == 200
    assert administrator.post(address, {"name": "Tên đã sửa"}).status_code == 403
    assert ProcedureVersion.objects.get().name == version.name


def test_the_papers_of_a_draft_are_edited_in_their_group(administrator):
    group = drafted().paper_groups.get(rule="if")
    address = reverse("admin:catalogue_papergroup_change", args=[group.pk])
    paper = group.papers.get()

    answer = administrator.post(address, {
        "position": 2, "rule": "if", "title": "Sông lớn", "condition": "{}", "why_not": "",
        "papers-TOTAL_FORMS": 1, "papers-INITIAL_FORMS": 1, "papers-0-id": paper.pk, "papers-0-group": group.pk,
        "papers-0-position": 0, "papers-0-code": "PHAO", "papers-0-name": "Giấy mua phao mới", "papers-0-kind": "submit",
        "papers-0-original_count": 1, "papers-0-copy_count": 0, "papers-0-electronic": "photo",
    })  # fmt: skip

    assert answer.status_code == 302
    assert PaperRequirement.objects.get(code="PHAO").name == "Giấy mua phao mới"


@pytest.mark.parametrize(
    "column, typed, told",
    [
        ("questions", '[{"key": "river"}]', "Ở dòng 1 thiếu “label”, “options”."),
        ("process", "[]", "Ở ngoài cùng phải là các cặp khóa và giá trị { }."),
        ("form_schema", "{", "Chưa đúng cách viết JSON. Bạn xem lại dấu phẩy, dấu ngoặc và dấu nháy kép."),
    ],
)
def test_json_typed_wrongly_is_told_in_words_and_kept_on_the_form(administrator, column, typed, told):
    draft = drafted()

    answer = saved(administrator, draft, **{column: typed})

    form = answer.context["adminform"].form
    assert form.errors[column][0] == told
    assert "".join(form[column].value().split()) == "".join(typed.split())
    assert getattr(ProcedureVersion.objects.get(), column) == getattr(draft, column)


def test_a_case_is_deleted_from_a_draft(administrator):
    draft = drafted()

    saved(administrator, draft, **{"cases-0-DELETE": "on"})

    assert [case.code for case in draft.cases.all()] == ["9.2"]


def test_a_draft_is_thrown_away_and_a_published_version_is_not(administrator):
    version = published()
    draft = actions.draft_next(procedure=version.procedure, at=MONDAY)

    answers = [administrator.post(address_of(row, "delete"), {"post": "yes"}).status_code for row in (version, draft)]

    assert answers == [403, 302]
    assert list(ProcedureVersion.objects.all()) == [version]
