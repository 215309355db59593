"""The acts by which a leader decides what was proposed."""

from collections.abc import Callable, Mapping
from functools import partial

from django.utils.translation import gettext_lazy

from motcua.dossiers import actions
from motcua.dossiers.actions.returning import Receiver
from motcua.dossiers.models import Proposal
from motcua.dossiers.queries import papers_to_hand_back
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.base import ActForm
from motcua.web.desk.act_forms.deciding import (
    CorrectForm,
    DeclineForm,
    GrantWithdrawalForm,
    HandBackForm,
    HandingBack,
    KeepForm,
    StopForm,
    TurnDownForm,
    grantable,
)
from motcua.web.desk.acts.kinds import Act, Call, Prepare, facts, with_reason

Kind = Proposal.Kind


def granted(kind: str) -> Callable[[Opened], bool]:
    """Return the question whether a leader may grant what waits of a kind."""
    return lambda opened: grantable(opened, kind)


def _turn_down(opened: Opened, form: ActForm) -> Call:
    said = form.cleaned_data
    return partial(actions.turn_down, **facts(opened, "turn_down"), kind=said["kind"], reason=said["reason"])


def _may_turn_down(opened: Opened) -> bool:
    others = (one for one in opened.proposals if one.kind != Kind.WITHDRAW)
    return any(one.made_by_id != opened.sitting.officer.pk for one in others)


def _grant_withdrawal(opened: Opened, form: HandingBack) -> Call:
    return partial(actions.grant_withdrawal, **facts(opened, "grant_withdrawal"), **form.handed_back())


def _stop(kind: Kind) -> Prepare:
    def prepare(opened: Opened, form: HandingBack) -> Call:
        reason = form.cleaned_data["reason"]
        return partial(actions.stop, **facts(opened, kind.value), kind=kind, reason=reason, **form.handed_back())

    return prepare


def _hand_back(opened: Opened, form: HandBackForm) -> Call:
    said = form.cleaned_data
    receiver = Receiver(name=said["name"], identity=said["identity"], relation=said["relation"])
    return partial(
        actions.hand_back, **facts(opened, "hand_back"), papers=[int(pk) for pk in said["papers"]], receiver=receiver
    )


def _has_to_hand_back(opened: Opened) -> bool:
    return bool(papers_to_hand_back(opened.dossier))


T = gettext_lazy
# fmt: off
ACTS: Mapping[str, Act] = {
    "hand_back":         Act("n", HandBackForm, _hand_back, T("Đã ghi trả lại giấy tờ; người dân thấy trên cổng."), T("Trả lại giấy tờ"), makes_sense=_has_to_hand_back),
    "grant_withdrawal":  Act("y", GrantWithdrawalForm, _grant_withdrawal, T("Đã cho rút hồ sơ. Thông báo Mẫu 05 in được ở cột bên; quầy trả giấy tờ theo danh mục."), makes_sense=granted(Kind.WITHDRAW)),
    "refuse_withdrawal": Act("z", KeepForm, with_reason(actions.refuse_withdrawal, "refuse_withdrawal"), T("Đã báo người dân vì sao chưa rút được. Hồ sơ trở lại như trước khi xin rút."), makes_sense=granted(Kind.WITHDRAW)),
    "stop":              Act("y", StopForm, _stop(Kind.STOP), T("Đã dừng giải quyết. Thông báo Mẫu 05 in được ở cột bên; quầy trả giấy tờ theo danh mục."), makes_sense=granted(Kind.STOP)),
    "decline":           Act("y", DeclineForm, _stop(Kind.DECLINE), T("Đã từ chối giải quyết. Phiếu Mẫu 03 in được ở cột bên; quầy trả giấy tờ theo danh mục."), makes_sense=granted(Kind.DECLINE)),
    "correct":           Act("e", CorrectForm, with_reason(actions.correct, "correct"), T("Đã sửa. Giấy hẹn mới (Mẫu 01) in được ở cột bên và người dân thấy trên cổng."), makes_sense=granted(Kind.CORRECT)),
    "turn_down":         Act("z", TurnDownForm, _turn_down, T("Không duyệt. Người đề xuất thấy lý do trong hồ sơ; hồ sơ làm tiếp."), makes_sense=_may_turn_down),
}
# fmt: on
