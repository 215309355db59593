"""What happened to a dossier, newest first, in people's words: one row of the table per move of the life cycle."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from motcua.base.words import day, moment, vnd
from motcua.dossiers.legs import open_legs
from motcua.dossiers.lifecycle import FINAL, By
from motcua.dossiers.models import Dossier, DossierEvent, Leg, Slip, Step


@dataclass(frozen=True)
class Told:
    """How a move is told: title, with the facts of the event in %(…)s, icon, and whether the dossier then waits."""

    title: str
    icon: str
    kind: str = ""
    text: str = ""


# fmt: off
TOLD: Mapping[str, Told] = {
    "submit":        Told(_("Bạn nộp hồ sơ trực tuyến"), "send"),
    "take_in":       Told(_("Nhận tại quầy, hồ sơ đủ và hợp lệ"), "check"),
    "note_missing":  Told(_("Ghi nhận tại quầy, còn thiếu giấy tờ"), "pause", "waits"),
    "turn_away":     Told(_("Không được tiếp nhận"), "circle-x"),
    "accept":        Told(_("Đã tiếp nhận, hồ sơ đủ và hợp lệ"), "check"),
    "ask_before":    Told(_("Chờ bạn bổ sung"), "pause", "waits"),
    "supply_before": Told(_("Bạn đã bổ sung giấy tờ"), "file-text"),
    "refuse":        Told(_("Không được tiếp nhận"), "circle-x"),
    "withdraw":      Told(_("Đã rút hồ sơ theo ý bạn"), "circle-x"),
    "hand_over":     Told(_("Đã chuyển đến nơi giải quyết"), "check"),
    "assign":        Told(_("Đã giao người xử lý"), "user"),
    "complete_step": Told(_("Xong bước %(step)s"), "check"),
    "send_back":     Told(_("Được xem lại ở bước trước"), "info"),
    "ask_papers":    Told(_("Chờ bạn bổ sung, đồng hồ dừng"), "pause", "waits"),
    "give_papers":   Told(_("Bạn đã bổ sung giấy tờ"), "file-text", text=_("Đồng hồ chạy lại.")),
    "sign_off":      Told(_("Lãnh đạo đã ký kết quả"), "check"),
    "issue":         Told(_("Đã có kết quả"), "circle-check", text=_("Số %(number)s.")),
    "return_result": Told(_("Đã trả kết quả"), "circle-check"),
    "ask_again":     Told(_("Chờ bạn bổ sung thêm một lần, đồng hồ dừng"), "pause", "waits"),
    "remind":        Told(_("Nhắc bạn: sắp hết hạn bổ sung"), "pause", "waits"),
    "lapse_before":  Told(_("Hết hạn bổ sung, hồ sơ không được tiếp nhận"), "circle-x"),
    "lapse":         Told(_("Hết hạn bổ sung, hồ sơ dừng giải quyết"), "circle-x"),
    "add_papers":    Told(_("Bạn gửi thêm giấy tờ"), "file-text", text=_("%(papers)s.")),
    "ask_payment":   Told(_("Chờ bạn nộp nghĩa vụ tài chính, đồng hồ dừng"), "pause", "waits", _("Thông báo số %(notice)s, %(sum)s.")),
    "ask_more_payment": Told(_("Có thêm khoản phải nộp"), "pause", "waits", _("Thông báo số %(notice)s, %(sum)s.")),
    "pay_part":      Told(_("Đã xác nhận một khoản, còn khoản khác"), "pause", "waits", _("Thông báo số %(notice)s.")),
    "pay_all":       Told(_("Đã xác nhận nộp đủ"), "check", text=_("Đồng hồ chạy lại.")),
    "ask_withdrawal": Told(_("Bạn xin rút hồ sơ"), "pause", "waits", text=_("Đồng hồ dừng trong lúc lãnh đạo xem xét.")),
    "recall_withdrawal": Told(_("Bạn thôi rút hồ sơ"), "check"),
    "grant_withdrawal": Told(_("Hồ sơ được rút"), "circle-x"),
    "refuse_withdrawal": Told(_("Yêu cầu rút không được chấp thuận"), "info"),
    "propose":       Told(_("Đang chờ lãnh đạo quyết định một việc"), "info"),
    "turn_down":     Told(_("Lãnh đạo đã quyết định, hồ sơ làm tiếp"), "check"),
    "extend":        Told(_("Xin lỗi bạn, hồ sơ được gia hạn"), "clock"),
    "stop":          Told(_("Dừng giải quyết"), "circle-x"),
    "decline":       Told(_("Từ chối giải quyết"), "circle-x"),
    "correct":       Told(_("Giấy hẹn được sửa, bản mới thay bản cũ"), "info", text=_("%(told)s")),
    "reopen":        Told(_("Kết quả được xem lại trước khi trả"), "info"),
    "restore":       Told(_("Hồ sơ được khôi phục, làm tiếp"), "check"),
    "consult":       Told(_("Đã hỏi ý kiến hoặc đề nghị xác minh"), "info"),
    "answer":        Told(_("Đơn vị được hỏi đã trả lời"), "check"),
    "note_silence":  Told(_("Đơn vị được hỏi không trả lời đúng hạn"), "info"),
    "reassign_unit": Told(_("Đơn vị khác nhận việc do sắp xếp bộ máy"), "info", text=_("%(to_unit)s làm tiếp việc của %(from_unit)s theo %(decision)s. Các hạn giữ nguyên.")),
    "reassign_asked": Told(_("Đơn vị được hỏi thay đổi do sắp xếp bộ máy"), "info", text=_("%(to_unit)s làm tiếp việc của %(from_unit)s theo %(decision)s.")),
    "offer_visit":   Told(_("Hẹn bạn một buổi xem tại chỗ"), "calendar-days", text=_("%(visit)s, tại %(place)s.")),
    "agree_visit":   Told(_("Đã chốt giờ xem tại chỗ"), "check", text=_("%(visit)s, tại %(place)s.")),
    "call_off_visit": Told(_("Buổi xem tại chỗ không thành"), "info"),
    "remind_visit":  Told(_("Nhắc bạn buổi xem tại chỗ"), "calendar-days", text=_("%(visit)s, tại %(place)s.")),
    "record_visit":  Told(_("Đã xem tại chỗ, có biên bản"), "check", text=_("%(visit)s. Có mặt: %(present)s.")),
    "note_no_news":  Told(_("%(days)s ngày làm việc chưa có việc mới"), "bell", text=_("%(holder)s giữ hồ sơ từ %(since)s, ở bước %(step)s. Người giữ và lãnh đạo đã được nhắc.")),
    "hand_back":     Told(_("Đã trả lại giấy tờ"), "file-text", text=_("%(papers)s. Người nhận: %(receiver)s.")),
    "state_cause":   Told(_("Cơ quan đã ghi nguyên nhân trễ hạn"), "info"),
    "time_out":      Told(_("Hết giờ của một bước, việc tự sang bước sau"), "info"),
    "change_process": Told(_("Hồ sơ đi theo quy trình mới của cơ quan"), "info"),
    "send_leg":      Told(_("Đã gửi %(unit)s cùng giải quyết"), "send", text=_("Bạn không phải nộp gì thêm ở đó.")),
    "leg_received":  Told(_("%(unit)s đã nhận phần việc của mình"), "check"),
    "leg_refused":   Told(_("%(unit)s không nhận phần việc này"), "info", text=_("Nơi đang giữ hồ sơ của bạn tìm cách khác.")),
    "leg_back":      Told(_("%(unit)s đã trả lời"), "check"),
    "recall_leg":    Told(_("Không chờ %(unit)s nữa"), "info"),
    "note_late_leg": Told(_("%(unit)s trả lời chậm so với hạn"), "info"),
    "send_central":  Told(_("Đã gửi trung ương: %(unit)s"), "send", text=_("Văn bản số %(number)s.")),
    "central_reply": Told(_("Trung ương đã trả lời: %(unit)s"), "check", text=_("Văn bản số %(number)s.")),
    "remind_leg":    Told(_("Đã nhắc vì %(unit)s chưa trả lời"), "info"),
}
STEP_NOW: Mapping[str, str] = {
    Step.Kind.RECEPTION: _("Đang giữ hồ sơ, chờ kiểm tra"),
    Step.Kind.HAND_OVER: _("Đang chuyển đến nơi giải quyết"),
    Step.Kind.WORK:      _("Đang làm: %(step)s"),
    Step.Kind.SIGN:      _("Đang trình ký"),
    Step.Kind.ISSUE:     _("Đang vào sổ, phát hành"),
    Step.Kind.RETURN:    _("Kết quả chờ bạn đến nhận"),
}
SLIP_NAMES: Mapping[str, str] = {
    "01": _("Giấy tiếp nhận và hẹn trả (PDF)"),
    "02": _("Phiếu yêu cầu bổ sung (PDF)"),
    "03": _("Phiếu từ chối (PDF)"),
    "04": _("Văn bản xin lỗi và gia hạn (PDF)"),
    "05": _("Thông báo dừng giải quyết (PDF)"),
}
# An officer's reason for inner work is the agency's own; these are the reasons the law has written to the citizen.
REASONS_TOLD = frozenset({
    "note_missing", "turn_away", "ask_before", "refuse", "ask_papers", "ask_again", "withdraw", "lapse_before", "lapse",
    "ask_withdrawal", "refuse_withdrawal", "extend", "stop", "decline", "correct", "reopen", "restore",
    "offer_visit", "call_off_visit", "record_visit",
})
# fmt: on


@dataclass(frozen=True)
class Item:
    """One item of the timeline, ready for components/timeline_item.html."""

    title: str
    icon_name: str
    kind: str
    text: str
    when: str
    url: str = ""
    url_text: str = ""
    at: datetime | None = None  # of what happened; None for what goes on


def timeline(dossier: Dossier, step: Step | None, promised: Mapping[int, str], *, is_public: bool) -> list[Item]:
    """Return what happens now, then every event with what it promised, newest first.

    The public page names units only: no person, no reason, no slip. Two queries.
    """
    events = dossier.events.select_related("officer", "unit").order_by("-seq")
    slips = {} if is_public else {slip.event_id: slip for slip in dossier.slips.all()}
    waits = TOLD[event.move].kind == "waits" if (event := events.first()) else False
    now = [_now(step, is_public=is_public)] if step and dossier.status not in FINAL and not waits else []
    now += [_waiting_for(leg) for leg in open_legs(dossier)] if dossier.status not in FINAL else []
    return now + [
        _item(dossier, event, slips.get(event.pk), promised.get(event.pk, ""), is_public=is_public) for event in events
    ]


def slip_url(dossier: Dossier, slip: Slip) -> str:
    """Return where the citizen gets a slip of the dossier."""
    return reverse("portal:slip", args=[dossier.code, slip.pk])


def slip_name(slip: Slip) -> str:
    """Return what people call a slip."""
    return gettext(SLIP_NAMES[slip.form]) if slip.form in SLIP_NAMES else str(slip)


def _now(step: Step, *, is_public: bool) -> Item:
    holder = step.assignee.full_name if step.assignee and not is_public else ""
    return Item(
        title=gettext(STEP_NOW[step.kind]) % {"step": step.name.lower()},
        icon_name="clock",
        kind="here",
        text=_who((holder, step.unit.name)),
        when=gettext("từ %(moment)s") % {"moment": moment(step.received_at)},
    )


def _waiting_for(leg: Leg) -> Item:
    """Say what another agency still has of the dossier: since when, and until when or why nobody knows."""
    is_central = leg.to_system == Leg.System.CENTRAL
    since = leg.received_at or leg.sent_at
    if leg.due_at is None:
        until = gettext("Chưa biết ngày trả lời: %(why)s") % {"why": leg.unknown_why}
    elif is_central:
        until = gettext("Dự kiến trả lời ngày %(day)s.") % {"day": day(leg.due_at)}
    else:
        until = gettext("Hạn trả lời %(due)s.") % {"due": moment(leg.due_at)}
    title = gettext("Chờ trung ương: %(unit)s") if is_central else gettext("Chờ %(unit)s làm phần của mình")
    return Item(
        title=title % {"unit": leg.to_name},
        icon_name="clock",
        kind="here",
        text=until,
        when=gettext("từ %(moment)s") % {"moment": moment(since)},
    )


def _item(dossier: Dossier, event: DossierEvent, slip: Slip | None, promised: str, *, is_public: bool) -> Item:
    told = TOLD[event.move]
    facts = {
        "step": event.data.get("step_name", ""), "number": event.data.get("number", ""),
        "unit": event.data.get("unit_name", ""), "papers": ", ".join(event.data.get("paper_names", ())), "notice": event.data.get("notice", ""), "sum": vnd(event.data.get("amount_vnd", 0)),
        "decision": event.data.get("decision", ""), "from_unit": event.data.get("from_name", ""),
        "to_unit": event.data.get("to_name", ""),
        "days": event.data.get("days", ""), "since": _since(event),
        "holder": _who((event.data.get("holder", ""), event.data.get("unit_name", ""))).rstrip("."),
        "receiver": event.data.get("receiver", ""), "visit": _visit(event), "told": event.data.get("told", ""), "place": event.data.get("place", ""), "present": event.data.get("present", ""),
    }  # fmt: skip
    by_officer = event.by not in (By.CITIZEN, By.SYSTEM)
    name = event.officer.full_name if event.officer and not is_public else ""
    parts = [_who((name, event.unit.name if event.unit else ""))] if by_officer else []
    if told.text and not (is_public and "%(" in told.text):
        parts.append(gettext(told.text) % facts)
    if event.reason and not is_public and event.move in REASONS_TOLD:
        parts.append(event.reason)
    parts.append(promised)
    return Item(
        title=gettext(told.title) % facts,
        icon_name=told.icon,
        kind=told.kind,
        text=" ".join(part for part in parts if part),
        when=moment(event.at),
        url=slip_url(dossier, slip) if slip else "",
        url_text=slip_name(slip) if slip else "",
        at=event.at,
    )


def _since(event: DossierEvent) -> str:
    since = event.data.get("since")
    return day(datetime.fromisoformat(since)) if since else ""


def _visit(event: DossierEvent) -> str:
    at = event.data.get("visit_at")
    return moment(datetime.fromisoformat(at)) if at else ""


def _who(parts: Iterable[str]) -> str:
    said: Sequence[str] = [part for part in parts if part]
    return f"{', '.join(said)}." if said else ""
