"""Who somebody is to a record: words told of an actor, and the people behind a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import RoleGrant, User
from attain.apps.people.models import Assignment, Unit, UnitVersion
from attain.apps.people.organisation import within
from attain.apps.people.reading import organisation
from attain.apps.records.models import Record, RecordParty
from attain.core.keys import key_for

USER_KEY: Final = "user:"
"""Before the number of a user who is no person."""


def key_of_actor(actor: Actor) -> str:
    """How parties name an actor: their person, or their account where they are none."""
    return actor.person or (f"{USER_KEY}{actor.user_id}" if actor.user_id else "")


def relations(record: Record, actor: Actor, words: Iterable[str]) -> frozenset[str]:
    """Which of these words fit an actor. Roles are told by `role:<role>`."""
    return frozenset(word for word in words if _fits(record, actor, word))


def _fits(record: Record, actor: Actor, word: str) -> bool:
    kind, _, named = word.partition(":")
    if kind == "role":
        return any(role == named for role in actor.roles)
    if word == "everyone":
        return bool(actor.grants)
    if word == "author" and record.begun_by_id is not None:
        return record.begun_by_id == actor.user_id
    return bool(actor.person) and actor.person in people(record, word, actor.today)


def people(record: Record, word: str, day: date) -> frozenset[str]:
    """The keys of the people a word means on a day; roles mean nobody by name."""
    kind, _, named = word.partition(":")
    match kind:
        case "owner" | "subject" | "author":
            key = getattr(record, kind)
            return frozenset({key} if key else ())
        case "manager":
            return managers_of(record.owner, day)
        case "subject_manager":
            return managers_of(record.subject, day)
        case "head":
            return head_above(record.owner, day)
        case "unit_head" | "position":
            return standing(word, day)
        case "field":
            value = record.data.get(named)
            return frozenset({value} if isinstance(value, str) and value else ())
    return frozenset()


def standing(word: str, day: date) -> frozenset[str]:
    """The people of a word that means the same for every record: a unit's head, a position."""
    kind, _, named = word.partition(":")
    if kind == "unit_head":
        return frozenset(heads([key_for("units", named)], day))
    return sitting_on(key_for("positions", named), day) if kind == "position" else frozenset()


def managers_of(person: str, day: date) -> frozenset[str]:
    """The direct superiors of somebody; the head of the unit where nobody is named."""
    if not person:
        return frozenset()
    above = organisation().superiors.get(person, ())
    found = frozenset(key for key, _, _ in within(above, *_day(day)))
    return found or head_above(person, day)


def led_by(person: str, day: date) -> frozenset[str]:
    """The people whose direct superior somebody is, or whose unit they head."""
    if not person:
        return frozenset()
    return frozenset(organisation().team(person, *_day(day)))


def head_above(person: str, day: date) -> frozenset[str]:
    """The head of somebody's unit; where they head it themselves, of the one above."""
    if not person:
        return frozenset()
    units = Assignment.objects.on(day).filter(person=person, unit__isnull=False)
    pending = list(units.values_list("unit", flat=True))
    for _ in range(20):
        found = frozenset(heads(pending, day)) - {person}
        if found or not pending:
            return found
        above = organisation().above
        pending = [up for one in pending for up, _, _ in within(above.get(one, ()), *_day(day))]
    return frozenset()


def heads(units: Iterable[str], day: date) -> Iterator[str]:
    """Who heads these units (their keys) on a day."""
    rows = UnitVersion.objects.on(day).filter(unit__in=list(units), head__isnull=False)
    yield from rows.values_list("head", flat=True)


def sitting_on(position: str, day: date) -> frozenset[str]:
    """Who has a position on a day."""
    rows = Assignment.objects.on(day).filter(position=position)
    return frozenset(rows.values_list("person", flat=True))


def units_below(code: str) -> str:
    """The key of a unit by its code."""
    found = Unit.objects.filter(code=code).values_list("pk", flat=True).first()
    return str(found or key_for("units", code))


def users(record: Record, word: str, day: date) -> frozenset[int]:
    """The active users a word means on a day; of a role everybody who has it."""
    kind, _, named = word.partition(":")
    if kind == "role":
        return frozenset(holders(named, day))
    found = User.objects.filter(person__in=people(record, word, day), is_active=True)
    hands = frozenset(found.values_list("pk", flat=True))
    if word == "author" and record.begun_by_id is not None:
        return frozenset({record.begun_by_id})
    return hands


def holders(role: str, day: date) -> Iterator[int]:
    """The active users who have a role on a day."""
    lasts = Q(effective_until=None) | Q(effective_until__gt=day)
    rows = RoleGrant.objects.filter(
        lasts, role=role, revoked_at=None, effective_from__lte=day, user__is_active=True
    )
    yield from rows.values_list("user", flat=True).distinct()


def parties_of(record: Record) -> frozenset[str]:
    """Everybody whom a record concerns by name."""
    rows = RecordParty.objects.filter(record=record)
    return frozenset(rows.values_list("person", flat=True))


def _day(day: date) -> tuple[date, date]:
    return day, day + timedelta(days=1)
