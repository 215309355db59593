"""The token game: what may be done next, and when it is over."""

import json

import pytest

from motcua.catalogue.bpmn.choices import ChoiceNeeded, NoWayOut
from motcua.catalogue.bpmn.engine import NotEnabled, StrangeChoice, start, stuck, timers
from motcua.catalogue.bpmn.model import Refused
from motcua.catalogue.bpmn.reader import read
from motcua.catalogue.bpmn.run import EndlessLoop
from motcua.catalogue.bpmn.state import state_from
from tests.catalogue.bpmn.builder import (
    Play,
    begin,
    call,
    definitions,
    element,
    end,
    exclusive,
    flow,
    flows,
    inclusive,
    inside,
    model,
    parallel,
    process,
    task,
    terminate,
    timer,
)  # fmt: skip


def test_tasks_are_done_one_after_another():
    play = Play(model(begin(), task("a"), task("b"), end(), flows("start a b end")))

    assert (play.enabled, play.done) == (["a"], False)
    assert (play.do("a").enabled, play.done) == (["b"], False)
    assert (play.do("b").enabled, play.done) == ([], True)


def test_plain_and_manual_tasks_are_done_by_people_too():
    play = Play(model(begin(), element("task", "a"), element("manualTask", "b"), end(), flows("start a b end")))

    assert play.do("a", "b").done


def test_only_an_enabled_task_can_be_completed_and_nothing_changes_otherwise():
    play = Play(model(begin(), task("a"), task("b", name="Ký"), end(), flows("start a b end")))

    with pytest.raises(NotEnabled, match="lúc này không chờ ai làm"):
        play.do("b")
    with pytest.raises(NotEnabled, match="Không có việc nào mã “zzz”"):
        play.do("zzz")

    assert play.enabled == ["a"]


def by_amount():
    return model(
        begin(), task("a"), exclusive("g", default="low"), task("b"), task("c"), end(), flows("start a g", "b end", "c end"),
        flow("g", "b", "${amount &gt; 100}", "high"), flow("g", "c", id="low"),
    )  # fmt: skip


def test_an_exclusive_gateway_follows_the_form_data_and_else_its_default_flow():
    assert Play(by_amount()).do("a", data={"amount": 500}).enabled == ["b"]
    assert Play(by_amount()).do("a", data={"amount": "500"}).enabled == ["b"]
    assert Play(by_amount()).do("a", data={"amount": 5}).enabled == ["c"]
    assert Play(by_amount()).do("a").enabled == ["c"]


def test_data_of_earlier_steps_are_remembered():
    play = Play(by_amount(), data={"amount": 500})

    assert play.do("a", data={"other": 1}).enabled == ["b"]
    assert play.state.data == {"amount": 500, "other": 1}


def test_of_two_conditions_that_hold_the_first_wins():
    play = Play(model(begin(), task("a"), exclusive("g"), task("b"), task("c"), flows("start a g"),
                      flow("g", "b", "x &gt; 1"), flow("g", "c", "x &gt; 0")))  # fmt: skip

    assert play.do("a", data={"x": 2}).enabled == ["b"]


def test_without_a_condition_that_holds_the_step_is_not_completed():
    play = Play(model(begin(), task("a"), exclusive("g", name="Đủ?"), task("b"), task("c"), flows("start a g"),
                      flow("g", "b", "x &gt; 1"), flow("g", "c", "x &lt; 0")))  # fmt: skip

    with pytest.raises(NoWayOut, match="Không luồng nào ra khỏi “Đủ"):
        play.do("a", data={"x": 1})

    assert (play.enabled, play.state.data) == (["a"], {})


def by_choice(gateway=exclusive):
    return model(begin(), task("a"), gateway("g"), task("b"), task("c"), end(),
                 flows("start a g b end", "g c end"))  # fmt: skip


def test_without_conditions_the_officer_chooses():
    assert Play(by_choice()).do("a", choose=["g_c"]).enabled == ["c"]


def test_a_choice_that_is_needed_is_asked_for():
    play = Play(by_choice())

    with pytest.raises(ChoiceNeeded) as asked:
        play.do("a")
    with pytest.raises(ChoiceNeeded):
        play.do("a", choose=["g_c", "g_b"])
    with pytest.raises(ChoiceNeeded):
        play.do("a", choose=["a_g"])

    assert asked.value.choices == ("g_b", "g_c")
    assert str(asked.value) == "Hãy chọn đường đi ở “g”: “g_b”, “g_c”."
    assert play.enabled == ["a"]


def test_a_choice_nobody_asked_for_is_an_error():
    play = Play(by_amount())

    with pytest.raises(StrangeChoice, match="không có lựa chọn “high”"):
        play.do("a", choose=["high"])

    assert play.enabled == ["a"]


def test_a_choice_at_the_very_start_waits_at_its_gateway():
    play = Play(model(begin(), exclusive("g"), task("b"), task("c"), flows("start g b", "g c")))

    assert play.enabled == ["g"]
    assert play.do("g", choose=["g_c"]).enabled == ["c"]


