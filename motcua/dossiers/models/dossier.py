"""The dossier itself, its drafts' saves, and the numbers its codes come from."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Case, ProcedureVersion, PublishedProcess
from motcua.dossiers.lifecycle import STANDING, Status
from motcua.people.models import Agency, CalendarVersion, Citizen, Organisation, references


def no_object() -> dict[str, object]:
    return {}


def _statuses_where(fact: str, value: object) -> list[str]:
    return [status.value for status, standing in STANDING.items() if getattr(standing, fact) is value]


def _set_exactly_when(field: str, fact: str, name: str) -> models.CheckConstraint:
    """Make the constraint «`field` is set exactly in the statuses whose `fact` is true» (None in the table: either)."""
    is_set, is_unset = Q(**{f"{field}__isnull": False}), Q(**{f"{field}__isnull": True})
    either = Q(status__in=_statuses_where(fact, None))
    condition = (Q(status__in=_statuses_where(fact, True)) & is_set) | (
        Q(status__in=_statuses_where(fact, False)) & is_unset
    )
    return models.CheckConstraint(condition=condition | either if _statuses_where(fact, None) else condition, name=name)


class Channel(models.TextChoices):
    """How a dossier came in; the national code is in exchange's table (1 direct, 2 online, 3 postal)."""

    ONLINE = "online", "Trực tuyến"
    COUNTER = "counter", "Tại quầy"
    POSTAL = "postal", "Bưu chính"


class ReturnMethod(models.TextChoices):
    """How the citizen wants the result."""

    COUNTER = "counter", _("Lấy tại quầy")
    POSTAL = "postal", _("Bưu chính")
    ELECTRONIC = "electronic", _("Bản điện tử")


