"""The stages of filled lives: each takes a life one stage further, as somebody's action would."""

from datetime import UTC

from motcua.catalogue.processes.plans import StepPlan
from motcua.dossiers import clock
from motcua.dossiers.filling.life import (
    NUMBER,
    Asked,
    Facts,
    Life,
    Result,
    StepRow,
    facts,
    facts_of,
    work_done,
)
from motcua.dossiers.lifecycle import Status


def submit(life: Life) -> None:
    life.reception_due_at = clock.reception_due(life.way.calendar, life.now, hours=life.rules.reception_hours)
    life.move("submit", "citizen")
    life.begin(
        "reception", life.rules.reception, "reception", life.way.receiving, "receptionist", life.reception_due_at
    )


def take_in(life: Life) -> None:
    life.accepted_by = life.sitting(life.way.receiving, "receptionist")
    life.move("take_in", "counter", officer=life.accepted_by, unit=life.way.receiving, start=life.start_entry())
    life.begin_hand_over()


def accept(life: Life) -> None:
    life.later(15, 400)
    life.accepted_by = life.sitting(life.way.receiving, "receptionist")
    life.move("accept", "counter", officer=life.accepted_by, unit=life.way.receiving, start=life.start_entry())
    life.end(life.accepted_by)
    life.begin_hand_over()


def hand_over(life: Life) -> None:
    life.later(10, 180)
    officer = life.sitting(life.way.receiving, "receptionist")
    together = facts_of({"together": life.now.astimezone(UTC).isoformat()})
    life.move("hand_over", "counter", officer=officer, unit=life.way.receiving, data=together)
    life.end(officer)
    life.begin_planned(life.form.path[0])
    if life.clock_started_at is not None and life.now < life.clock_started_at:
        life.now = life.clock_started_at  # received elsewhere: the competent agency has it from then on


def work(life: Life) -> None:
    """Do every work step up to the one that signs."""
    while life.steps[-1].kind == "work":
        work_once(life)


def work_once(life: Life) -> None:
    """Take the running step, do it and pass the dossier on."""
    step, place = life.steps[-1], _place(life)
    plan, following = life.form.path[place], life.form.path[place + 1]
    officer = step.assignee if step.assignee is not None else life.sitting(step.unit, step.role)
    if step.assignee is None and step.role == "specialist":
        life.later(5, 60)
        data = facts(step=step.code, step_name=step.name, to=officer)
        life.move("assign", "officer", officer=officer, unit=step.unit, data=data)
        step.assignee = officer
    life.later(20, (round(plan.hours * 60) if plan.hours else clock.MINUTES_PER_WORKING_DAY) * life.pace)
    if step.role == "specialist" or (following.kind == "sign" and life.result is None):
        life.result = Result(life.now, officer)
    data = work_done(step.code, step.name, following.code, following.name)
    life.move("complete_step", "officer", officer=officer, unit=step.unit, data=data)
    life.end(officer)
    life.begin_planned(following)


def send_back(life: Life) -> None:
    """The step after the first finds something; the dossier goes back with a reason, to the officer who did it."""
    work_once(life)
    step, plan, earlier = life.steps[-1], life.form.path[0], life.steps[-2]
    if step.kind == "issue":
        return
    reason = "Dự thảo ghi chưa khớp tờ khai, xin xem lại ngày và địa chỉ."
    life.later(20, 240)
    officer = life.sitting(step.unit, step.role)
    by = "signer" if step.kind == "sign" else "officer"
    life.move("send_back", by, officer=officer, unit=step.unit, reason=reason, data=_to(step, plan))
    if life.result is not None:
        life.result.signed_at = life.result.signed_by = None
    life.end(officer, "sent_back", reason)
    life.begin_planned(plan, earlier.done_by)


def sign(life: Life) -> None:
    """Sign the result off, as often as the process has signing steps before the one that issues."""
    while (step := life.steps[-1]).kind == "sign":
        life.later(20, 300)
        officer, following = life.sitting(step.unit, step.role), life.form.path[_place(life) + 1]
        life.move("sign_off", "signer", officer=officer, unit=step.unit, data=_to(step, following, note=""))
        if life.result is not None:
            life.result.signed_at, life.result.signed_by = life.now, officer
        life.end(officer)
        life.begin_planned(following)


def issue(life: Life) -> None:
    step = life.steps[-1]
    life.later(10, 120)
    officer = life.sitting(step.unit, step.role)
    data = facts(step=step.code, step_name=step.name, number=f"{NUMBER}/KQ")
    life.move("issue", "clerk", officer=officer, unit=step.unit, data=data)
    if life.result is not None:
        life.result.issued_at, life.result.issued_by = life.now, officer
    life.end(officer)
    life.begin("return", life.rules.returning, "return", life.way.receiving, "returner", life.due_at)


def return_result(life: Life) -> None:
    life.later(30, 1400)
    officer = life.sitting(life.way.receiving, "returner")
    life.move("return_result", "returner", officer=officer, unit=life.way.receiving, data=facts(relation=""))
    if life.result is not None:
        life.result.returned_at, life.result.returned_by = life.now, officer
    life.end(officer)


def refuse(life: Life) -> None:
    life.later(30, 400)
    officer = life.sitting(life.way.receiving, "receptionist")
    reason = "Thủ tục này thuộc thẩm quyền của cơ quan khác; cán bộ đã chỉ nơi nộp đúng."
    life.move("refuse", "counter", officer=officer, unit=life.way.receiving, reason=reason)
    life.end(officer, "ended")


def withdraw(life: Life) -> None:
    life.later(10, 200)
    life.move("withdraw", "citizen")
    life.end(None, "ended")


def ask(life: Life) -> None:
    """Ask for one paper again, before acceptance or while processing; not where nobody gave any."""
    if life.form.asked is None:
        return
    step = life.steps[-1]
    life.later(30, 300)
    reason = "Ảnh bị mờ, không đọc được con dấu. Xin chụp lại ở nơi đủ sáng."
    officer = step.assignee if step.assignee is not None else life.sitting(step.unit, step.role)
    before = life.stands is Status.SUBMITTED
    name, by = ("ask_before", "counter") if before else ("ask_papers", "officer")
    life.move(name, by, officer=officer, unit=step.unit, reason=reason)
    due_at = clock.supplement_due(life.way.calendar, life.now, life.rules.supplement_days)
    stage = "before" if before else "appraisal"
    life.asked.append(Asked(len(life.events) - 1, stage, officer, reason, due_at))


def supply(life: Life) -> None:
    """Give the paper asked for; the clock restarts, or goes on, as the procedure says."""
    if not life.asked:
        return
    asked, asked_at = life.asked[-1], life.now
    asked.supplied_at = life.later(200, 1900)
    if life.stands is Status.INCOMPLETE:
        life.move("supply_before", "citizen")
        return
    life.move("give_papers", "citizen")
    step = life.steps[-1]
    if life.way.policy.after_pause is clock.AfterPause.RESTART:
        life.end(None, "restarted")
        first = life.form.path[0]
        life.begin_planned(first, step.assignee if step.role == first.role else None)
    elif step.due_at is not None:
        step.due_at = life.way.calendar.add(step.due_at, life.way.calendar.open_minutes(asked_at, life.now))


def _place(life: Life) -> int:
    """Return where the running step stands in the form's path."""
    code = life.steps[-1].code
    return next(place for place, plan in enumerate(life.form.path) if plan.code == code)


def _to(step: StepRow, following: StepPlan, **more: str) -> Facts:
    return facts(step=step.code, step_name=step.name, next=following.code, next_name=following.name, **more)
