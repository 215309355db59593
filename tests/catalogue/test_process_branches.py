"""Branches of a process that would wait for ever, be done twice or come too early."""

from motcua.catalogue.process import parse
from motcua.catalogue.process_branches import faults_from, faults_of_branches
from tests.catalogue.test_process import building_permit, step, straight


def test_a_sound_process_has_no_faults():
    assert faults_of_branches(parse(building_permit())) == []
    assert faults_of_branches(parse(building_permit(heritage={"zone": ["buffer"]}))) == []
    assert faults_of_branches(parse(straight())) == []


def test_branches_that_nobody_waits_for_are_done_twice():
    assert "Bước “Check” có thể bị làm hai lần: hai nhánh cùng tới mà không chờ nhau." in faults_of_branches(
        parse(building_permit(join=False))
    )


def test_a_signature_beside_unfinished_work_is_named():
    process = parse(
        {
            "steps": [
                step("share", split="all", to=["appraise", "sign"]),
                step("appraise", to=["sign"]),
                step("sign", "sign", to=["issue"]),
                step("issue", "issue"),
            ]
        }
    )

    assert any("“Sign” có thể đến khi “Appraise”" in fault for fault in faults_of_branches(process))


def test_a_dossier_is_not_put_where_it_would_wait_for_a_branch_that_never_comes():
    process = parse(building_permit())

    assert faults_from(process, process.position_at("ask")) == [
        "Có trường hợp hồ sơ chờ mãi ở chỗ chờ trước bước “Check”: một nhánh phải chờ không bao giờ tới."
    ]
    assert faults_from(process, process.position_at("ask", "appraise")) == []
    assert faults_from(process, process.position_at("check")) == []
