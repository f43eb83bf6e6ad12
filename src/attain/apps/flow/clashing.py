"""Roles that one person may not hold together: pairs 19 and 21 of the clashing duties."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import Q

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import Delegation, RoleGrant, User
from attain.apps.accounts.roles import ROLE_LABELS, Role
from attain.apps.flow.errors import ROLES_CLASH
from attain.core.errors import AttainError, problem
from attain.core.labels import labels

WHY: Final = labels("授予权限、设置审计的人不能批准款项", "whoever gives rights approves no money")

CLASHING_ROLES: Final = ((Role.system_admin, Role.finance),)
"""Who grants roles and keeps the trail, and who approves money."""


def refuse_clash(*, user: User, role: Role, actor: Actor, **_: Any) -> None:
    """Refuse to give or lend a role that clashes with one the person has, on any account.

    :raises AttainError: ROLES_CLASH.
    """
    held = _held(user, actor.today)
    for pair in CLASHING_ROLES:
        if role in pair:
            other = pair[1] if role == pair[0] else pair[0]
            if other in held:
                raise AttainError(
                    problem(
                        ROLES_CLASH, first=ROLE_LABELS[role], second=ROLE_LABELS[other], why=WHY
                    )
                )


def _held(user: User, today: date) -> set[str]:
    """Roles of the person that have not ended: those that begin later count as well."""
    same = Q(pk=user.pk) | (Q(person=user.person) if user.person else Q(pk=user.pk))
    accounts = list(User.objects.filter(same).values_list("pk", flat=True))
    lasts = Q(effective_until=None) | Q(effective_until__gt=today)
    own = RoleGrant.objects.filter(lasts, user__in=accounts, revoked_at=None)
    lent = Delegation.objects.filter(lasts, taker__in=accounts, ended_at=None)
    return set(own.values_list("role", flat=True)) | {
        role for roles in lent.values_list("roles", flat=True) for role in roles
    }
