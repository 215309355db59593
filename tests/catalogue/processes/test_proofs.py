"""What is proved of a process: each rule found and, where it holds, said."""

from copy import deepcopy

import pytest

from motcua.catalogue.models import Case, Procedure, ProcedureVersion
from motcua.catalogue.processes.process import parse
from motcua.catalogue.processes.proofs import Level, evidence_of, longest_hours, proofs_of
from motcua.catalogue.processes.staffing import Double, Vacancy
from tests.catalogue.processes.test_process import building_permit
from tests.catalogue.processes.test_table_edits import row, straight


def version(*cases, papers=(), fees=(), **says):
    """Return an unsaved version whose rows are as if read with it."""
    fields = {"properties": {"owner": {"type": "string"}}, "type": "object"}
    question = {
        "key": "river",
        "label": "Sông?",
        "options": [{"value": "big", "label": "Lớn"}, {"value": "small", "label": "Nhỏ"}],
    }
    made = ProcedureVersion(
        pk=1, procedure=Procedure(code="9.1"), name="Thả thuyền", questions=[question], form_schema=fields, **says
    )
    made._prefetched_objects_cache = {"cases": list(cases), "paper_groups": list(papers), "fees": list(fees)}
    return made


def case(name, hours, **condition):
    return Case(name=name, condition=condition, term_quantity=hours, term_unit="working_hours")


def found(content, *versions, level=None, **known):
    proofs = proofs_of(evidence_of(content, versions, **known))
    return [(proof.title, proof.detail) for proof in proofs if level is None or proof.level is level]


def errors(content, *versions, **known):
    return [detail for _title, detail in found(content, *versions, level=Level.ERROR, **known)]


def branching():
    """A process in which only the big river takes the long step."""
    table = straight()
    table["steps"][0]["next"] = [{"to": "b", "when": {"river": ["big"]}}, {"to": "s", "when": {}}]
    return table


def test_faults_of_the_graph_are_errors():
    table = straight()
    table["steps"][0]["next"] = [{"to": "s", "when": {}}]

    assert errors(table) == ["Không có đường nào dẫn tới bước “B”."]


def test_a_sound_process_says_what_holds():
    assert found(straight(), version(case("Mọi sông", 40)), places=2) == [
        ("Đường đi thông suốt", "Bước nào cũng tới được, và từ bước nào cũng ra tới phát hành."),
        ("Thời hạn khớp", "Các bước cộng lại nhiều nhất 32 giờ; thời hạn ngắn nhất của luật là 40 giờ."),
        ("Nơi nào cũng có người", "Đã xem 2 nơi áp dụng."),
        ("Không ai vừa thẩm định vừa ký", "3 vai khác nhau: thẩm định, ký, cấp số."),
    ]


def test_branches_that_are_not_waited_for_are_errors():
    waited, unwaited = building_permit(), building_permit(join=False)

    assert any("sẽ bị làm hai lần" in fault for fault in errors(unwaited))
    assert errors(waited) == []


def test_each_case_is_held_against_the_longest_way_it_can_take():
    process = parse(branching())

    assert [longest_hours(process, when) for when in ({"river": ["big"]}, {"river": ["small"]}, {})] == [32, 24, 32]
    assert errors(branching(), version(case("Lớn", 30, river=["big"]), case("Nhỏ", 24, river=["small"]))) == [
        "9.1: Trường hợp “Lớn”: các bước cộng lại 32 giờ làm việc, dài hơn thời hạn 30 giờ."
    ]


def test_a_loop_is_counted_whole_wherever_it_is_entered():
    back = {"to": "c", "when": {"again": ["yes"]}}
    table = {
        "steps": [
            row("a", {"to": "b", "when": {"far": ["no"]}}, "c", hours=2),
            row("b", back, "s", hours=8),
            row("c", "b", hours=40),
            row("s", "i", kind="sign", hours=40),
            row("i", kind="issue", hours=2),
        ]
    }

    assert longest_hours(parse(table), {}) == 92
    assert parse(table).total_hours() == 92


def test_without_a_legal_term_nothing_is_too_long():
    assert errors(straight(), version(case("Lớn", 1), no_legal_term=True)) == []


def test_two_exits_with_one_condition_and_questions_nobody_asks():
    table = branching()
    ways = table["steps"][0]["next"]
    table["steps"][0]["next"] = [ways[0], deepcopy(ways[0]) | {"to": "s"}, ways[1]]
    table["steps"][1]["next"] = [{"to": "s", "when": {"moon": ["full"]}}, {"to": "s", "when": {}}]

    assert errors(table, version(case("Mọi sông", 99))) == [
        "Bước “A” có hai lối ra cùng một điều kiện; lối sau không bao giờ được đi.",
        "9.1: Bước “B”: điều kiện hỏi “moon”, không phải câu hỏi hay ô nào của tờ khai.",
    ]


def test_a_field_bound_to_nothing():
    bound = version(form_bindings={"owner": "citizen.shoe", "nobody": "citizen.phone"})

    assert errors(straight(), bound) == [
        "9.1: Ô “owner” lấy sẵn từ “citizen.shoe”, không có nguồn ấy.",
        "9.1: Mẫu đơn nhắc tới ô “nobody” nhưng không có ô ấy.",
    ]


def test_papers_nobody_looks_at_are_a_warning_and_fees_without_an_account_are_told_last():
    class Group:
        def __init__(self, *names):
            self.papers = self
            self._names = names

        def all(self):
            from motcua.catalogue.models import PaperRequirement

            return [PaperRequirement(name=name) for name in self._names]

    signed = {"steps": [row("s", "i", kind="sign"), row("i", kind="issue")]}

    of = version(papers=[Group("Bản vẽ")], fees=[object()])
    proofs = proofs_of(evidence_of(signed, [of], has_fee_account=False))

    assert [proof.title for proof in proofs if proof.level is Level.WARNING] == ["Giấy tờ không ai xem"]
    assert (proofs[-1].level, proofs[-1].title) == (Level.ELSEWHERE, "Có thu tiền, chưa có tài khoản")
    assert "chỉ người vận hành hệ thống khai được tài khoản" in proofs[-1].detail


@pytest.mark.parametrize(
    ("empty", "level", "title"),
    [(1, Level.WARNING, "1 nơi chưa có người ở bước “B”"), (2, Level.ERROR, "Không đâu có người ở bước “B”")],
)
def test_an_empty_post_is_a_warning_and_one_empty_everywhere_an_error(empty, level, title):
    vacant = [Vacancy("b", "B", "Chuyên viên", f"Xã {place}") for place in range(empty)]

    assert [one for one, _detail in found(straight(), level=level, places=2, vacancies=vacant)] == [title]


def test_one_person_who_appraises_and_signs_is_an_error():
    double = Double("Lê Văn Hai", "Chuyên viên", "Lãnh đạo ký", "Xã Một")

    assert errors(straight(), doubles=[double]) == [
        "Lê Văn Hai vừa là Chuyên viên vừa là Lãnh đạo ký ở Xã Một; luật không cho một người làm cả hai."
    ]
