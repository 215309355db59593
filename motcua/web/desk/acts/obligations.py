"""The acts about money a dossier waits for: telling it, and confirming at the counter that it was paid."""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers import actions
from motcua.dossiers.queries import OPEN_OBLIGATION
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.obligations import CHOSEN, NoticeForm, ProofForm
from motcua.web.desk.acts.kinds import Act, Call, Prepare, facts, kept


def _tell(move: str) -> Prepare:
    def prepare(opened: Opened, form: NoticeForm) -> Call:
        return partial(actions.ask_payment, **facts(opened, move), notice=form.notice())

    return prepare


def _confirm(move: str) -> Prepare:
    """Prepare the confirmation of the one obligation chosen; which move it makes is found by what else is open."""

    def prepare(opened: Opened, form: ProofForm) -> Call:
        said, given = form.cleaned_data, facts(opened, move)
        obligation = opened.dossier.obligations.get(pk=said[CHOSEN])
        title = _("Chứng từ nộp tiền, thông báo số %(number)s") % {"number": obligation.notice_number}
        proof = kept(opened, said["proof"], title) if said["proof"] else None
        return partial(
            actions.confirm_payment, obligation_id=obligation.pk, actor=given["actor"], at=given["at"],
            proof_number=said["proof_number"], proof=proof,
        )  # fmt: skip

    return prepare


def _is_one_of_several(opened: Opened) -> bool:
    return opened.dossier.obligations.filter(OPEN_OBLIGATION).count() > 1


def _is_the_last(opened: Opened) -> bool:
    return opened.dossier.obligations.filter(OPEN_OBLIGATION).count() == 1


T = gettext_lazy
# fmt: off
ACTS: Mapping[str, Act] = {
    "ask_payment":      Act("f", NoticeForm, _tell("ask_payment"), T("Đã thông báo khoản phải nộp, đồng hồ dừng. Khi người dân nộp, quầy xác nhận ở trang này."), T("Thông báo khoản phải nộp")),
    "ask_more_payment": Act("f", NoticeForm, _tell("ask_more_payment"), T("Đã thông báo thêm một khoản; đồng hồ vẫn dừng."), T("Thông báo thêm khoản phải nộp")),
    "pay_part":         Act("v", ProofForm, _confirm("pay_part"), T("Đã xác nhận khoản này; hồ sơ còn chờ khoản khác."), T("Xác nhận đã nộp"), makes_sense=_is_one_of_several),
    "pay_all":          Act("v", ProofForm, _confirm("pay_all"), T("Đã xác nhận nộp đủ, đồng hồ chạy tiếp."), T("Xác nhận đã nộp"), makes_sense=_is_the_last),
}
# fmt: on
