"""Vietnamese text: one way to fold it for comparing, and the order of names."""

import unicodedata

_NO_MARKS = str.maketrans({"đ": "d", "Đ": "d"})


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics and with single spaces: «Đường Lê Lợi» → «duong le loi»."""
    decomposed = unicodedata.normalize("NFD", text.translate(_NO_MARKS))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.lower().split())
