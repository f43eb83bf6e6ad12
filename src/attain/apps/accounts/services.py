"""Verbs of accounts: users, their roles, and what they lend to colleagues."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from attain.apps.accounts import errors, signals
from attain.apps.accounts.actors import Actor, own_grants
from attain.apps.accounts.models import Delegation, RoleGrant, User
from attain.apps.accounts.roles import (
    ROLE_LABELS,
    GrantScope,
    Role,
    usual_scope,
)
from attain.apps.accounts.sessions import shut_out
from attain.apps.accounts.tokens import make_token, revoke_token
from attain.apps.audit.services import record
from attain.core.errors import AttainError, problem

__all__ = [
    "create_user",
    "create_with_roles",
    "delegate",
    "disable_user",
    "enable_user",
    "end_delegation",
    "grant_role",
    "make_token",
    "revoke_role",
    "revoke_token",
    "set_password",
]


@transaction.atomic
def create_user(
    *,
    username: str,
    name: str,
    actor: Actor,
    at: datetime,
    name_en: str = "",
    email: str = "",
    person: str = "",
    password: str | None = None,
    language: str = "",
) -> User:
    """Create an account. Without a password nobody can log in until one is set.

    :raises AttainError: USERNAME_TAKEN, PERSON_TAKEN.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise AttainError(problem(errors.USERNAME_TAKEN, username=username))
    owner = User.objects.filter(person=person).first() if person else None
    if owner is not None:
        raise AttainError(problem(errors.PERSON_TAKEN, username=owner.username))
    user = User(
        username=username,
        name=name,
        name_en=name_en,
        email=email,
        person=person,
        language=language,
        date_joined=at,
    )
    user.set_password(password)
    user.save()
    _record(actor, "accounts.create_user", user, at, after={"person": person, "email": email})
    return user


@transaction.atomic
def create_with_roles(*, roles: Iterable[Role], actor: Actor, at: datetime, **account: Any) -> User:
    """An account that can work at once: with its roles from today, or not at all.

    :raises AttainError: as `create_user` and `grant_role`.
    """
    user = create_user(actor=actor, at=at, **account)
    for role in roles:
        grant_role(user=user, role=role, actor=actor, at=at)
    return user


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: Role,
    actor: Actor,
    at: datetime,
    scope: GrantScope | None = None,
    unit: str = "",
    effective_from: date | None = None,
    effective_until: date | None = None,
) -> RoleGrant:
    """Give somebody a role from a date, by default from today and for as long as it lasts.

    :raises AttainError: SELF_GRANT, GRANT_UNIT_MISSING, DATES_REVERSED; ROLES_CLASH where one
        person would hold roles that nobody may hold together.
    """
    if actor.user_id == user.pk:
        raise AttainError(problem(errors.SELF_GRANT, role=ROLE_LABELS[role]))
    scope = scope or usual_scope(role)
    if (scope is GrantScope.unit) != bool(unit):
        raise AttainError(problem(errors.GRANT_UNIT_MISSING))
    start = effective_from or actor.today
    _check_dates(start, effective_until)
    signals.role_granting.send(sender=RoleGrant, user=user, role=role, actor=actor)
    grant = RoleGrant.objects.create(
        user=user,
        role=role,
        scope=scope,
        unit=unit,
        effective_from=start,
        effective_until=effective_until,
        granted_by_id=actor.user_id,
        granted_at=at,
    )
    _record(actor, "accounts.grant_role", user, at, after=_said(grant))
    return grant


@transaction.atomic
def revoke_role(*, grant: RoleGrant, actor: Actor, at: datetime, reason: str = "") -> None:
    """Take a role away: it counts no more from the next request. Twice is as once.

    :raises AttainError: LAST_ADMINISTRATOR.
    """
    if grant.role == Role.system_admin:
        _keep_an_administrator(grant.user, actor.today)
    changed = RoleGrant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=at)
    if changed:
        _record(actor, "accounts.revoke_role", grant.user, at, before=_said(grant), cause=reason)


