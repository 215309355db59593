"""Dossiers that another system runs, mirrored to be watched: never moved, never counted among ours."""

from django.db import models
from django.db.models import F, Q

from motcua.people.models import Agency


class Mirrored(models.Model):
    """One dossier of a ministry's or another system, as it said it stands when it was read last."""

    system = models.CharField("hệ thống", max_length=120)
    code = models.CharField("mã hồ sơ ở hệ thống ấy", max_length=80)
    procedure_code = models.CharField("mã thủ tục", max_length=40, blank=True)
    procedure_name = models.CharField("thủ tục", max_length=500)
    unit = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan của tỉnh"
    )
    unit_name = models.CharField("nơi giải quyết", max_length=250)
    status = models.CharField("trạng thái, theo lời hệ thống ấy", max_length=200)
    received_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True)
    due_at = models.DateTimeField("hẹn trả", null=True, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    read_at = models.DateTimeField("đọc lúc")

    class Meta:
        verbose_name = "hồ sơ bản chiếu"
        verbose_name_plural = "hồ sơ bản chiếu"
        indexes = [
            models.Index(F("due_at").asc(nulls_last=True), "id", condition=Q(finished_at=None), name="mirrored_open")
        ]
        constraints = [models.UniqueConstraint(fields=["system", "code"], name="mirrored_identity")]

    def __str__(self) -> str:
        return f"{self.system} {self.code}"
