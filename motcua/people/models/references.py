"""References from rows of other packages to officers, accounts and units: kept for ever, and read from that row only.

No row goes while another names it (PROTECT), and nobody asks an officer for every row that names them: so there is no
way back, and no index that every move would write and nothing read. Columns which are asked by are written out.
"""

from django.db.models import PROTECT, ForeignKey

from motcua.people.models.accounts import User
from motcua.people.models.agencies import Agency, Officer


def officer(name: str = "") -> "ForeignKey[Officer, Officer]":
    """Return the column of an officer; `name` as people read it."""
    return ForeignKey(Officer, PROTECT, related_name="+", verbose_name=name or None, db_index=False)


def officer_or_nobody(name: str = "", help_text: str = "") -> "ForeignKey[Officer | None, Officer | None]":
    """Return the column of an officer where there may be none: `help_text` says what it means then."""
    return ForeignKey(
        Officer,
        PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=name or None,
        db_index=False,
        help_text=help_text,
    )


def user_or_nobody(name: str = "", *, editable: bool = True) -> "ForeignKey[User | None, User | None]":
    """Return the column of an account where there may be none."""
    return ForeignKey(
        User, PROTECT, null=True, blank=True, editable=editable, related_name="+", verbose_name=name or None, db_index=False
    )  # fmt: skip


def unit(name: str = "") -> "ForeignKey[Agency, Agency]":
    """Return the column of a unit."""
    return ForeignKey(Agency, PROTECT, related_name="+", verbose_name=name or None, db_index=False)


def unit_or_none(name: str = "", help_text: str = "") -> "ForeignKey[Agency | None, Agency | None]":
    """Return the column of a unit where there may be none: `help_text` says what it means then."""
    return ForeignKey(
        Agency,
        PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=name or None,
        db_index=False,
        help_text=help_text,
    )
