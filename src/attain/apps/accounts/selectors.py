"""Questions about accounts, and who may see what of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import ApiToken, Delegation, RoleGrant, User
from attain.apps.accounts.roles import ROLE_LABELS, SCOPE_LABELS, GrantScope, Role


def users(actor: Actor) -> QuerySet[User]:
    """Every account, for those who keep or audit them; nobody else lists accounts."""
    if actor.has(Role.system_admin, Role.auditor):
        return User.objects.all()
    return User.objects.none()


def somebody_has(role: Role, today: date) -> bool:
    """Whether anybody who can log in holds a role today."""
    lasts = Q(effective_until=None) | Q(effective_until__gt=today)
    held = RoleGrant.objects.filter(
        lasts, role=role, revoked_at=None, effective_from__lte=today, user__is_active=True
    )
    return held.exists()


def colleagues(actor: Actor) -> QuerySet[User]:
    """Whom somebody may lend a role to; nobody to whoever has none."""
    if not actor.own_roles:
        return User.objects.none()
    return User.objects.filter(is_active=True).exclude(username=actor.username).order_by("name")


def grants_of(user: User) -> list[RoleGrant]:
    """Every role somebody has or had, the newest first."""
    return list(user.grants.select_related("granted_by").order_by("-effective_from", "-pk"))


def grants_on(user: User, day: date) -> list[RoleGrant]:
    """Roles that count on a date."""
    is_open = Q(effective_until=None) | Q(effective_until__gt=day)
    return list(user.grants.filter(is_open, revoked_at=None, effective_from__lte=day))


def sessions_of(user: User) -> list[UserSession]:
    """Where somebody is logged in now; sessions that have ended are tidied away."""
    found: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(found, key=lambda session: session.created_at, reverse=True)


_BROWSERS: Final = (
    ("MicroMessenger", "WeChat"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """A browser and its machine, as people recognise them.

    >>> device_of("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36")
    'Chrome · Windows'
    """
    parts = [
        next((name for sign, name in known if sign in user_agent), "")
        for known in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(part for part in parts if part) or user_agent[:40]


def tokens_of(user: User, at: datetime) -> list[ApiToken]:
    """Tokens that still open something."""
    return list(user.tokens.filter(revoked_at=None, expires_at__gt=at).order_by("-created_at"))


def delegations_given(user: User, today: date) -> list[Delegation]:
    """What somebody lends now or will lend."""
    return list(
        user.delegations_given.filter(ended_at=None, effective_until__gt=today)
        .select_related("taker")
        .order_by("effective_from")
    )


def delegations_taken(user: User, today: date) -> list[Delegation]:
    """What somebody is lent now or will be lent."""
    return list(
        user.delegations_taken.filter(ended_at=None, effective_until__gt=today)
        .select_related("giver")
        .order_by("effective_from")
    )


def has_second_factor(user: User) -> bool:
    """Whether a code is asked for after the password."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def role_label(role: str, language: str) -> str:
    """A role in a reader's language."""
    return ROLE_LABELS[Role(role)].get(language)


def scope_label(scope: str, language: str) -> str:
    """A scope in a reader's language."""
    return SCOPE_LABELS[GrantScope(scope)].get(language)
