"""One procedure as a national record tells it, whatever the shape of the file, before any of it is decided."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee of one channel: `type` FEE, SERVICE_FEE or PRICE_LEVEL; the amount as the source has it, and its words."""

    type: str
    value: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to file: ONLINE, POSTAL or DIRECT, with its own time and fees. A channel may come several times."""

    method: str
    quantity: str
    unit: str
    note: str
    fees: tuple[Fee, ...]


@dataclass(frozen=True, slots=True)
class CaseTime:
    """The time of one case; the source gives cases no name."""

    code: str
    quantity: str
    unit: str


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the checklist, a paper or a remark."""

    group: str
    code: str
    name: str
    originals: int
    copies: int


@dataclass(frozen=True, slots=True)
class Details:
    """What only the full records have."""

    requirements: str
    results: tuple[str, ...]
    channels: tuple[Channel, ...]
    cases: tuple[CaseTime, ...]
    legal_bases: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A national record."""

    code: str
    name: str
    national_id: str
    type: str
    field_code: str
    field_name: str
    promulgated_by: str
    executing: tuple[str, ...]
    subject_types: tuple[str, ...]
    details: Details | None


class BadRecord(ValueError):
    """A record that cannot be taken; its text is a Vietnamese sentence."""
