"""Tokens by which programs act for a user."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import ApiToken, User
from attain.apps.audit.services import record

PREFIX: Final = "attain_"
LIFE: Final = timedelta(days=90)
"""How long a token lasts that names no end."""

_USE_NOTED_EVERY: Final = timedelta(minutes=1)


@transaction.atomic
def make_token(
    *,
    user: User,
    name: str,
    actor: Actor,
    at: datetime,
    life: timedelta = LIFE,
    may_write: bool = False,
) -> tuple[ApiToken, str]:
    """Make a token; the text is shown this once and kept nowhere."""
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        digest=_digest(text),
        beginning=text[:12],
        created_at=at,
        expires_at=at + life,
        may_write=may_write,
    )
    record(
        actor=actor,
        action="accounts.make_token",
        object=("token", token.pk, name),
        at=at,
        after={"user": user.username, "expires": token.expires_at, "may_write": may_write},
    )
    return token, text


@transaction.atomic
def revoke_token(*, token: ApiToken, actor: Actor, at: datetime) -> None:
    """Let a token open nothing any more. Twice is as once."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        record(
            actor=actor,
            action="accounts.revoke_token",
            object=("token", token.pk, token.name),
            at=at,
        )


def open_token(text: str, at: datetime) -> ApiToken | None:
    """The token of this text with its user, if it opens anything at that moment."""
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=_digest(text), revoked_at=None, expires_at__gt=at, user__is_active=True)
        .first()
    )
    if token and (token.last_used_at is None or at - token.last_used_at > _USE_NOTED_EVERY):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    return token


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
