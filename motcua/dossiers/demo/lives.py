"""Living one plan through the actions, stage by stage, until the moment the demo stops at."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from random import Random
from uuid import UUID

from motcua.base.words import local_day
from motcua.catalogue.forms import prefill, unwanted_in
from motcua.catalogue.papers import papers_needed
from motcua.dossiers import actions, clock, steps
from motcua.dossiers.actions.returning import Receiver
from motcua.dossiers.actor import Actor
from motcua.dossiers.demo.agreeing import as_filed_by
from motcua.dossiers.demo.cast import Cast
from motcua.dossiers.demo.forms import answer, fill, for_oneself
from motcua.dossiers.demo.life import Life, Over
from motcua.dossiers.demo.owing import owe
from motcua.dossiers.demo.parting import send_central, send_on
from motcua.dossiers.demo.plans import Plan
from motcua.dossiers.demo.turnings import correct, stop, withdraw_later
from motcua.dossiers.demo.visiting import SITE_STEPS, visit
from motcua.dossiers.lifecycle import WAITING, By, Status
from motcua.dossiers.models import Dossier, Paper, Step
from motcua.dossiers.papers import unseen_papers

ORGANISATION_NAMES = ("organisation_name", "facility_name", "company_name")
"""The fields of a form that name the enterprise somebody files for."""
FAULTS = (
    (Paper.FaultCode.UNREADABLE, "Ảnh bị mờ, không đọc được con dấu. Xin chụp lại ở nơi đủ sáng."),
    (Paper.FaultCode.INCOMPLETE, "Thiếu trang sau. Xin gửi đủ các trang trong một tệp."),
    (Paper.FaultCode.UNSIGNED, "Thiếu chữ ký của người làm đơn. Xin ký rồi chụp lại."),
)
REFUSALS = (
    "Thủ tục này thuộc thẩm quyền của cơ quan khác; cán bộ đã chỉ nơi nộp đúng.",
    "Giấy tờ kèm theo đã hết hạn sử dụng nên chưa đủ điều kiện tiếp nhận.",
)


def live(plan: Plan, rng: Random, cast: Cast, *, key: UUID, until: datetime) -> Dossier:
    """Live `plan` up to the moment `until` as the filing `key`; return the dossier as it stands then."""
    dossier = _draft(plan, rng, cast, key)
    life = Life(plan, rng, cast, until, plan.filed_at, dossier)
    try:
        for stage in _STAGES[plan.turn]:
            stage(life)
    except Over:
        pass  # what has not happened yet is what the desk's queues show
    return dossier


def _draft(plan: Plan, rng: Random, cast: Cast, key: UUID) -> Dossier:
    draft = actions.start_draft(
        version=plan.version,
        filed_by=plan.citizen,
        owner=plan.citizen,
        channel=plan.channel,
        at=plan.filed_at,
        filing_key=key,
    )
    data = fill(plan.version, rng, local_day(plan.filed_at))
    if not data.keys() & set(ORGANISATION_NAMES):
        data = for_oneself(plan.version, data, rng)
    data = as_filed_by(data | prefill(plan.version.form_bindings, plan.citizen), plan.citizen)
    fields = {f"form_data.{name}": value for name, value in data.items()}
    for question in plan.version.questions:
        fields[f"answers.{question['key']}"] = answer(question, rng)
    applicant = ("full_name", "identity_number", "phone", "email", "address")
    fields |= {f"applicant.{name}": getattr(plan.citizen, name) or "" for name in applicant}
    facts = {name.partition(".")[2]: value for name, value in fields.items()}
    for name in unwanted_in(plan.version.form_ui, facts):
        del fields[f"form_data.{name}"]
    draft = actions.save_draft(dossier_id=draft.pk, base_revision=0, fields=fields, at=plan.filed_at)
    groups = plan.version.paper_groups.prefetch_related("papers__group")
    for paper in papers_needed(groups, steps.facts_of(draft)):
        if plan.channel == "counter" or paper.is_uploaded:
            actions.attach_paper(
                dossier_id=draft.pk, requirement=paper.requirement, name=paper.requirement.name,
                document=cast.document(paper.requirement.name), at=plan.filed_at,
            )  # fmt: skip
    return draft


def _file(life: Life) -> None:
    plan = life.plan
    if plan.channel == "online":
        actor, name = Actor(by=By.CITIZEN, citizen_id=plan.citizen.pk), "submit"
    else:
        seated = life.cast.actor(life.rng, By.COUNTER, plan.units.receiving.pk, "receptionist")
        if seated is None:
            raise Over
        actor, name = seated, "take_in"
    life.dossier = actions.file(dossier_id=life.dossier.pk, units=plan.units, actor=actor, at=life.now, name=name)


def _accept(life: Life) -> None:
    if life.dossier.status == Status.RECEIVED:  # taken in at the counter
        return
    at = life.later(15, 400)
    life.dossier = actions.accept(dossier_id=life.dossier.pk, actor=life.seat(By.COUNTER, life.running()), at=at)


def _hand_over(life: Life) -> None:
    at = life.later(10, 180)
    life.dossier = actions.hand_over(dossier_id=life.dossier.pk, actor=life.seat(By.COUNTER, life.running()), at=at)


def _work(life: Life) -> None:
    """Do every work step up to the one that signs; somebody takes the step first. Nobody works while papers are awaited."""
    if life.dossier.status in WAITING:
        raise Over
    while (step := life.running()).kind == Step.Kind.WORK:
        _take(life, step)
        if step.code in SITE_STEPS or (life.plan.turn == "visited" and not life.dossier.visits.exists()):
            step.refresh_from_db()
            visit(life, step)
        _work_once(life, step)


def _take(life: Life, step: Step) -> None:
    if step.assignee_id is None and step.role == "specialist":
        actor = life.seat(By.OFFICER, step)
        post = next(post for post in life.cast.posts[step.unit_id, step.role] if post.officer_id == actor.officer_id)
        actions.assign(dossier_id=life.dossier.pk, actor=actor, to=post.officer, at=life.later(5, 60))


def _work_once(life: Life, step: Step) -> None:
    step.refresh_from_db()
    allowed = (
        step.due_at and life.cast.calendar.open_minutes(step.received_at, step.due_at)
    ) or clock.MINUTES_PER_WORKING_DAY
    at = life.later(20, round(allowed * life.plan.pace))
    actor = life.seat(By.OFFICER, step)
    if step.assignee_id is not None:
        actor = Actor(by=By.OFFICER, officer_id=step.assignee_id, unit_id=step.unit_id)
    draft = life.cast.document(f"Dự thảo: {life.plan.version.title}") if step.role == "specialist" else None
    life.dossier = actions.complete_step(dossier_id=life.dossier.pk, actor=actor, at=at, draft=draft)


def _send_back_once(life: Life) -> None:
    """The first check after the specialist finds something; it goes back with a reason and comes again."""
    _take(life, life.running())
    _work_once(life, life.running())
    step = life.running()
    by = By.SIGNER if step.kind == Step.Kind.SIGN else By.OFFICER
    actions.send_back(
        dossier_id=life.dossier.pk, actor=life.seat(by, step), at=life.later(20, 240),
        reason="Dự thảo ghi chưa khớp tờ khai, xin xem lại ngày và địa chỉ.",
    )  # fmt: skip


def _sign(life: Life) -> None:
    at = life.later(20, 300)
    life.dossier = actions.sign_off(dossier_id=life.dossier.pk, actor=life.seat(By.SIGNER, life.running()), at=at)


def _issue(life: Life) -> None:
    at = life.later(10, 120)
    number = f"{(life.dossier.code or '')[-11:]}/KQ"
    life.dossier = actions.issue(
        dossier_id=life.dossier.pk, actor=life.seat(By.CLERK, life.running()), at=at, number=number
    )


def _return(life: Life) -> None:
    at = life.later(30, 1400)
    citizen = life.plan.citizen
    receiver = Receiver(name=citizen.full_name, identity=citizen.identity_number or "046000000000")
    actor = life.seat(By.RETURNER, life.running())
    life.dossier = actions.return_result(dossier_id=life.dossier.pk, actor=actor, at=at, receiver=receiver)


def _refuse(life: Life) -> None:
    actor = life.seat(By.COUNTER, life.running())
    reason = life.rng.choice(REFUSALS)
    actions.refuse(dossier_id=life.dossier.pk, actor=actor, at=life.later(30, 400), reason=reason)


def _withdraw(life: Life) -> None:
    actor = Actor(by=By.CITIZEN, citizen_id=life.plan.citizen.pk)
    actions.withdraw(dossier_id=life.dossier.pk, actor=actor, at=life.later(10, 200))


def _ask(life: Life) -> None:
    """Judge the papers, one of them faulty, and ask for it; a dossier without files has nothing to ask for and goes on."""
    paper = life.dossier.papers.filter(source=Paper.Source.FILE).order_by("position").first()
    if paper is None:
        return
    by = By.OFFICER if life.dossier.status == Status.PROCESSING else By.COUNTER
    code, fault = life.rng.choice(FAULTS)
    actor, at = life.seat(by, life.running()), life.later(30, 300)
    judge = partial(actions.judge_paper, dossier_id=life.dossier.pk, actor=actor, at=at)
    judge(paper_id=paper.pk, verdict=Paper.Verdict.FAULTY, fault=fault, code=code)
    for other in unseen_papers(life.dossier):
        judge(paper_id=other.pk, verdict=Paper.Verdict.GOOD)
    actions.ask_papers(dossier_id=life.dossier.pk, actor=actor, at=at, reason=fault)
    life.dossier.refresh_from_db()


def _supply(life: Life) -> None:
    if life.dossier.status not in {Status.INCOMPLETE, *WAITING}:
        return
    at = life.later(200, 1900)
    asked = life.dossier.papers.filter(verdict=Paper.Verdict.FAULTY, requirement__isnull=False)
    for paper in asked.select_related("requirement__group"):
        actions.attach_paper(
            dossier_id=life.dossier.pk, requirement=paper.requirement, name=paper.name,
            document=life.cast.document(f"{paper.name} (bản bổ sung)"), at=at,
        )  # fmt: skip
    actor = Actor(by=By.CITIZEN, citizen_id=life.plan.citizen.pk)
    life.dossier = actions.supply_papers(dossier_id=life.dossier.pk, actor=actor, at=at)


def _send_on(life: Life) -> None:
    send_on(life, _finish_elsewhere)


def _finish_elsewhere(life: Life) -> None:
    for stage in (_work, _sign, _issue):
        stage(life)


_TO_THE_END: tuple[Callable[[Life], None], ...] = (_work, _sign, _issue, _return)
_STAGES: dict[str, tuple[Callable[[Life], None], ...]] = {
    "draft": (),
    "straight": (_file, _accept, _hand_over, *_TO_THE_END),
    "supplied": (_file, _ask, _supply, _accept, _hand_over, *_TO_THE_END),
    "supplied_late": (_file, _accept, _hand_over, _ask, _supply, *_TO_THE_END),
    "unanswered": (_file, _accept, _hand_over, _ask, *_TO_THE_END),
    "refused": (_file, _refuse),
    "withdrawn": (_file, _withdraw),
    "let_go": (_file, _accept, _hand_over, withdraw_later),
    "stopped": (_file, _accept, _hand_over, stop),
    "corrected": (_file, _accept, correct, _hand_over, *_TO_THE_END),
    "sent_back": (_file, _accept, _hand_over, _send_back_once, *_TO_THE_END),
    "stuck": (_file, _accept, _hand_over),
    "visited": (_file, _accept, _hand_over, *_TO_THE_END),
    "owing": (_file, _accept, _hand_over, owe, *_TO_THE_END),
    "sent_on": (_file, _accept, _hand_over, _send_on, *_TO_THE_END),
    "sent_central": (_file, _accept, _hand_over, send_central, *_TO_THE_END),
}
