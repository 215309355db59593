"""The channels beside the portal: name → where to reach a citizen, and how to send. A new channel is one file and one line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from motcua.notices.channels import email
from motcua.notices.channels.letter import Letter
from motcua.people.models import Citizen


@dataclass(frozen=True)
class Channel:
    """`address_of` returns "" for a citizen the channel cannot reach; `send` raises NotTaken."""

    address_of: Callable[[Citizen], str]
    send: Callable[[str, Letter], None]
    words: str  # how an officer is told of it; translated where shown


CHANNELS: Mapping[str, Channel] = {
    "email": Channel(address_of=email.address_of, send=email.send, words=gettext_noop("qua thư điện tử")),
}
