"""What is filled in to ask for papers once more after acceptance: the officer's proposal, and the leader's approval."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.models import Proposal
from motcua.web.desk.act_forms.base import ActForm, text_field
from motcua.web.desk.act_forms.deciding import GrantForm

COUNTS_AS_LATE = gettext_lazy("Hồ sơ tính là trễ hạn trong Bộ chỉ số 766, dù xong trước ngày hẹn.")


class ProposeAgainForm(ActForm):
    """What to mend this time, and why it was not asked for before; the citizen reads it once a leader approves."""

    lists_faults = True
    reason = text_field(gettext_lazy("Cần bổ sung gì và vì sao lần trước chưa nêu, viết cho người dân đọc"))

    def prepare(self) -> None:
        """Say which request it would be, and what it costs."""
        number = self.opened.dossier.supplements.count() + 1
        said = _("Đây là lần yêu cầu thứ %(n)d nên lãnh đạo phải duyệt.") % {"n": number}
        self.fields["reason"].help_text = f"{said} {COUNTS_AS_LATE}"


class AskAgainForm(GrantForm):
    """Asking as proposed."""

    grants = Proposal.Kind.ASK_AGAIN

    def prepare(self) -> None:
        """Say what it costs."""
        super().prepare()
        self.fields["reason"].help_text = f"{self.fields['reason'].help_text} {COUNTS_AS_LATE}"
