"""What happens when the citizen's own term runs out unanswered, in the words every page, notice and slip uses.

Said from the table of the life cycle, so that nobody is told otherwise than what the system then does.
"""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from motcua.dossiers.lifecycle import Status, lapses

AFTER: Mapping[str, str] = {
    Status.REFUSED: _(
        "Quá giờ đó mà chưa gửi đủ, hồ sơ không được tiếp nhận (Mẫu 03); khi đã đủ giấy tờ thì nộp hồ sơ mới."
    ),
    Status.STOPPED: _(
        "Quá giờ đó mà chưa gửi đủ, hồ sơ dừng giải quyết (Mẫu 05); có lý do chính đáng thì lãnh đạo có thể khôi phục."
    ),
}
"""Where an unanswered request ends a dossier → what is said of it."""


def after_expiry(status: str) -> str:
    """Return what follows for a dossier that waits in `status`; "" where no term of the citizen's runs."""
    move = lapses(status)
    return gettext(AFTER[str(move.target)]) if move else ""
