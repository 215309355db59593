"""People and places in the administration pages: an edge, so it reads the clock and turns named errors into form errors."""

from motcua.people.admin import accounts, agencies, calendars, citizens, delegations, officers, posts

__all__ = ["accounts", "agencies", "calendars", "citizens", "delegations", "officers", "posts"]
