"""Every state a process can come to: waiting for ever, two branches at one task, what can run beside what."""

from motcua.catalogue.bpmn.exploring import explore
from tests.catalogue.bpmn.builder import begin, end, exclusive, flow, flows, inclusive, model, parallel, task

SPLIT = (begin(), parallel("both"), task("a"), task("b"), flows("start both a", "both b"), end())


def test_branches_that_are_waited_for_are_sound():
    found = explore(model(*SPLIT, parallel("join"), task("c"), flows("a join c end", "b join")))

    assert (found.stuck, found.doubled, found.endless) == ({}, {}, {})
    assert found.together == {"a": {"b"}, "b": {"a"}, "c": set()}


def test_a_join_after_a_choice_waits_for_ever():
    found = explore(
        model(begin(), exclusive("one"), task("a"), task("b"), parallel("join"), end(),
              flows("start one a join end", "one b join"))
    )  # fmt: skip

    assert list(found.stuck) == ["join"]


def test_branches_nobody_waits_for_start_the_next_task_twice():
    found = explore(model(*SPLIT, task("c"), flows("a c end", "b c")))

    assert list(found.doubled) == ["c"]


def test_a_loop_without_a_way_out_is_endless_and_one_with_it_is_not():
    out = explore(model(begin(), task("a"), exclusive("x"), end(), flows("start a x end", "x a")))
    lost = explore(model(begin(), exclusive("x"), task("a"), task("b"), end(), flows("start x end", "x a b a")))

    assert list(out.endless) == []
    assert list(lost.endless) == ["a", "b"]


def test_conditions_are_tried_both_ways():
    found = explore(
        model(begin(), inclusive("some", default="some_b"), task("a"), task("b"), inclusive("join"), task("c"), end(),
              flow("some", "a", "x = 1"), flow("some", "b"), flows("start some", "a join c end", "b join"))
    )  # fmt: skip

    assert found.together["a"] == {"b"}
    assert found.stuck == {}


def test_a_process_that_multiplies_its_branches_is_not_walked_for_ever():
    found = explore(
        model(begin(), task("a"), parallel("both"), task("b"), end(), flows("start a both a", "both b end"))
    )

    assert not found.is_whole
