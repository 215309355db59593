"""What a file is, told from its first bytes and never from its name."""

from enum import StrEnum

HEAD_BYTES = 4096  # enough for every signature below and for the first entry of an Office archive


class Kind(StrEnum):
    """Every kind of file this system tells apart; the first four are accepted as papers."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"
    EXECUTABLE = "executable"
    OFFICE = "office"
    ARCHIVE = "archive"
    WEB_PAGE = "web_page"
    OTHER_IMAGE = "other_image"
    MEDIA = "media"
    UNKNOWN = "unknown"


PHOTOGRAPHS = frozenset({Kind.JPEG, Kind.PNG, Kind.HEIC})

# fmt: off
_SIGNATURES: tuple[tuple[int, bytes, Kind], ...] = (
    # offset, bytes, kind
    (0, b"%PDF-",                               Kind.PDF),
    (0, b"\xff\xd8\xff",                        Kind.JPEG),
    (0, b"\x89PNG\r\n\x1a\n",                   Kind.PNG),
    (0, b"\x7fELF",                             Kind.EXECUTABLE),
    (0, b"MZ",                                  Kind.EXECUTABLE),
    (0, b"#!",                                  Kind.EXECUTABLE),
    (0, b"\xca\xfe\xba\xbe",                    Kind.EXECUTABLE),  # Java class, Mach-O of two architectures
    (0, b"\xfe\xed\xfa\xce",                    Kind.EXECUTABLE),
    (0, b"\xfe\xed\xfa\xcf",                    Kind.EXECUTABLE),
    (0, b"\xce\xfa\xed\xfe",                    Kind.EXECUTABLE),
    (0, b"\xcf\xfa\xed\xfe",                    Kind.EXECUTABLE),
    (0, b"dex\n",                               Kind.EXECUTABLE),
    (0, b"\x4c\x00\x00\x00\x01\x14\x02\x00",    Kind.EXECUTABLE),  # Windows shortcut
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",    Kind.OFFICE),      # .doc, .xls before 2007
    (0, b"{\\rtf",                              Kind.OFFICE),
    (0, b"Rar!\x1a\x07",                        Kind.ARCHIVE),
    (0, b"7z\xbc\xaf\x27\x1c",                  Kind.ARCHIVE),
    (0, b"\x1f\x8b",                            Kind.ARCHIVE),
    (0, b"GIF8",                                Kind.OTHER_IMAGE),
    (0, b"BM",                                  Kind.OTHER_IMAGE),
    (0, b"II*\x00",                             Kind.OTHER_IMAGE),
    (0, b"MM\x00*",                             Kind.OTHER_IMAGE),
    (8, b"WEBP",                                Kind.OTHER_IMAGE),
    (4, b"ftypavif",                            Kind.OTHER_IMAGE),
    (4, b"ftyp",                                Kind.MEDIA),       # after HEIC, which is asked first
    (0, b"ID3",                                 Kind.MEDIA),
    (8, b"WAVE",                                Kind.MEDIA),
)
# fmt: on
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_OFFICE_ENTRIES = (b"[Content_Types].xml", b"word/", b"xl/", b"ppt/", b"application/vnd.oasis.opendocument")
_WEB_PAGE_STARTS = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml")


def sniff(head: bytes) -> Kind:
    """Tell the kind of a file from its first `HEAD_BYTES` bytes.

    A PDF must begin at byte 0: a file that is a web page to one reader and a PDF to another is not accepted.
    """
    if _is_heic(head):
        return Kind.HEIC
    if head.startswith(b"PK\x03\x04"):
        return Kind.OFFICE if any(entry in head for entry in _OFFICE_ENTRIES) else Kind.ARCHIVE
    for offset, signature, kind in _SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            return kind
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_WEB_PAGE_STARTS):
        return Kind.WEB_PAGE
    return Kind.UNKNOWN


def _is_heic(head: bytes) -> bool:
    """The `ftyp` box (ISO/IEC 14496-12) names HEIC as its major or a compatible brand (ISO/IEC 23008-12)."""
    if head[4:8] != b"ftyp":
        return False
    box = head[8 : min(int.from_bytes(head[:4], "big"), len(head))]
    brands = {box[i : i + 4] for i in range(0, len(box), 4) if i != 4}  # the second word is a version
    return bool(brands & _HEIC_BRANDS)
