"""The acts that turn a dossier: withdrawal at the counter, proposals to stop or correct it, taking it up again."""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext_lazy

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import MOVES, By
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.base import ActForm
from motcua.web.desk.act_forms.correcting import ProposeProcedureForm, ProposeReceiptForm
from motcua.web.desk.act_forms.turning import (
    AskWithdrawalForm,
    ProposeCorrectionForm,
    ProposeStopForm,
    ReopenForm,
    RestoreForm,
    may_correct,
    may_correct_more,
    stops,
)
from motcua.web.desk.acts.kinds import Act, Call, facts, with_reason


def _propose_stop(opened: Opened, form: ActForm) -> Call:
    said = form.cleaned_data
    return partial(actions.propose_stop, **facts(opened, "propose"), kind=said["kind"], reason=said["reason"])


def _propose_correction(opened: Opened, form: ActForm) -> Call:
    said = form.cleaned_data
    return partial(
        actions.propose_correction, **facts(opened, "propose"), case_id=int(said["case"]), reason=said["reason"]
    )


def _propose_procedure(opened: Opened, form: ProposeProcedureForm) -> Call:
    said = form.cleaned_data
    if form.version is None:
        raise ValueError("a valid form has found its procedure")
    return partial(
        actions.propose_procedure, **facts(opened, "propose"), version_id=form.version.pk, answers=form.answers(),
        units=said["units"], reason=said["reason"],
    )  # fmt: skip


def _propose_receipt(opened: Opened, form: ProposeReceiptForm) -> Call:
    said = form.cleaned_data
    return partial(
        actions.propose_receipt, **facts(opened, "propose"), received_at=said["received_at"], reason=said["reason"]
    )


def _may_propose_stop(opened: Opened) -> bool:
    """Return whether the officer works on the dossier and could propose an end of it; the counter does not."""
    found = opened.reach.capacity_for(MOVES["propose"])
    return found is not None and found[0] is By.OFFICER and bool(stops(opened))


def _recall(opened: Opened, _form: ActForm) -> Call:
    return partial(actions.recall_withdrawal, **facts(opened, "recall_withdrawal"))


def _not_signed(opened: Opened) -> bool:
    return not opened.is_signed


T = gettext_lazy
# fmt: off
ACTS: Mapping[str, Act] = {
    "ask_withdrawal":     Act("r", AskWithdrawalForm, with_reason(actions.ask_withdrawal, "ask_withdrawal"), T("Đã ghi yêu cầu rút hồ sơ. Đồng hồ dừng, lãnh đạo sẽ quyết định."), T("Ghi yêu cầu rút"), is_risk=True, makes_sense=_not_signed),
    "recall_withdrawal":  Act("r", ActForm, _recall, T("Đã thôi rút. Hồ sơ trở lại như trước khi xin rút."), T("Người dân thôi rút")),
    "propose_correction": Act("e", ProposeCorrectionForm, _propose_correction, T("Đã gửi đề xuất sửa, chờ lãnh đạo duyệt."), T("Đề xuất sửa trường hợp"), makes_sense=may_correct, move="propose"),
    "propose_procedure":  Act("p", ProposeProcedureForm, _propose_procedure, T("Đã gửi đề xuất sửa thủ tục, chờ lãnh đạo duyệt."), T("Đề xuất sửa thủ tục"), makes_sense=may_correct_more, move="propose"),
    "propose_receipt":    Act("q", ProposeReceiptForm, _propose_receipt, T("Đã gửi đề xuất sửa ngày nhận, chờ lãnh đạo duyệt."), T("Đề xuất sửa ngày nhận"), makes_sense=may_correct_more, move="propose"),
    "propose_stop":       Act("d", ProposeStopForm, _propose_stop, T("Đã gửi đề xuất, chờ lãnh đạo quyết định. Hồ sơ vẫn làm tiếp."), T("Đề xuất dừng, từ chối"), is_risk=True, makes_sense=_may_propose_stop, move="propose"),
    "reopen":             Act("m", ReopenForm, with_reason(actions.reopen, "reopen"), T("Đã mở lại. Kết quả cũ bị thu hồi, hồ sơ về bước làm lại kết quả."), is_risk=True),
    "restore":            Act("m", RestoreForm, with_reason(actions.restore, "restore"), T("Đã khôi phục. Hồ sơ làm tiếp ở bước đã dừng."), is_risk=True),
}
# fmt: on
