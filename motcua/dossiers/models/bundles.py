"""One filing that makes several dossiers (catalogue.bundles): what belongs together, and what waits for what."""

from django.db import models
from django.db.models import Q

from motcua.dossiers.models.dossier import Dossier
from motcua.people.models import Citizen


class FiledBundle(models.Model):
    """A bundle a citizen fills in, and later filed at once. Its members are dossiers of their own; it is counted nowhere.

    The code is given when it is filed: «BO-000123».
    """

    code = models.CharField("mã bộ hồ sơ", max_length=20, null=True, blank=True, unique=True)
    kind = models.SlugField("bộ", max_length=40, help_text="catalogue.bundles")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="bundles", verbose_name="người nộp")
    filing_key = models.UUIDField(unique=True)
    created_at = models.DateTimeField()
    filed_at = models.DateTimeField("nộp lúc", null=True, blank=True)

    class Meta:
        verbose_name = "bộ hồ sơ"
        verbose_name_plural = "bộ hồ sơ"
        constraints = [
            models.CheckConstraint(
                condition=Q(code=None, filed_at=None) | Q(code__isnull=False, filed_at__isnull=False),
                name="bundle_code_when_filed",
            )
        ]

    def __str__(self) -> str:
        return self.code or f"bộ hồ sơ {self.pk}"


class BundleMember(models.Model):
    """One dossier of a bundle. Filed with it, it goes to its agency at once, or waits as a draft for what feeds it."""

    bundle = models.ForeignKey(FiledBundle, on_delete=models.CASCADE, related_name="members", db_index=False)
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="bundle_member")
    released_at = models.DateTimeField("chuyển đi lúc", null=True, blank=True)
    stopped_at = models.DateTimeField("thôi chờ lúc", null=True, blank=True)
    stopped_why = models.TextField("vì sao không chuyển đi", blank=True)

    class Meta:
        verbose_name = "hồ sơ trong bộ"
        verbose_name_plural = "hồ sơ trong bộ"
        ordering = ["bundle", "position"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "key"], name="bundle_member_identity"),
            models.CheckConstraint(condition=Q(released_at=None) | Q(stopped_at=None), name="bundle_member_ended_once"),
            models.CheckConstraint(condition=Q(stopped_at=None) | ~Q(stopped_why=""), name="bundle_member_stopped_why"),
        ]
        indexes = [
            models.Index(
                fields=["bundle"], condition=Q(released_at=None, stopped_at=None), name="bundle_member_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.bundle} {self.key}"
