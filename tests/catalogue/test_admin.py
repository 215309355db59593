"""The administration pages: drafts are edited and published, what is published is only read."""

import pytest
from django.urls import reverse

from motcua.catalogue.models import Case, Field, PaperRequirement, Procedure, ProcedureVersion
from motcua.people.models import User
from tests.catalogue.samples import drafted, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    client.force_login(User.objects.create_superuser(email="danhmuc@vidu.vn", password="mat-khau-dai"))
    return client


def act(client, model, action, row):
    address = reverse(f"admin:catalogue_{model}_changelist")
    page = client.post(address, {"action": action, "_selected_action": [row.pk]}, follow=True)
    return [str(message) for message in page.context["messages"]]


@pytest.mark.parametrize("model", ["field", "procedure", "procedureversion"])
def test_the_lists_are_shown(administrator, model):
    published()

    assert administrator.get(reverse(f"admin:catalogue_{model}_changelist"), {"q": "9.000001"}).status_code == 200


def test_a_draft_is_published_from_its_list(administrator):
    draft = drafted()

    assert act(administrator, "procedureversion", "publish", draft) == ["Đã công bố 9.000001 · 1."]
    draft.refresh_from_db()
    assert (draft.state, draft.published_by.email) == ("published", "danhmuc@vidu.vn")


def test_every_fault_is_shown_when_a_draft_cannot_be_published(administrator):
    draft = drafted(desk_name="", competent_subject="")

    assert act(administrator, "procedureversion", "publish", draft) == [
        "9.000001 · 1: Thủ tục chưa có tên gọn để hiện trong bảng của cán bộ.",
        "9.000001 · 1: Chưa nói sở hay phòng nào giải quyết.",
    ]
    assert ProcedureVersion.objects.get().state == "draft"


def test_the_next_version_is_drafted_from_the_published_one(administrator):
    version = published()

    assert act(administrator, "procedure", "draft", version.procedure) == ["Đã lập bản thảo 9.000001 · 2."]
    assert ProcedureVersion.objects.get(number=2).cases.count() == 2


def test_a_new_procedure_gets_an_empty_draft(administrator):
    field = Field.objects.create(code="Z1", name="Diều")
    procedure = Procedure.objects.create(code="9.000009", field=field)

    assert act(administrator, "procedure", "draft", procedure) == ["Đã lập bản thảo 9.000009 · 1."]


def test_a_published_version_is_retired(administrator):
    version = published()

    assert act(administrator, "procedureversion", "retire", version) == ["9.000001 · 1 thôi áp dụng."]
    assert act(administrator, "procedureversion", "retire", version) == [
        "9.000001 · 1: Phiên bản này không đang áp dụng."
    ]


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
