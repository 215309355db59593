"""Citizens and organisations."""

from django.db import models
from django.db.models import Q

from motcua.people.models.accounts import User
from motcua.people.models.places import Place

TAX_CODE = r"^([0-9]{10}(-[0-9]{3})?|[0-9]{12})$"
"""An enterprise's code, that of its branch, or the identity number of who runs a household business since July 2025
(Thông tư 86/2024/TT-BTC)."""


class Citizen(models.Model):
    """A person who files or owns dossiers. With an account when they signed up, without when first met at a counter."""

    class Gender(models.TextChoices):
        MALE = "male", "Nam"
        FEMALE = "female", "Nữ"

    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="citizen", verbose_name="tài khoản"
    )
    full_name = models.CharField("họ và tên", max_length=200)
    folded_name = models.CharField(
        max_length=200, editable=False, help_text="base.text.fold(full_name); kept by people.actions"
    )
    birth_on = models.DateField("ngày sinh", null=True, blank=True)
    gender = models.CharField("giới tính", max_length=6, choices=Gender.choices, blank=True)
    identity_number = models.CharField("số định danh cá nhân", max_length=12, unique=True, null=True, blank=True)
    vneid = models.CharField("tài khoản VNeID", max_length=20, unique=True, null=True, blank=True)
    phone = models.CharField("số điện thoại", max_length=15, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    address = models.CharField("nơi cư trú", max_length=250, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="xã, phường"
    )
    met_at = models.DateTimeField("biết từ", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "công dân"
        verbose_name_plural = "công dân"
        indexes = [
            models.Index(fields=["phone"], name="citizen_by_phone"),
            models.Index(
                fields=["folded_name"], name="citizen_by_name", opclasses=["varchar_pattern_ops"]
            ),  # LIKE 'x%'
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(identity_number__isnull=True) | Q(identity_number__regex=r"^[0-9]{12}$"),
                name="citizen_identity_number",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_unproved(self) -> bool:
        """Whether all that is known was typed at sign-up: an account, and no identity number anybody compared."""
        return self.user_id is not None and not self.identity_number


class Organisation(models.Model):
    """An enterprise or other organisation, known by its tax code."""

    name = models.CharField("tên", max_length=250)
    tax_code = models.CharField("mã số thuế", max_length=14, unique=True)
    representative = models.ForeignKey(
        Citizen,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name="người đại diện",
    )
    address = models.CharField("trụ sở", max_length=250, blank=True)
    phone = models.CharField("điện thoại", max_length=15, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    met_at = models.DateTimeField("biết từ", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "tổ chức"
        verbose_name_plural = "tổ chức"
        constraints = [models.CheckConstraint(condition=Q(tax_code__regex=TAX_CODE), name="organisation_tax_code")]

    def __str__(self) -> str:
        return self.name
