"""Questions about notices. Everybody reads their own and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from attain.apps.accounts.actors import Actor
from attain.apps.notices import kinds
from attain.apps.notices.models import Notice, Preference


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in the reader's words."""

    pk: int
    text: str
    at: datetime
    is_read: bool
    has_url: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of notices and whether the reader gets mails of it."""

    name: str
    title: str
    by_mail: bool
    is_fixed: bool


def own(actor: Actor) -> QuerySet[Notice]:
    """The actor's notices, the newest first."""
    return Notice.objects.filter(user=actor.user_id)


def unread_count(actor: Actor) -> int:
    """How many notices wait to be read: the number at the bell."""
    return 0 if actor.is_anonymous else own(actor).filter(read_at=None).count()


def say(notice: Notice, language: str) -> Said:
    """A notice in a language. What an app announced that is gone is shown by its kind."""
    kind = kinds.known(notice.kind)
    text = kind.say(notice.values, language) if kind else notice.kind
    return Said(notice.pk, text, notice.at, notice.read_at is not None, bool(notice.url))


def choices(actor: Actor, language: str) -> list[Choice]:
    """Every kind, with what the actor chose."""
    chosen = dict(Preference.objects.filter(user=actor.user_id).values_list("kind", "by_mail"))
    return [
        Choice(
            kind.name,
            kind.title.get(kinds.reader(language)),
            kind.is_fixed or chosen.get(kind.name, kind.by_mail),
            kind.is_fixed,
        )
        for kind in kinds.every()
    ]
