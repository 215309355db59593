"""Liên thông: what a dossier sends to other agencies, each leg with its own term, and what comes back."""

from django.db import models
from django.db.models import Q, Value

from motcua.documents.models import Document
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.history import DossierEvent
from motcua.people.models import references


def no_papers() -> list[object]:
    return []


class Leg(models.Model):
    """One leg: from a dossier to another agency, where it is a part (`child`) of its own, or to a central one by hand.

    `manifest` is [{"paper": id of a Paper of the dossier, "name", "count"}]: the other side reads those papers by
    reference, and of what the citizen stated the `form_fields` (names in the form of the root). A leg ends once: it comes back with or without a result, is refused, or is not waited for any more.
    """

    class System(models.TextChoices):
        INTERNAL = "internal", "Trong hệ thống này"
        CENTRAL = "central", "Trung ương, gửi bằng văn bản"

    class Outcome(models.TextChoices):
        DONE = "done", "Có kết quả"
        STOPPED = "stopped", "Dừng, không có kết quả"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="legs", db_index=False)
    number = models.PositiveSmallIntegerField("số thứ tự")
    child = models.OneToOneField(
        Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="leg", verbose_name="hồ sơ ở nơi nhận"
    )
    step_seq = models.PositiveIntegerField("gửi từ bước", help_text="the running step it was sent from, which waits")
    from_unit = references.unit("nơi gửi")
    to_system = models.CharField("gửi qua", max_length=10, choices=System.choices)
    to_unit = references.unit_or_none("nơi nhận")
    to_name = models.CharField("tên nơi nhận", max_length=250)
    request = models.TextField("việc nhờ")
    manifest = models.JSONField("giấy tờ gửi kèm", default=no_papers, blank=True)
    form_fields = models.JSONField(
        "dữ liệu tờ khai gửi kèm", default=no_papers, db_default=Value([], models.JSONField()), blank=True
    )
    is_required = models.BooleanField("phải có mới làm tiếp", default=True)
    days = models.PositiveSmallIntegerField("thời hạn, ngày làm việc", null=True, blank=True)
    due_at = models.DateTimeField("hạn trả về", null=True, blank=True)
    sent_at = models.DateTimeField("gửi lúc")
    sent_by = references.officer()
    sent_number = models.CharField("số văn bản gửi", max_length=60, blank=True)
    unknown_why = models.TextField("vì sao chưa biết ngày trả lời", blank=True)
    event = models.OneToOneField(DossierEvent, on_delete=models.PROTECT, related_name="leg")

    received_at = models.DateTimeField("nhận lúc", null=True, blank=True)
    received_by = references.officer_or_nobody()
    refused_at = models.DateTimeField("không nhận lúc", null=True, blank=True)
    refused_by = references.officer_or_nobody()
    returned_at = models.DateTimeField("trả về lúc", null=True, blank=True)
    outcome = models.CharField("kết cục", max_length=8, choices=Outcome.choices, blank=True)
    words = models.TextField("lời nơi nhận", blank=True, help_text="why it was refused or stopped; what was answered")
    result_number = models.CharField("số văn bản trả lời", max_length=60, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản trả lời"
    )
    dropped_at = models.DateTimeField("thôi chờ lúc", null=True, blank=True)
    late_at = models.DateTimeField(
        "ghi trễ lúc", null=True, blank=True, help_text="the due moment passed while it was open"
    )
    reminded_at = models.DateTimeField("nhắc lúc", null=True, blank=True)

    class Meta:
        verbose_name = "phần liên thông"
        verbose_name_plural = "phần liên thông"
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="leg_identity"),
            models.CheckConstraint(
                condition=Q(to_system="internal", child__isnull=False, to_unit__isnull=False, due_at__isnull=False)
                | (Q(to_system="central", child=None) & (Q(due_at__isnull=False) | ~Q(unknown_why=""))),
                name="leg_goes_somewhere_until_when",
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None, returned_at=None)
                | Q(refused_at=None, dropped_at=None)
                | Q(returned_at=None, dropped_at=None),
                name="leg_ended_once",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, outcome="") | (Q(returned_at__isnull=False) & ~Q(outcome="")),
                name="leg_outcome",
            ),
            models.CheckConstraint(condition=Q(refused_at=None) | ~Q(words=""), name="leg_refused_with_words"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(returned_at=None, refused_at=None, dropped_at=None),
                name="leg_open_by_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} – {self.number}"

    @property
    def is_open(self) -> bool:
        """Return whether it is still waited for."""
        return self.returned_at is None and self.refused_at is None and self.dropped_at is None
