"""Accounts that sign in, and the officers they belong to. What an officer may do comes from posts: see posts.py."""

from datetime import datetime

from django.db import transaction

from motcua.people.actions.citizens import register_citizen
from motcua.people.models import Citizen, Officer, User


@transaction.atomic
def sign_up(*, user: User, full_name: str, phone: str, email: str, password: str, at: datetime) -> Citizen:
    """Save the new account `user` with the citizen it belongs to; raise BadDetails, BadPhone, and save neither."""
    user.full_name, user.phone, user.email = full_name, phone or None, email or None
    user.set_password(password)
    user.save(force_insert=True)
    return register_citizen(user=user, full_name=full_name, phone=phone, email=email, at=at)


def set_password(*, user: User, password: str) -> User:
    """Give an account a new password."""
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def keep_account(*, user: User) -> User:
    """Save an account as an administrator filled it in, its password hashed already."""
    user.save()
    return user


def keep_officer(*, officer: Officer) -> Officer:
    """Save who an officer is: name, title, account."""
    officer.save()
    return officer
