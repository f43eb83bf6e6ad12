"""Sessions of a user: which there are, and ending them."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import ApiToken, User
from attain.apps.audit.services import record


@transaction.atomic
def end_session(*, session: UserSession, actor: Actor, at: datetime) -> None:
    """End one session: whoever uses it is logged out at their next request."""
    session.end()
    record(
        actor=actor,
        action="accounts.end_session",
        object=("user", session.user_id, str(session.user)),
        at=at,
    )


def shut_out(user: User, at: datetime) -> None:
    """End every session of a user and every token: whoever has one of them is out."""
    for session in UserSession.objects.filter(user=user):
        session.end()
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
