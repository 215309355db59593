"""What is in a dossier and comes out of it: papers, requests for more, charges, slips, the result."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import PaperRequirement
from motcua.documents.models import Document
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.history import DossierEvent
from motcua.people.models import references


class Paper(models.Model):
    """A paper of a dossier: what was asked, what was given, what an officer judged."""

    class Source(models.TextChoices):
        NONE = "", _("Chưa có")
        FILE = "file", _("Tệp")
        FORM = "form", _("In từ tờ khai")
        DATA = "data", _("Thay bằng dữ liệu")
        PAPER = "paper", _("Bản giấy")
        SHOWN = "shown", _("Đã xuất trình")

    class Verdict(models.TextChoices):
        UNSEEN = "", "Chưa xem"
        GOOD = "good", "Đạt"
        FAULTY = "faulty", "Chưa đạt"

    class FaultCode(models.TextChoices):
        MISSING = "missing", _("Chưa nộp")
        UNREADABLE = "unreadable", _("Mờ, không đọc được")
        INCOMPLETE = "incomplete", _("Thiếu trang, thiếu nội dung")
        WRONG_KIND = "wrong_kind", _("Không đúng loại giấy tờ")
        EXPIRED = "expired", _("Hết hạn, hết hiệu lực")
        UNSIGNED = "unsigned", _("Thiếu chữ ký, con dấu")
        UNCERTIFIED = "uncertified", _("Chưa chứng thực")
        MISMATCH = "mismatch", _("Không khớp với giấy tờ khác")
        OTHER = "other", _("Lý do khác")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="papers", db_index=False)
    position = models.PositiveSmallIntegerField()
    requirement = models.ForeignKey(
        PaperRequirement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="trống = giấy tờ người dân gửi thêm",
    )
    name = models.CharField("tên giấy tờ", max_length=2000)
    source = models.CharField("nguồn", max_length=6, choices=Source.choices, default=Source.NONE, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    original_count = models.PositiveSmallIntegerField("bản chính", default=0)
    copy_count = models.PositiveSmallIntegerField("bản sao", default=0)
    data_reason = models.CharField(
        "lý do hỏi giấy dù đã có dữ liệu",
        max_length=12,
        blank=True,
        help_text="outage, not_found, inaccurate; NĐ 309/2026 Điều 2",
    )
    verdict = models.CharField("đánh giá", max_length=6, choices=Verdict.choices, default=Verdict.UNSEEN, blank=True)
    fault_code = models.CharField(
        "lý do chưa đạt",
        max_length=12,
        choices=FaultCode.choices,
        blank=True,
        default="",
        db_default="",
        help_text="trống khi đạt, chưa xem, hoặc đánh giá trước khi có mã này",
    )
    fault = models.TextField("điều cần sửa", blank=True)
    guidance = models.TextField("cách sửa", blank=True, default="", db_default="")
    given_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    judged_at = models.DateTimeField("đánh giá lúc", null=True, blank=True)
    judged_by = references.officer_or_nobody("người đánh giá")

    class Meta:
        verbose_name = "giấy tờ của hồ sơ"
        verbose_name_plural = "giấy tờ của hồ sơ"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "position"], name="paper_identity"),
            models.CheckConstraint(
                condition=~Q(source="file") | Q(document__isnull=False), name="paper_file_has_document"
            ),
            models.CheckConstraint(condition=~Q(verdict="faulty") | ~Q(fault=""), name="paper_fault_said"),
            # Papers judged before this was kept have neither.
            models.CheckConstraint(
                condition=Q(judged_at__isnull=True, judged_by__isnull=True)
                | Q(judged_at__isnull=False, judged_by__isnull=False),
                name="paper_judged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Supplement(models.Model):
    """One request for papers: every missing thing at once, with the citizen's own term (docs/rules.md)."""

    class Stage(models.TextChoices):
        BEFORE = "before", "Trước tiếp nhận"
        APPRAISAL = "appraisal", "Khi thẩm định"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplements", db_index=False)
    round_no = models.PositiveSmallIntegerField("lần")
    stage = models.CharField("giai đoạn", max_length=10, choices=Stage.choices)
    asked_at = models.DateTimeField("yêu cầu lúc")
    asked_by = references.officer()
    reason = models.TextField("nội dung")
    items = models.JSONField("giấy tờ cần bổ sung", help_text="faults.Asked, as JSON")
    due_at = models.DateTimeField("hạn bổ sung")
    supplied_at = models.DateTimeField("bổ sung lúc", null=True, blank=True)
    dropped_at = models.DateTimeField("thôi chờ lúc", null=True, blank=True, help_text="the dossier ended meanwhile")
    reminded_at = models.DateTimeField("nhắc lúc", null=True, blank=True)
    event = models.OneToOneField(DossierEvent, on_delete=models.PROTECT, related_name="supplement")

    class Meta:
        verbose_name = "yêu cầu bổ sung"
        verbose_name_plural = "yêu cầu bổ sung"
        ordering = ["dossier", "round_no"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "round_no"], name="supplement_identity"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(supplied_at=None, dropped_at=None), name="supplement_one_open"
            ),
            models.CheckConstraint(condition=Q(supplied_at=None) | Q(dropped_at=None), name="supplement_ended_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} lần {self.round_no}"


class Charge(models.Model):
    """What a dossier costs, as the fee rules said on the day; no amount means not yet known."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="charges")
    name = models.CharField("khoản", max_length=500)
    kind = models.CharField("loại", max_length=6)
    quantity = models.PositiveIntegerField("số lượng", default=1)
    amount_vnd = models.PositiveBigIntegerField("số tiền (đồng)", null=True, blank=True)
    basis = models.CharField("căn cứ", max_length=500, blank=True)
    paid_at = models.DateTimeField("thu lúc", null=True, blank=True)
    taken_by = references.officer_or_nobody()

    class Meta:
        verbose_name = "khoản thu"
        verbose_name_plural = "khoản thu"

    def __str__(self) -> str:
        return self.name


class Slip(models.Model):
    """A form issued with a move: its frozen data and the version of its template; the PDF is drawn from them on demand."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="slips")
    form = models.CharField("mẫu", max_length=4)
    template_version = models.PositiveSmallIntegerField("phiên bản mẫu")
    data = models.JSONField()
    issued_at = models.DateTimeField("lập lúc")
    event = models.ForeignKey(DossierEvent, on_delete=models.PROTECT, related_name="slips", db_index=False)

    class Meta:
        verbose_name = "phiếu"
        verbose_name_plural = "phiếu"
        ordering = ["issued_at", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "form"], name="slip_identity")]

    def __str__(self) -> str:
        return f"Mẫu {self.form}"


