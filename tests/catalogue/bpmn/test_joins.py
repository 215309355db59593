"""Inclusive gateways wait for the tokens that can still come, and for no others."""

from motcua.catalogue.bpmn.engine import stuck
from tests.catalogue.bpmn.builder import (
    Play,
    begin,
    end,
    exclusive,
    flow,
    flows,
    inclusive,
    inside,
    model,
    parallel,
    task,
    timer,
)  # fmt: skip


def three():
    return model(
        begin(), task("first"), inclusive("split", default="split_c"), task("a"), task("b"), task("c"), inclusive("join"),
        task("last"), end(), flows("start first split", "a join last end", "b join", "c join"),
        flow("split", "a", "x &gt; 0"), flow("split", "b", "x &gt; 10"), flow("split", "c"),
    )  # fmt: skip


def test_all_ways_whose_condition_holds_are_taken_and_waited_for():
    play = Play(three()).do("first", data={"x": 20})

    assert play.enabled == ["a", "b"]
    assert play.do("a").enabled == ["b"]
    assert play.do("b").enabled == ["last"]
    assert play.do("last").done


def test_only_ways_taken_are_waited_for():
    assert Play(three()).do("first", data={"x": 5}).do("a").enabled == ["last"]


def test_the_default_way_is_taken_when_no_condition_holds():
    play = Play(three()).do("first", data={"x": -1})

    assert play.enabled == ["c"]
    assert play.do("c").enabled == ["last"]


def test_a_join_waits_for_a_token_several_steps_away():
    play = Play(model(begin(), inclusive("split"), task("a"), task("b"), task("c"), inclusive("join"), task("last"),
                      flows("start split a join last", "split b c join")), choose=["split_a", "split_b"])  # fmt: skip

    assert play.do("a").enabled == ["b"]
    assert play.do("b").enabled == ["c"]
    assert play.do("c").enabled == ["last"]


def test_a_join_does_not_wait_for_a_token_that_has_turned_away():
    play = Play(model(begin(), parallel("split"), task("a"), task("b"), exclusive("g"), inclusive("join"), task("last"),
                      end(), flows("start split a join last", "split b g join", "g end")))  # fmt: skip

    play.do("a")
    assert play.enabled == ["b"]

    assert play.do("b", choose=["g_end"]).enabled == ["last"]


def test_a_join_waits_for_a_token_inside_a_sub_process():
    inner = inside("sub", begin("s"), task("b"), end("e"), flows("s b e"))
    play = Play(model(begin(), inclusive("split"), task("a"), inner, inclusive("join"), task("last"),
                      flows("start split a join last", "split sub join")), choose=["split_a", "split_sub"])  # fmt: skip

    assert play.do("a").enabled == ["b"]
    assert play.do("b").enabled == ["last"]


def test_a_join_waits_for_what_a_deadline_may_still_send():
    play = Play(model(begin(), parallel("split"), task("a"), task("b"), timer("late", "b"), task("urge"), end(),
                      inclusive("join"), task("last"), flows("start split a join last", "split b end", "late urge join")))  # fmt: skip

    assert play.do("a").enabled == ["b"]
    assert play.do("late").enabled == ["b", "urge"]
    assert play.do("urge").enabled == ["b", "last"]


def test_a_token_that_can_come_only_through_the_join_itself_does_not_hold_it_up():
    play = Play(model(begin(), task("a"), inclusive("join"), task("b"), exclusive("g"), end(),
                      flows("start a join b g end", "g join")))  # fmt: skip

    assert play.do("a").enabled == ["b"]
    assert play.do("b", choose=["g_join"]).enabled == ["b"]
    assert play.do("b", choose=["g_end"]).done


def test_a_token_behind_another_that_waits_does_not_hold_the_join_up():
    """Both tokens would come in on the same way, which has its token already (BPMN 2.0.2, 13.4.3)."""
    play = Play(model(begin(), parallel("split"), task("a"), task("b"), exclusive("merge"), task("c"), task("d"),
                      inclusive("join"), task("last"),
                      flows("start split a merge c join last", "split b merge", "split d join")))  # fmt: skip

    assert play.do("a", "c", "d").enabled == ["b", "last"]


def test_a_parallel_join_keeps_a_second_token_for_the_next_turn():
    play = Play(model(begin(), parallel("split"), task("a"), task("b"), task("c"), exclusive("merge"), parallel("join"),
                      task("last"), flows("start split a merge join last", "split b merge", "split c join")))  # fmt: skip

    assert play.do("a", "b").enabled == ["c"]
    assert play.do("c").enabled == ["last"]
    assert play.do("last").enabled == []
    assert stuck(play.model, play.state) == ("join",)
