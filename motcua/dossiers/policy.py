"""The province's numbers that the law leaves open or that are still to be verified, read from the settings in one place."""

from datetime import time

from django.conf import settings

from motcua.catalogue.models import ProcedureVersion


def reception_hours() -> int:
    """Return the working hours within which an online dossier is accepted, asked about or refused."""
    return int(settings.RECEPTION_HOURS)


def hand_over_cutoff() -> time:
    """Return the hour after which «the same day» becomes the next working day."""
    return time.fromisoformat(settings.HAND_OVER_CUTOFF)


def supplement_days() -> int:
    """Return the working days a citizen has to supplement."""
    return int(settings.SUPPLEMENT_DAYS)


def reminder_days() -> int:
    """Return how many working days before the citizen's own deadline they are reminded of it."""
    return int(settings.REMINDER_DAYS)


def extensions_allowed(_version: ProcedureVersion) -> int:
    """Return how often a dossier of that version may be extended."""
    return int(settings.EXTENSIONS_ALLOWED)


def extension_lead_days() -> int:
    """Return how many working days before the due moment the system drafts Mẫu 04."""
    return int(settings.EXTENSION_LEAD_DAYS)


def extension_days() -> int:
    """Return by how many (working) days the system's own draft extends; the leader may change it."""
    return int(settings.EXTENSION_DAYS)


def reply_days() -> int:
    """Return the working days another unit usually has to answer; the officer who asks may say another number."""
    return int(settings.REPLY_DAYS)


def quiet_days() -> int:
    """Return after how many working days without an event a dossier that has no term is spoken of."""
    return int(settings.QUIET_DAYS)


def visit_reminder_hours() -> int:
    """Return how many hours before an appointment on site the citizen is reminded of it."""
    return int(settings.VISIT_REMINDER_HOURS)


def visits_allowed() -> int:
    """Return how many appointments on site may fail before no more are offered."""
    return int(settings.VISITS_ALLOWED)


def requests_unapproved() -> int:
    """Return how many requests for papers after acceptance need no leader's approval."""
    return int(settings.REQUESTS_UNAPPROVED)


def central_reminder_days() -> int:
    """Return after how many working days without a reply of a central agency its holder is reminded, again and again."""
    return int(settings.CENTRAL_REMINDER_DAYS)


def leg_days() -> int:
    """Return the working days a leg usually has where its procedure sets none; the officer who sends may say another."""
    return int(settings.LEG_DAYS)
