"""Agencies, and who holds which post in them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.people.models.accounts import User
from motcua.people.models.calendars import WorkingCalendar
from motcua.people.models.places import Place, within_period
from motcua.people.roles import Role


class AgencyQuerySet(models.QuerySet["Agency"]):
    def valid_on(self, on: date) -> "AgencyQuerySet":
        """Keep the agencies that exist on `on`."""
        return self.filter(within_period(on))

    def below(self, agencies: Iterable["Agency"]) -> "AgencyQuerySet":
        """Keep the agencies at or below any of `agencies` in the tree."""
        return self.filter(path__overlap=[agency.pk for agency in agencies])


class Agency(models.Model):
    """An agency, centre or division: a node of one tree, with its period of validity and its successors."""

    class Type(models.TextChoices):
        PROVINCE = "province", "UBND cấp tỉnh"
        DEPARTMENT = "department", "Sở, ban, ngành"
        DISTRICT = "district", "UBND cấp huyện (đến 30/6/2025)"
        COMMUNE = "commune", "UBND cấp xã"
        PROVINCE_CENTRE = "province_centre", "Trung tâm PVHCC cấp tỉnh"
        DISTRICT_CENTRE = "district_centre", "Bộ phận một cửa cấp huyện (đến 30/6/2025)"
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
        {Type.PROVINCE_CENTRE, Type.DISTRICT_CENTRE, Type.COMMUNE_CENTRE, Type.BRANCH, Type.RECEPTION_POINT}
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
    made_by = models.ForeignKey(
        Officer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người lập",
        db_index=False,
        help_text="trống = lập trước khi điều này được ghi",
    )
    ended_by = models.ForeignKey(
        Officer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người kết thúc sớm",
        db_index=False,
    )

    class Meta:
        verbose_name = "ủy quyền"
        verbose_name_plural = "ủy quyền"
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="delegation_period")]

    def __str__(self) -> str:
        return f"{self.post} → {self.to_officer}"

    def covers(self, at: datetime) -> bool:
        """Return whether the delegation is in force at `at`."""
        return self.starts_at <= at < self.ends_at
