"""Reorganisations that were carried out: the plan as it was given, and who took over from whom."""

from django.db import models

from motcua.people.models import references


class Reorganisation(models.Model):
    """One plan carried out; the same plan again finds itself here and changes nothing."""

    digest = models.CharField(max_length=64, unique=True, editable=False, help_text="reorganising.Plan.digest")
    decision = models.CharField("quyết định", max_length=250)
    on = models.DateField("từ ngày")
    plan = models.JSONField("phương án")
    applied_at = models.DateTimeField("thực hiện lúc")

    class Meta:
        verbose_name = "lần sắp xếp bộ máy"
        verbose_name_plural = "lần sắp xếp bộ máy"

    def __str__(self) -> str:
        return self.decision


class Inheritance(models.Model):
    """What a reorganisation moves: the open work of a unit, all of it or what lies in one commune, to its heir."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="inheritances")
    unit = references.unit()
    commune = models.CharField(
        max_length=10, blank=True, help_text="code of the place the matter lies in; empty: any other"
    )
    heir = references.unit()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "unit", "commune"], name="inheritance_identity"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.heir_id}"
