"""What a version asks for and computes with: cases with their terms, papers, fees."""

from django.db import models
from django.db.models import F, Q

from motcua.catalogue.models.defaults import no_object
from motcua.catalogue.models.procedures import ProcedureVersion


class Case(models.Model):
    """A case (trường hợp) with its own term; chosen by its condition on the answers."""

    class Unit(models.TextChoices):
        WORKING_DAYS = "working_days", "ngày làm việc"
        DAYS = "days", "ngày"
        WORKING_HOURS = "working_hours", "giờ làm việc"
        MONTHS = "months", "tháng"

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="cases", verbose_name="phiên bản"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    code = models.CharField("mã", max_length=60)
    name = models.CharField("tên", max_length=500)
    condition = models.JSONField("điều kiện", default=no_object, blank=True)
    term_quantity = models.DecimalField("thời hạn", max_digits=7, decimal_places=2, null=True, blank=True)
    term_unit = models.CharField("đơn vị", max_length=14, choices=Unit.choices, blank=True)
    online_term_quantity = models.DecimalField(
        "thời hạn khi nộp trực tuyến", max_digits=7, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = "trường hợp"
        verbose_name_plural = "trường hợp"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="case_identity",
                violation_error_message="Mã này đã dùng cho một trường hợp khác.",
            ),
            models.CheckConstraint(
                condition=Q(term_quantity__isnull=True) | Q(term_quantity__gt=0),
                name="case_term_positive",
                violation_error_message="Thời hạn phải lớn hơn 0.",
            ),
            models.CheckConstraint(
                condition=Q(term_quantity__isnull=True) | ~Q(term_unit=""),
                name="case_term_unit",
                violation_error_message="Có thời hạn thì phải có đơn vị: ngày làm việc, ngày, giờ làm việc hay tháng.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PaperGroup(models.Model):
    """Papers that belong together: all of them, one of them, or only if a condition holds."""

    class Rule(models.TextChoices):
        ALL_OF = "all_of", "Nộp tất cả"
        ONE_OF = "one_of", "Nộp một trong các giấy tờ"
        IF = "if", "Chỉ khi"

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="paper_groups", verbose_name="phiên bản"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    rule = models.CharField("cách tính", max_length=6, choices=Rule.choices, default=Rule.ALL_OF)
    title = models.TextField("tiêu đề", blank=True)
    condition = models.JSONField("điều kiện", default=no_object, blank=True)
    why_not = models.CharField("vì sao không cần, khi điều kiện không đúng", max_length=250, blank=True)

    class Meta:
        verbose_name = "nhóm giấy tờ"
        verbose_name_plural = "nhóm giấy tờ"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(rule__in=["all_of", "one_of", "if"]), name="paper_group_rule")
        ]

    def __str__(self) -> str:
        return self.title or self.get_rule_display()


class PaperRequirement(models.Model):
    """One paper a procedure asks for (thành phần hồ sơ), or a note the source keeps among them."""

    class Kind(models.TextChoices):
        SUBMIT = "submit", "Nộp"
        SHOW = "show", "Xuất trình"
        NOTE = "note", "Ghi chú"

    class Electronic(models.TextChoices):
        PHOTO = "photo", "Ảnh chụp hoặc tệp quét"
        CERTIFIED = "certified", "Bản sao chứng thực điện tử"
        SIGNED = "signed", "Tệp có chữ ký số"
        PAPER_ONLY = "paper_only", "Chỉ nhận bản giấy"

    group = models.ForeignKey(PaperGroup, on_delete=models.CASCADE, related_name="papers", verbose_name="nhóm giấy tờ")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    code = models.CharField("mã thành phần", max_length=60)
    name = models.TextField("tên giấy tờ")
    hint = models.CharField("chỉ dẫn cho người dân", max_length=500, blank=True)
    kind = models.CharField("loại", max_length=6, choices=Kind.choices, default=Kind.SUBMIT)
    original_count = models.PositiveSmallIntegerField("bản chính", default=1)
    copy_count = models.PositiveSmallIntegerField("bản sao", default=0)
    required = models.BooleanField("bắt buộc", default=True)
    electronic = models.CharField(
        "yêu cầu khi nộp điện tử", max_length=10, choices=Electronic.choices, default=Electronic.PHOTO
    )
    from_form = models.BooleanField("hệ thống in từ tờ khai", default=False)
    replaced_by_data = models.CharField(
        "thay bằng dữ liệu", max_length=60, blank=True, help_text="mã cơ sở dữ liệu; NĐ 309/2026 Điều 2"
    )

    class Meta:
        verbose_name = "giấy tờ"
        verbose_name_plural = "giấy tờ"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class FeeRule(models.Model):
    """What is paid, when a condition holds and in a window of time. No amount means unknown, which is not free."""

    class Kind(models.TextChoices):
        FEE = "fee", "Phí"
        CHARGE = "charge", "Lệ phí"

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="fees", verbose_name="phiên bản"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    name = models.CharField("khoản", max_length=500)
    kind = models.CharField("loại", max_length=6, choices=Kind.choices, default=Kind.CHARGE)
    amount_vnd = models.PositiveBigIntegerField("số tiền (đồng)", null=True, blank=True, help_text="trống = chưa biết")
    per = models.CharField("tính theo", max_length=40, blank=True, help_text="bản, trang; trống = một hồ sơ")
    channel = models.CharField(
        "kênh nộp", max_length=8, blank=True, help_text="online, counter, postal; trống = mọi kênh"
    )
    condition = models.JSONField("điều kiện", default=no_object, blank=True)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    basis = models.CharField("căn cứ", max_length=500, blank=True)
    note = models.TextField("lời văn gốc", blank=True)

    class Meta:
        verbose_name = "mức thu"
        verbose_name_plural = "mức thu"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="fee_window",
                violation_error_message="Ngày cuối không được trước ngày đầu.",
            )
        ]

    def __str__(self) -> str:
        return self.name
