"""Who may do what: one table, role → permissions.

Which duties the law keeps apart stands in docs/rules.md, Roles; the separations are checked by tests/people/test_roles.py:
a specialist does not sign, a signer does not number, a technician decides nothing.
"""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_noop as _  # kept in Vietnamese; translated where citizens read it


class Role(TextChoices):
    """Every role a post may have; the Vietnamese label is what people read."""

    GUIDE = "guide", _("Cán bộ hướng dẫn")
    RECEPTIONIST = "receptionist", _("Cán bộ tiếp nhận")
    DIGITISER = "digitiser", _("Cán bộ số hóa")
    CASHIER = "cashier", _("Cán bộ thu phí")
    RETURNER = "returner", _("Cán bộ trả kết quả")
    SPECIALIST = "specialist", _("Chuyên viên")
    DIVISION_HEAD = "division_head", _("Lãnh đạo phòng")
    SIGNER = "signer", _("Lãnh đạo ký")
    CLERK = "clerk", _("Văn thư")
    CENTRE_HEAD = "centre_head", _("Lãnh đạo trung tâm")
    SUPERVISOR = "supervisor", _("Giám sát điều hành")
    PROCEDURE_CONTROLLER = "procedure_controller", _("Kiểm soát thủ tục hành chính")
    CATALOGUE_ADMIN = "catalogue_admin", _("Quản trị danh mục")
    UNIT_ADMIN = "unit_admin", _("Quản trị đơn vị")
    SYSTEM_ADMIN = "system_admin", _("Quản trị hệ thống")
    POSTAL = "postal", _("Nhân viên bưu chính")
    KIOSK = "kiosk", _("Ki-ốt")
    OUTSIDE_SYSTEM = "outside_system", _("Hệ thống ngoài")


IN_DIVISIONS = frozenset({Role.SPECIALIST, Role.DIVISION_HEAD})
"""Who sits in a division of an agency; who signs and who numbers sit in the agency itself."""


class Permission(StrEnum):
    """One thing a post may do."""

    READ_UNIT_DOSSIERS = "read the dossiers its unit takes part in"
    FOLLOW_UNIT = "see every running dossier its unit takes part in as one list"
    READ_ALL_DOSSIERS = "read every dossier of the province"
    RECEIVE = "accept, refuse, ask for papers, take in at the counter"
    SCAN = "attach scans to a dossier"
    COLLECT_FEES = "take a payment at the counter"
    RETURN_RESULT = "hand a result to its receiver"
    PROCESS = "take and complete work steps"
    ASSIGN = "give a step to a colleague"
    SIGN = "sign off a result"
    ISSUE = "number and issue a signed result"
    PUBLISH_PROCEDURE = "edit and publish procedures"
    APPROVE_PROCESS = "publish a process that somebody else sent for approval"
    MANAGE_UNIT = "administer posts and calendars of a unit"
    MANAGE_SYSTEM = "operate the system"


R, P = Role, Permission

# fmt: off
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    R.GUIDE:                frozenset({P.READ_UNIT_DOSSIERS}),
    R.RECEPTIONIST:         frozenset({P.READ_UNIT_DOSSIERS, P.RECEIVE, P.SCAN, P.COLLECT_FEES, P.RETURN_RESULT}),
    R.DIGITISER:            frozenset({P.READ_UNIT_DOSSIERS, P.SCAN}),
    R.CASHIER:              frozenset({P.READ_UNIT_DOSSIERS, P.COLLECT_FEES}),
    R.RETURNER:             frozenset({P.READ_UNIT_DOSSIERS, P.RETURN_RESULT}),
    R.SPECIALIST:           frozenset({P.READ_UNIT_DOSSIERS, P.PROCESS, P.SCAN}),
    R.DIVISION_HEAD:        frozenset({P.READ_UNIT_DOSSIERS, P.FOLLOW_UNIT, P.PROCESS, P.ASSIGN}),
    R.SIGNER:               frozenset({P.READ_UNIT_DOSSIERS, P.FOLLOW_UNIT, P.SIGN}),
    R.CLERK:                frozenset({P.READ_UNIT_DOSSIERS, P.ISSUE}),
    R.CENTRE_HEAD:          frozenset({P.READ_UNIT_DOSSIERS, P.FOLLOW_UNIT, P.RECEIVE, P.ASSIGN, P.RETURN_RESULT}),
    R.SUPERVISOR:           frozenset({P.READ_ALL_DOSSIERS}),
    R.PROCEDURE_CONTROLLER: frozenset({P.READ_ALL_DOSSIERS, P.PUBLISH_PROCEDURE, P.APPROVE_PROCESS}),
    R.CATALOGUE_ADMIN:      frozenset({P.PUBLISH_PROCEDURE}),
    R.UNIT_ADMIN:           frozenset({P.MANAGE_UNIT}),
    R.SYSTEM_ADMIN:         frozenset({P.MANAGE_SYSTEM}),
    R.POSTAL:               frozenset(),  # receives and returns under contract; its pages come with the postal exchange
    R.KIOSK:                frozenset(),
    R.OUTSIDE_SYSTEM:       frozenset(),
}
# fmt: on


def permits(role: Role | str, permission: Permission) -> bool:
    """Return whether a post of `role` may do `permission`."""
    return permission in PERMISSIONS[Role(role)]


def roles_with(permission: Permission) -> frozenset[Role]:
    """Return the roles that may do `permission`."""
    return frozenset(role for role, granted in PERMISSIONS.items() if permission in granted)


PROVINCE_WIDE = frozenset({P.READ_ALL_DOSSIERS, P.PUBLISH_PROCEDURE, P.APPROVE_PROCESS, P.MANAGE_SYSTEM})
"""What reaches beyond a unit; only a system administrator gives, ends and lends posts that permit it."""


def roles_within_units() -> frozenset[Role]:
    """Return the roles whose permissions end with their unit."""
    return frozenset(role for role, granted in PERMISSIONS.items() if not granted & PROVINCE_WIDE)


SEPARATED: tuple[tuple[Permission, Permission], ...] = (
    (P.PROCESS, P.SIGN),  # who appraises does not sign
    (P.SIGN, P.ISSUE),  # who signs does not number
    (P.PROCESS, P.ISSUE),
    (P.MANAGE_SYSTEM, P.RECEIVE),  # a technician decides nothing
    (P.MANAGE_SYSTEM, P.PROCESS),
    (P.MANAGE_SYSTEM, P.SIGN),
    (P.MANAGE_SYSTEM, P.ISSUE),
)
"""Pairs no one person may hold at the same time (docs/rules.md, Roles)."""


def clashing(one: Role, other: Role) -> bool:
    """Return whether the law keeps the duties of two roles apart."""
    return any(
        (permits(one, left) and permits(other, right)) or (permits(one, right) and permits(other, left))
        for left, right in SEPARATED
    )
