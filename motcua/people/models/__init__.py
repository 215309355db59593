"""Tables of people and places: administrative units, agencies, officers, posts, citizens, organisations, calendars."""

from motcua.people.models.accounts import User, UserManager
from motcua.people.models.agencies import Agency, AgencyQuerySet, Delegation, Officer, Post, PostQuerySet
from motcua.people.models.calendars import CalendarDay, CalendarSession, CalendarVersion, WorkingCalendar
from motcua.people.models.citizens import TAX_CODE, Citizen, Organisation
from motcua.people.models.places import Place, PlaceQuerySet
from motcua.people.models.reorganisations import Inheritance, Reorganisation

__all__ = [
    "TAX_CODE",
    "Agency",
    "AgencyQuerySet",
    "CalendarDay",
    "CalendarSession",
    "CalendarVersion",
    "Citizen",
    "Delegation",
    "Inheritance",
    "Officer",
    "Organisation",
    "Place",
    "PlaceQuerySet",
    "Post",
    "PostQuerySet",
    "Reorganisation",
    "User",
    "UserManager",
    "WorkingCalendar",
]
