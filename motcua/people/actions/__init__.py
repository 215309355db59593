"""Every write to people and places: one function per thing a person does."""

from motcua.people.actions.agencies import (
    AgencyLoop,
    NotASuccessor,
    check_parent,
    check_successors,
    close_agency,
    open_agency,
    place_agency,
)
from motcua.people.actions.calendars import (
    CalendarNotComplete,
    VersionIsPublished,
    copy_calendar_version,
    load_national_calendar,
    publish_calendar_version,
)
from motcua.people.actions.citizens import (
    BadDetails,
    CitizenDetails,
    CitizenFields,
    IdentityNumberTaken,
    meet_citizen,
    register_citizen,
    update_citizen,
)
from motcua.people.actions.organisations import BadTaxCode, OrganisationFields, register_organisation
from motcua.people.actions.places import load_places
from motcua.people.actions.posts import (
    AlreadyAppointed,
    BadPeriod,
    DutiesNotSeparate,
    UnitClosed,
    appoint,
    check_lending,
    delegate,
    end_post,
    keep_duties_apart,
)

__all__ = [
    "AgencyLoop",
    "AlreadyAppointed",
    "BadDetails",
    "BadPeriod",
    "BadTaxCode",
    "CalendarNotComplete",
    "CitizenDetails",
    "CitizenFields",
    "DutiesNotSeparate",
    "IdentityNumberTaken",
    "NotASuccessor",
    "OrganisationFields",
    "UnitClosed",
    "VersionIsPublished",
    "appoint",
    "check_lending",
    "check_parent",
    "check_successors",
    "close_agency",
    "copy_calendar_version",
    "delegate",
    "end_post",
    "keep_duties_apart",
    "load_national_calendar",
    "load_places",
    "meet_citizen",
    "open_agency",
    "place_agency",
    "publish_calendar_version",
    "register_citizen",
    "register_organisation",
    "update_citizen",
]
