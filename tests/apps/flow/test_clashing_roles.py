"""Who grants roles approves no money (pairs 19 and 21)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from attain.apps.accounts.actors import SYSTEM
from attain.apps.accounts.models import RoleGrant, User
from attain.apps.accounts.roles import Role
from attain.apps.accounts.services import delegate, grant_role, revoke_role
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("has", "gets"), [(Role.system_admin, Role.finance), (Role.finance, Role.system_admin)]
)
def test_nobody_is_given_both(
    people: Callable[..., User], at: datetime, has: Role, gets: Role
) -> None:
    li = people("li", has)

    with pytest.raises(AttainError) as told:
        grant_role(user=li, role=gets, actor=SYSTEM(at), at=at)

    assert told.value.code == "ROLES_CLASH"
    assert RoleGrant.objects.filter(user=li).count() == 1


def test_nobody_is_lent_the_other(people: Callable[..., User], at: datetime) -> None:
    li, wang = people("li", Role.system_admin), people("wang", Role.finance)

    with pytest.raises(AttainError) as told:
        delegate(
            giver=wang,
            taker=li,
            roles=frozenset({Role.finance}),
            effective_from=date(2026, 10, 12),
            effective_until=date(2026, 10, 20),
            actor=SYSTEM(at),
            at=at,
        )

    assert told.value.code == "ROLES_CLASH"


def test_a_role_that_was_taken_away_clashes_no_more(
    people: Callable[..., User], at: datetime
) -> None:
    people("other", Role.system_admin)
    li = people("li", Role.system_admin)
    revoke_role(grant=RoleGrant.objects.get(user=li), actor=SYSTEM(at), at=at)

    grant_role(user=li, role=Role.finance, actor=SYSTEM(at), at=at)

    assert RoleGrant.objects.filter(user=li, revoked_at=None).get().role == Role.finance


def test_other_roles_go_together(people: Callable[..., User], at: datetime) -> None:
    li = people("li", Role.system_admin)

    grant_role(user=li, role=Role.representative, actor=SYSTEM(at), at=at)

    assert RoleGrant.objects.filter(user=li).count() == 2
