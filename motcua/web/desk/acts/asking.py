"""Asking for papers once more after acceptance: an officer proposes it, a leader approves it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from motcua.dossiers import actions
from motcua.dossiers.lifecycle import MOVES
from motcua.dossiers.models import Proposal
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.asking import AskAgainForm, ProposeAgainForm
from motcua.web.desk.acts.deciding import granted
from motcua.web.desk.acts.kinds import Act, with_reason

Kind = Proposal.Kind


def _may_propose(opened: Opened) -> bool:
    """Return whether whoever would ask for papers has to propose it, and nobody has."""
    asks = opened.reach.capacity_for(MOVES["ask_papers"]) is not None
    return asks and opened.needs_approval_to_ask and not opened.proposes(Kind.ASK_AGAIN)


T = gettext_lazy
# fmt: off
ACTS: Mapping[str, Act] = {
    "propose_again": Act("b", ProposeAgainForm, with_reason(actions.propose_again, "propose"), T("Đã gửi đề xuất. Lãnh đạo duyệt thì người dân mới được báo; đến lúc đó đồng hồ vẫn chạy."), T("Đề xuất yêu cầu bổ sung thêm"), makes_sense=_may_propose, move="propose"),
    "ask_again":     Act("y", AskAgainForm, with_reason(actions.ask_again, "ask_again"), T("Đã yêu cầu bổ sung thêm một lần, đồng hồ dừng. Phiếu Mẫu 02 in được ở cột bên."), makes_sense=granted(Kind.ASK_AGAIN)),
}
# fmt: on
