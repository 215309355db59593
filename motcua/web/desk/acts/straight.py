"""The acts of the straight way: one line each, what it calls."""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext_lazy

from motcua.documents.models import Document
from motcua.dossiers import actions
from motcua.dossiers.actions.returning import Receiver
from motcua.people.models import Officer
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.base import ActForm, ReasonForm
from motcua.web.desk.act_forms.onward import chosen_ways
from motcua.web.desk.act_forms.straight import (
    AskForm,
    AssignForm,
    CompleteForm,
    ExaminingForm,
    IssueForm,
    ReturnForm,
    SendBackForm,
    SignForm,
    SupplyForm,
    WithdrawForm,
    asked_papers,
)
from motcua.web.desk.acts.kinds import Act, Call, Prepare, facts, kept, with_reason
from motcua.web.desk.giving import giver
from motcua.web.desk.will import step_before


def _accept(opened: Opened, form: ExaminingForm) -> Call:
    return partial(actions.accept, **facts(opened, "accept"), unseen=form.unseen)


def _hand_over(opened: Opened, _form: ActForm) -> Call:
    return partial(actions.hand_over, **facts(opened, "hand_over"))


def _supply(move: str) -> Prepare:
    def prepare(opened: Opened, form: SupplyForm) -> Call:
        papers = {paper.pk: paper for paper in asked_papers(opened)}
        given = {papers[pk]: kept(opened, upload, papers[pk].name) for pk, upload in form.given().items()}

        def call() -> None:
            for paper, document in given.items():
                actions.attach_paper(
                    dossier_id=opened.dossier.pk, requirement=paper.requirement, document=document, name=paper.name,
                    at=opened.sitting.at,
                )  # fmt: skip
            actions.supply_papers(**facts(opened, move))

        return call

    return prepare


def _assign(opened: Opened, form: ActForm) -> Call:
    to = Officer.objects.get(pk=form.cleaned_data["to"])
    return partial(actions.assign, **facts(opened, "assign"), to=to, seen_holder=form.cleaned_data["holder"])


def _complete(opened: Opened, form: CompleteForm) -> Call:
    upload = form.cleaned_data["draft"]
    titles = [result["name"] for result in opened.dossier.version.results] or [opened.dossier.version.title]
    draft = kept(opened, upload, titles[0], Document.Source.RESULT) if upload else None
    complete = partial(
        actions.complete_step, **facts(opened, "complete_step"), note=form.cleaned_data["note"], facts=form.findings(),
        draft=draft, unseen=form.unseen, choose=chosen_ways(form),
    )  # fmt: skip
    to = form.cleaned_data.get("to")
    return partial(_complete_and_give, opened, complete, Officer.objects.get(pk=to)) if to else complete


def _complete_and_give(opened: Opened, complete: Call, to: Officer) -> None:
    """Complete the running step and give the one that then begins; both, or where the right is gone neither."""
    complete()
    actions.assign(dossier_id=opened.dossier.pk, actor=giver(opened), to=to, at=opened.sitting.at)


def _sign_off(opened: Opened, form: ActForm) -> Call:
    return partial(
        actions.sign_off, **facts(opened, "sign_off"), note=form.cleaned_data["note"], choose=chosen_ways(form)
    )


def _issue(opened: Opened, form: ActForm) -> Call:
    return partial(actions.issue, **facts(opened, "issue"), number=form.cleaned_data["number"])


def _return_result(opened: Opened, form: ActForm) -> Call:
    said = form.cleaned_data
    receiver = Receiver(name=said["name"], identity=said["identity"], relation=said["relation"])
    return partial(actions.return_result, **facts(opened, "return_result"), receiver=receiver)


T = gettext_lazy
# fmt: off
ACTS: Mapping[str, Act] = {
    "accept":        Act("t", ExaminingForm, _accept, T("Đã tiếp nhận. Giấy hẹn (Mẫu 01) in được ở cột bên; việc tiếp theo là bàn giao.")),
    "ask_before":    Act("b", AskForm, with_reason(actions.ask_papers, "ask_before"), T("Đã gửi yêu cầu bổ sung. Phiếu Mẫu 02 in được ở cột bên.")),
    "supply_before": Act("n", SupplyForm, _supply("supply_before"), T("Đã nhận giấy tờ bổ sung. Bạn xem lại rồi tiếp nhận."), T("Nhận bổ sung tại quầy")),
    "refuse":        Act("c", ReasonForm, with_reason(actions.refuse, "refuse"), T("Đã từ chối tiếp nhận. Phiếu Mẫu 03 in được ở cột bên."), is_risk=True),
    "withdraw":      Act("r", WithdrawForm, with_reason(actions.withdraw, "withdraw"), T("Đã rút hồ sơ theo ý người dân."), is_risk=True),
    "hand_over":     Act("g", ActForm, _hand_over, T("Đã bàn giao cho đơn vị giải quyết.")),
    "assign":        Act("a", AssignForm, _assign, T("Đã giao việc."), T("Nhận, giao việc")),
    "complete_step": Act("h", CompleteForm, _complete, T("Đã xong bước này, hồ sơ chuyển sang bước sau."), T("Xong bước này"), makes_sense=lambda opened: opened.held_back is None),
    "send_back":     Act("l", SendBackForm, with_reason(actions.send_back, "send_back"), T("Đã chuyển trả bước trước kèm lý do."), is_risk=True, makes_sense=lambda opened: step_before(opened) is not None),
    "ask_papers":    Act("b", AskForm, with_reason(actions.ask_papers, "ask_papers"), T("Đã gửi yêu cầu bổ sung, đồng hồ dừng. Phiếu Mẫu 02 in được ở cột bên."), makes_sense=lambda opened: not opened.needs_approval_to_ask),
    "give_papers":   Act("n", SupplyForm, _supply("give_papers"), T("Đã nhận giấy tờ bổ sung, đồng hồ chạy lại."), T("Nhận bổ sung tại quầy")),
    "sign_off":      Act("s", SignForm, _sign_off, T("Đã ký. Văn thư sẽ cấp số và phát hành.")),
    "issue":         Act("p", IssueForm, _issue, T("Đã phát hành. Quầy trả kết quả cho người dân; đồng hồ đã dừng.")),
    "return_result": Act("q", ReturnForm, _return_result, T("Đã trả kết quả. Hồ sơ kết thúc.")),
}
# fmt: on
