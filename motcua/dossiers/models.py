"""Tables of the core: dossier, events, ledger, steps, papers, supplements, charges, slips, results.

`Dossier.status` is written by dossiers.moves alone. Events and ledger entries are never changed or deleted: a trigger
in the database refuses it. Check constraints are derived from lifecycle.STANDING. A reference is indexed where a query
searches by it, and not otherwise: officers, agencies and published versions are never deleted, and every index is
written at every move.
"""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Case, PaperRequirement, ProcedureVersion
from motcua.documents.models import Document
from motcua.dossiers.lifecycle import MOVES, STANDING, Status
from motcua.people.models import Agency, CalendarVersion, Citizen, Officer, Organisation
from motcua.people.roles import Role


def _no_object() -> dict[str, object]:
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
        default=_no_object,
        help_text="who filed, as declared that day: full_name, identity_number, phone, email, address",
    )
    subject = models.CharField(
        "nội dung",
        max_length=250,
        blank=True,
        help_text="what tells two dossiers of one procedure apart: 12/7 kiệt 84 Lâm Hoằng",
    )
    answers = models.JSONField("trường hợp của bạn", default=_no_object)
    form_data = models.JSONField("tờ khai", default=_no_object)
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
        ]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="dossier_code"),
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

    unit = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    day_on = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day_on"], name="dossier_number_identity")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day_on} {self.last}"


class DossierEvent(models.Model):
    """Something that happened to a dossier: the only history, chained by hash, never changed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    move = models.CharField(max_length=20, choices=[(name, move.label) for name, move in MOVES.items()])
    from_status = models.CharField(max_length=20, choices=Status.choices)
    to_status = models.CharField(max_length=20, choices=Status.choices)
    by = models.CharField(max_length=10, help_text="lifecycle.By")
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    citizen = models.ForeignKey(
        Citizen, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True)
    data = models.JSONField(default=_no_object, help_text="facts of the move: step, paper codes, result number, …")
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "sự kiện"
        ordering = ["dossier", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="event_identity"),
            models.CheckConstraint(condition=Q(move__in=list(MOVES)), name="event_move"),
        ]
        indexes = [models.Index(fields=["at"], name="event_by_moment")]

    def __str__(self) -> str:
        return f"{self.dossier_id}#{self.seq} {self.move}"


class LedgerEntry(models.Model):
    """One line of the deadline ledger, in the shape of clock.Entry; never changed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="ledger", db_index=False)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    effect = models.CharField(max_length=12, help_text="clock.Effect")
    term_quantity = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    term_unit = models.CharField(max_length=14, blank=True)
    article = models.CharField("căn cứ", max_length=150, blank=True)
    note = models.CharField(max_length=250, blank=True)
    event = models.ForeignKey(DossierEvent, on_delete=models.PROTECT, related_name="ledger_entries", db_index=False)

    class Meta:
        ordering = ["dossier", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="ledger_identity"),
            models.CheckConstraint(
                condition=Q(effect__in=["start", "pause", "resume", "extend", "recalculate", "stop"]),
                name="ledger_effect",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}#{self.seq} {self.effect}"


class Step(models.Model):
    """A step that runs or ran: who holds the dossier, since when, until when. Every open dossier has one running step."""

    class Kind(models.TextChoices):
        RECEPTION = "reception", "Tiếp nhận"
        HAND_OVER = "hand_over", "Bàn giao"
        WORK = "work", "Xử lý"
        SIGN = "sign", "Ký"
        ISSUE = "issue", "Phát hành"
        RETURN = "return", "Trả kết quả"

    class Outcome(models.TextChoices):
        DONE = "done", "Xong"
        SENT_BACK = "sent_back", "Chuyển trả"
        RESTARTED = "restarted", "Làm lại sau khi bổ sung"
        ENDED = "ended", "Kết thúc cùng hồ sơ"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="steps", db_index=False)
    seq = models.PositiveIntegerField()
    code = models.SlugField("mã bước", max_length=40, db_index=False)
    name = models.CharField("bước", max_length=150)
    kind = models.CharField("loại", max_length=10, choices=Kind.choices)
    unit = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị", db_index=False)
    role = models.CharField("vai trò", max_length=24, choices=Role.choices)
    assignee = models.ForeignKey(
        Officer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người giữ",
        db_index=False,
    )
    received_at = models.DateTimeField("nhận lúc")
    due_at = models.DateTimeField("hạn bước", null=True, blank=True)
    done_at = models.DateTimeField("xong lúc", null=True, blank=True)
    done_by = models.ForeignKey(
        Officer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người làm",
        db_index=False,
    )
    outcome = models.CharField("kết quả", max_length=10, choices=Outcome.choices, blank=True)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "bước"
        verbose_name_plural = "bước"
        ordering = ["dossier", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="step_identity"),
            models.UniqueConstraint(fields=["dossier"], condition=Q(done_at__isnull=True), name="step_one_running"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, outcome="") | (Q(done_at__isnull=False) & ~Q(outcome="")),
                name="step_outcome",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("received_at")), name="step_order"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="step_role"),
        ]
        indexes = [
            models.Index(fields=["unit", "role"], condition=Q(done_at__isnull=True), name="step_running_by_unit"),
            models.Index(fields=["assignee"], condition=Q(done_at__isnull=True), name="step_running_by_assignee"),
            models.Index(fields=["unit", "dossier"], name="step_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}#{self.seq} {self.code}"


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
    fault = models.TextField("điều cần sửa", blank=True)
    given_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    judged_at = models.DateTimeField("đánh giá lúc", null=True, blank=True)
    judged_by = models.ForeignKey(
        Officer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người đánh giá",
        db_index=False,
    )

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
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.TextField("nội dung")
    items = models.JSONField("giấy tờ cần bổ sung", help_text='[{"paper": id, "name", "fault"}]')
    due_at = models.DateTimeField("hạn bổ sung")
    supplied_at = models.DateTimeField("bổ sung lúc", null=True, blank=True)
    dropped_at = models.DateTimeField("thôi chờ lúc", null=True, blank=True, help_text="the dossier ended meanwhile")
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
    taken_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

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
    drafted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", db_index=False)
    signed_at = models.DateTimeField("ký lúc", null=True, blank=True)
    signed_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    number = models.CharField("số", max_length=60, blank=True)
    issued_at = models.DateTimeField("phát hành lúc", null=True, blank=True)
    issued_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    returned_at = models.DateTimeField("trả lúc", null=True, blank=True)
    returned_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
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
