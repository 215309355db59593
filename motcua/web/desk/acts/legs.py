"""The acts of liên thông: sending a part or a letter, receiving or refusing a part, recording what came back."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers import actions
from motcua.dossiers.models import Leg
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.base import ActForm
from motcua.web.desk.act_forms.legs import (
    CentralReplyForm,
    LegForm,
    RecallLegForm,
    RefuseLegForm,
    SendCentralForm,
    SendLegForm,
)
from motcua.web.desk.acts.kinds import Act, Call, facts, kept, with_reason


def _send(opened: Opened, form: SendLegForm) -> Call:
    said = form.cleaned_data
    sending = actions.Sending(
        form.agency(),
        form.version(),
        said["reason"],
        form.papers(),
        form.days(),
        is_required=said["is_required"],
        fields=form.stated(),
    )
    return partial(actions.send_leg, **facts(opened, "send_leg"), sending=sending)


def _send_central(opened: Opened, form: SendCentralForm) -> Call:
    said = form.cleaned_data
    sending = actions.CentralSending(
        said["to_name"], said["reason"], said["number"], form.papers(), said["expected"], said["unknown_why"],
        said["is_required"],
    )  # fmt: skip
    return partial(actions.send_central, **facts(opened, "send_central"), sending=sending)


def _recall(opened: Opened, form: LegForm) -> Call:
    return partial(actions.recall_leg, **_of_leg(opened, form, "recall_leg"), reason=form.cleaned_data["reason"])


def _reply(opened: Opened, form: LegForm) -> Call:
    said = form.cleaned_data
    document = kept(opened, said["document"], _("Văn bản trả lời")) if said["document"] else None
    return partial(
        actions.central_reply, **_of_leg(opened, form, "central_reply"), words=said["reason"], number=said["number"],
        document=document,
    )  # fmt: skip


def _of_leg(opened: Opened, form: LegForm, move: str) -> dict[str, Any]:
    """Return what an action about one leg is given."""
    given = {name: value for name, value in facts(opened, move).items() if name != "dossier_id"}
    return given | {"leg_id": int(form.cleaned_data["leg"])}


def _take(opened: Opened, _form: ActForm) -> Call:
    return partial(actions.take_leg, **facts(opened, "take_leg"))


def _has_open(opened: Opened) -> bool:
    return bool(opened.open_legs)


def _waits_for_central(opened: Opened) -> bool:
    return any(leg.to_system == Leg.System.CENTRAL for leg in opened.open_legs)


T = gettext_lazy
# fmt: off
ACTS: Mapping[str, Act] = {
    "take_leg":      Act("t", ActForm, _take, T("Đã nhận. Đồng hồ của phần này chạy từ bây giờ; nơi gửi thấy ngay.")),
    "send_leg":      Act("o", SendLegForm, _send, T("Đã gửi liên thông. Nơi nhận thấy ngay; bạn theo dõi ở khung Liên thông.")),
    "send_central":  Act("i", SendCentralForm, _send_central, T("Đã ghi gửi trung ương. Hệ thống nhắc bạn đến khi có trả lời.")),
    "central_reply": Act("j", CentralReplyForm, _reply, T("Đã ghi trả lời của trung ương."), T("Ghi trả lời của trung ương"), makes_sense=_waits_for_central),
    "recall_leg":    Act("",  RecallLegForm, _recall, T("Đã thôi chờ. Nơi đang giữ thấy ngay cùng lý do."), is_risk=True, makes_sense=_has_open),
    "refuse_leg":    Act("c", RefuseLegForm, with_reason(actions.refuse_leg, "refuse_leg"), T("Đã trả lại nơi gửi kèm lý do."), is_risk=True),
}
# fmt: on
IN_THE_BOX = frozenset({"central_reply", "recall_leg"})
"""Acts about one leg: they stand with it and not in the bar."""
OF_THE_ROOT = frozenset(
    {"propose_extension", "propose_correction", "propose_procedure", "propose_receipt", "propose_again"}
)
"""Proposals of what a part cannot be granted: its citizen and its term are those of the dossier that sent it."""
