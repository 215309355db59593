"""The catalogue in the administration pages: drafts are edited here and published; what is published is only read.

The edge of the program: it reads the clock and hands everything that decides to the actions.
"""

from motcua.catalogue.admin import papers, procedures, versions

__all__ = ["papers", "procedures", "versions"]
