"""Roles end when they should: at the next request."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from attain.apps.accounts.actors import SYSTEM, actor_of
from attain.apps.accounts.models import User
from attain.apps.accounts.roles import GrantScope, Role
from attain.apps.accounts.services import (
    create_user,
    delegate,
    disable_user,
    end_delegation,
    grant_role,
    revoke_role,
)
from attain.core.errors import AttainError

pytestmark = pytest.mark.django_db


def someone(at: datetime, username: str = "lin", *roles: Role) -> User:
    user = create_user(username=username, name=username, actor=SYSTEM(at), at=at)
    for role in roles:
        grant_role(user=user, role=role, actor=SYSTEM(at), at=at)
    return user


def test_a_role_reaches_as_far_as_it_usually_does(at: datetime) -> None:
    user = someone(at, "lin", Role.manager, Role.auditor)

    actor = actor_of(user, at)

    assert {(grant.role, grant.scope) for grant in actor.grants} == {
        (Role.manager, GrantScope.team),
        (Role.auditor, GrantScope.all),
    }


def test_a_role_counts_between_its_dates_and_not_on_the_last(at: datetime) -> None:
    user = someone(at)
    today = actor_of(user, at).today
    grant_role(
        user=user,
        role=Role.hr,
        actor=SYSTEM(at),
        at=at,
        effective_from=today + timedelta(days=1),
        effective_until=today + timedelta(days=3),
    )

    counts = [actor_of(user, at + timedelta(days=day)).has(Role.hr) for day in range(5)]

    assert counts == [False, True, True, False, False]


def test_a_revoked_role_is_gone(at: datetime) -> None:
    user = someone(at, "lin", Role.manager)

    revoke_role(grant=user.grants.get(), actor=SYSTEM(at), at=at)

    assert not actor_of(user, at).has(Role.manager)


def test_a_lent_role_is_the_givers_team_and_ends_with_theirs(at: datetime) -> None:
    giver = someone(at, "lin", Role.manager, Role.finance)
    giver.person = "people-lin"
    giver.save()
    taker = someone(at, "zhou")
    today = actor_of(taker, at).today
    lent = delegate(
        giver=giver,
        taker=taker,
        roles=frozenset({Role.manager}),
        effective_from=today,
        effective_until=today + timedelta(days=7),
        actor=actor_of(giver, at),
        at=at,
    )

    actor = actor_of(taker, at)
    assert [(g.role, g.giver, g.person) for g in actor.grants] == [
        (Role.manager, giver.pk, "people-lin")
    ]
    assert actor.own_roles == frozenset()

    end_delegation(delegation=lent, actor=actor_of(giver, at), at=at)
    assert actor_of(taker, at).grants == ()


def test_a_role_lent_by_somebody_disabled_counts_no_more(at: datetime) -> None:
    giver, taker = someone(at, "lin", Role.manager), someone(at, "zhou")
    today = actor_of(taker, at).today
    delegate(
        giver=giver,
        taker=taker,
        roles=frozenset({Role.manager}),
        effective_from=today,
        effective_until=today + timedelta(days=7),
        actor=actor_of(giver, at),
        at=at,
    )

    disable_user(user=giver, actor=SYSTEM(at), at=at)

    assert actor_of(taker, at).grants == ()


def test_nobody_lends_what_was_lent_to_them(at: datetime) -> None:
    giver, taker, third = someone(at, "a", Role.manager), someone(at, "b"), someone(at, "c")
    today = actor_of(taker, at).today
    dates = {"effective_from": today, "effective_until": today + timedelta(days=7)}
    roles = frozenset({Role.manager})
    delegate(giver=giver, taker=taker, roles=roles, actor=actor_of(giver, at), at=at, **dates)

    with pytest.raises(AttainError) as refused:
        delegate(giver=taker, taker=third, roles=roles, actor=actor_of(taker, at), at=at, **dates)

    assert refused.value.code == "DELEGATION_ROLE_NOT_HELD"


@pytest.mark.parametrize("role", list(Role))
def test_nobody_gives_themselves_a_role(at: datetime, role: Role) -> None:
    user = someone(at, "root", Role.system_admin)

    with pytest.raises(AttainError) as refused:
        grant_role(user=user, role=role, actor=actor_of(user, at), at=at)

    assert refused.value.code == "SELF_GRANT"


def test_the_last_administrator_cannot_be_disabled(at: datetime) -> None:
    user = someone(at, "root", Role.system_admin)

    with pytest.raises(AttainError) as refused:
        disable_user(user=user, actor=SYSTEM(at), at=at)

    assert refused.value.code == "LAST_ADMINISTRATOR"


def test_the_business_date_is_the_companys(at: datetime) -> None:
    late = at.replace(hour=16, minute=30)

    assert SYSTEM(late).today == at.date() + timedelta(days=1)
