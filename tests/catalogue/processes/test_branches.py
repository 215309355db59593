"""Branches of a process that would wait for ever, be done twice or come too early."""

from motcua.catalogue.processes.branches import faults_from, faults_of_branches
from motcua.catalogue.processes.plans import step_of
from motcua.catalogue.processes.process import parse
from tests.catalogue.processes.test_process import building_permit, step, straight


def test_a_sound_process_has_no_faults():
    assert faults_of_branches(parse(building_permit())) == []
    assert faults_of_branches(parse(building_permit(heritage={"zone": ["buffer"]}))) == []
    assert faults_of_branches(parse(straight())) == []


def test_a_missing_join_is_told_once_at_the_step_that_does_not_wait():
    """What follows from it (later steps done twice, a signature beside unfinished work) is not told beside it."""
    faults = faults_of_branches(parse(building_permit(join=False)))

    assert [(fault, step_of(fault)) for fault in faults] == [
        (
            "Bước 4 “Check” nhận việc từ các bước 2 và 3, có lúc chạy cùng nhau, nhưng không chờ cho đủ: nó và các bước "
            "sau sẽ bị làm hai lần. Hãy để bước 4 chờ mọi nhánh tới rồi mới bắt đầu.",
            "check",
        )
    ]


def test_a_step_that_sends_back_is_not_taken_for_the_missing_join():
    back = [{"to": "sign", "name": "đạt"}, {"to": "appraise", "name": "chưa đạt"}]
    steps = [
        step("share", split="all", to=["appraise", "ask"]), step("appraise", to=["check"]), step("ask", to=["check"]),
        step("check", split="choose", to=back), step("sign", "sign", to=["issue"]), step("issue", "issue"),
    ]  # fmt: skip

    assert [step_of(fault) for fault in faults_of_branches(parse({"steps": steps}))] == ["check"]
    steps[3]["join"] = True
    assert faults_of_branches(parse({"steps": steps})) == []


def test_a_signature_beside_unfinished_work_is_named():
    process = parse(
        {
            "steps": [
                step("share", split="all", to=["sign", "appraise"]),
                step("sign", "sign", to=["issue"]),
                step("appraise", to=["countersign"]),
                step("countersign", "sign", to=["issue"]),
                step("issue", "issue", join=True),
            ]
        }
    )

    faults = faults_of_branches(process)

    assert [step_of(fault) for fault in faults] == ["sign", "countersign"]
    assert "“Sign” có thể đến khi “Appraise”, “Countersign” còn chưa xong" in faults[0]


def test_a_dossier_is_not_put_where_it_would_wait_for_a_branch_that_never_comes():
    process = parse(building_permit())

    assert faults_from(process, process.position_at("ask")) == [
        "Có trường hợp hồ sơ chờ mãi ở chỗ chờ trước bước “Check”: một nhánh phải chờ không bao giờ tới."
    ]
    assert faults_from(process, process.position_at("ask", "appraise")) == []
    assert faults_from(process, process.position_at("check")) == []
