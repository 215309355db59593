"""Being late: an extension with an apology is proposed and granted before the due moment, the cause stated after it."""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext_lazy

from motcua.dossiers import actions
from motcua.dossiers.actions.extending import may_be_extended
from motcua.dossiers.lifecycle import MOVES, By
from motcua.dossiers.models import Proposal
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.deciding import waiting
from motcua.web.desk.act_forms.lateness import ExtendForm, ExtensionForm, StateCauseForm
from motcua.web.desk.acts.deciding import granted
from motcua.web.desk.acts.kinds import Act, Call, facts

Kind = Proposal.Kind
HOLDING = frozenset({By.OFFICER, By.COUNTER})


def _propose(opened: Opened, form: ExtensionForm) -> Call:
    return partial(
        actions.propose_extension, **facts(opened, "propose"), extension=form.extension(),
        reason=form.cleaned_data["reason"],
    )  # fmt: skip


def _may_propose(opened: Opened) -> bool:
    """Return whether whoever holds the dossier may propose: nobody has, unless the system drafted it."""
    holds = bool(HOLDING & set(opened.capacities)) and opened.dossier.status in MOVES["extend"].sources
    if not holds:
        return False
    proposed = waiting(opened, Kind.EXTEND)
    return (proposed is None or proposed.made_by_id is None) and may_be_extended(opened.dossier, opened.sitting.at)


def _extend(opened: Opened, form: ExtendForm) -> Call:
    reason = form.cleaned_data["reason"]
    return partial(actions.extend, **facts(opened, "extend"), extension=form.extension(), reason=reason)


def _may_extend(opened: Opened) -> bool:
    return opened.dossier.status in MOVES["extend"].sources and granted(Kind.EXTEND)(opened)


def _state(opened: Opened, form: StateCauseForm) -> Call:
    said, delay = form.cleaned_data, opened.delay
    if delay is None:
        raise actions.DelayStated(str(STATED))
    given = {name: value for name, value in facts(opened, "state_cause").items() if name != "dossier_id"}
    return partial(
        actions.state_cause, **given, delay_id=delay.pk, cause=said["cause"], late_unit=int(said["late_unit"]),
        words=said["reason"],
    )  # fmt: skip


T = gettext_lazy
STATED = T("Nguyên nhân trễ hạn này đã được ghi. Chưa có gì thay đổi.")
# fmt: off
ACTS: Mapping[str, Act] = {
    "propose_extension": Act("x", ExtensionForm, _propose, T("Đã gửi đề xuất gia hạn. Lãnh đạo duyệt thì người dân nhận lời xin lỗi và ngày hẹn mới; đến lúc đó ngày hẹn cũ vẫn còn."), T("Đề xuất gia hạn, xin lỗi"), makes_sense=_may_propose, move="propose"),
    "extend":            Act("y", ExtendForm, _extend, T("Đã gia hạn và gửi lời xin lỗi. Mẫu 04 in được ở cột bên; cả ngày hẹn cũ và mới đều còn trong hồ sơ."), T("Gia hạn và xin lỗi"), makes_sense=_may_extend),
    "state_cause":       Act("k", StateCauseForm, _state, T("Đã ghi nguyên nhân trễ hạn vào diễn biến."), T("Nêu nguyên nhân trễ"), makes_sense=lambda opened: opened.delay is not None),
}
# fmt: on
