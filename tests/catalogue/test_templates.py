"""A template's life: drafted, sent by one and published by another, for every use from a day; what it replaces stays."""

from copy import deepcopy
from datetime import date, timedelta

import pytest

from motcua.base.words import local_day
from motcua.catalogue import actions
from motcua.catalogue.models import ProcessEdition
from motcua.catalogue.processes.queries import followed_now, uses_of, versions_in_force
from motcua.catalogue.processes.table_edits import changed_step
from motcua.catalogue.queries import process_for
from motcua.people.actions import end_post, open_agency
from motcua.people.models import Post, User
from motcua.people.roles import Role
from tests.catalogue.samples import BOAT, MONDAY, published
from tests.people.people import Tree, make_post, make_tree

pytestmark = pytest.mark.django_db
TODAY = local_day(MONDAY)
SOON = TODAY + timedelta(days=7)


@pytest.fixture
def tree() -> Tree:
    tree = make_tree()
    make_post("Lê Văn Xét", "xet@vidu.vn", tree.division, Role.SPECIALIST)
    make_post("Võ Thị Ký", "ky@vidu.vn", tree.commune, Role.SIGNER)
    make_post("Phan Thị Số", "so@vidu.vn", tree.commune, Role.CLERK)
    return tree


@pytest.fixture
def sender() -> User:
    return User.objects.create_user(email="soan@vidu.vn", full_name="Lê Thị Soạn")


@pytest.fixture
def publisher() -> User:
    return User.objects.create_user(email="ban.hanh@vidu.vn", full_name="Hồ Thị Ban Hành")


@pytest.fixture
def draft(tree: Tree, sender: User) -> ProcessEdition:
    return actions.begin_template(
        name="Thả thuyền", content=deepcopy(BOAT["process"]), procedure=published().procedure, at=MONDAY, actor=sender
    )


def hours(content, step="review"):
    return next(row["hours"] for row in content["steps"] if row["code"] == step)


def publish(edition, sender, publisher, on=SOON):
    actions.propose_edition(edition=edition, at=MONDAY, actor=sender)
    return actions.publish_edition(
        edition=edition, effective_from=on, decision_number="12/QĐ-UBND", at=MONDAY, actor=publisher
    )


def test_a_published_edition_counts_for_its_procedure_from_its_day(draft, sender, publisher, tree):
    edition = publish(draft, sender, publisher)
    procedure = edition.template.uses.get().procedure_id

    found = process_for(procedure, tree.commune.pk, SOON)

    assert process_for(procedure, tree.commune.pk, TODAY) is None
    assert (found.content, found.decision_number, found.edition) == (BOAT["process"], "12/QĐ-UBND", edition)


def test_the_next_edition_replaces_it_from_its_own_day(draft, sender, publisher, tree):
    first = publish(draft, sender, publisher)
    second = actions.draft_edition(template=draft.template, at=MONDAY, actor=sender)
    actions.edit_draft(edition=second, change=lambda content: changed_step(content, "review", {"hours": 4}))
    later = SOON + timedelta(days=3)
    publish(second, sender, publisher, on=later)
    procedure = draft.template.uses.get().procedure_id

    first.refresh_from_db()

    assert (first.state, first.effective_to) == ("retired", later - timedelta(days=1))
    assert [hours(process_for(procedure, None, on).content) for on in (SOON, later)] == [8, 4]


def test_a_units_own_hours_are_filled_in_where_the_template_leaves_them_open(draft, sender, publisher, tree):
    other = open_agency(code="H57.31.13", name="UBND phường Hai", type="commune", place=tree.ward, parent=tree.province)
    open_steps = {"review": ["hours"]}
    actions.edit_draft(edition=draft, change=lambda content: content | {"parameters": open_steps})
    procedure = draft.template.uses.get().procedure
    own = {"review": {"hours": 2, "role": "division_head"}}
    use = actions.use_template(template=draft.template, procedure=procedure, unit=tree.commune, parameters=own)
    make_post("Đỗ Văn Hai", "hai@vidu.vn", other, Role.SPECIALIST)
    for role in (Role.SIGNER, Role.CLERK):
        make_post(f"Người {role}", f"{role}@vidu.vn", other, role)
    publish(draft, sender, publisher)
    actions.set_parameters(use=use, parameters={"review": {"hours": 3}}, at=MONDAY, actor=sender)
    actions.publish_use(use=use, effective_from=SOON, at=MONDAY, actor=publisher)

    found = [process_for(procedure.pk, unit, SOON).content for unit in (tree.commune.pk, other.pk)]

    assert [hours(content) for content in found] == [3, 8]
    assert found[0]["steps"][0]["role"] == "specialist"
    now = followed_now(uses_of(draft.template), versions_in_force([procedure.pk]), SOON)
    assert sorted(hours(content) for content in now.values()) == [3, 8]


def test_who_set_a_units_own_hours_publishes_neither_them_nor_the_template_with_them(draft, sender, publisher, tree):
    actions.edit_draft(edition=draft, change=lambda content: content | {"parameters": {"review": ["hours"]}})
    procedure = draft.template.uses.get().procedure
    use = actions.use_template(template=draft.template, procedure=procedure, unit=tree.commune, parameters={})
    actions.set_parameters(use=use, parameters={"review": {"hours": 3}}, at=MONDAY, actor=publisher)

    with pytest.raises(actions.SamePerson, match="Bạn là người đặt giờ riêng của UBND phường Vỹ Dạ"):
        publish(draft, sender, publisher)
    publish(draft, sender, User.objects.create_user(email="ba@vidu.vn", full_name="Trần Thị Ba"))
    with pytest.raises(actions.SamePerson):
        actions.publish_use(use=use, effective_from=SOON, at=MONDAY, actor=publisher)

    assert hours(process_for(procedure.pk, tree.commune.pk, SOON).content) == 3


