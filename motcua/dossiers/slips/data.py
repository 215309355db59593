"""What each slip needs, already worded: names, days and amounts are strings as people read them.

Everything becomes JSON that can be kept beside the slip and rendered again. Titles are data, because texts in force
still use the older ones.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of an administrative text (Nghị định 30/2020/NĐ-CP, Phụ lục I): agencies, number, place and day."""

    parent_agency: str  # "Ủy ban nhân dân phường Phú Xuân"; empty when there is none
    agency: str  # "Trung tâm Phục vụ hành chính công"
    place_and_day: str  # "Phú Xuân, ngày 27 tháng 11 năm 2026"
    number: str = ""  # "0123/TNHS"


@dataclass(frozen=True, slots=True)
class Tracking:
    """How the dossier is found again. Empty parts are left out of the slip."""

    code: str = ""  # also drawn as Code 128
    lookup_url: str = ""  # drawn as QR; never printed
    lookup_shown: str = ""  # "motcua.example.vn, mã tra cứu 8FQ2"
    hotline: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who the slip is about; everything but the name may be empty."""

    name: str
    identity: str = ""  # "Số định danh 046196000214"
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper handed in: how many originals and copies, and what else is to be said ("Thay bằng dữ liệu")."""

    name: str
    originals: int
    copies: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A paper to be added or put right: what is wrong, why, and under which provision."""

    name: str
    originals: int
    copies: int
    needed: str
    basis: str = ""
    reason: str = ""  # the coded one: "Mờ, không đọc được"; since version 2
    guidance: str = ""  # how to put it right; since version 2


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """One hand-over in the control slip."""

    giver: str  # agency or unit
    receiver: str
    given: str  # "10 giờ 05 phút, ngày 27/11/2026"
    given_by: str = ""
    received_by: str = ""
    result: str = ""  # "Trước hạn" | "Đúng hạn" | "Quá hạn"
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One dossier in the register."""

    number: int
    code: str
    request: str
    sets: int
    owner: str
    address: str
    phone: str
    received_on: str
    due_on: str
    returned_on: str = ""
    returned_by: str = ""
    returned_to: str = ""
    received_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """What every slip has. `issued_at` is ISO 8601 with its offset and dates the PDF."""

    issued_at: str
    head: Letterhead

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Receipt01(Slip):
    tracking: Tracking
    applicant: Person
    request: str  # the procedure, and its case
    papers: tuple[PaperRow, ...]
    sets: int
    term: str  # "Trong ngày làm việc"
    received: str  # "09 giờ 34 phút, thứ Sáu ngày 27/11/2026"
    due: str
    return_at: str  # "Quầy 3, …", "Bưu chính công ích", "Bản điện tử"
    officer: str
    channel: str = ""
    owner: Person | None = None  # when another than the applicant
    charges: str = ""
    register_entry: str = ""  # "Quyển số 01, số thứ tự 0123"
    note: str = ""
    no_papers: str = ""  # said in place of the table when no paper was handed in
    title: str = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"


@dataclass(frozen=True, slots=True)
class SupplementRequest02(Slip):
    tracking: Tracking
    applicant: Person
    request: str
    missing: tuple[MissingRow, ...]
    reason: str
    officer: str
    deadline: str = ""  # "17 giờ 00 phút, ngày 08/12/2026"
    after: str = ""  # what happens to the clock, and if nothing comes
    contact: str = ""  # "ông Trần Quốc Bình, số điện thoại …"
    request_round: str = ""  # "thứ 2, khi thẩm định"; since version 2
    title: str = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"


@dataclass(frozen=True, slots=True)
class Refusal03(Slip):
    tracking: Tracking
    applicant: Person
    request: str
    reason: str
    officer: str
    submitted: str = ""
    basis: str = ""
    next_step: str = ""  # what the person can do now, and where to complain
    contact: str = ""
    title: str = "Phiếu từ chối tiếp nhận, giải quyết hồ sơ"


@dataclass(frozen=True, slots=True)
class Apology04(Slip):
    tracking: Tracking
    applicant: Person
    request: str
    received: str
    due_before: str  # the promise that cannot be kept
    due: str  # the new one
    return_at: str
    late_unit: str
    reason: str
    officer: str  # the leader who signs
    title: str = "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết hồ sơ"


@dataclass(frozen=True, slots=True)
class Stop05(Slip):
    tracking: Tracking
    applicant: Person
    request: str
    asked: str  # who asked for it and when; empty when the agency stops of itself
    stage: str  # the step it stood at
    reason: str
    papers_back: tuple[PaperRow, ...]
    refund: str  # what happens to the fees
    officer: str
    next_step: str = ""
    title: str = "Thông báo dừng giải quyết hồ sơ"


@dataclass(frozen=True, slots=True)
class Control06(Slip):
    tracking: Tracking
    applicant: Person
    request: str
    received: str
    due: str
    resolving_agency: str
    rows: tuple[HandOverRow, ...]
    coordinating_agencies: str = ""
    title: str = "Phiếu kiểm soát quá trình giải quyết hồ sơ"


@dataclass(frozen=True, slots=True)
class Register07(Slip):
    period: str  # "Từ ngày 01/11/2026 đến ngày 30/11/2026"
    rows: tuple[RegisterRow, ...]
    book: str = ""  # "Quyển số 01"
    title: str = "Sổ theo dõi hồ sơ"
