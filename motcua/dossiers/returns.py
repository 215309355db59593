"""How a result that is ready comes to its citizen, in the words every page and notice uses: as they chose when filing."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from motcua.dossiers.models import Dossier, ReturnMethod

HOW: Mapping[str, str] = {
    ReturnMethod.COUNTER: _("Nhận tại %(receiving)s. Nhớ mang giấy tờ tùy thân và giấy hẹn."),
    ReturnMethod.POSTAL: _(
        "%(receiving)s gửi kết quả qua bưu chính đến %(address)s như bạn đã chọn. Muốn đến lấy thì bạn báo Trung tâm trước."
    ),
    ReturnMethod.ELECTRONIC: _(
        "%(receiving)s gửi bản điện tử cho bạn như bạn đã chọn. Cần bản giấy thì bạn đến nhận, nhớ mang giấy tờ tùy thân."
    ),
}


def how_returned(dossier: Dossier) -> str:
    """Return where and how the citizen gets the result; only a result at the counter waits for them to come."""
    receiving = dossier.receiving_unit.name if dossier.receiving_unit else ""
    return gettext(HOW[dossier.return_method]) % {"receiving": receiving, "address": dossier.return_address}
