"""Who is waited for while a record stands as it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from attain.apps.accounts.models import User
from attain.apps.accounts.roles import Role
from attain.apps.flow.registry import Task
from attain.apps.records import who
from attain.apps.records.kinds import kind_of
from attain.apps.records.models import Record
from attain.kinds import Action
from attain.kinds.records import Kind
from attain.kinds.relations import CLOCK

_OWN: Final = frozenset({"owner", "author", CLOCK})
_BY_SCOPE: Final = frozenset({Role.representative, Role.manager})
"""Roles that are never waited for as a whole: who of them is meant says a relation."""


def waiting(record: Record, today: date) -> list[Task]:
    """The to-dos of a record: whoever has to decide, one for each person or role.

    A state that is locked, has a deadline or consults somebody waits. Where others may act, the
    owner is not waited for: that they may withdraw is no task. Alone they are where a day is set.
    """
    kind = kind_of(record)
    spec = kind.type.life.get(record.state)
    if spec is None or spec.final or not (spec.locked or spec.due or spec.consult):
        return []
    seen: set[int | str] = set()
    return [task for task in _tasks(record, kind, today) if _is_new(task, seen)]


def _is_new(task: Task, seen: set[int | str]) -> bool:
    meant: set[int | str] = {*task.users, *([task.role] if task.role else [])}
    new = bool(meant - seen)
    seen |= meant
    return new


def _tasks(record: Record, kind: Kind, today: date) -> Iterator[Task]:
    actions = _asked_for(kind, record.state)
    for action, words in actions:
        barred = tuple(
            sorted({user for word in action.never for user in who.users(record, word, today)})
        )
        role, users = _meant(record, words, today)
        if role:
            yield Task(action.name, role=role, excluded=barred, due_on=record.due_on)
        elif users - set(barred):
            found = tuple(sorted(users - set(barred)))
            yield Task(action.name, users=found, due_on=record.due_on)


def _asked_for(kind: Kind, state: str) -> list[tuple[Action, frozenset[str]]]:
    """The actions with everybody who may take them, those of others alone where there are any."""
    consult = kind.cycle.state(state).consult
    if consult is not None:
        first = next(one for one in kind.cycle.actions_from(state) if one.verdict)
        words = {word for party in consult.parties for word in (party.who, *party.or_who)}
        return [(first, frozenset({word})) for word in sorted(words)]
    found = [
        (action, one.words)
        for action in kind.cycle.actions_from(state)
        for one in action.by
        if CLOCK not in one.words
    ]
    others = [pair for pair in found if not pair[1] <= _OWN]
    return others or (found if kind.type.life[state].due else [])


def _meant(record: Record, words: Iterable[str], today: date) -> tuple[str, set[int]]:
    """A role as a whole, or the users whom all of the words fit."""
    roles = [word.removeprefix("role:") for word in words if word.startswith("role:")]
    named = [word for word in words if not word.startswith("role:") and word != "everyone"]
    if not named:
        whole = [role for role in roles if role not in _BY_SCOPE]
        return (whole[0], set()) if whole and len(roles) == 1 else ("", set())
    found = set.intersection(*(set(who.users(record, word, today)) for word in named))
    for role in roles:
        found &= set(who.holders(role, today))
    return "", found


def asked(record: Record, today: date) -> frozenset[str]:
    """The people who are waited for: from then on the record concerns them."""
    tasks = waiting(record, today)
    users = {user for task in tasks for user in task.users}
    for task in tasks:
        if task.role:
            users |= set(who.holders(task.role, today)) - set(task.excluded)
    rows = User.objects.filter(pk__in=users).values_list("pk", "person")
    return frozenset(person or f"{who.USER_KEY}{pk}" for pk, person in rows)
