"""Telling people something, once, and only if it really happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User
from attain.apps.notices import kinds
from attain.apps.notices.models import Mail, Notice, Preference


def announce(
    kind: str,
    *,
    to: Iterable[int],
    values: Mapping[str, Any],
    url: str,
    at: datetime,
    key: str = "",
) -> list[Notice]:
    """Tell users something, inside the transaction in which it happens: no commit, no notice.

    `values` fill the sentence of the kind; labels may be given as `{"zh": …, "en": …}`. With a
    key, nobody is told the same thing about it twice, however often the step is repeated.

    :raises KeyError: a kind nobody registered.
    """
    known = kinds.kind(kind)
    with transaction.atomic():
        receivers = _receivers(to, kind, key)
        told = [
            Notice(user=user, kind=kind, key=key, values=dict(values), url=url, at=at)
            for user in receivers
        ]
        # A second telling that runs at the same moment loses against the unique key.
        Notice.objects.bulk_create(told, ignore_conflicts=bool(key))
        made = _as_stored(told, kind, key) if key else told
        wanted = _wanting_mail(receivers, known)
        Mail.objects.bulk_create(
            [Mail(notice=one, due_at=at) for one in made if one.user_id in wanted],
            ignore_conflicts=True,
        )
    return made


def _receivers(to: Iterable[int], kind: str, key: str) -> list[User]:
    """The users who can still log in and were not told yet, each once."""
    users = User.objects.filter(pk__in=set(to), is_active=True).order_by("pk")
    if key:
        users = users.exclude(notices__kind=kind, notices__key=key)
    return list(users)


def _as_stored(told: list[Notice], kind: str, key: str) -> list[Notice]:
    """With conflicts ignored the database gives no numbers back."""
    users = [one.user_id for one in told]
    return list(Notice.objects.filter(user__in=users, kind=kind, key=key, mail=None))


def _wanting_mail(users: list[User], kind: kinds.Kind) -> set[int]:
    chosen = dict(
        Preference.objects.filter(user__in=users, kind=kind.name).values_list("user", "by_mail")
    )
    return {
        user.pk
        for user in users
        if user.email and (kind.is_fixed or chosen.get(user.pk, kind.by_mail))
    }


def mark_read(*, actor: Actor, at: datetime, notice: int | None = None) -> int:
    """One notice of the actor's own, or all of them, have been read; says how many were new."""
    unread = Notice.objects.filter(user=actor.user_id, read_at=None)
    if notice is not None:
        unread = unread.filter(pk=notice)
    return unread.update(read_at=at)


def choose_mail(*, actor: Actor, kind: str, by_mail: bool) -> None:
    """The actor wants mails of a kind, or does not; fixed kinds are always mailed.

    :raises KeyError: a kind nobody registered.
    """
    if kinds.kind(kind).is_fixed or actor.user_id is None:
        return
    Preference.objects.update_or_create(
        user_id=actor.user_id, kind=kind, defaults={"by_mail": by_mail}
    )