@pytest.mark.parametrize("number", [1, 20])
def test_publishing_for_many_units_asks_no_more_than_for_one(
    draft, sender, publisher, tree, number, django_assert_max_num_queries
):
    actions.edit_draft(edition=draft, change=lambda content: content | {"parameters": {"review": ["hours"]}})
    procedure = draft.template.uses.get().procedure
    for place in range(number):
        unit = open_agency(
            code=f"H57.9.{place}", name=f"Xã {place}", type="commune", place=tree.ward, parent=tree.province
        )
        actions.use_template(
            template=draft.template, procedure=procedure, unit=unit, parameters={"review": {"hours": place % 8 + 1}}
        )
    actions.propose_edition(edition=draft, at=MONDAY, actor=sender)

    with django_assert_max_num_queries(30):
        actions.publish_edition(edition=draft, effective_from=SOON, decision_number="1", at=MONDAY, actor=publisher)

    assert draft.published.count() == number + 1


def test_a_units_own_hours_too_long_for_the_law_name_the_unit(draft, sender, publisher, tree):
    actions.edit_draft(edition=draft, change=lambda content: content | {"parameters": {"review": ["hours"]}})
    procedure = draft.template.uses.get().procedure
    own = {"review": {"hours": 12}}
    actions.use_template(template=draft.template, procedure=procedure, unit=tree.commune, parameters=own)

    with pytest.raises(actions.NotPublishable, match=r"UBND phường Vỹ Dạ: 9\.000001: Trường hợp “Sông nhỏ”"):
        publish(draft, sender, publisher)


def test_a_draft_sent_back_must_be_sent_again_and_keeps_the_reason(draft, sender, publisher):
    actions.propose_edition(edition=draft, at=MONDAY, actor=sender)
    with pytest.raises(actions.SamePerson):
        actions.return_edition(edition=draft, reason="Của tôi", at=MONDAY, actor=sender)
    back = actions.return_edition(edition=draft, reason="Thiếu bước thẩm tra", at=MONDAY, actor=publisher)

    assert (back.is_sent_back, back.returned_reason, back.returned_by) == (True, "Thiếu bước thẩm tra", publisher)
    with pytest.raises(actions.NotSent):
        actions.return_edition(edition=draft, reason="Nữa", at=MONDAY, actor=publisher)
    again = publish(draft, sender, publisher)
    assert (again.state, again.is_sent_back, again.returned_reason) == ("published", False, "Thiếu bước thẩm tra")


def test_who_sent_a_draft_does_not_publish_it(draft, sender, publisher):
    with pytest.raises(actions.NotSent):
        actions.publish_edition(edition=draft, effective_from=SOON, decision_number="", at=MONDAY, actor=publisher)
    with pytest.raises(actions.SamePerson, match="người khác phải duyệt"):
        publish(draft, sender, sender)


def test_a_change_takes_back_what_was_sent(draft, sender, publisher):
    actions.propose_edition(edition=draft, at=MONDAY, actor=sender)
    actions.edit_draft(edition=draft, change=lambda content: content)

    with pytest.raises(actions.NotSent, match="vừa được sửa sau khi gửi"):
        actions.publish_edition(edition=draft, effective_from=SOON, decision_number="", at=MONDAY, actor=publisher)


@pytest.mark.parametrize("on", [TODAY - timedelta(days=1), date(2020, 1, 1)])
def test_no_process_takes_effect_in_the_past(draft, sender, publisher, on):
    with pytest.raises(actions.DayPassed, match="Ngày áp dụng sớm nhất là 23/11/2026"):
        publish(draft, sender, publisher, on=on)


def test_errors_keep_a_draft_from_being_sent(draft, sender):
    actions.edit_draft(edition=draft, change=lambda content: changed_step(content, "review", {"hours": 400}))

    with pytest.raises(actions.NotPublishable, match="dài hơn thời hạn 80 giờ"):
        actions.propose_edition(edition=draft, at=MONDAY, actor=sender)


def test_a_post_empty_everywhere_on_the_day_keeps_a_draft_from_being_published(draft, sender, publisher):
    end_post(post=Post.objects.get(role=Role.SIGNER), ended_on=TODAY)

    with pytest.raises(actions.NotPublishable, match="không đơn vị nào có người"):
        publish(draft, sender, publisher)


def test_a_procedure_follows_one_template_in_a_place(draft, tree):
    procedure = draft.template.uses.get().procedure

    with pytest.raises(actions.AlreadyUsed):
        actions.use_template(template=draft.template, procedure=procedure, unit=None, parameters={})


def test_there_is_one_draft_at_a_time_and_a_published_edition_is_none(draft, sender, publisher):
    with pytest.raises(actions.DraftExists):
        actions.draft_edition(template=draft.template, at=MONDAY, actor=sender)
    publish(draft, sender, publisher)
    with pytest.raises(actions.NotADraft):
        actions.edit_draft(edition=draft, change=lambda content: content)
