"""The seven roles, and how far each reaches."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attain.core.labels import Labels, labels


class Role(StrEnum):
    """What somebody is here for. A person may have several, each with its scope and dates."""

    representative = "representative"
    manager = "manager"
    hr = "hr"
    finance = "finance"
    plan_admin = "plan_admin"
    auditor = "auditor"
    system_admin = "system_admin"


class GrantScope(StrEnum):
    """How far a granted role reaches: oneself, one's own people, a unit with what is below, all."""

    self = "self"
    team = "team"
    unit = "unit"
    all = "all"


ROLE_LABELS: Final[dict[Role, Labels]] = {
    Role.representative: labels("专员", "Representative"),
    Role.manager: labels("主管", "Manager"),
    Role.hr: labels("人事", "HR"),
    Role.finance: labels("财务", "Finance"),
    Role.plan_admin: labels("方案管理员", "Plan administrator"),
    Role.auditor: labels("审计", "Auditor"),
    Role.system_admin: labels("系统管理员", "System administrator"),
}

SCOPE_LABELS: Final[dict[GrantScope, Labels]] = {
    GrantScope.self: labels("本人", "Themselves"),
    GrantScope.team: labels("本人团队", "Own team"),
    GrantScope.unit: labels("部门及下级", "A unit and below"),
    GrantScope.all: labels("全公司", "Whole company"),
}

USUAL_SCOPE: Final[dict[Role, GrantScope]] = {
    Role.representative: GrantScope.self,
    Role.manager: GrantScope.team,
}
"""What a grant means that names no scope; every other role reaches the whole company."""


def usual_scope(role: Role) -> GrantScope:
    """The scope of a grant that names none."""
    return USUAL_SCOPE.get(role, GrantScope.all)
