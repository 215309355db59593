"""A visit with the citizen: an appointment on site to verify what the papers say."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from motcua.documents.models import Document
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.history import DossierEvent
from motcua.people.models import references


class Visit(models.Model):
    """One appointment: offered with up to three times, held by its minutes, or called off with a reason.

    Until the citizen chooses, the first time offered stands. The dossier's clock runs on.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="visits", db_index=False)
    round_no = models.PositiveSmallIntegerField("lần hẹn")
    purpose = models.TextField("xem gì")
    place = models.CharField("nơi gặp", max_length=250)
    times = models.JSONField(
        "các giờ đưa ra", help_text="moments in ISO 8601, the first one stands until another is chosen"
    )
    planned_at = models.DateTimeField("giờ hẹn")
    offered_at = models.DateTimeField("hẹn lúc")
    offered_by = references.officer()
    unit = references.unit("đơn vị đi xem")
    event = models.OneToOneField(DossierEvent, on_delete=models.PROTECT, related_name="visit")
    agreed_at = models.DateTimeField("chốt giờ lúc", null=True, blank=True)
    reminded_at = models.DateTimeField("nhắc lúc", null=True, blank=True)
    called_off_at = models.DateTimeField("báo không gặp lúc", null=True, blank=True)
    why_called_off = models.TextField("vì sao không gặp", blank=True)
    held_at = models.DateTimeField("đã xem lúc", null=True, blank=True)
    recorded_at = models.DateTimeField("ghi biên bản lúc", null=True, blank=True)
    recorded_by = references.officer_or_nobody()
    present = models.TextField("có mặt", blank=True)
    minutes = models.TextField("biên bản", blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản chụp biên bản"
    )
    dropped_at = models.DateTimeField("thôi hẹn lúc", null=True, blank=True, help_text="the dossier ended meanwhile")

    class Meta:
        verbose_name = "buổi xem tại chỗ"
        verbose_name_plural = "buổi xem tại chỗ"
        ordering = ["dossier", "round_no"]
        indexes = [
            models.Index(
                fields=["planned_at"],
                condition=Q(recorded_at=None, called_off_at=None, dropped_at=None),
                name="visit_open_by_moment",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "round_no"], name="visit_identity"),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(recorded_at=None, called_off_at=None, dropped_at=None),
                name="visit_one_open",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at=None, held_at=None, recorded_by=None, minutes="", present="")
                | (
                    Q(recorded_at__isnull=False, held_at__isnull=False, recorded_by__isnull=False)
                    & ~Q(minutes="")
                    & ~Q(present="")
                ),
                name="visit_recorded_wholly",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None, why_called_off="")
                | (Q(called_off_at__isnull=False, recorded_at=None) & ~Q(why_called_off="")),
                name="visit_called_off_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} hẹn lần {self.round_no}"

    @property
    def moments(self) -> list[datetime]:
        """Return the times offered, in the order they were."""
        return [datetime.fromisoformat(one) for one in self.times]
