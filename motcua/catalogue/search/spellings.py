"""How people type: abbreviations, everyday words for official ones, raw Telex, words run together. All text is folded."""

import re
import unicodedata
from collections.abc import Mapping

# fmt: off
ABBREVIATIONS = {
    "attp": "an toan thuc pham",    "bhtn": "bao hiem that nghiep", "bhxh": "bao hiem xa hoi",
    "bhyt": "bao hiem y te",        "btxh": "bao tro xa hoi",       "cccd": "can cuoc cong dan",
    "cmnd": "can cuoc",             "cmt": "can cuoc",              "cntt": "cong nghe thong tin",
    "ct": "chung thuc",             "dk": "dang ky",                "dkkd": "dang ky kinh doanh",
    "dkkh": "dang ky ket hon",      "dkks": "dang ky khai sinh",    "dkkt": "dang ky khai tu",
    "dn": "doanh nghiep",           "gcn": "giay chung nhan",       "gks": "giay khai sinh",
    "gplx": "giay phep lai xe",     "gpxd": "giay phep xay dung",   "hkd": "ho kinh doanh",
    "hktt": "ho khau thuong tru",   "htx": "hop tac xa",            "kd": "kinh doanh",
    "ks": "khai sinh",              "kt": "khai tu",                "kh": "ket hon",
    "lltp": "ly lich tu phap",      "mst": "ma so thue",            "ncc": "nguoi co cong",
    "nkt": "nguoi khuyet tat",      "noxh": "nha o xa hoi",         "pccc": "phong chay chua chay",
    "qsd": "quyen su dung",         "qsdd": "quyen su dung dat",    "sdd": "su dung dat",
    "tp": "thuc pham",              "tthn": "tinh trang hon nhan",  "vsattp": "an toan thuc pham",
    "xd": "xay dung",               "gp": "giay phep",              "xn": "xac nhan",
    "ki": "ky",                     "li": "ly",                     "cty": "cong ty",
    "cchn": "chung chi hanh nghe",  "dntn": "doanh nghiep tu nhan", "gcnqsdd": "giay chung nhan quyen su dung dat",
    "gpld": "giay phep lao dong",   "nvqs": "nghia vu quan su",     "tncn": "thu nhap ca nhan",
}

EVERYDAY = {
    "bang lai":             "giay phep lai xe",
    "bang lai xe":          "giay phep lai xe",
    "chung minh nhan dan":  "can cuoc",
    "chung minh thu":       "can cuoc",
    "giay doc than":        "xac nhan tinh trang hon nhan",
    "giay tho":             "khai sinh",
    "ho khau":              "thuong tru",
    "lam giay cuoi":        "dang ky ket hon",
    "lay vo":               "ket hon",
    "lay chong":            "ket hon",
    "cuoi":                 "ket hon",
    "sang ten so do":       "dang ky bien dong chuyen nhuong quyen su dung dat",
    "so do":                "giay chung nhan quyen su dung dat",
    "so hong":              "giay chung nhan quyen so huu nha o quyen su dung dat",
    "tach so":              "tach thua dat",
    "mo quan":              "dang ky ho kinh doanh",
    "mo cong ty":           "dang ky thanh lap doanh nghiep",
    "sao y":                "chung thuc ban sao",
    "cong chung ban sao":   "chung thuc ban sao",
    "the bao hiem":         "bao hiem y te",
    "giay chung tu":        "khai tu",
    "moi mat":              "khai tu",
    "moi sinh":             "khai sinh",
    "sinh con":             "khai sinh",
    "bao tu":               "khai tu",
}
# fmt: on

# fmt: off
FILLER = frozenset((
    "thu", "tuc", "toi", "minh", "em", "muon", "lam", "xin", "can", "cho", "cua", "thi", "la", "va", "o", "dau", "nhu",
    "the", "nao", "gi", "bao", "lau", "de", "duoc", "ho", "so", "giay",
))
# fmt: on
"""Words said around the matter; they count little."""

_TELEX_MARKS = (
    (re.compile(r"([aeo])\1"), r"\1"),
    (re.compile("dd"), "d"),
    (re.compile("w"), ""),
    (re.compile(r"(?<=[aeiouy])([a-z]{0,2}?)[sfrxj]"), r"\1"),
)


# fmt: off
_SOUNDS = tuple((re.compile(letters), plain) for letters, plain in (
    ("^ngh", "ng"), ("^gh", "g"),       ("^(ph|f)", "f"),               ("^(ch|tr)", "C"),
    ("^[sx]", "s"), ("^[kq]|^c", "k"),  ("^(gi|z|r|j)(?=.)", "z"),      ("y", "i"),
))
# fmt: on
"""Letters that sound the same somewhere in the country, or stand for each other in messages: «fép», «sây nhà»."""


def sound(word: str) -> str:
    """Return what a word sounds like, with its accents if it has them: «sây» and «xây» are the same."""
    heard = unicodedata.normalize("NFD", word)
    for letters, plain in _SOUNDS:
        heard = letters.sub(plain, heard)
    return heard


def variants(words: list[str], vocabulary: Mapping[str, int]) -> list[list[str]]:
    """Return the ways to understand the folded words of a query: mended, and with abbreviations spelt out.

    `vocabulary` says of each known word how often it is used.
    """
    mended = [part for word in words for part in _mended(word, vocabulary)]
    spelt = [part for word in mended for part in ABBREVIATIONS.get(word, word).split()]
    found = [mended, spelt, _official(spelt)]
    return [one for place, one in enumerate(found) if one and one not in found[:place]]


def _official(words: list[str]) -> list[str]:
    """Return the words with everyday phrases replaced by official ones, the longest phrase first."""
    text = f" {' '.join(words)} "
    for phrase in sorted(EVERYDAY, key=len, reverse=True):
        if f" {phrase} " in text:
            return text.replace(f" {phrase} ", f" {EVERYDAY[phrase]} ").split()
    return words


def _mended(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """Return a word nobody uses as the word or two words it stands for; a known one as it is."""
    if word in vocabulary or word in ABBREVIATIONS:
        return [word]
    if (plain := without_telex(word)) in vocabulary:
        return [plain]
    cuts = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    usual = [cut for cut in cuts if cut[0] in vocabulary and cut[1] in vocabulary]
    return list(max(usual, key=lambda cut: min(vocabulary[cut[0]], vocabulary[cut[1]]), default=(word,)))


def without_telex(word: str) -> str:
    """Return a word typed in raw Telex without its marks: «duwowngf» → «duong»."""
    for mark, plain in _TELEX_MARKS:
        word = mark.sub(plain, word)
    return word
