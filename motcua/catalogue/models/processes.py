"""Processes drawn once and used by many: templates, their editions, who uses them, and what was published for whom."""

from django.db import models
from django.db.models import F, Q

from motcua.catalogue.models.defaults import no_object
from motcua.catalogue.models.procedures import Procedure
from motcua.people.models import Agency, references


class ProcessTemplate(models.Model):
    """A process as an identity, drawn once and used by many units; what it says stands in its editions."""

    code = models.SlugField("mã", max_length=60, unique=True)
    name = models.CharField("tên", max_length=200)

    class Meta:
        verbose_name = "quy trình mẫu"
        verbose_name_plural = "quy trình mẫu"

    def __str__(self) -> str:
        return self.name


class ProcessEdition(models.Model):
    """One edition of a template: draft → published → retired; frozen by a trigger once published.

    `content` is what `catalogue.processes` reads, and beside it `{"parameters": {step code: ["hours", "unit", "role"]}}`:
    what a unit may set for itself. `revision` counts the changes of a draft, so that two people do not undo one another.
    `returned_reason` is why it was last sent back to who drafted it; it stays when the draft is sent again.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Bản thảo"
        PUBLISHED = "published", "Đã ban hành"
        RETIRED = "retired", "Đã thay"

    template = models.ForeignKey(
        ProcessTemplate, on_delete=models.PROTECT, related_name="editions", verbose_name="quy trình mẫu", db_index=False
    )
    number = models.PositiveIntegerField("lần ban hành")
    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.DRAFT)
    content = models.JSONField("nội dung", default=no_object, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField("lập lúc")
    created_by = references.user_or_nobody("người lập")
    proposed_at = models.DateTimeField("trình lúc", null=True, blank=True)
    proposed_by = references.user_or_nobody("người trình")
    returned_at = models.DateTimeField("trả lại lúc", null=True, blank=True)
    returned_by = references.user_or_nobody("người trả lại")
    returned_reason = models.CharField("lý do trả lại", max_length=500, blank=True, db_default="")
    published_at = models.DateTimeField("ban hành lúc", null=True, blank=True)
    published_by = references.user_or_nobody("người ban hành")
    effective_from = models.DateField("áp dụng từ ngày", null=True, blank=True)
    effective_to = models.DateField("đến hết ngày", null=True, blank=True)
    decision_number = models.CharField("số quyết định", max_length=100, blank=True)

    class Meta:
        verbose_name = "lần ban hành quy trình"
        verbose_name_plural = "lần ban hành quy trình"
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="edition_identity"),
            models.UniqueConstraint(fields=["template"], condition=Q(state="draft"), name="edition_one_draft"),
            models.UniqueConstraint(fields=["template"], condition=Q(state="published"), name="edition_one_published"),
            models.CheckConstraint(condition=Q(state__in=["draft", "published", "retired"]), name="edition_state"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True)
                | (~Q(state="draft") & Q(published_at__isnull=False, effective_from__isnull=False)),
                name="edition_published_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template.code} · {self.number}"

    @property
    def is_sent_back(self) -> bool:
        """Whether a draft waits for who drafted it to put right what an approver named."""
        return self.state == self.State.DRAFT and self.returned_at is not None and self.proposed_at is None


class ProcessTrial(models.Model):
    """The last trial of an edition: what was tried and what came out, for whoever approves it.

    `setting` is what was asked (procedure, unit, per_day, spread, busy, seed), `outcome` the figures as
    `trial_figures.figures_of` gives them. `revision` is the edition's at that time: a later change makes the trial old.
    """

    edition = models.OneToOneField(ProcessEdition, on_delete=models.CASCADE, related_name="trial")
    revision = models.PositiveIntegerField()
    tried_at = models.DateTimeField()
    tried_by = references.user_or_nobody("người chạy thử")
    setting = models.JSONField()
    outcome = models.JSONField()

    class Meta:
        verbose_name = "lần chạy thử quy trình"
        verbose_name_plural = "lần chạy thử quy trình"

    def __str__(self) -> str:
        return f"{self.edition_id} · {self.revision}"


class ProcessUse(models.Model):
    """A procedure follows a template, in one unit or in every unit, with that unit's own hours and posts.

    `parameters` is `{step code: {"hours": 16, "unit": …, "role": …}}`, only what the edition leaves open to units;
    `set_by` set them last, so that another publishes them.
    """

    template = models.ForeignKey(
        ProcessTemplate, on_delete=models.PROTECT, related_name="uses", verbose_name="quy trình mẫu"
    )
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="process_uses", verbose_name="thủ tục", db_index=False
    )
    unit = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="đơn vị",
        help_text="trống = mọi đơn vị",
    )
    parameters = models.JSONField("tham số", default=no_object, blank=True)
    set_at = models.DateTimeField("đặt riêng lúc", null=True, blank=True)
    set_by = references.user_or_nobody("người đặt riêng")

    class Meta:
        verbose_name = "nơi dùng quy trình"
        verbose_name_plural = "nơi dùng quy trình"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "unit"], nulls_distinct=False, name="process_use_identity")
        ]

    def __str__(self) -> str:
        return f"{self.template_id} · {self.procedure_id} · {self.unit_id}"


class PublishedProcess(models.Model):
    """A process as dossiers follow it: of one procedure, in one unit or every unit, from a day; never changed or deleted.

    `content` is what `catalogue.processes.parse` reads, with the unit's parameters filled in. Which one counts on a day
    `queries.process_for` says.
    """

    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="processes", verbose_name="thủ tục", db_index=False
    )
    unit = references.unit_or_none("đơn vị", help_text="trống = mọi đơn vị")
    edition = models.ForeignKey(
        ProcessEdition,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="published",
        verbose_name="lần ban hành quy trình",
    )
    content = models.JSONField("nội dung")
    effective_from = models.DateField("áp dụng từ ngày")
    decision_number = models.CharField("số quyết định", max_length=100, blank=True)
    published_at = models.DateTimeField("ban hành lúc")
    published_by = references.user_or_nobody("người ban hành")

    class Meta:
        verbose_name = "quy trình đã ban hành"
        verbose_name_plural = "quy trình đã ban hành"
        indexes = [
            models.Index(F("procedure"), F("unit"), F("effective_from").desc(), F("id").desc(), name="process_in_force")
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} · {self.unit_id} · {self.effective_from:%d/%m/%Y}"
