"""Fields, procedures and their versions."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from motcua.catalogue.models.defaults import no_list, no_object
from motcua.people.models import User, references


class Field(models.Model):
    """A field of administration (lĩnh vực): G15-TP07 Hộ tịch."""

    code = models.CharField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=250)

    class Meta:
        verbose_name = "lĩnh vực"
        verbose_name_plural = "lĩnh vực"

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """An administrative procedure as an identity; what it says stands in its versions."""

    class Type(models.TextChoices):
        STANDARD = "standard", "Toàn quốc"
        SPECIFIC = "specific", "Đặc thù địa phương"
        INTERNAL = "internal", "Nội bộ giữa cơ quan"

    code = models.CharField("mã quốc gia", max_length=40, unique=True)
    local_code = models.CharField("mã của tỉnh", max_length=60, blank=True)
    type = models.CharField("loại", max_length=10, choices=Type.choices, default=Type.STANDARD)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="procedures", verbose_name="lĩnh vực")
    life_events = ArrayField(
        models.SlugField(),
        verbose_name="việc của gia đình",
        default=list,
        blank=True,
    )
    aliases = ArrayField(models.CharField(max_length=150), verbose_name="cách dân gọi", default=list, blank=True)
    retired_on = models.DateField("bãi bỏ từ ngày", null=True, blank=True, help_text="không nhận hồ sơ mới từ ngày này")
    changed_at = models.DateTimeField(
        null=True, editable=False, help_text="when what people find it by last changed; the search looks at the newest"
    )
    national_id = models.CharField("mã trên cơ sở dữ liệu quốc gia", max_length=40, blank=True)

    class Meta:
        verbose_name = "thủ tục"
        verbose_name_plural = "thủ tục"
        indexes = [
            GinIndex(fields=["life_events"], name="procedure_by_life_event"),
            models.Index(fields=["changed_at"], name="procedure_by_change"),
        ]

    def __str__(self) -> str:
        return self.code

    def is_retired(self, on: date) -> bool:
        """Return whether no new dossier may be filed on `on`."""
        return self.retired_on is not None and self.retired_on <= on


class ProcedureVersion(models.Model):
    """One version of a procedure: draft → published → retired; frozen once published.

    JSON shapes: `execution_steps` [{"name", "description"}]; `channels` [{"method": online|postal|direct, "quantity",
    "unit", "description"}]; `results` [{"code", "name"}]; `legal_bases` [{"code", "name"}];
    `questions` [{"key", "label", "hint", "options": [{"value", "label"}]}] (a citizen's own case);
    `form_schema` JSON Schema 2020-12 of an object; `form_ui` {"groups": [{"key", "title", "fields": [..]}], "fields":
    {name: {"label", "hint", "widget"}}}; `form_bindings` {form field: "citizen.full_name", …};
    `process` see catalogue.processes; `undecided` [{"code", "text"}]: what the importer could not decide.

    A draft with `scheduled_at` is published by itself on the day `effective_from`; any change of it takes that back.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Bản thảo"
        PUBLISHED = "published", "Đang áp dụng"
        RETIRED = "retired", "Hết áp dụng"

    class Origin(models.TextChoices):
        NATIONAL = "national", "Cơ sở dữ liệu quốc gia"
        STARTER = "starter", "Bộ khởi đầu"
        PROVINCE = "province", "Tỉnh công bố"

    class OnlineLevel(models.TextChoices):
        FULL = "full", "Toàn trình"
        PARTIAL = "partial", "Một phần"
        INFORMATION = "information", "Cung cấp thông tin"

    class PartialReason(models.TextChoices):
        PRESENCE = "presence", "Phải có mặt"
        ON_SITE = "on_site", "Phải kiểm tra thực địa"
        TECHNICAL = "technical", "Lỗi kỹ thuật"
        OTHER = "other", "Lý do khác"

    class NonTerritorial(models.TextChoices):
        NONE = "none", "Theo địa bàn"
        PROVINCE = "province", "Trong toàn tỉnh"
        NATION = "nation", "Toàn quốc"

    class Level(models.TextChoices):
        COMMUNE = "commune", "Cấp xã"
        PROVINCE = "province", "Cấp tỉnh"
        VERTICAL = "vertical", "Ngành dọc"
        MINISTRY = "ministry", "Bộ, cơ quan trung ương"
        UNDETERMINED = "undetermined", "Chưa xác định"

    class Granularity(models.TextChoices):
        DAY_END = "day_end", "Cuối ngày làm việc"
        HOUR_EXACT = "hour_exact", "Đúng giờ"

    class AfterPause(models.TextChoices):
        RESTART = "restart", "Tính lại từ đầu"
        RESUME = "resume", "Tính tiếp"

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions", verbose_name="thủ tục")
    number = models.PositiveIntegerField("phiên bản")
    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.DRAFT)
    origin = models.CharField("nguồn", max_length=10, choices=Origin.choices)
    created_at = models.DateTimeField("lập lúc")
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người công bố"
    )
    retired_at = models.DateTimeField("hết áp dụng lúc", null=True, blank=True)
    changed_at = models.DateTimeField("sửa lúc", null=True, blank=True, editable=False)
    changed_by = references.user_or_nobody("người sửa", editable=False)
    scheduled_at = models.DateTimeField("hẹn công bố lúc", null=True, blank=True, editable=False)
    scheduled_by = references.user_or_nobody("người hẹn công bố", editable=False)
    effective_from = models.DateField("hiệu lực từ", null=True, blank=True)
    decision_number = models.CharField("quyết định công bố", max_length=100, blank=True)
    decision_on = models.DateField("ngày quyết định", null=True, blank=True)

    name = models.CharField("tên", max_length=2000)
    plain_name = models.CharField("tên dân hiểu", max_length=200, blank=True)
    desk_name = models.CharField("tên gọn ở bàn làm việc", max_length=60, blank=True)
    summary = models.CharField("một câu cho người dân", max_length=300, blank=True)
    description = models.TextField("mô tả", blank=True)
    requirements = models.TextField("yêu cầu, điều kiện", blank=True)
    subject_types = ArrayField(models.CharField(max_length=200), verbose_name="đối tượng", default=list, blank=True)
    promulgated_by = models.CharField("cơ quan công bố", max_length=250, blank=True)
    authority = models.CharField("cơ quan có thẩm quyền", max_length=2000, blank=True)
    executing = models.CharField("cơ quan thực hiện", max_length=2000, blank=True)
    coordinating = models.CharField("cơ quan phối hợp", max_length=2000, blank=True)
    levels = ArrayField(
        models.CharField(max_length=12, choices=Level.choices), verbose_name="cấp thực hiện", default=list, blank=True
    )
    competent_subject = models.SlugField(
        "mảng việc của cơ quan giải quyết",
        max_length=40,
        blank=True,
        help_text="sở, phòng nào lo mảng việc này thì giải quyết",
    )
    online_level = models.CharField(
        "mức trực tuyến", max_length=12, choices=OnlineLevel.choices, default=OnlineLevel.INFORMATION
    )
    partial_reason = models.CharField("lý do một phần", max_length=10, choices=PartialReason.choices, blank=True)
    non_territorial = models.CharField(
        "phi địa giới", max_length=8, choices=NonTerritorial.choices, default=NonTerritorial.NONE
    )
    execution_steps = models.JSONField("trình tự", default=no_list, blank=True)
    channels = models.JSONField("cách thức", default=no_list, blank=True)
    results = models.JSONField("kết quả", default=no_list, blank=True)
    legal_bases = models.JSONField("căn cứ pháp lý", default=no_list, blank=True)
    returning_methods = ArrayField(
        models.CharField(max_length=12),
        verbose_name="cách trả kết quả",
        default=list,
        blank=True,
    )

    questions = models.JSONField("trường hợp của bạn", default=no_list, blank=True)
    form_schema = models.JSONField("mẫu đơn", default=no_object, blank=True)
    form_ui = models.JSONField("cách bày mẫu đơn", default=no_object, blank=True)
    form_bindings = models.JSONField("ô điền sẵn", default=no_object, blank=True)
    process = models.JSONField("quy trình", default=no_object, blank=True)

    no_legal_term = models.BooleanField("luật không định thời hạn", default=False)
    same_day = models.BooleanField("trả trong ngày, nhận sau giờ chốt thì ngày sau", default=False)
    granularity = models.CharField("hẹn đến", max_length=10, choices=Granularity.choices, default=Granularity.DAY_END)
    after_pause = models.CharField(
        "sau khi bổ sung",
        max_length=10,
        choices=AfterPause.choices,
        default=AfterPause.RESTART,
        help_text="hạn sau khi người dân nộp bổ sung; NĐ 118/2025 Điều 19",
    )

    content_hash = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="of the source record, so that an import knows it unchanged",
    )
    undecided = models.JSONField("chưa quyết được khi nhập", default=no_list, blank=True)

    class Meta:
        verbose_name = "phiên bản thủ tục"
        verbose_name_plural = "phiên bản thủ tục"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_identity"),
            models.UniqueConstraint(fields=["procedure"], condition=Q(state="published"), name="version_one_published"),
            models.CheckConstraint(condition=Q(state__in=["draft", "published", "retired"]), name="version_state"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True)
                | (~Q(state="draft") & Q(published_at__isnull=False)),
                name="version_published_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure.code} · {self.number}"

    @property
    def title(self) -> str:
        """The name a citizen reads."""
        return self.plain_name or self.name

    @property
    def known_levels(self) -> list[str]:
        """The levels that resolve it, in their order, without the one that says nothing."""
        return [level for level in self.levels if level != self.Level.UNDETERMINED]

    @property
    def is_fileable(self) -> bool:
        """Whether a dossier can be filed under this version: it is published with a form and a process."""
        return self.state == self.State.PUBLISHED and bool(self.form_schema) and bool(self.process)
