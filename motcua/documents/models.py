"""Tables of the document store: files by the hash of their content, and the documents that name and date them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.documents.inspection import blank_problems
from motcua.documents.problems import Problem
from motcua.documents.sniff import Kind

PDF = "application/pdf"
KEPT_KINDS = {Kind.PDF: PDF}
"""What is kept, with its media type. Photographs are kept as the PDF made of them, so one viewer shows everything."""


class StoredFile(models.Model):
    """One content, kept once. The row is written after the bytes, so a row always has its whole file."""

    sha256 = models.CharField(_("mã băm SHA-256"), max_length=64, unique=True)
    size_bytes = models.PositiveBigIntegerField(_("cỡ (byte)"))
    media_type = models.CharField(_("loại tệp"), max_length=100, choices=[(PDF, "PDF")])
    pages = models.PositiveIntegerField(_("số trang"), null=True, blank=True)
    blank_pages = ArrayField(models.PositiveIntegerField(), verbose_name=_("trang trắng"), default=list, blank=True)
    created_at = models.DateTimeField(_("nhận lúc"))

    class Meta:
        verbose_name = _("tệp")
        verbose_name_plural = _("tệp")
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="stored_file_sha256"),
            models.CheckConstraint(condition=Q(size_bytes__gt=0), name="stored_file_not_empty"),
            models.CheckConstraint(
                condition=Q(media_type__in=list(KEPT_KINDS.values())), name="stored_file_media_type"
            ),
            models.CheckConstraint(condition=Q(pages__isnull=True) | Q(pages__gt=0), name="stored_file_pages"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def storage_name(self) -> str:
        """Return the key in the storage: ab/cd/abcd…"""
        return storage_name(self.sha256)

    @property
    def advice(self) -> list[Problem]:
        """Return what the sender should look at again: pages that seem blank."""
        return blank_problems(self.blank_pages, self.pages or 0)


class Document(models.Model):
    """A document of the e-document store (kho dữ liệu điện tử): a file with its owner, kind, issuer and validity.

    Attaching a document to anything points at this row; the bytes are never copied.
    """

    class Source(models.TextChoices):
        UPLOAD = "upload", _("người dân gửi")
        SCAN = "scan", _("quét tại quầy")
        GENERATED = "generated", _("hệ thống lập")
        RESULT = "result", _("kết quả giải quyết")

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="documents", verbose_name=_("tệp"))
    owner = models.ForeignKey(
        "people.Citizen", models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("chủ giấy tờ")
    )
    title = models.CharField(_("tên giấy tờ"), max_length=500)
    kind = models.CharField(_("mã loại giấy tờ"), max_length=60, blank=True, help_text="G15-KQ003208")
    issuer = models.CharField(_("nơi cấp"), max_length=300, blank=True)
    issued_on = models.DateField(_("ngày cấp"), null=True, blank=True)
    valid_until = models.DateField(_("có giá trị đến"), null=True, blank=True)
    source = models.CharField(_("nguồn"), max_length=10, choices=Source.choices)
    original_name = models.CharField(_("tên tệp lúc gửi"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("lưu lúc"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người lưu")
    )

    class Meta:
        verbose_name = _("giấy tờ")
        verbose_name_plural = _("giấy tờ")
        indexes = [models.Index(fields=["owner", "kind"], name="document_owner_kind")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="document_has_title"),
            models.CheckConstraint(
                condition=Q(source__in=["upload", "scan", "generated", "result"]), name="document_source"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(issued_on__isnull=True) | Q(valid_until__gte=F("issued_on")),
                name="document_validity",
            ),
        ]

    def __str__(self) -> str:
        return self.title


def storage_name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
