"""Administrative units: provinces, communes, and the districts there were."""

from datetime import date

from django.db import models
from django.db.models import F, Q


def within_period(on: date) -> Q:
    """Return the condition of a row whose open-ended period valid_from … valid_to, both included, holds `on`."""
    started = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return started & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


class PlaceQuerySet(models.QuerySet["Place"]):
    def valid_on(self, on: date) -> "PlaceQuerySet":
        """Keep the places that exist on `on`."""
        return self.filter(within_period(on))


class Place(models.Model):
    """An administrative unit with its period of validity: two levels today, three before July 2025."""

    class Level(models.TextChoices):
        PROVINCE = "province", "Tỉnh, thành phố"
        DISTRICT = "district", "Quận, huyện (đến 30/6/2025)"
        COMMUNE = "commune", "Xã, phường, đặc khu"

    code = models.CharField("mã", max_length=10, help_text="mã của Cục Thống kê: 46, 19900")
    name = models.CharField("tên", max_length=150)
    level = models.CharField("cấp", max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="nằm trong"
    )
    valid_from = models.DateField("có từ", null=True, blank=True)
    valid_to = models.DateField("đến hết", null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị hành chính"
        verbose_name_plural = "đơn vị hành chính"
        constraints = [
            models.UniqueConstraint(
                fields=["level", "code", "valid_from"], name="place_identity", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="place_period",
                violation_error_message="Ngày cuối không được trước ngày đầu.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