class Result(models.Model):
    """The result of a dossier: drafted, signed by one post, numbered and issued by another, handed to its receiver."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="result")
    title = models.CharField("kết quả", max_length=500)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField("dự thảo lúc")
    drafted_by = references.officer()
    signed_at = models.DateTimeField("ký lúc", null=True, blank=True)
    signed_by = references.officer_or_nobody()
    number = models.CharField("số", max_length=60, blank=True)
    issued_at = models.DateTimeField("phát hành lúc", null=True, blank=True)
    issued_by = references.officer_or_nobody()
    returned_at = models.DateTimeField("trả lúc", null=True, blank=True)
    returned_by = references.officer_or_nobody()
    receiver_name = models.CharField("người nhận", max_length=200, blank=True)
    receiver_identity = models.CharField("giấy tờ người nhận", max_length=20, blank=True)
    receiver_relation = models.CharField("quan hệ với chủ hồ sơ", max_length=100, blank=True)

    class Meta:
        verbose_name = "kết quả"
        verbose_name_plural = "kết quả"
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True) | (~Q(number="") & Q(signed_at__isnull=False)),
                name="result_signed_before_issued",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("drafted_by")), name="result_drafter_is_not_signer"
            ),
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True) | ~Q(issued_by=F("signed_by")), name="result_signer_is_not_clerk"
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | (~Q(receiver_name="") & ~Q(receiver_identity="")),
                name="result_receiver_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title
