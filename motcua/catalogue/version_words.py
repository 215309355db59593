"""What a version's rows say, in few words: a term, an amount, what a paper must be. Tables and differences share them."""

from django.utils.translation import gettext as _

from motcua.base.words import day, number, vnd
from motcua.catalogue.models import Case, FeeRule, PaperRequirement

CHANNELS = {"online": "trực tuyến", "counter": "tại quầy", "postal": "bưu chính"}


def term_in_words(case: Case) -> str:
    """Return the term of a case: «7 ngày làm việc»."""
    if case.term_quantity is None:
        return _("không ghi thời hạn")
    return f"{number(float(case.term_quantity))} {Case.Unit(case.term_unit).label}"


def online_term_in_words(case: Case) -> str:
    """Return the term for what is filed online where it is another one; empty where it is not."""
    if case.online_term_quantity is None or not case.term_unit:
        return ""
    return f"{number(float(case.online_term_quantity))} {Case.Unit(case.term_unit).label}"


def amount_in_words(fee: FeeRule) -> str:
    """Return what a fee comes to: «8.000 đ mỗi bản»; an unknown amount is not free."""
    if fee.amount_vnd is None:
        return _("chưa rõ số tiền")
    return (
        _("%(amount)s mỗi %(unit)s") % {"amount": vnd(fee.amount_vnd), "unit": fee.per}
        if fee.per
        else vnd(fee.amount_vnd)
    )


def channel_in_words(fee: FeeRule) -> str:
    """Return by which channel it is paid."""
    return str(CHANNELS.get(fee.channel, fee.channel)) or _("mọi kênh")


def window_in_words(fee: FeeRule) -> str:
    """Return from when to when a fee is taken; empty for always."""
    if fee.valid_from and fee.valid_to:
        return _("%(from)s đến %(to)s") % {"from": day(fee.valid_from), "to": day(fee.valid_to)}
    if fee.valid_from:
        return _("từ %(on)s") % {"on": day(fee.valid_from)}
    return _("đến hết %(on)s") % {"on": day(fee.valid_to)} if fee.valid_to else ""


def counts_in_words(paper: PaperRequirement) -> str:
    """Return how many of a paper: «1 bản chính, 2 bản sao»."""
    parts = [(paper.original_count, _("%d bản chính")), (paper.copy_count, _("%d bản sao"))]
    return ", ".join(words % count for count, words in parts if count) or _("không ghi số bản")
