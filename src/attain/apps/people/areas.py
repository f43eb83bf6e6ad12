"""Who sees whom, for what: the one table that decides it.

`relation` is the widest reach a role has in an area; a grant may be narrower than its role (finance
for one unit only), never wider. Whoever has a role of their own also sees themselves everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attain.apps.accounts.permissions import ALL, OWN, TEAM, UNIT, Relation
from attain.apps.accounts.roles import GrantScope, Role

AREAS: Final[Mapping[str, Mapping[Role, Relation]]] = {
    # Names, units, positions and who reports to whom.
    "people": {
        Role.representative: OWN,
        Role.manager: TEAM,
        Role.hr: ALL,
        Role.finance: ALL,
        Role.plan_admin: ALL,
        Role.auditor: ALL,
        Role.system_admin: ALL,
    },
    # Attainment, scores and grades.
    "results": {
        Role.representative: OWN,
        Role.manager: TEAM,
        Role.hr: ALL,
        Role.finance: ALL,
        Role.plan_admin: ALL,
        Role.auditor: ALL,
    },
    # Amounts of money. Not for HR, nor for those who write plans or run the machine.
    "pay": {
        Role.representative: OWN,
        Role.manager: TEAM,
        Role.finance: ALL,
        Role.auditor: ALL,
    },
    # What people did and decided: visits, trainings, offences.
    "records": {
        Role.representative: OWN,
        Role.manager: TEAM,
        Role.hr: ALL,
        Role.auditor: ALL,
    },
    # Which plans somebody takes part in.
    "plans": {
        Role.representative: OWN,
        Role.manager: TEAM,
        Role.hr: ALL,
        Role.finance: ALL,
        Role.plan_admin: ALL,
        Role.auditor: ALL,
    },
}

_WIDTH: Final = (OWN, TEAM, UNIT, ALL)
_REACH: Final = {
    GrantScope.self: OWN,
    GrantScope.team: TEAM,
    GrantScope.unit: UNIT,
    GrantScope.all: ALL,
}


def reach(area: str, role: Role, granted: GrantScope) -> Relation | None:
    """How far a grant reaches in an area: the narrower of what the role and the grant allow.

    None if the role has no business there.

    :raises KeyError: an area that does not exist.
    """
    widest = AREAS[area].get(role)
    if widest is None:
        return None
    return min(widest, _REACH[granted], key=_WIDTH.index)
