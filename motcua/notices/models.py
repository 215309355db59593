"""Tables of notices: what was told to whom, and each sending of it."""

from django.db import models
from django.db.models import Q

from motcua.dossiers.models import Dossier, DossierEvent
from motcua.people.models import Citizen


class Notice(models.Model):
    """One message to one citizen about one move; the portal shows it."""

    event = models.OneToOneField(DossierEvent, on_delete=models.PROTECT, related_name="notice")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="notices")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="notices", db_index=False)
    title = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung")
    told_at = models.DateTimeField("báo lúc")
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        indexes = [models.Index(fields=["citizen", "-told_at"], name="notice_by_citizen")]

    def __str__(self) -> str:
        return self.title


class Sending(models.Model):
    """One notice over one channel; what failed for good is parked with its reason, never dropped."""

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ gửi"
        SENT = "sent", "Đã gửi"
        PARKED = "parked", "Không gửi được"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="sendings", verbose_name="thông báo")
    channel = models.CharField("kênh", max_length=10)
    address = models.CharField("nơi nhận", max_length=254)
    state = models.CharField("tình trạng", max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("số lần thử", default=0)
    fault = models.CharField("lỗi lần cuối", max_length=250, blank=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lần gửi"
        verbose_name_plural = "lần gửi"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="sending_identity"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="sending_sent_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.state}"
