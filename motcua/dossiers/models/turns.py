"""What turns a dossier off its straight way: proposals to its leaders, financial obligations, delays and their causes."""

from django.db import models
from django.db.models import Q

from motcua.documents.models import Document
from motcua.dossiers.models.dossier import Dossier, no_object
from motcua.dossiers.models.history import DossierEvent
from motcua.people.models import references


class Proposal(models.Model):
    """Something only a leader may decide, waiting for the leader of the competent or the resolving unit.

    A withdrawal is the citizen's request; the others are drafted by an officer, the counter or the system. Granting
    makes the move the kind stands for; turning down says why.
    """

    class Kind(models.TextChoices):
        WITHDRAW = "withdraw", "Rút hồ sơ"
        EXTEND = "extend", "Xin lỗi và gia hạn"
        ASK_AGAIN = "ask_again", "Yêu cầu bổ sung thêm một lần"
        STOP = "stop", "Dừng giải quyết"
        DECLINE = "decline", "Từ chối giải quyết"
        CORRECT = "correct", "Sửa sau tiếp nhận"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField("đề xuất", max_length=10, choices=Kind.choices)
    unit = references.unit("cơ quan quyết định")
    made_at = models.DateTimeField("đề xuất lúc")
    made_by = references.officer_or_nobody("người đề xuất", help_text="trống = người dân hoặc hệ thống")
    reason = models.TextField("lý do")
    data = models.JSONField(default=no_object, help_text="what the move will need: term, case, papers, …")
    event = models.OneToOneField(DossierEvent, on_delete=models.PROTECT, related_name="proposal")
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    decided_by = references.officer_or_nobody(
        "người quyết định", help_text="trống = thôi đề xuất, hoặc hồ sơ đã kết thúc"
    )
    is_granted = models.BooleanField("được duyệt", null=True, blank=True)

    class Meta:
        verbose_name = "đề xuất"
        verbose_name_plural = "đề xuất"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind"], condition=Q(decided_at=None), name="proposal_one_open_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, is_granted=None) | Q(decided_at__isnull=False, is_granted__isnull=False),
                name="proposal_decided_wholly",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("made_by")),
                name="proposal_not_decided_by_its_maker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.get_kind_display()}"


class Obligation(models.Model):
    """Money a dossier waits for that its fee rules did not know: taxes and land money, told by a notice (T11, T12)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="obligations")
    notice_number = models.CharField("số thông báo", max_length=60)
    payee = models.CharField("nơi thu", max_length=200)
    account = models.CharField("tài khoản nộp", max_length=200)
    lines = models.JSONField("các khoản", help_text='[{"name": "Lệ phí trước bạ", "amount_vnd": 1250000}]')
    pay_by = models.DateField("nộp trước ngày", null=True, blank=True)
    told_at = models.DateTimeField("thông báo lúc")
    told_by = references.officer()
    event = models.OneToOneField(DossierEvent, on_delete=models.PROTECT, related_name="obligation")
    paid_at = models.DateTimeField("xác nhận đã nộp lúc", null=True, blank=True)
    confirmed_by = references.officer_or_nobody("người xác nhận", help_text="trống = hệ thống thu tiền")
    proof = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chứng từ"
    )
    proof_number = models.CharField("số chứng từ", max_length=60, blank=True)
    dropped_at = models.DateTimeField("thôi chờ lúc", null=True, blank=True, help_text="the dossier ended meanwhile")

    class Meta:
        verbose_name = "nghĩa vụ tài chính"
        verbose_name_plural = "nghĩa vụ tài chính"
        ordering = ["told_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "notice_number"], name="obligation_identity"),
            models.CheckConstraint(condition=Q(paid_at=None) | Q(dropped_at=None), name="obligation_ended_once"),
            models.CheckConstraint(
                condition=Q(paid_at=None) | ~Q(proof_number="") | Q(proof__isnull=False),
                name="obligation_paid_with_proof",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.notice_number}"

    @property
    def total_vnd(self) -> int:
        """Return what is to be paid in all."""
        return sum(int(line["amount_vnd"]) for line in self.lines)


class Delay(models.Model):
    """A due moment that passed while the clock ran: who held the dossier then, and the cause they state for it."""

    class Cause(models.TextChoices):
        VERIFICATION = "verification", "Xác minh kéo dài"
        OTHER_UNIT = "other_unit", "Cơ quan phối hợp trả lời chậm"
        UPPER_LEVEL = "upper_level", "Chờ cấp trên hoặc bộ, ngành"
        WORKLOAD = "workload", "Quá tải, thiếu người"
        COMPLEX = "complex", "Hồ sơ phức tạp"
        SYSTEM = "system", "Lỗi hệ thống, mất kết nối"
        OTHER = "other", "Nguyên nhân khác"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="delays")
    due_at = models.DateTimeField("hạn đã qua", help_text="the due moment that was missed")
    noted_at = models.DateTimeField("ghi nhận lúc")
    unit = references.unit("đơn vị giữ hồ sơ")
    officer = references.officer_or_nobody("người giữ hồ sơ")
    step_name = models.CharField("bước", max_length=150)
    cause = models.CharField("nguyên nhân", max_length=12, choices=Cause.choices, blank=True)
    late_unit = references.unit_or_none("đơn vị làm chậm")
    words = models.TextField("nói rõ", blank=True)
    stated_at = models.DateTimeField("nêu lúc", null=True, blank=True)
    stated_by = references.officer_or_nobody()

    class Meta:
        verbose_name = "lần trễ hạn"
        verbose_name_plural = "lần trễ hạn"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "due_at"], name="delay_identity"),
            models.CheckConstraint(
                condition=Q(stated_at=None, cause="", late_unit=None)
                | (Q(stated_at__isnull=False, late_unit__isnull=False) & ~Q(cause="")),
                name="delay_stated_wholly",
            ),
        ]
        indexes = [models.Index(fields=["unit"], condition=Q(stated_at__isnull=True), name="delay_unstated_by_unit")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.due_at:%Y-%m-%d}"
