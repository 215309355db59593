"""What each move tells the citizen, in people's words: who has the dossier, what happens next, by when.

A move is in TEXTS or in SILENT; a test fails when one is in neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class Text:
    """A title and a body with the facts of `listener.facts_of` in %(…)s."""

    title: str
    body: str


# fmt: off
TEXTS: Mapping[str, Text] = {
    "submit": Text(
        _("Đã nhận hồ sơ %(code)s"),
        _("Bạn đã nộp «%(procedure)s». %(receiving_unit)s sẽ xem và trả lời trước %(reception_due)s. Bạn không cần làm gì."),
    ),
    "take_in": Text(
        _("Đã tiếp nhận hồ sơ %(code)s"),
        _("%(receiving_unit)s đã tiếp nhận «%(procedure)s». %(due)s Bạn không cần làm gì."),
    ),
    "accept": Text(
        _("Hồ sơ %(code)s đã được tiếp nhận"),
        _("%(receiving_unit)s đã tiếp nhận «%(procedure)s». %(due)s Bạn không cần làm gì."),
    ),
    "note_missing": Text(
        _("Hồ sơ %(code)s còn thiếu giấy tờ"),
        _(
            "Để được tiếp nhận, bạn cần bổ sung trước %(supplement_due)s: %(items)s. %(reason)s Quá giờ đó bạn vẫn gửi được khi hồ sơ còn chờ, nhưng %(receiving_unit)s có thể từ chối tiếp nhận."
        ),
    ),
    "ask_before": Text(
        _("Hồ sơ %(code)s cần bạn bổ sung"),
        _(
            "Trước khi tiếp nhận, cần bạn bổ sung trước %(supplement_due)s: %(items)s. %(reason)s Quá giờ đó bạn vẫn gửi được khi hồ sơ còn chờ, nhưng %(receiving_unit)s có thể từ chối tiếp nhận."
        ),
    ),
    "ask_papers": Text(
        _("Hồ sơ %(code)s cần bạn bổ sung"),
        _(
            "Đồng hồ đang dừng chờ bạn. Trước %(supplement_due)s, hãy bổ sung: %(items)s. %(reason)s"
            " Quá giờ đó bạn vẫn gửi được, nhưng đồng hồ còn dừng nên kết quả muộn theo."
        ),
    ),
    "supply_before": Text(
        _("Đã nhận giấy tờ bổ sung của hồ sơ %(code)s"),
        _("%(receiving_unit)s sẽ xem lại và trả lời. Bạn không cần làm gì."),
    ),
    "give_papers": Text(
        _("Đã nhận giấy tờ bổ sung của hồ sơ %(code)s"),
        _("Đồng hồ chạy lại. %(due)s Bạn không cần làm gì."),
    ),
    "refuse": Text(
        _("Hồ sơ %(code)s không được tiếp nhận"),
        _("Lý do: %(reason)s Bạn có thể hỏi %(receiving_unit)s, hoặc nộp hồ sơ mới khi đã đủ điều kiện."),
    ),
    "turn_away": Text(
        _("Hồ sơ %(code)s không được tiếp nhận"),
        _("Lý do: %(reason)s Bạn có thể hỏi %(receiving_unit)s, hoặc nộp hồ sơ mới khi đã đủ điều kiện."),
    ),
    "withdraw": Text(
        _("Hồ sơ %(code)s đã được rút"),
        _("Hồ sơ «%(procedure)s» đã được rút theo ý bạn và không còn được xử lý. Khi cần, bạn nộp hồ sơ mới."),
    ),
    "hand_over": Text(
        _("Hồ sơ %(code)s đã chuyển đến nơi giải quyết"),
        _("%(resolving_unit)s đang giữ hồ sơ. %(due)s Bạn không cần làm gì."),
    ),
    "issue": Text(
        _("Hồ sơ %(code)s đã có kết quả"),
        _("Kết quả của «%(procedure)s» đã ký và phát hành. Mời bạn nhận tại %(receiving_unit)s; nhớ mang giấy tờ tùy thân và giấy hẹn."),
    ),
    "return_result": Text(
        _("Đã trả kết quả hồ sơ %(code)s"),
        _("Kết quả của «%(procedure)s» đã được trao. Nếu không phải bạn hoặc người bạn nhờ nhận, hãy báo ngay cho %(receiving_unit)s."),
    ),
}
# fmt: on
# Inner work of the agency: the tracking page shows it, nobody is disturbed for it.
SILENT = frozenset({"assign", "complete_step", "send_back", "sign_off"})


def words_for(move: str, facts: Mapping[str, str]) -> tuple[str, str] | None:
    """Return title and body of the notice of `move`, or None when it stays silent."""
    text = TEXTS.get(move)
    if text is None:
        return None
    return gettext(text.title) % facts, " ".join((gettext(text.body) % facts).split())
