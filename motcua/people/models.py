"""Tables of people and places: administrative units, agencies, officers, posts, citizens, organisations, calendars."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.people.roles import Role

TAX_CODE = r"^([0-9]{10}(-[0-9]{3})?|[0-9]{12})$"
"""An enterprise's code, that of its branch, or the identity number of who runs a household business since July 2025
(Thông tư 86/2024/TT-BTC)."""


def _within_period(on: date) -> Q:
    """Return the condition of a row whose open-ended period valid_from … valid_to, both included, holds `on`."""
    started = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return started & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


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


class PlaceQuerySet(models.QuerySet["Place"]):
    def valid_on(self, on: date) -> "PlaceQuerySet":
        """Keep the places that exist on `on`."""
        return self.filter(_within_period(on))


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


class WorkingCalendar(models.Model):
    """A named working calendar; what it says is in its versions."""

    code = models.SlugField("mã", unique=True)
    name = models.CharField("tên", max_length=150)

    class Meta:
        verbose_name = "lịch làm việc"
        verbose_name_plural = "lịch làm việc"

    def __str__(self) -> str:
        return self.name


class CalendarVersion(models.Model):
    """One state of a calendar. A published version is never edited; a correction is a new version."""

    calendar = models.ForeignKey(
        WorkingCalendar, on_delete=models.PROTECT, related_name="versions", verbose_name="lịch"
    )
    number = models.PositiveIntegerField("phiên bản")
    published_at = models.DateTimeField("có hiệu lực từ", null=True, blank=True)
    note = models.TextField("căn cứ, lý do", blank=True)

    class Meta:
        verbose_name = "phiên bản lịch"
        verbose_name_plural = "phiên bản lịch"
        constraints = [models.UniqueConstraint(fields=["calendar", "number"], name="calendar_version_identity")]

    def __str__(self) -> str:
        return f"{self.calendar} · {self.number}"


class CalendarSession(models.Model):
    """A weekly working session: weekday 0 is Monday."""

    version = models.ForeignKey(CalendarVersion, on_delete=models.CASCADE, related_name="sessions")
    weekday = models.PositiveSmallIntegerField(
        "thứ", choices=[(i, name) for i, name in enumerate(("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Chủ nhật"))]
    )
    opens = models.TimeField("mở")
    closes = models.TimeField("đóng")

    class Meta:
        verbose_name = "buổi làm việc"
        verbose_name_plural = "buổi làm việc"
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="calendar_session_order",
                violation_error_message="Giờ đóng phải sau giờ mở.",
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="calendar_session_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class CalendarDay(models.Model):
    """A day that differs from the week: holiday, compensation, swap or make-up. Kinds as in dossiers.clock.DayKind."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "Nghỉ lễ"
        COMPENSATION = "compensation", "Nghỉ bù"
        SWAP = "swap", "Hoán đổi (nghỉ)"
        MAKE_UP = "make_up", "Làm bù"

    version = models.ForeignKey(CalendarVersion, on_delete=models.CASCADE, related_name="days")
    on = models.DateField("ngày")
    kind = models.CharField("loại", max_length=12, choices=Kind.choices)
    name = models.CharField("tên", max_length=150)
    source = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        verbose_name = "ngày đặc biệt"
        verbose_name_plural = "ngày đặc biệt"
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "on"],
                name="calendar_day_once",
                violation_error_message="Ngày này đã có trong lịch; mỗi ngày chỉ ghi một lần.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["holiday", "compensation", "swap", "make_up"]), name="calendar_day_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.name}"


class AgencyQuerySet(models.QuerySet["Agency"]):
    def valid_on(self, on: date) -> "AgencyQuerySet":
        """Keep the agencies that exist on `on`."""
        return self.filter(_within_period(on))

    def below(self, agencies: Iterable["Agency"]) -> "AgencyQuerySet":
        """Keep the agencies at or below any of `agencies` in the tree."""
        return self.filter(path__overlap=[agency.pk for agency in agencies])


