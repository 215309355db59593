"""People and places in the administration pages: an edge, so it reads the clock and turns named errors into form errors."""

from motcua.people.admin import agencies, calendars, citizens, officers

__all__ = ["agencies", "calendars", "citizens", "officers"]
