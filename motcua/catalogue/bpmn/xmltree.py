"""XML as an immutable tree that is written again as it was read: prefixes, vendor elements and all.

Reading is safe by refusing what makes XML dangerous: no document type, so no entity of any kind, and nothing is fetched.
Comments and processing instructions are not kept.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.parsers import expat

from django.utils.translation import gettext as _

MAX_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 200
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_IN_TEXT = {ord(sign): _ESCAPES[sign] for sign in "&<>\r"}
_IN_ATTRIBUTE = {ord(sign): escape for sign, escape in _ESCAPES.items()}


class BadXml(ValueError):
    """The bytes are not XML that may be read, or a text cannot be written as XML; the message is Vietnamese."""


@dataclass(frozen=True)
class Element:
    """One element: `name` and `attributes` as written (with prefixes), `namespace` and `local` as resolved."""

    name: str
    namespace: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Element | str", ...] = ()

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        return dict(self.attributes)

    def get(self, name: str, default: str = "") -> str:
        """Return the attribute written under that very name."""
        return self._by_name.get(name, default)

    @property
    def elements(self) -> Iterator["Element"]:
        """The child elements, in order."""
        return (child for child in self.children if isinstance(child, Element))

    @property
    def text(self) -> str:
        """The text directly inside, without the white space around it."""
        return "".join(child for child in self.children if isinstance(child, str)).strip()

    def walk(self) -> Iterator["Element"]:
        """Yield this element and everything inside it, in the order of the document."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(list(element.elements))


def parse_xml(data: bytes) -> Element:
    """Return the root of `data`; raise BadXml when it is too large, broken, too deep or has a document type."""
    if len(data) > MAX_BYTES:
        raise BadXml(
            _("Tệp lớn hơn %(most)s MB nên không được đọc. Chưa có gì được nhập; hãy chia nhỏ quy trình.")
            % {"most": MAX_BYTES // 1024 // 1024}
        )
    builder = _Builder()
    try:
        builder.feed(data)
    except expat.ExpatError as error:
        raise BadXml(
            _("Tệp không phải XML đúng: hỏng ở dòng %(line)s, cột %(column)s. Chưa có gì được nhập; hãy xuất lại tệp.")
            % {"line": error.lineno, "column": error.offset + 1}
        ) from None
    except (LookupError, UnicodeError):  # the encoding the file claims
        raise BadXml(_("Tệp ghi một bảng mã không đọc được. Hãy lưu lại tệp theo UTF-8.")) from None
    return builder.root


def to_xml(root: Element) -> bytes:
    """Return `root` as a UTF-8 document; raise BadXml when a text has a sign that XML cannot carry."""
    text = "".join(['<?xml version="1.0" encoding="UTF-8"?>\n', *_written(root), "\n"])
    if strange := _NOT_XML.search(text):
        raise BadXml(
            _("Có ký tự điều khiển (mã %(code)s) mà XML không chứa được. Hãy xóa ký tự ấy rồi xuất lại.")
            % {"code": ord(strange.group())}
        )
    return text.encode()


def _written(element: Element) -> Iterator[str]:
    yield f"<{element.name}"
    for name, value in element.attributes:
        yield f' {name}="{value.translate(_IN_ATTRIBUTE)}"'
    if not element.children:
        yield "/>"
        return
    yield ">"
    for child in element.children:
        if isinstance(child, str):
            yield child.translate(_IN_TEXT)
        else:
            yield from _written(child)
    yield f"</{element.name}>"


@dataclass
class _Open:
    """An element whose end has not come yet."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    namespaces: Mapping[str, str]
    children: list[Element | str]


class _Builder:
    """Collects what expat tells into Elements."""

    root: Element

    def __init__(self) -> None:
        self._open: list[_Open] = []

    def feed(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)

    def _start(self, name: str, pairs: list[str]) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise BadXml(_("Tệp có các phần tử lồng nhau quá %(most)s tầng nên không được đọc.") % {"most": MAX_DEPTH})
        attributes = tuple(zip(pairs[::2], pairs[1::2], strict=True))
        declared = {
            key.partition(":")[2]: value for key, value in attributes if key == "xmlns" or key.startswith("xmlns:")
        }
        outer = self._open[-1].namespaces if self._open else {}
        self._open.append(_Open(name, attributes, {**outer, **declared} if declared else outer, []))

    def _end(self, _name: str) -> None:
        ended = self._open.pop()
        prefix = ended.name.rpartition(":")[0]
        if prefix not in ended.namespaces and prefix not in ("", "xml"):
            raise BadXml(_("Tệp dùng tiền tố “%(prefix)s” mà không khai báo không gian tên.") % {"prefix": prefix})
        element = Element(ended.name, ended.namespaces.get(prefix, ""), ended.attributes, tuple(ended.children))
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element

    def _text(self, text: str) -> None:
        inside = self._open[-1].children
        before = inside[-1] if inside else None
        if isinstance(before, str):  # a comment stood between
            inside[-1] = before + text
        else:
            inside.append(text)


def _refuse_document_type(*_args: object) -> None:
    raise BadXml(
        _("Tệp có phần khai báo DOCTYPE; vì an toàn, phần này không được nhận. Hãy xuất lại tệp không có DOCTYPE.")
    )