@transaction.atomic
def delegate(
    *,
    giver: User,
    taker: User,
    roles: frozenset[Role],
    effective_from: date,
    effective_until: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> Delegation:
    """Lend a colleague roles for some days.

    :raises AttainError: DELEGATION_TO_SELF, DELEGATION_ROLE_NOT_HELD, DATES_REVERSED.
    """
    if giver.pk == taker.pk:
        raise AttainError(problem(errors.DELEGATION_TO_SELF))
    _check_dates(effective_from, effective_until)
    held = {grant.role for grant in own_grants(giver, actor.today)}
    for role in sorted(roles - held):
        raise AttainError(problem(errors.DELEGATION_ROLE_NOT_HELD, role=ROLE_LABELS[role]))
    for role in sorted(roles):
        signals.role_granting.send(sender=Delegation, user=taker, role=role, actor=actor)
    delegation = Delegation.objects.create(
        giver=giver,
        taker=taker,
        roles=sorted(roles),
        effective_from=effective_from,
        effective_until=effective_until,
        reason=reason,
        created_at=at,
    )
    said = {"to": taker.username, "roles": sorted(roles), "from": effective_from}
    _record(
        actor,
        "accounts.delegate",
        giver,
        at,
        after={**said, "until": effective_until},
        cause=reason,
    )
    return delegation


@transaction.atomic
def end_delegation(*, delegation: Delegation, actor: Actor, at: datetime) -> None:
    """Take lent roles back before their time. Twice is as once."""
    changed = Delegation.objects.filter(pk=delegation.pk, ended_at=None).update(ended_at=at)
    if changed:
        said = {"to": delegation.taker.username, "roles": delegation.roles}
        _record(actor, "accounts.end_delegation", delegation.giver, at, before=said)


@transaction.atomic
def disable_user(*, user: User, actor: Actor, at: datetime, reason: str = "") -> None:
    """Let an account in no more: its sessions end at once, its tokens answer no more.

    :raises AttainError: LAST_ADMINISTRATOR.
    """
    _keep_an_administrator(user, actor.today)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        user.is_active = False
        shut_out(user, at)
        _record(actor, "accounts.disable_user", user, at, cause=reason)


@transaction.atomic
def enable_user(*, user: User, actor: Actor, at: datetime, reason: str = "") -> None:
    """Let an account in again, with the roles that still count."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        user.is_active = True
        _record(actor, "accounts.enable_user", user, at, cause=reason)


@transaction.atomic
def set_password(*, user: User, password: str, actor: Actor, at: datetime) -> None:
    """Give an account a password, as an administrator; its sessions and tokens end."""
    user.set_password(password)
    user.save(update_fields=["password"])
    shut_out(user, at)
    _record(actor, "accounts.set_password", user, at)


def _keep_an_administrator(user: User, today: date) -> None:
    """Refuse to lock everybody out."""
    rows = RoleGrant.objects.filter(
        role=Role.system_admin,
        revoked_at=None,
        effective_from__lte=today,
        effective_until=None,
        user__is_active=True,
    )
    holders = set(rows.values_list("user", flat=True))
    if holders == {user.pk}:
        raise AttainError(problem(errors.LAST_ADMINISTRATOR, username=user.username))


def _check_dates(start: date, until: date | None) -> None:
    if until is not None and until <= start:
        raise AttainError(problem(errors.DATES_REVERSED, start=start, until=until))


def _said(grant: RoleGrant) -> dict[str, object]:
    return {
        "role": grant.role,
        "scope": grant.scope,
        "unit": grant.unit,
        "from": grant.effective_from,
        "until": grant.effective_until,
    }


def _record(
    actor: Actor,
    action: str,
    user: User,
    at: datetime,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    cause: str = "",
) -> None:
    record(
        actor=actor,
        action=action,
        object=("user", user.pk, str(user)),
        at=at,
        before=before,
        after=after,
        cause=cause,
    )
