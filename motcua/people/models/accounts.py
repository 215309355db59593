"""Accounts that sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q


class UserManager(BaseUserManager["User"]):
    """Accounts sign in by e-mail or phone; there is no user name."""

    def create_user(
        self, *, email: str | None = None, phone: str | None = None, password: str | None = None, **extra: Any
    ) -> "User":
        user = self.model(email=self.normalize_email(email) or None, phone=phone or None, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, *, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email=email, password=password, is_staff=True, is_superuser=True, **extra)


class User(AbstractBaseUser, PermissionsMixin):
    """An account that signs in. Who the person is stands in Citizen or Officer."""

    email = models.EmailField("thư điện tử", unique=True, null=True, blank=True)
    phone = models.CharField("số điện thoại", max_length=15, unique=True, null=True, blank=True)
    full_name = models.CharField("họ và tên", max_length=200, blank=True)
    is_staff = models.BooleanField("vào được trang quản trị", default=False)
    is_active = models.BooleanField("đang dùng", default=True)
    joined_at = models.DateTimeField("mở lúc", auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False), name="user_email_or_phone"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email or self.phone or f"#{self.pk}"