class Dossier(models.Model):
    """One dossier (hồ sơ). A draft has no code; the code is given once and never changes."""

    code = models.CharField("mã hồ sơ", max_length=60, null=True, blank=True)
    status = models.CharField("trạng thái", max_length=20, choices=Status.choices, default=Status.DRAFT)
    channel = models.CharField("kênh nộp", max_length=8, choices=Channel.choices)
    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="dossiers", verbose_name="thủ tục", db_index=False
    )
    case = models.ForeignKey(
        Case,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="trường hợp",
        db_index=False,
    )

    process = models.ForeignKey(
        PublishedProcess,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dossiers",
        verbose_name="quy trình",
        db_index=False,
        help_text="what it follows since it was handed over; empty: the process of its procedure's version",
    )
    position = models.JSONField(
        default=no_object,
        db_default=Value({}, models.JSONField()),
        blank=True,
        help_text="where its branches stand (catalogue.process.Position); empty where only one step can run",
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name="hồ sơ gửi đến",
        help_text="the dossier this one is a part of (liên thông); empty: it is a root, what the citizen filed",
        db_index=False,
    )
    root = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="hồ sơ gốc",
        help_text="the root a part hangs under, however deep; empty for a root",
        db_index=False,
    )
    has_legs = models.BooleanField(default=False, db_default=False, help_text="whether anything of it was ever sent on")

    receiving_unit = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nơi tiếp nhận"
    )
    competent_unit = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan có thẩm quyền"
    )
    resolving_unit = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị giải quyết"
    )

    filed_by = models.ForeignKey(
        Citizen, on_delete=models.PROTECT, related_name="filed_dossiers", verbose_name="người nộp", db_index=False
    )
    owner = models.ForeignKey(
        Citizen, on_delete=models.PROTECT, related_name="owned_dossiers", verbose_name="chủ hồ sơ", db_index=False
    )
    owner_organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dossiers",
        verbose_name="tổ chức là chủ hồ sơ",
    )
    applicant = models.JSONField(
        default=no_object,
        help_text="who filed, as declared that day: full_name, identity_number, phone, email, address",
    )
    declared_owner = models.JSONField(
        "chủ hồ sơ đã khai",
        default=no_object,
        db_default=Value({}, models.JSONField()),
        blank=True,
        help_text="whom somebody else filed for, as declared that day (owners.FIELDS); empty: the filer is the owner",
    )
    subject = models.CharField(
        "nội dung",
        max_length=250,
        blank=True,
        help_text="what tells two dossiers of one procedure apart: 12/7 kiệt 84 Lâm Hoằng",
    )
    answers = models.JSONField("trường hợp của bạn", default=no_object)
    form_data = models.JSONField("tờ khai", default=no_object)
    return_method = models.CharField(
        "nhận kết quả", max_length=12, choices=ReturnMethod.choices, default=ReturnMethod.COUNTER
    )
    return_address = models.CharField("nơi nhận kết quả", max_length=250, blank=True)

    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0, help_text="of a draft: grows at every save")
    filing_key = models.UUIDField(
        unique=True, null=True, blank=True, help_text="one per opened form, so that a form posted twice files once"
    )
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    reception_due_at = models.DateTimeField("hạn trả lời tiếp nhận", null=True, blank=True)
    received_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True)
    clock_started_at = models.DateTimeField("đồng hồ chạy từ", null=True, blank=True)
    due_at = models.DateTimeField("hẹn trả", null=True, blank=True)
    paused_at = models.DateTimeField("đồng hồ dừng từ", null=True, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    returned_at = models.DateTimeField("trả lúc", null=True, blank=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    quiet_since = models.DateTimeField(
        "im lặng từ",
        null=True,
        blank=True,
        help_text="without a term, and nothing has happened since: until something does",
    )
    calendar = models.ForeignKey(
        CalendarVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the calendar the clock counts with",
        db_index=False,
    )

    class Meta:
        verbose_name = "hồ sơ"
        verbose_name_plural = "hồ sơ"
        indexes = [
            models.Index(fields=["filed_by", "-created_at"], name="dossier_by_citizen"),
            models.Index(fields=["owner", "-created_at"], name="dossier_by_owner"),
            models.Index(
                fields=["receiving_unit", "due_at"],
                condition=Q(closed_at__isnull=True),
                name="dossier_open_by_receiving",
            ),
            models.Index(
                fields=["resolving_unit", "due_at"],
                condition=Q(closed_at__isnull=True),
                name="dossier_open_by_resolving",
            ),
            models.Index(
                fields=["competent_unit", "due_at"],
                condition=Q(closed_at__isnull=True),
                name="dossier_open_by_competent",
            ),
            models.Index(fields=["version"], condition=Q(closed_at__isnull=True), name="dossier_open_by_version"),
            models.Index(fields=["received_at"], name="dossier_by_received"),
            models.Index(fields=["quiet_since"], condition=Q(quiet_since__isnull=False), name="dossier_quiet"),
            models.Index(fields=["root"], condition=Q(root__isnull=False), name="dossier_parts_by_root"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="dossier_code"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, root__isnull=True) | Q(parent__isnull=False, root__isnull=False),
                name="dossier_part_has_root",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="dossier_status"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="dossier_channel"),
            _set_exactly_when("code", "has_code", "dossier_code_by_status"),
            _set_exactly_when("received_at", "accepted", "dossier_received_by_status"),
            _set_exactly_when("clock_started_at", "accepted", "dossier_clock_by_status"),
            _set_exactly_when("paused_at", "waits", "dossier_paused_by_status"),
            _set_exactly_when("finished_at", "finished", "dossier_finished_by_status"),
            _set_exactly_when("closed_at", "closed", "dossier_closed_by_status"),
            models.CheckConstraint(
                condition=Q(status=Status.RETURNED, returned_at__isnull=False)
                | (~Q(status=Status.RETURNED) & Q(returned_at__isnull=True)),
                name="dossier_returned_by_status",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT)
                | Q(
                    submitted_at__isnull=False,
                    receiving_unit__isnull=False,
                    competent_unit__isnull=False,
                    resolving_unit__isnull=False,
                ),
                name="dossier_units_once_filed",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("received_at")),
                name="dossier_finished_after_received",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(returned_at__gte=F("finished_at")),
                name="dossier_returned_after_finished",
            ),
        ]

    def __str__(self) -> str:
        return self.code or f"bản nháp {self.pk}"

    @property
    def is_part(self) -> bool:
        """Return whether another dossier sent this one: the citizen knows only its root."""
        return self.parent_id is not None

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None

    def is_overdue(self, at: datetime) -> bool:
        """Return whether the due moment has passed while the clock ran; never a status."""
        end = self.finished_at or at
        return self.due_at is not None and not self.is_paused and self.due_at < end


class DraftSave(models.Model):
    """One save of a draft: what was typed, so that a form opened twice loses nothing. Gone when the draft is filed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="saves", db_index=False)
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()
    fields = models.JSONField(help_text='{"form_data.child_name": value, "answers.area": value, …}')

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "revision"], name="draft_save_identity")]

    def __str__(self) -> str:
        return f"{self.dossier_id}@{self.revision}"


class DossierNumber(models.Model):
    """The last sequence number given for a unit on a day; its row lock makes codes unique under concurrency."""

    unit = references.unit()
    day_on = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day_on"], name="dossier_number_identity")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day_on} {self.last}"
