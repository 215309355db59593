"""What a channel is given to send, and how it says that it could not."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Letter:
    """One message, worded. `key` names it for good: sent twice after a crash, it is still known as the same."""

    key: str
    title: str
    body: str
    told_at: datetime


class NotTaken(Exception):
    """The channel did not take the letter. `fault` is a kind of error, never an address or a name."""

    def __init__(self, fault: str, *, for_good: bool) -> None:
        super().__init__(fault)
        self.fault = fault
        self.for_good = for_good  # trying again would change nothing until somebody mends the address or the letter
