from itertools import product

import pytest

from motcua.people.roles import PERMISSIONS, SEPARATED, Permission, Role, clashing, permits, roles_with

P, R = Permission, Role

DECISIONS = (P.RECEIVE, P.PROCESS, P.SIGN, P.ISSUE, P.PUBLISH_PROCEDURE)


def test_every_role_has_its_row_and_every_permission_a_holder() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert frozenset().union(*PERMISSIONS.values()) == set(Permission)


@pytest.mark.parametrize("one, other", SEPARATED)
def test_no_role_holds_two_duties_kept_apart(one: Permission, other: Permission) -> None:
    assert roles_with(one) & roles_with(other) == frozenset()


@pytest.mark.parametrize("duty", [P.PROCESS, P.SIGN, P.ISSUE])
def test_a_counter_or_centre_decides_no_case(duty: Permission) -> None:
    assert roles_with(P.RECEIVE) & roles_with(duty) == frozenset()


@pytest.mark.parametrize("duty", DECISIONS)
def test_a_technician_and_a_unit_administrator_decide_nothing(duty: Permission) -> None:
    assert not permits(R.SYSTEM_ADMIN, duty)
    assert not permits(R.UNIT_ADMIN, duty)


def test_who_watches_the_whole_province_touches_no_dossier() -> None:
    acting = {P.RECEIVE, P.SCAN, P.COLLECT_FEES, P.RETURN_RESULT, P.PROCESS, P.ASSIGN, P.SIGN, P.ISSUE}

    watching = roles_with(P.READ_ALL_DOSSIERS)

    assert watching == {R.SUPERVISOR, R.PROCEDURE_CONTROLLER}
    assert all(PERMISSIONS[role].isdisjoint(acting) for role in watching)


@pytest.mark.parametrize("role", [R.POSTAL, R.KIOSK, R.OUTSIDE_SYSTEM])
def test_machines_and_partners_may_do_nothing_at_the_desk(role: Role) -> None:
    assert PERMISSIONS[role] == frozenset()


def test_a_person_may_not_combine_what_the_law_keeps_apart() -> None:
    pairs = {(one, other) for one, other in product(Role, repeat=2) if clashing(one, other)}

    business = {R.SPECIALIST, R.DIVISION_HEAD, R.SIGNER, R.CLERK, R.RECEPTIONIST, R.CENTRE_HEAD}
    expected = {(R.SPECIALIST, R.SIGNER), (R.DIVISION_HEAD, R.SIGNER), (R.SIGNER, R.CLERK)}
    expected |= {(R.SPECIALIST, R.CLERK), (R.DIVISION_HEAD, R.CLERK)}
    expected |= {(R.SYSTEM_ADMIN, role) for role in business}
    assert pairs == expected | {(other, one) for one, other in expected}
