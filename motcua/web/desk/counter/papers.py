"""The papers on the counter: what the case needs, what was handed over, how many, and what was scanned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.models import PaperRequirement
from motcua.catalogue.papers import NeededPaper
from motcua.documents.models import StoredFile
from motcua.dossiers.actions import CounterPaper, Scan
from motcua.dossiers.actions.drafts import position_of
from motcua.dossiers.actions.intake import DATA_REASONS, is_asked
from motcua.dossiers.models import Paper

MOST_COPIES = 999
_SALT = "motcua.counter.scan"

# fmt: off
DATABASES: Mapping[str, Promise] = {
    "csdl_dan_cu":       gettext_lazy("dữ liệu dân cư"),
    "csdl_ho_tich":      gettext_lazy("dữ liệu hộ tịch"),
    "csdl_dat_dai":      gettext_lazy("dữ liệu đất đai"),
    "csdl_doanh_nghiep": gettext_lazy("dữ liệu doanh nghiệp"),
    "csdl_bhxh":         gettext_lazy("dữ liệu bảo hiểm"),
    "csdl_y_te":         gettext_lazy("dữ liệu ngành y tế"),
}
REASONS: tuple[tuple[str, Promise], ...] = (
    ("outage",     gettext_lazy("mất kết nối")),
    ("not_found",  gettext_lazy("không tìm thấy")),
    ("inaccurate", gettext_lazy("dữ liệu sai lệch")),
)
# fmt: on
FAULT_CODES: Mapping[str, Promise] = {
    code.value: code.label for code in Paper.FaultCode if code != Paper.FaultCode.MISSING
}
"""Why a paper on the counter is not good enough; one that is not there needs no reason chosen."""


@dataclass(frozen=True)
class Counted:
    """A number of sheets as typed; `number` is None when it cannot be read."""

    typed: str

    @property
    def number(self) -> int | None:
        text = self.typed.strip() or "0"
        return int(text) if text.isascii() and text.isdecimal() and int(text) <= MOST_COPIES else None


@dataclass(frozen=True)
class Row:
    """One paper in the list. `kind` is form, data, show or submit; `token` carries the scan to the next answer."""

    needed: NeededPaper
    kind: str
    is_given: bool
    originals: Counted
    copies: Counted
    scan: Scan | None = None
    token: str = ""
    data_reason: str = ""
    fault: str = ""
    fault_code: str = Paper.FaultCode.OTHER
    errors: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(position_of(self.needed.requirement))

    @property
    def requirement(self) -> PaperRequirement:
        return self.needed.requirement

    @property
    def is_faulty(self) -> bool:
        """Whether something must be mended: the officer wrote what, or chose why."""
        return bool(self.fault) or self.fault_code != Paper.FaultCode.OTHER

    @property
    def is_asked(self) -> bool:
        """Whether the person is asked for it."""
        return is_asked(self.requirement, self.data_reason)

    @property
    def is_missing(self) -> bool:
        """Whether it must come and is not here, as far as this row alone can say."""
        return self.is_asked and self.needed.is_required and not self.is_given

    @property
    def to_scan(self) -> bool:
        return self.is_given and self.kind == "submit" and self.scan is None

    @property
    def takes_scan(self) -> bool:
        """Whether the row offers to choose a scan."""
        return self.kind == "submit" and self.needed.is_certain and self.scan is None

    @property
    def scan_id(self) -> str:
        """The id of the control that a scan is chosen with."""
        return f"paper-{self.key}-scan"

    @property
    def given_id(self) -> str:
        """The id of the box to tick when the paper is handed over."""
        return f"paper-{self.key}-given"

    @property
    def database(self) -> str:
        return str(DATABASES.get(self.requirement.replaced_by_data, _("dữ liệu của Nhà nước")))

    def stand(self) -> list[Any]:
        """Return what decides which controls the row has."""
        scan = self.scan.file.pk if self.scan else None
        return [self.key, self.needed.is_certain, self.data_reason, scan, self.errors]

    def laid(self) -> CounterPaper:
        """Return the row as the domain takes it."""
        return CounterPaper(
            requirement=self.requirement,
            is_given=self.is_given,
            original_count=self.originals.number or 0,
            copy_count=self.copies.number or 0,
            scan=self.scan,
            data_reason=self.data_reason,
            fault=self.fault,
            fault_code=self.fault_code,
        )

    def faults(self) -> list[str]:
        """Return what is wrong with the numbers typed."""
        if self.is_given and None in (self.originals.number, self.copies.number):
            return [_("Số bản của “%(name)s” phải là số từ 0 đến 999.") % {"name": self.requirement.name}]
        return []


def read_rows(
    needed: Sequence[NeededPaper],
    posted: QueryDict,
    scans: Mapping[str, Scan],
    refused: Mapping[str, list[str]],
    officer_id: int,
) -> list[Row]:
    """Return a row for each paper needed, with what was ticked, counted and scanned."""
    rows = []
    for paper in needed:
        key = str(position_of(paper.requirement))
        reason = posted.get(f"paper-{key}-reason", "")
        code = posted.get(f"paper-{key}-code", "")
        scan = scans.get(key) or _scan_in(posted.get(f"paper-{key}-scanned", ""), officer_id)
        scan = None if posted.get("unscan") == key else scan
        rows.append(
            Row(
                needed=paper,
                kind=_kind(paper.requirement),
                is_given=paper.requirement.from_form or f"paper-{key}-given" in posted or key in scans,
                originals=Counted(posted.get(f"paper-{key}-originals", str(paper.requirement.original_count))),
                copies=Counted(posted.get(f"paper-{key}-copies", str(paper.requirement.copy_count))),
                scan=scan,
                token=_token(scan, officer_id) if scan else "",
                data_reason=reason if reason in DATA_REASONS and paper.requirement.replaced_by_data else "",
                fault=posted.get(f"paper-{key}-fault", "").strip()[:1000],
                fault_code=code if code in FAULT_CODES else Paper.FaultCode.OTHER,
                errors=refused.get(key, []),
            )
        )
    return rows


def uploads_in(files: "MultiValueDict[str, UploadedFile[Any]]") -> dict[str, list["UploadedFile[Any]"]]:
    """Return the files sent, by the key of their paper."""
    return {
        name.removeprefix("paper-").removesuffix("-scan"): [file for file in files.getlist(name) if file]
        for name in files
        if name.startswith("paper-") and name.endswith("-scan")
    }


def summary(rows: Sequence[Row]) -> str:
    """Say what lies on the counter in a line: «2 bản chính, 1 bản sao, 3 thay bằng dữ liệu»; what still depends on an answer is left out."""
    certain = [row for row in rows if row.needed.is_certain]
    given = [row for row in rows if row.is_given and row.is_asked]
    counted = (
        (sum(row.originals.number or 0 for row in given), _("%(n)s bản chính")),
        (sum(row.copies.number or 0 for row in given), _("%(n)s bản sao")),
        (sum(row.kind == "form" for row in certain), _("%(n)s tờ khai hệ thống in")),
        (sum(row.kind == "data" and not row.is_asked for row in certain), _("%(n)s thay bằng dữ liệu")),
    )
    return ", ".join(text % {"n": number} for number, text in counted if number)


def _kind(requirement: PaperRequirement) -> str:
    if requirement.from_form:
        return "form"
    if requirement.replaced_by_data:
        return "data"
    return "show" if requirement.kind == PaperRequirement.Kind.SHOW else "submit"


def _token(scan: Scan, officer_id: int) -> str:
    """Sign which stored file was scanned here, so that the page can carry it but nobody can name another file."""
    return signing.dumps([scan.file.pk, scan.original_name, officer_id], salt=_SALT)


def _scan_in(token: str, officer_id: int) -> Scan | None:
    try:
        file_id, name, owner_id = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    file = StoredFile.objects.filter(pk=file_id).first()
    return Scan(file, name) if file and owner_id == officer_id else None
