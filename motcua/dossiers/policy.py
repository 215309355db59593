"""The province's numbers that the law leaves open or that are still to be verified, read from the settings in one place."""

from datetime import time

from django.conf import settings


def reception_hours() -> int:
    """Return the working hours within which an online dossier is accepted, asked about or refused."""
    return int(settings.RECEPTION_HOURS)


def hand_over_cutoff() -> time:
    """Return the hour after which «the same day» becomes the next working day."""
    return time.fromisoformat(settings.HAND_OVER_CUTOFF)


def supplement_days() -> int:
    """Return the working days a citizen has to supplement."""
    return int(settings.SUPPLEMENT_DAYS)