def test_conditions_at_the_very_start_wait_for_data():
    play = Play(model(begin(), exclusive("g"), task("b"), task("c"), flows("start g"),
                      flow("g", "b", "x = 1"), flow("g", "c", "x = 2")))  # fmt: skip

    assert play.enabled == ["g"]
    assert play.do("g", data={"x": 2}).enabled == ["c"]


def test_a_loop_back_asks_the_step_again():
    play = Play(model(begin(), task("a"), exclusive("g"), end(), flows("start a g end", "g a")))

    play.do("a", choose=["g_a"]).do("a", choose=["g_a"])

    assert play.enabled == ["a"]
    assert play.do("a", choose=["g_end"]).done


def both():
    return model(begin(), parallel("split"), task("a"), task("b"), parallel("join"), task("c"), end(),
                 flows("start split a join c end", "split b join"))  # fmt: skip


def test_a_parallel_gateway_goes_on_when_all_have_come():
    play = Play(both())

    assert play.enabled == ["a", "b"]
    assert play.do("b").enabled == ["a"]
    assert play.do("a").enabled == ["c"]
    assert play.do("c").done


def test_several_flows_out_of_a_task_run_at_the_same_time_and_merge_without_waiting():
    play = Play(model(begin(), task("a"), task("b"), task("c"), task("d"), end(),
                      flows("start a b d end", "a c d")))  # fmt: skip

    assert play.do("a").enabled == ["b", "c"]
    assert play.do("b", "c").enabled == ["d", "d"]
    assert play.do("d").enabled == ["d"]
    assert play.do("d").done


def test_a_task_takes_its_conditional_flows_or_its_default_flow():
    played = model(begin(), task("a", default="a_c"), task("b"), task("c"), task("d"), flows("start a", "a c", "a d"),
                   flow("a", "b", "x = 1"))  # fmt: skip

    assert Play(played).do("a", data={"x": 1}).enabled == ["b", "d"]
    assert Play(played).do("a", data={"x": 2}).enabled == ["c", "d"]


def test_conditional_flows_left_open_are_the_officer_s_choice():
    played = model(begin(), task("a"), task("b"), task("c"), flows("start a"), flow("a", "b", ""), flow("a", "c", ""))

    assert Play(played).do("a", choose=["a_b"]).enabled == ["b"]
    assert Play(played).do("a", choose=["a_b", "a_c"]).enabled == ["b", "c"]
    with pytest.raises(ChoiceNeeded):
        Play(played).do("a")


def test_a_terminate_end_event_ends_everything_beside_it():
    play = Play(model(begin(), parallel("g"), task("a"), task("b"), terminate("t"), end(),
                      flows("start g a t", "g b end")))  # fmt: skip

    assert play.do("a").done


def test_a_terminate_end_event_ends_only_the_sub_process_it_lies_in():
    inner = inside("sub", begin("s"), parallel("g"), task("a"), task("b"), terminate("t"), end("e"),
                   flows("s g a t", "g b e"))  # fmt: skip
    play = Play(model(begin(), inner, task("c"), end(), flows("start sub c end")))

    assert play.do("a").enabled == ["c"]


def test_a_sub_process_ends_when_everything_in_it_has():
    inner = inside("sub", begin("s"), task("a"), task("b"), end("e"), flows("s a e", "s b e"))
    play = Play(model(begin(), inner, task("c"), end(), flows("start sub c end")))

    assert play.enabled == ["a", "b"]
    assert play.do("a").enabled == ["b"]
    assert play.do("b").enabled == ["c"]


def test_a_sub_process_without_start_event_begins_with_what_nothing_leads_to():
    inner = inside("sub", task("a"), task("b"), task("c"), flows("a c"))
    play = Play(model(begin(), inner, end(), flows("start sub end")))

    assert play.enabled == ["a", "b"]
    assert play.do("b", "a", "c").done


def called_twice():
    return read(
        definitions(
            process(
                begin(), call("one", "other"), call("two", "other"), end(), flows("start one end", "start two end")
            ),
            process(begin("s"), task("a"), task("b"), end("e"), flows("s a b e"), id="other"),
        ).encode()
    )


def test_a_called_process_runs_once_for_every_call():
    play = Play(called_twice())

    assert play.enabled == ["a", "a"]
    assert play.do("a", "a").enabled == ["b", "b"]
    assert play.do("b").enabled == ["b"]
    assert play.do("b").done


def test_a_call_of_a_global_task_is_a_task():
    play = Play(read(definitions(element("globalUserTask", "sign"),
                                 process(begin(), call("a", "sign"), end(), flows("start a end"))).encode()))  # fmt: skip

    assert play.enabled == ["a"]
    assert play.do("a").done


def test_processes_of_several_pools_all_run():
    play = Play(read(definitions(process(begin(), task("a"), flows("start a")),
                                 process(begin("s"), task("b"), flows("s b"), id="other")).encode()))  # fmt: skip

    assert play.enabled == ["a", "b"]


