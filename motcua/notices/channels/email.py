"""Notices by e-mail: a folder or SMTP, as Django's settings say."""

from django.core.mail import EmailMessage

from motcua.people.models import Citizen


def address_of(citizen: Citizen) -> str:
    """Return the citizen's e-mail address, or "" when none is known."""
    return citizen.email


def send(address: str, title: str, body: str) -> None:
    """Send one message; raises OSError (SMTP errors are of that family) when it cannot be handed over."""
    EmailMessage(subject=title, body=body, to=[address]).send()
