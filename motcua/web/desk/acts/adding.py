"""Taking in, at the counter, a paper nobody asked for."""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext_lazy

from motcua.dossiers import actions
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.adding import AddForm
from motcua.web.desk.acts.kinds import Act, Call, facts, kept


def _add(opened: Opened, form: AddForm) -> Call:
    said = form.cleaned_data
    document = kept(opened, said["scan"], said["name"])
    return partial(actions.add_papers, **facts(opened, "add_papers"), name=said["name"], document=document)


def _is_unsigned(opened: Opened) -> bool:
    return not opened.is_signed


ACTS: Mapping[str, Act] = {
    "add_papers": Act(
        "m", AddForm, _add, gettext_lazy("Đã nhận thêm giấy tờ; người thẩm định thấy giấy mới."),
        gettext_lazy("Nhận thêm giấy tờ"), makes_sense=_is_unsigned,
    ),
}  # fmt: skip
