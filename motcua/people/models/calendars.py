"""Working calendars, in versions: sessions, holidays, swap days, make-up Saturdays."""

from django.db import models
from django.db.models import F, Q


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
