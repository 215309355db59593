"""A notice as a letter: its own words, the way to the dossier, who writes."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.notices.channels.letter import Letter
from motcua.notices.models import Sending


@dataclass(frozen=True)
class Sender:
    """Who writes: the province, whom to call ("" when nobody), and the address of the page of a dossier's code."""

    place: str
    hotline: str
    page_of: Callable[[str], str]


def letter_of(sending: Sending, sender: Sender) -> Letter:
    """Return what is sent for `sending`, the same at every try."""
    notice = sending.notice
    parts = [
        notice.body,
        _("Xem hồ sơ: %(page)s") % {"page": sender.page_of(notice.dossier.code or "")},
        _("Thư này do hệ thống một cửa của %(place)s tự động gửi; bạn không cần trả lời.") % {"place": sender.place},
    ]
    if sender.hotline:
        parts.append(_("Cần hỏi thêm, bạn gọi %(hotline)s.") % {"hotline": sender.hotline})
    return Letter(
        key=f"{sending.channel}.{notice.event.hash[:32]}",
        title=notice.title,
        body="\n\n".join(parts) + "\n",
        told_at=notice.told_at,
    )
