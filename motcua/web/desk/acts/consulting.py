"""Asking other units, and answering when one's own is asked."""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers import actions
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.consulting import AnswerForm, ConsultForm, asked_of
from motcua.web.desk.acts.kinds import Act, Call, facts, kept


def _consult(opened: Opened, form: ConsultForm) -> Call:
    said = form.cleaned_data
    return partial(
        actions.consult, **facts(opened, "consult"), kind=said["kind"], units=form.units(), question=said["reason"],
        days=said["days"],
    )  # fmt: skip


def _answer(opened: Opened, form: AnswerForm) -> Call:
    asked, upload = asked_of(form), form.cleaned_data["document"]
    if asked is None:
        raise actions.NotAsked(_("Việc hỏi này đã có trả lời, hoặc hồ sơ đã kết thúc. Chưa có gì thay đổi."))
    document = kept(opened, upload, _("Văn bản trả lời")) if upload else None
    given = {name: value for name, value in facts(opened, "answer").items() if name != "dossier_id"}
    return partial(
        actions.answer, **given, consultation_id=asked.pk, words=form.cleaned_data["reason"], document=document
    )


T = gettext_lazy
# fmt: off
ACTS: Mapping[str, Act] = {
    "consult": Act("w", ConsultForm, _consult, T("Đã gửi nội dung hỏi. Đồng hồ của hồ sơ vẫn chạy; trả lời hiện ở trang này."), T("Lấy ý kiến, xác minh")),
    "answer":  Act("w", AnswerForm, _answer, T("Đã gửi trả lời cho nơi hỏi."), T("Trả lời")),
}
# fmt: on
