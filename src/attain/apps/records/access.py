"""Who sees a record, begins one, changes one: the one place where that is decided.

Somebody sees a record if its owner or subject is in their scope for records today, or they are
its author, or it concerns them by name (named in a field for people, consulted, mentioned), or
a word under `see` fits them. System administrators, finance and plan administrators see none
unless one of these holds. Confidential fields are no part of a record: see `secrets`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django.db.models import Q, QuerySet

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.roles import Role
from attain.apps.people.scopes import Scope, scope
from attain.apps.records import who
from attain.apps.records.kinds import kind_of, name_of, row_named
from attain.apps.records.models import Record, RecordParty

if TYPE_CHECKING:
    from attain.kinds.records import Kind

LOADERS: Final = (Role.hr, Role.plan_admin)
"""Who may bring in records of others from a file."""

_LED: Final = frozenset({"manager", "head", "subject_manager"})
_TEAM: Final = 200
"""Of so many people all records are found in one walk of the index."""

_ABOUT: Final = (RecordParty.Why.owner, RecordParty.Why.subject)


def visible(actor: Actor, kind: Kind) -> QuerySet[Record]:
    """The records of a kind that somebody may see."""
    row = row_named(kind.name)
    rows = Record.objects.filter(type=row)
    if actor.is_anonymous:
        return rows if actor.via in ("job", "command") else rows.none()
    seen = _seen(actor, kind)
    if seen is None:
        return rows
    concerned = RecordParty.objects.filter(type=row)
    mine = Q(person=who.key_of_actor(actor))
    if len(seen.keys) <= _TEAM:
        about = Q(person__in=seen.keys, why__in=_ABOUT)
        return rows.filter(pk__in=concerned.filter(mine | about).values("record"))
    theirs = seen.restrict(concerned.filter(why__in=_ABOUT), "person")
    own = concerned.filter(mine)
    return rows.filter(Q(pk__in=own.values("record")) | Q(pk__in=theirs.values("record")))


def _seen(actor: Actor, kind: Kind) -> Scope | None:
    """The people whose records somebody sees; None is everybody's."""
    # A role narrowed to a unit sees that unit's, by its scope.
    at_large = replace(actor, grants=tuple(grant for grant in actor.grants if grant.is_whole))
    if _stands(at_large, kind.type.see):
        return None
    seen = scope(actor, "records", actor.today)
    return None if seen.everyone else seen


def sees_all(actor: Actor, kind: Kind) -> bool:
    """Whether somebody sees every record of a kind."""
    return _seen(actor, kind) is None


def _stands(actor: Actor, words: Iterable[str]) -> bool:
    """Whether one of the words fits somebody whatever the record: a role, a position, a head."""
    return any(_fits(actor, word) for word in words)


def _fits(actor: Actor, word: str) -> bool:
    kind, _, named = word.partition(":")
    if kind == "role":
        return any(role == named for role in actor.roles)
    if word == "everyone":
        return bool(actor.roles - {Role.system_admin})
    if kind in ("unit_head", "position") and actor.person:
        return actor.person in who.standing(word, actor.today)
    return False


def may_see(actor: Actor, record: Record) -> bool:
    """Whether somebody may see one record."""
    return visible(actor, kind_of(record)).filter(pk=record.pk).exists()


def may_create(actor: Actor, kind: Kind) -> bool:
    """Whether somebody may begin a record of a kind."""
    if not row_named(kind.name).is_active:
        return False
    return _stands(actor, kind.type.create) or _is_system(actor)


def may_load(actor: Actor, kind: Kind) -> bool:
    """Whether somebody may bring in records of others from a file."""
    return row_named(kind.name).is_active and (actor.has_whole(*LOADERS) or _is_system(actor))


def may_edit(actor: Actor, record: Record) -> bool:
    """Whether somebody may change the fields of a record as it stands."""
    kind = kind_of(record)
    if kind.type.life[record.state].locked or actor.reads_only:
        return False
    if _is_system(actor):
        return True
    return bool(who.relations(record, actor, kind.type.edit)) and may_see(actor, record)


def may_comment(actor: Actor, record: Record) -> bool:
    """Whoever sees a record may say something about it; those who only examine may not."""
    is_worker = bool(actor.roles - {Role.auditor, Role.system_admin})
    return is_worker and not actor.reads_only and may_see(actor, record)


def relations(record: Record, actor: Actor) -> frozenset[str]:
    """Every word of its type that says who somebody is to a record."""
    return who.relations(record, actor, words_of(kind_of(record)))


def words_of(kind: Kind) -> frozenset[str]:
    """Every word for who that a type speaks of in its life."""
    found = {"author", "owner", "subject", "manager", "subject_manager", "head"}
    for action in kind.cycle.actions:
        found.update(*(each.words for each in action.by), action.never)
    for state in kind.cycle.states:
        parties = state.consult.parties if state.consult else ()
        found.update(word for party in parties for word in (party.who, *party.or_who))
    return frozenset(found)


def _is_system(actor: Actor) -> bool:
    """The installation itself: commands, jobs and sample data."""
    return actor.user_id is None and actor.via in ("job", "command")


__all__ = [
    "LOADERS",
    "may_comment",
    "may_create",
    "may_edit",
    "may_load",
    "may_see",
    "name_of",
    "relations",
    "visible",
    "words_of",
]
