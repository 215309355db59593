"""What each move tells the citizen, in people's words: who has the dossier, what happens next, by when.

A move is in TEXTS or in SILENT; a test fails when one is in neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from motcua.dossiers.lifecycle import OF_PARTS


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
            "Để được tiếp nhận, bạn cần bổ sung trước %(supplement_due)s: %(items)s. %(reason)s %(after_expiry)s"
        ),
    ),
    "ask_before": Text(
        _("Hồ sơ %(code)s cần bạn bổ sung"),
        _(
            "Trước khi tiếp nhận, cần bạn bổ sung trước %(supplement_due)s: %(items)s. %(reason)s %(after_expiry)s"
        ),
    ),
    "ask_papers": Text(
        _("Hồ sơ %(code)s cần bạn bổ sung"),
        _(
            "Đồng hồ đang dừng chờ bạn. Trước %(supplement_due)s, hãy bổ sung: %(items)s. %(reason)s %(after_expiry)s"
        ),
    ),
    "ask_again": Text(
        _("Hồ sơ %(code)s cần bạn bổ sung"),
        _(
            "Đồng hồ đang dừng chờ bạn. Đây là lần yêu cầu thứ %(round)s, đã được lãnh đạo duyệt; chúng tôi xin lỗi vì chưa nêu "
            "đủ từ lần trước. Trước %(supplement_due)s, hãy bổ sung: %(items)s. %(reason)s %(after_expiry)s"
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
        _("Kết quả của «%(procedure)s» đã ký và phát hành. %(how_returned)s"),
    ),
    "remind": Text(
        _("Sắp hết hạn bổ sung hồ sơ %(code)s"),
        _("Bạn còn đến %(supplement_due)s để gửi: %(items)s. %(after_expiry)s Cần hỏi gì, bạn gọi %(receiving_unit)s."),
    ),
    "lapse_before": Text(
        _("Hồ sơ %(code)s không được tiếp nhận vì hết hạn bổ sung"),
        _("%(reason)s Giấy tờ bạn đã gửi vẫn được giữ để xem lại. Khi đủ giấy tờ, bạn nộp hồ sơ mới."),
    ),
    "lapse": Text(
        _("Hồ sơ %(code)s dừng giải quyết vì hết hạn bổ sung"),
        _("%(reason)s Nếu bạn có lý do chính đáng, hãy gọi %(receiving_unit)s: lãnh đạo có thể khôi phục hồ sơ."),
    ),
    "ask_payment": Text(
        _("Hồ sơ %(code)s chờ bạn nộp nghĩa vụ tài chính"),
        _(
            "%(obligation)s Nộp xong, bạn mang hoặc gửi chứng từ đến %(receiving_unit)s: được xác nhận thì hồ sơ mới làm tiếp. "
            "Đồng hồ dừng từ hôm nay đến lúc đó."
        ),
    ),
    "ask_more_payment": Text(
        _("Hồ sơ %(code)s có thêm khoản phải nộp"),
        _(
            "%(obligation)s Nộp xong, bạn mang hoặc gửi chứng từ đến %(receiving_unit)s. Đồng hồ vẫn dừng, chạy tiếp khi mọi "
            "khoản đã được xác nhận."
        ),
    ),
    "pay_part": Text(
        _("Đã xác nhận một khoản của hồ sơ %(code)s"),
        _("Bạn đã nộp theo thông báo số %(notice)s. Hồ sơ còn chờ những khoản khác; bạn xem trong hồ sơ."),
    ),
    "pay_all": Text(
        _("Đã xác nhận bạn nộp đủ, hồ sơ %(code)s được làm tiếp"),
        _("Đồng hồ chạy tiếp. %(due)s Bạn không cần làm gì."),
    ),
    "ask_withdrawal": Text(
        _("Đã nhận yêu cầu rút hồ sơ %(code)s"),
        _("Đồng hồ dừng trong lúc lãnh đạo xem xét. Bạn được báo ngay khi có quyết định, và có thể thôi rút trước lúc đó."),
    ),
    "recall_withdrawal": Text(
        _("Hồ sơ %(code)s được làm tiếp"),
        _("Bạn đã thôi rút hồ sơ. %(due)s"),
    ),
    "grant_withdrawal": Text(
        _("Hồ sơ %(code)s đã được rút"),
        _("Việc giải quyết dừng theo ý bạn. Mời bạn đến %(receiving_unit)s nhận lại giấy tờ theo thông báo (Mẫu 05)."),
    ),
    "refuse_withdrawal": Text(
        _("Hồ sơ %(code)s chưa rút được"),
        _("Lý do: %(reason)s Hồ sơ được làm tiếp. %(due)s"),
    ),
    "extend": Text(
        _("Xin lỗi bạn, hồ sơ %(code)s cần thêm thời gian"),
        _("Chúng tôi xin lỗi vì không kịp hẹn trả %(due_before)s. Lý do: %(reason)s %(due)s Bạn không cần làm gì."),
    ),
    "stop": Text(
        _("Hồ sơ %(code)s dừng giải quyết"),
        _("Lý do: %(reason)s Bạn nhận lại giấy tờ, hoặc hỏi thêm tại %(receiving_unit)s."),
    ),
    "decline": Text(
        _("Hồ sơ %(code)s bị từ chối giải quyết"),
        _("Lý do: %(reason)s Bạn có thể hỏi %(receiving_unit)s, hoặc nộp hồ sơ mới khi đã đủ điều kiện."),
    ),
    "correct": Text(
        _("Giấy hẹn của hồ sơ %(code)s được sửa"),
        _("%(told)s Lý do: %(reason)s %(due)s Giấy hẹn mới thay cho giấy cũ."),
    ),
    "reopen": Text(
        _("Kết quả hồ sơ %(code)s được xem lại"),
        _("Lý do: %(reason)s Kết quả cũ không còn dùng; bạn được báo khi có kết quả đúng."),
    ),
    "restore": Text(
        _("Hồ sơ %(code)s được khôi phục"),
        _("Lý do: %(reason)s Hồ sơ được làm tiếp. %(due)s"),
    ),
    "reassign_unit": Text(
        _("%(to_unit)s nhận hồ sơ %(code)s"),
        _(
            "Từ %(from_day)s, %(to_unit)s làm tiếp việc của %(from_unit)s theo %(decision)s. Mã hồ sơ, giấy tờ đã nộp và các hạn đã "
            "báo đều giữ nguyên, bạn không phải làm lại gì. Từ nay bạn hỏi và nhận kết quả tại %(receiving_unit)s."
        ),
    ),
    "note_no_news": Text(
        _("Hồ sơ %(code)s: %(days)s ngày làm việc chưa có việc mới"),
        _(
            "%(holder)s giữ hồ sơ từ %(since)s, ở bước «%(step)s». Luật không định thời hạn cho việc này, nên chúng tôi đã nhắc "
            "người giữ và lãnh đạo. Bạn không cần làm gì; cần hỏi, bạn gọi %(receiving_unit)s."
        ),
    ),
    "hand_back": Text(
        _("Đã trả lại giấy tờ của hồ sơ %(code)s"),
        _(
            "%(receiving_unit)s đã trả lại: %(papers)s. Nếu không phải bạn hoặc người bạn nhờ nhận, hãy báo ngay cho "
            "%(receiving_unit)s."
        ),
    ),
    "offer_visit": Text(
        _("Hồ sơ %(code)s: hẹn bạn một buổi xem tại chỗ"),
        _(
            "Cần xem: %(reason)s Nơi gặp: %(place)s. Giờ hẹn: %(visit_times)s. Bạn chọn giờ trên cổng hoặc gọi %(receiving_unit)s; "
            "chưa chọn thì giữ giờ đầu. Đồng hồ vẫn chạy."
        ),
    ),
    "agree_visit": Text(
        _("Hồ sơ %(code)s: đã chốt giờ xem tại chỗ"),
        _("Hẹn gặp bạn lúc %(visit)s, tại %(place)s. Không đến được thì bạn báo trên cổng hoặc gọi %(receiving_unit)s."),
    ),
    "call_off_visit": Text(
        _("Hồ sơ %(code)s: buổi xem tại chỗ không thành"),
        _("Buổi hẹn lúc %(visit)s đã bỏ. Lý do: %(reason)s Hồ sơ được làm tiếp; nếu hẹn lại, bạn được báo ngay."),
    ),
    "remind_visit": Text(
        _("Hồ sơ %(code)s: sắp đến buổi xem tại chỗ"),
        _("Hẹn gặp bạn lúc %(visit)s, tại %(place)s. Không đến được thì bạn báo trên cổng hoặc gọi %(receiving_unit)s."),
    ),
    "record_visit": Text(
        _("Hồ sơ %(code)s: đã xem tại chỗ"),
        _("Biên bản buổi xem lúc %(visit)s: %(reason)s Hồ sơ được làm tiếp. Bạn không cần làm gì."),
    ),
    "return_result": Text(
        _("Đã trả kết quả hồ sơ %(code)s"),
        _("Kết quả của «%(procedure)s» đã được trao. Nếu không phải bạn hoặc người bạn nhờ nhận, hãy báo ngay cho %(receiving_unit)s."),
    ),
    "send_central": Text(
        _("Hồ sơ %(code)s chờ trung ương trả lời"),
        _("Chúng tôi đã gửi %(leg_to)s. %(leg_until)s Bạn không cần làm gì; chúng tôi nhắc họ đều đặn."),
    ),
    "central_reply": Text(
        _("Trung ương đã trả lời về hồ sơ %(code)s"),
        _("%(leg_to)s đã trả lời, hồ sơ được làm tiếp. %(due)s Bạn không cần làm gì."),
    ),
}
# fmt: on
# Inner work of the agency: the tracking page shows it, nobody is disturbed for it.
SILENT = (
    frozenset(
        {
            "assign",
            "complete_step",
            "send_back",
            "sign_off",
            "add_papers",
            "propose",
            "turn_down",
            "state_cause",
            "consult",
            "change_process",
            "time_out",
            "answer",
            "note_silence",
            "reassign_asked",
            "send_leg",
            "leg_received",
            "leg_refused",
            "leg_back",
            "recall_leg",
            "note_late_leg",
            "remind_leg",
        }
    )
    | OF_PARTS
)


def words_for(move: str, facts: Mapping[str, str]) -> tuple[str, str] | None:
    """Return title and body of the notice of `move`, or None when it stays silent."""
    text = TEXTS.get(move)
    if text is None:
        return None
    return gettext(text.title) % facts, " ".join((gettext(text.body) % facts).split())
