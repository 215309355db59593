"""What happened to a dossier, what its clock counts with, and the steps it went through."""

from django.db import models
from django.db.models import F, Q, Value

from motcua.dossiers.lifecycle import MOVES, Status
from motcua.dossiers.models.dossier import Dossier, no_object
from motcua.people.models import Citizen, references
from motcua.people.roles import Role


class DossierEvent(models.Model):
    """Something that happened to a dossier: the only history, chained by hash, never changed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    move = models.CharField(max_length=20, choices=[(name, move.label) for name, move in MOVES.items()])
    from_status = models.CharField(max_length=20, choices=Status.choices)
    to_status = models.CharField(max_length=20, choices=Status.choices)
    by = models.CharField(max_length=10, help_text="lifecycle.By")
    officer = references.officer_or_nobody()
    unit = references.unit_or_none()
    citizen = models.ForeignKey(
        Citizen, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True)
    data = models.JSONField(default=no_object, help_text="facts of the move: step, paper codes, result number, …")
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "sự kiện"
        ordering = ["dossier", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="event_identity"),
            models.CheckConstraint(condition=Q(move__in=list(MOVES)), name="event_move"),
        ]
        indexes = [models.Index(fields=["at"], name="event_by_moment")]

    def __str__(self) -> str:
        return f"{self.dossier_id}#{self.seq} {self.move}"


class LedgerEntry(models.Model):
    """One line of the deadline ledger, in the shape of clock.Entry; never changed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="ledger", db_index=False)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    effect = models.CharField(max_length=12, help_text="clock.Effect")
    term_quantity = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    term_unit = models.CharField(max_length=14, blank=True)
    article = models.CharField("căn cứ", max_length=150, blank=True)
    note = models.CharField(max_length=250, blank=True)
    counts_from = models.DateTimeField(null=True, blank=True, help_text="of a recalculation: the right receipt moment")
    no_term = models.BooleanField(
        default=False, db_default=Value(False), help_text="of a recalculation: the law gives no term after all"
    )
    event = models.ForeignKey(DossierEvent, on_delete=models.PROTECT, related_name="ledger_entries", db_index=False)

    class Meta:
        ordering = ["dossier", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="ledger_identity"),
            models.CheckConstraint(
                condition=Q(effect__in=["start", "pause", "resume", "continue", "extend", "recalculate", "stop"]),
                name="ledger_effect",
            ),
            models.CheckConstraint(
                condition=Q(no_term=False) | Q(effect="recalculate", term_quantity=None), name="ledger_no_term"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}#{self.seq} {self.effect}"


class Step(models.Model):
    """A step that runs or ran: who holds the dossier, since when, until when.

    Every open dossier has one running step that stands for it in lists of dossiers; others may run beside it.
    """

    class Kind(models.TextChoices):
        RECEPTION = "reception", "Tiếp nhận"
        ARRIVAL = "arrival", "Nhận liên thông"
        HAND_OVER = "hand_over", "Bàn giao"
        WORK = "work", "Xử lý"
        SIGN = "sign", "Ký"
        ISSUE = "issue", "Phát hành"
        RETURN = "return", "Trả kết quả"

    class Outcome(models.TextChoices):
        DONE = "done", "Xong"
        SENT_BACK = "sent_back", "Chuyển trả"
        RESTARTED = "restarted", "Làm lại sau khi bổ sung"
        ENDED = "ended", "Kết thúc cùng hồ sơ"
        MOVED = "moved", "Chuyển đơn vị do sắp xếp bộ máy"
        REPLANNED = "replanned", "Đổi theo quy trình mới"
        NEEDLESS = "needless", "Thôi làm, theo quy trình"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="steps", db_index=False)
    seq = models.PositiveIntegerField()
    code = models.SlugField("mã bước", max_length=40, db_index=False)
    name = models.CharField("bước", max_length=150)
    kind = models.CharField("loại", max_length=10, choices=Kind.choices)
    unit = references.unit("đơn vị")
    role = models.CharField("vai trò", max_length=24, choices=Role.choices)
    assignee = references.officer_or_nobody("người giữ")
    received_at = models.DateTimeField("nhận lúc")
    due_at = models.DateTimeField("hạn bước", null=True, blank=True)
    done_at = models.DateTimeField("xong lúc", null=True, blank=True)
    done_by = references.officer_or_nobody("người làm")
    outcome = models.CharField("kết quả", max_length=10, choices=Outcome.choices, blank=True)
    note = models.TextField("ghi chú", blank=True)
    token = models.PositiveIntegerField(null=True, blank=True, help_text="its branch in the dossier's position")
    timer_at = models.DateTimeField(
        "hẹn giờ", null=True, blank=True, help_text="when a timer of the process goes off on it"
    )
    is_beside = models.BooleanField("chạy song song với một bước khác", default=False, db_default=Value(False))
    position = models.JSONField(
        null=True, blank=True, help_text="where the branches stood when it was done, so that it can be taken up again"
    )

    class Meta:
        verbose_name = "bước"
        verbose_name_plural = "bước"
        ordering = ["dossier", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="step_identity"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(done_at__isnull=True, is_beside=False), name="step_one_leads"
            ),
            models.UniqueConstraint(
                fields=["dossier", "token"],
                condition=Q(done_at__isnull=True),
                nulls_distinct=False,
                name="step_one_per_branch",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, outcome="") | (Q(done_at__isnull=False) & ~Q(outcome="")),
                name="step_outcome",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("received_at")), name="step_order"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="step_role"),
        ]
        indexes = [
            models.Index(fields=["unit", "role"], condition=Q(done_at__isnull=True), name="step_running_by_unit"),
            models.Index(fields=["assignee"], condition=Q(done_at__isnull=True), name="step_running_by_assignee"),
            models.Index(fields=["unit", "dossier"], name="step_by_unit"),
            models.Index(
                fields=["timer_at"], condition=Q(done_at__isnull=True, timer_at__isnull=False), name="step_by_timer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}#{self.seq} {self.code}"
