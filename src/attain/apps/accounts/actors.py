"""Who acts: a user with the roles they have at this moment, fixed for one request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from attain.apps.accounts.models import Delegation, RoleGrant, User
from attain.apps.accounts.roles import GrantScope, Role, usual_scope

Via = Literal["session", "token", "command", "job"]


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that counts now, and whose it is."""

    role: Role
    scope: GrantScope
    unit: str = ""
    giver: int | None = None
    """The user who lent it, None for one's own."""
    person: str = ""
    """The person whose team or self is meant: the giver's where it is lent."""

    @property
    def is_whole(self) -> bool:
        """It reaches as far as its role does, and is not narrowed to a unit or less."""
        return self.scope in (GrantScope.all, usual_scope(self.role))


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, at one moment. Everything below a view gets the clock from here."""

    user_id: int | None
    username: str
    name: str
    person: str
    """The key of the person they are, or ""."""
    grants: tuple[Grant, ...]
    at: datetime
    today: date
    """The business date: `at` in the company's time zone."""
    language: str = "zh-hans"
    via: Via = "session"
    request_id: str = ""
    reads_only: bool = False
    """By a token that may change nothing."""

    def has(self, *roles: Role) -> bool:
        """Whether one of these roles is theirs or lent to them."""
        return any(grant.role in roles for grant in self.grants)

    @property
    def roles(self) -> frozenset[Role]:
        """All roles that count now."""
        return frozenset(grant.role for grant in self.grants)

    def has_whole(self, *roles: Role) -> bool:
        """Whether one of these roles is theirs or lent, as far as such a role reaches.

        What is of the whole company is not for finance or HR of one unit.
        """
        return any(grant.role in roles and grant.is_whole for grant in self.grants)

    @property
    def own_roles(self) -> frozenset[Role]:
        """Roles that are theirs and not lent."""
        return frozenset(grant.role for grant in self.grants if grant.giver is None)

    @property
    def is_anonymous(self) -> bool:
        """Nobody has logged in."""
        return self.user_id is None


def actor_of(
    user: User,
    at: datetime,
    *,
    via: Via = "session",
    request_id: str = "",
    reads_only: bool = False,
) -> Actor:
    """The actor a user is at a moment. A disabled user has no role at all."""
    today = business_date(at)
    return Actor(
        user_id=user.pk,
        username=user.username,
        name=user.name or user.username,
        person=user.person,
        grants=_grants(user, today) if user.is_active else (),
        at=at,
        today=today,
        language=user.language or settings.LANGUAGE_CODE,
        via=via,
        request_id=request_id,
        reads_only=reads_only,
    )


def anonymous(at: datetime, *, request_id: str = "") -> Actor:
    """Somebody who has not logged in."""
    return Actor(
        None, "", "", "", (), at, business_date(at), settings.LANGUAGE_CODE, "session", request_id
    )


def SYSTEM(at: datetime, *, via: Via = "job") -> Actor:  # noqa: N802 - reads as the one it is
    """The installation itself: jobs and commands nobody is logged in for. It has no role."""
    return Actor(None, "system", "Attain", "", (), at, business_date(at), via=via)


def business_date(at: datetime) -> date:
    """The date of a moment in the company's time zone."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def own_grants(user: User, today: date) -> tuple[Grant, ...]:
    """Roles given to a user themselves that count on a date."""
    return tuple(_as_grant(row, user.person, None) for row in _valid([user.pk], today))


def _grants(user: User, today: date) -> tuple[Grant, ...]:
    lent = Delegation.objects.filter(
        taker=user,
        ended_at=None,
        effective_from__lte=today,
        effective_until__gt=today,
        giver__is_active=True,
    ).select_related("giver")
    delegations = list(lent)
    givers = {delegation.giver_id: delegation.giver for delegation in delegations}
    rows = list(_valid([user.pk, *givers], today))
    found = [_as_grant(row, user.person, None) for row in rows if row.user_id == user.pk]
    for delegation in delegations:
        found += [
            _as_grant(row, delegation.giver.person, delegation.giver_id)
            for row in rows
            if row.user_id == delegation.giver_id and row.role in delegation.roles
        ]
    return tuple(dict.fromkeys(found))


def _valid(users: list[int], today: date) -> list[RoleGrant]:
    open_or_later = Q(effective_until=None) | Q(effective_until__gt=today)
    return list(
        RoleGrant.objects.filter(
            open_or_later, user__in=users, revoked_at=None, effective_from__lte=today
        ).order_by("id")
    )


def _as_grant(row: RoleGrant, person: str, giver: int | None) -> Grant:
    return Grant(Role(row.role), GrantScope(row.scope), row.unit, giver, person)
