"""What can be wrong with a file somebody sends, and the sentence that tells them."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.documents.sniff import Kind


class Fault(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    EXECUTABLE = "executable"
    WRONG_TYPE = "wrong_type"
    ENCRYPTED = "encrypted"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    BLANK_PAGE = "blank_page"
    BLANK_FILE = "blank_file"


ADVICE = frozenset({Fault.BLANK_PAGE, Fault.BLANK_FILE})
"""Faults that are told but do not refuse the file: the back of a sheet is often blank, and pencil can be very faint."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one file. Only the facts its sentence needs are filled."""

    fault: Fault
    page: int = 0
    size_bytes: int = 0
    limit: int = 0
    found: Kind = Kind.UNKNOWN

    @property
    def refuses(self) -> bool:
        return self.fault not in ADVICE

    @property
    def sentence(self) -> str:
        """Say what happened and what to do, in the reader's language."""
        return str(_SENTENCES[self.fault]) % {
            "page": self.page,
            "size": megabytes(self.size_bytes),
            "limit": megabytes(self.limit),
            "most": self.limit,
            "found": _FOUND.get(self.found, _FOUND[Kind.UNKNOWN]),
        }


def megabytes(size_bytes: int) -> str:
    """Write a size for people: "20 MB", "3,4 MB", "0,1 MB" at the least."""
    tenths = max(1, round(size_bytes * 10 / 1024 / 1024))
    number = f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10}"
    return _("%(number)s MB") % {"number": number}


# fmt: off
_SENTENCES: dict[Fault, Promise] = {
    Fault.EMPTY: gettext_lazy(
        "Tệp này trống (0 byte), có thể do lúc chép hoặc tải về bị ngắt giữa chừng. "
        "Bạn mở tệp trên máy để kiểm tra rồi chọn lại. Những gì bạn đã nhập vẫn còn."
    ),
    Fault.TOO_LARGE: gettext_lazy(
        "Tệp nặng %(size)s, quá mức cho phép là %(limit)s nên chưa được nhận. "
        "Bạn quét lại ở mức 150–200 dpi, hoặc chụp từng trang rồi gửi ảnh. Những gì bạn đã nhập vẫn còn."
    ),
    Fault.EXECUTABLE: gettext_lazy(
        "Xét theo nội dung, tệp này là chương trình máy tính, không phải PDF hay ảnh, dù tên tệp có đuôi gì. "
        "Tệp không được nhận. Bạn kiểm tra lại máy của mình và chọn đúng bản quét hoặc ảnh chụp giấy tờ."
    ),
    Fault.WRONG_TYPE: gettext_lazy(
        "Xét theo nội dung, tệp này là %(found)s nên chưa nhận được. "
        "Bạn gửi tệp PDF, hoặc ảnh chụp JPEG, PNG, HEIC. Những gì bạn đã nhập vẫn còn."
    ),
    Fault.ENCRYPTED: gettext_lazy(
        "Tệp PDF này có mật khẩu nên cán bộ không mở được. "
        "Bạn bỏ mật khẩu, hoặc in ra rồi quét lại, sau đó gửi lại tệp. Những gì bạn đã nhập vẫn còn."
    ),
    Fault.TRUNCATED: gettext_lazy(
        "Tệp PDF này thiếu phần cuối, có thể do tải về chưa xong. "
        "Bạn tải hoặc quét lại cho đủ rồi gửi lại. Những gì bạn đã nhập vẫn còn."
    ),
    Fault.UNREADABLE: gettext_lazy(
        "Tệp này bị hỏng, không mở được. "
        "Bạn quét hoặc chụp lại giấy tờ rồi gửi lại. Những gì bạn đã nhập vẫn còn."
    ),
    Fault.TOO_MANY_PIXELS: gettext_lazy(
        "Ảnh trong tệp này quá lớn để xử lý an toàn. "
        "Bạn chụp lại ở cỡ ảnh thường, hoặc quét ở mức 150–200 dpi, rồi gửi lại. Những gì bạn đã nhập vẫn còn."
    ),
    Fault.TOO_MANY_PAGES: gettext_lazy(
        "Một giấy tờ nhận nhiều nhất %(most)s ảnh. "
        "Bạn chia thành nhiều lần gửi, hoặc gửi một tệp PDF. Những gì bạn đã nhập vẫn còn."
    ),
    Fault.BLANK_PAGE: gettext_lazy(
        "Trang %(page)s có vẻ là trang trắng. Bạn xem lại; nếu đúng là mặt sau để trống thì cứ gửi."
    ),
    Fault.BLANK_FILE: gettext_lazy(
        "Tất cả các trang có vẻ là trang trắng, có thể giấy bị đặt ngược khi quét. Bạn xem lại trước khi gửi."
    ),
}

_FOUND: dict[Kind, Promise] = {
    Kind.OFFICE:      gettext_lazy("tài liệu văn phòng (Word, Excel…); hãy lưu thành PDF"),
    Kind.ARCHIVE:     gettext_lazy("tệp nén; hãy giải nén và gửi từng giấy tờ"),
    Kind.WEB_PAGE:    gettext_lazy("trang web; hãy in thành PDF"),
    Kind.OTHER_IMAGE: gettext_lazy("loại ảnh chưa dùng được; hãy lưu thành JPEG hoặc PNG"),
    Kind.MEDIA:       gettext_lazy("tệp âm thanh hoặc phim"),
    Kind.PDF:         gettext_lazy("tệp PDF, trong khi chỗ này nhận ảnh chụp"),
    Kind.UNKNOWN:     gettext_lazy("loại tệp hệ thống không nhận ra"),
}
# fmt: on
