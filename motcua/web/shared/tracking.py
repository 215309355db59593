"""The signed address of a dossier's tracking page: printed as a QR, it opens the page without signing in."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

_SALT = "motcua.tracking"


def tracking_path(code: str) -> str:
    """Return the path that opens the tracking page of the dossier `code`; nobody can make one for another code."""
    return reverse("portal:track_signed", args=[Signer(salt=_SALT).sign(code)])


def tracking_url(code: str) -> str:
    """Return the same as an address that works on a telephone."""
    return settings.SITE_URL + tracking_path(code)


def tracked_code(token: str) -> str | None:
    """Return the code a token was made for; None when it was not made here."""
    try:
        return Signer(salt=_SALT).unsign(token)
    except BadSignature:
        return None