def test_where_one_process_is_marked_executable_the_others_are_only_drawn():
    played = read(definitions(process(begin(), task("a"), flows("start a"), isExecutable="true"),
                              process(element("serviceTask", "x"), id="other", isExecutable="false")).encode())  # fmt: skip

    assert Play(played).enabled == ["a"]


def test_a_deadline_that_does_not_interrupt_starts_work_beside_the_step():
    play = Play(model(begin(), task("a"), timer("late", "a"), task("urge"), end(), flows("start a end", "late urge")))

    assert (play.enabled, timers(play.model, play.state)) == (["a"], ("late",))
    assert play.do("late").enabled == ["a", "urge"]
    assert timers(play.model, play.state) == ()


def test_a_deadline_that_interrupts_takes_the_step_away():
    play = Play(model(begin(), task("a"), timer("late", "a", interrupts=True), task("other"), end(),
                      flows("start a end", "late other end")))  # fmt: skip

    assert play.do("late").enabled == ["other"]


def test_a_deadline_without_way_out_only_marks_the_step():
    play = Play(model(begin(), task("a"), timer("late", "a"), end(), flows("start a end")))

    assert play.do("late").enabled == ["a"]
    assert play.do("a").done


def test_a_repeating_deadline_goes_off_as_often_as_it_says():
    play = Play(model(begin(), task("a"), timer("late", "a", "R2/PT1H", form="timeCycle"), task("urge"),
                      flows("start a", "late urge")))  # fmt: skip

    assert play.do("late", "late").enabled == ["a", "urge", "urge"]
    with pytest.raises(NotEnabled):
        play.do("late")


def test_a_deadline_that_interrupts_a_sub_process_ends_all_its_inside():
    inner = inside("sub", inside("deeper", task("a"), task("b")), task("c"))
    play = Play(model(begin(), inner, timer("late", "sub", interrupts=True), task("d"), flows("start sub", "late d")))

    assert play.enabled == ["a", "b", "c"]
    assert play.do("late").enabled == ["d"]
    assert play.do("d").done


def test_a_timer_between_steps_is_waited_for():
    wait = "<timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition>"
    play = Play(model(begin(), element("intermediateCatchEvent", "wait", wait), task("a"), flows("start wait a")))

    assert (play.enabled, timers(play.model, play.state)) == ([], ("wait",))
    assert play.do("wait").enabled == ["a"]


def test_links_go_on_where_they_lead():
    link = '<linkEventDefinition name="Trang 2"/>'
    play = Play(model(begin(), element("intermediateThrowEvent", "out", link),
                      element("intermediateCatchEvent", "in", link), task("a"), flows("start out", "in a")))  # fmt: skip

    assert play.enabled == ["a"]


def looping(*words, **attributes):
    marker = element("standardLoopCharacteristics", "l", *words, **attributes)
    return Play(model(begin(), task("a", marker), task("b"), flows("start a b")))


def test_a_looping_task_is_done_again_while_its_condition_holds():
    play = looping("<loopCondition>again</loopCondition>")

    assert play.do("a", data={"again": True}).enabled == ["a"]
    assert play.do("a", data={"again": False}).enabled == ["b"]


def test_a_looping_task_is_done_as_often_as_it_says():
    assert looping(loopMaximum="2").do("a", "a").enabled == ["b"]


def test_a_loop_that_asks_first_may_do_nothing():
    assert looping("<loopCondition>again</loopCondition>", testBefore="true").enabled == ["b"]


def test_who_waits_for_what_can_never_come_is_told():
    play = Play(model(begin(), exclusive("g"), task("a"), task("b"), parallel("join"), end(),
                      flows("start g a join end", "g b join")), choose=["g_a"])  # fmt: skip

    play.do("a")

    assert (play.enabled, play.done, stuck(play.model, play.state)) == ([], False, ("join",))


def test_a_state_is_json_and_comes_back():
    play = Play(called_twice()).do("a", data={"x": [1]})

    stored = json.loads(json.dumps(play.state.as_json()))

    assert state_from(stored) == play.state


def test_a_refused_model_does_not_start():
    with pytest.raises(Refused):
        start(model(element("serviceTask", "x")))


def test_the_officer_may_choose_several_ways_of_an_inclusive_gateway():
    assert Play(by_choice(inclusive)).do("a", choose=["g_c", "g_b"]).enabled == ["b", "c"]


def test_a_process_that_turns_for_ever_by_itself_is_stopped():
    """The loop leads through a sub-process that has work in it, but not on the way these data take."""
    inner = inside("sub", begin("s"), exclusive("g", default="skip"), task("a"), flows("s g"),
                   flow("g", "a", "x = 1"), end("e"), flow("g", "e", id="skip"))  # fmt: skip
    play = Play(model(begin(), task("first"), exclusive("merge"), inner, exclusive("back", default="again"), end(),
                      flows("start first merge sub back"), flow("back", "end", "x = 1"), flow("back", "merge", id="again")))  # fmt: skip

    with pytest.raises(EndlessLoop):
        play.do("first")
    assert play.do("first", data={"x": 1}).do("a").done