class Agency(models.Model):
    """An agency, centre or division: a node of one tree, with its period of validity and its successors."""

    class Type(models.TextChoices):
        PROVINCE = "province", "UBND cấp tỉnh"
        DEPARTMENT = "department", "Sở, ban, ngành"
        COMMUNE = "commune", "UBND cấp xã"
        PROVINCE_CENTRE = "province_centre", "Trung tâm PVHCC cấp tỉnh"
        COMMUNE_CENTRE = "commune_centre", "Trung tâm PVHCC cấp xã"
        BRANCH = "branch", "Chi nhánh trung tâm"
        RECEPTION_POINT = "reception_point", "Điểm tiếp nhận"
        DIVISION = "division", "Phòng chuyên môn"
        VERTICAL = "vertical", "Cơ quan ngành dọc"
        MINISTRY = "ministry", "Bộ, cơ quan trung ương"

    code = models.CharField("mã định danh", max_length=40, unique=True, help_text="QĐ 20/2020/QĐ-TTg: H57.31.12")
    name = models.CharField("tên", max_length=250)
    short_name = models.CharField("tên gọn", max_length=80)
    type = models.CharField("loại", max_length=20, choices=Type.choices)
    subject = models.SlugField(
        "mảng việc",
        max_length=40,
        blank=True,
        help_text="lo mảng việc nào; thủ tục tìm cơ quan giải quyết theo mảng việc",
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="cơ quan cấp trên",
    )
    path = ArrayField(
        models.BigIntegerField(),
        default=list,
        editable=False,
        help_text="ids from the root to this agency; kept by people.actions",
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="agencies", verbose_name="địa bàn"
    )
    calendar = models.ForeignKey(
        WorkingCalendar,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agencies",
        verbose_name="lịch làm việc",
        help_text="trống = theo cơ quan cấp trên",
    )
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    valid_from = models.DateField("hoạt động từ", null=True, blank=True)
    valid_to = models.DateField("đến hết", null=True, blank=True)
    successors: "models.ManyToManyField[Agency, models.Model]" = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors", verbose_name="cơ quan kế thừa"
    )

    objects = AgencyQuerySet.as_manager()
    CENTRES: ClassVar[frozenset[str]] = frozenset(
        {Type.PROVINCE_CENTRE, Type.COMMUNE_CENTRE, Type.BRANCH, Type.RECEPTION_POINT}
    )

    class Meta:
        verbose_name = "cơ quan"
        verbose_name_plural = "cơ quan"
        indexes = [models.Index(fields=["parent", "subject"], name="agency_by_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agency_period",
                violation_error_message="Ngày cuối không được trước ngày đầu.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_centre(self) -> bool:
        """Return whether people file and fetch here."""
        return self.type in self.CENTRES


class Officer(models.Model):
    """A public officer with an account; what they may do comes from their posts."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="officer", verbose_name="tài khoản")
    full_name = models.CharField("họ và tên", max_length=200)
    title = models.CharField("chức danh", max_length=150, blank=True)

    class Meta:
        verbose_name = "cán bộ"
        verbose_name_plural = "cán bộ"

    def __str__(self) -> str:
        return self.full_name


class PostQuerySet(models.QuerySet["Post"]):
    def valid_on(self, on: date) -> "PostQuerySet":
        """Keep the posts held on `on`."""
        return self.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))


class Post(models.Model):
    """An officer in a unit with a role for a period: the only source of rights."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="posts", verbose_name="cán bộ")
    unit = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts", verbose_name="đơn vị")
    role = models.CharField("vai trò", max_length=24, choices=Role.choices)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    objects = PostQuerySet.as_manager()
    delegation: "Delegation | None" = None
    """Set by queries.posts_of when the post is borrowed: by whom it was lent, until when and why. Not a column."""

    class Meta:
        verbose_name = "vị trí"
        verbose_name_plural = "vị trí"
        indexes = [models.Index(fields=["unit", "role"], name="post_by_unit_role")]
        constraints = [
            models.UniqueConstraint(fields=["officer", "unit", "role", "valid_from"], name="post_identity"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="post_role"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="post_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.get_role_display()} · {self.unit.short_name}"


class Delegation(models.Model):
    """A post lent to another officer for a period, with the reason."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations", verbose_name="vị trí")
    to_officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="borrowed_posts", verbose_name="người được ủy quyền"
    )
    starts_at = models.DateTimeField("từ")
    ends_at = models.DateTimeField("đến")
    reason = models.CharField("lý do", max_length=250)

    class Meta:
        verbose_name = "ủy quyền"
        verbose_name_plural = "ủy quyền"
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="delegation_period")]

    def __str__(self) -> str:
        return f"{self.post} → {self.to_officer}"

    def covers(self, at: datetime) -> bool:
        """Return whether the delegation is in force at `at`."""
        return self.starts_at <= at < self.ends_at


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
