import pytest

from motcua.documents.sniff import Kind, sniff
from tests.documents import files

# fmt: off
HEADS = [
    (b"\x7fELF\x02\x01\x01",                                          Kind.EXECUTABLE),
    (b"MZ\x90\x00\x03",                                               Kind.EXECUTABLE),
    (b"#!/bin/sh\n",                                                  Kind.EXECUTABLE),
    (b"\xcf\xfa\xed\xfe\x07",                                         Kind.EXECUTABLE),
    (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml",                Kind.OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00",                         Kind.OFFICE),
    (b"PK\x03\x04\x14\x00anh1.jpg",                                   Kind.ARCHIVE),
    (b"Rar!\x1a\x07\x01\x00",                                         Kind.ARCHIVE),
    (b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>",       Kind.WEB_PAGE),
    (b"<svg onload=alert(1)>",                                        Kind.WEB_PAGE),
    (b"<html>%PDF-1.7",                                               Kind.WEB_PAGE),
    (b"GIF89a",                                                       Kind.OTHER_IMAGE),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ",                                 Kind.OTHER_IMAGE),
    (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1",             Kind.OTHER_IMAGE),
    (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",             Kind.MEDIA),
    (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic",             Kind.HEIC),
    ("Kính gửi ủy ban".encode(),                                      Kind.UNKNOWN),
    (b"",                                                             Kind.UNKNOWN),
    (b"\x00\x00\x00",                                                 Kind.UNKNOWN),
]
# fmt: on


@pytest.mark.parametrize("head, kind", HEADS)
def test_kind_is_told_from_the_first_bytes(head: bytes, kind: Kind) -> None:
    assert sniff(head) is kind


def test_the_four_kinds_of_paper_are_told_from_real_files() -> None:
    kinds = [sniff(content) for content in (files.pdf(), files.jpeg(), files.png(), files.heic())]

    assert kinds == [Kind.PDF, Kind.JPEG, Kind.PNG, Kind.HEIC]


def test_a_pdf_with_anything_before_it_is_not_a_pdf() -> None:
    assert sniff(b"GIF89a" + files.pdf()) is Kind.OTHER_IMAGE
    assert sniff(b"\n" + files.pdf()) is Kind.UNKNOWN
