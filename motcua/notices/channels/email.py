"""Notices by e-mail: a folder or SMTP, as Django's settings say."""

from email.utils import format_datetime, parseaddr
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage

from motcua.base.words import local
from motcua.notices.channels.letter import Letter, NotTaken
from motcua.people.models import Citizen

FOR_GOOD = 500  # SMTP replies from 500 on are final, those below ask to come again (RFC 5321, 4.2.1)


def address_of(citizen: Citizen) -> str:
    """Return the citizen's e-mail address, or "" when none is known."""
    return citizen.email


def send(address: str, letter: Letter) -> None:
    """Send one message. Raises NotTaken.

    A letter sent twice carries the same Message-ID and Date, so that mail programs show it once and in its place.
    """
    message = EmailMessage(subject=letter.title, body=letter.body, to=[address])
    message.extra_headers = {
        "Message-ID": f"<{letter.key}@{_domain(message.from_email)}>",
        "Date": format_datetime(local(letter.told_at)),
        "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday replies to us
    }
    try:
        message.send()
    except (OSError, ImproperlyConfigured) as fault:  # SMTP's errors are OSErrors; a folder that is none is the other
        raise NotTaken(_kind(fault), for_good=min(_replies(fault), default=0) >= FOR_GOOD) from None
    except ValueError as fault:  # an address that is none
        raise NotTaken(_kind(fault), for_good=True) from None


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2]


def _kind(fault: Exception) -> str:
    """Name the error by its type and SMTP reply; its text may quote the address, and stays out of tables and logs."""
    return " ".join([type(fault).__name__, *(str(code) for code in _replies(fault))])


def _replies(fault: Exception) -> list[int]:
    """Return the SMTP replies that speak of this letter; those about ourselves (sign-in, sender) are the operator's."""
    if isinstance(fault, SMTPRecipientsRefused):
        return [code for code, _ in fault.recipients.values()]
    return [fault.smtp_code] if isinstance(fault, SMTPDataError) else []
