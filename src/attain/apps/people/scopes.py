"""Whom an actor may see, and when."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from attain.apps.accounts.actors import Actor, Grant
from attain.apps.accounts.permissions import ALL, TEAM, UNIT
from attain.apps.people.areas import AREAS, reach
from attain.apps.people.organisation import FOREVER, Organisation, Span, Spans, cover
from attain.apps.people.reading import organisation

_MANY: Final = 200

During = date | tuple[date, date | None]


@dataclass(frozen=True)
class Scope:
    """The people somebody may see in one area during one stretch of time."""

    everyone: bool
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    """Without `everyone`: the person's key, and the days on which they concern the actor."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the people; empty where it is everyone."""
        return frozenset(self.spans)

    @property
    def is_empty(self) -> bool:
        """Nobody at all."""
        return not self.everyone and not self.spans

    def sees(self, key: str, day: date | None = None) -> bool:
        """Whether a person is in it: on some day of its stretch, or on a given one."""
        if self.everyone:
            return True
        spans = self.spans.get(key, ())
        return bool(spans) if day is None else any(low <= day < high for low, high in spans)

    def restrict(self, rows: QuerySet, field: str = "person") -> QuerySet:
        """Only the rows of these people; `field` holds the key of a person."""
        if self.everyone:
            return rows
        return rows.filter(self.among(field)) if self.spans else rows.none()

    def among(self, *fields: str) -> Q:
        """The condition that one of these fields holds the key of a person of the scope."""
        if self.everyone:
            return Q()
        wanted = self.keys if len(self.spans) <= _MANY else _as_one_value(self.keys)
        found = Q(pk__in=())
        for name in fields:
            found |= Q(**{f"{name}__in": wanted})
        return found


def _as_one_value(keys: frozenset[str]) -> RawSQL:
    """Thousands of keys as one parameter, which a database reads ten times faster."""
    listed = sorted(keys)
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(listed)])
    return RawSQL("SELECT unnest(%s::text[])", [listed])


EVERYONE: Final = Scope(everyone=True)


def scope(actor: Actor, area: str, on: During) -> Scope:
    """Whom an actor may see in an area, valid on a day or during a stretch.

    A person who moved is in the scope of either manager for that manager's days only.

    :raises KeyError: an area that does not exist.
    """
    start, until = stretch(on)
    found: Spans = {}
    if actor.person and any(grant.giver is None for grant in actor.grants):
        cover(found, actor.person, start, until)
    for grant in actor.grants:
        seen = _seen(grant, area, start, until)
        if seen is None:
            return EVERYONE
        for key, spans in seen.items():
            for span in spans:
                cover(found, key, *span)
    return Scope(everyone=False, spans={key: tuple(spans) for key, spans in found.items()})


def _seen(grant: Grant, area: str, start: date, until: date) -> Spans | None:
    """Whom one grant shows besides oneself; None is everyone.

    A lent role never shows its giver: what concerns them alone stays theirs.
    """
    relation = reach(area, grant.role, grant.scope)
    if relation == ALL:
        return None
    if relation == UNIT:
        return organisation().in_unit(grant.unit, start, until)
    if relation == TEAM and grant.person:
        return organisation().team(grant.person, start, until)
    return {}


def stretch(on: During) -> Span:
    """A day is the stretch until the next one; a missing end is for ever."""
    if isinstance(on, date):
        return on, on + timedelta(days=1)
    start, until = on
    return start, until or FOREVER


__all__ = ["AREAS", "EVERYONE", "During", "Organisation", "Scope", "scope", "stretch"]
