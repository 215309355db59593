"""What a dossier asks of others while its clock runs: an opinion, a verification, a visit with the citizen."""

from django.db import models
from django.db.models import Q

from motcua.documents.models import Document
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.history import DossierEvent
from motcua.people.models import references


class Consultation(models.Model):
    """One unit asked, with its own term: it answers, or its silence is recorded as such. The dossier's clock runs on.

    Several units may be asked at once. A verification names who was late when the dossier is; an opinion binds nobody.
    """

    class Kind(models.TextChoices):
        OPINION = "opinion", "Lấy ý kiến"
        VERIFICATION = "verification", "Đề nghị xác minh"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="consultations")
    kind = models.CharField("việc hỏi", max_length=12, choices=Kind.choices)
    unit = references.unit("đơn vị được hỏi")
    question = models.TextField("nội dung hỏi")
    asked_at = models.DateTimeField("hỏi lúc")
    asked_by = references.officer()
    due_at = models.DateTimeField("hạn trả lời")
    event = models.OneToOneField(DossierEvent, on_delete=models.PROTECT, related_name="consultation")
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = references.officer_or_nobody()
    answer = models.TextField("trả lời", blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản trả lời"
    )
    silent_at = models.DateTimeField(
        "ghi im lặng lúc", null=True, blank=True, help_text="the term passed without an answer; one may still come"
    )
    dropped_at = models.DateTimeField("thôi hỏi lúc", null=True, blank=True, help_text="the dossier ended meanwhile")

    class Meta:
        verbose_name = "việc lấy ý kiến, xác minh"
        verbose_name_plural = "việc lấy ý kiến, xác minh"
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(
                fields=["unit"], condition=Q(answered_at=None, dropped_at=None), name="consultation_open_by_unit"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="consultation_answered_wholly",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.get_kind_display()}"
