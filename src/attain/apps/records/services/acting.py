"""Taking the actions of a record's life, and what each brings about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.urls import reverse

from attain.apps.accounts.actors import Actor, actor_of
from attain.apps.accounts.models import User
from attain.apps.flow import services as flow
from attain.apps.flow.models import Transition
from attain.apps.notices import services as notices
from attain.apps.records import access, allowances, deadlines, errors, events, indexing, tasks, who
from attain.apps.records.framing import scope_of
from attain.apps.records.kinds import kind_named, kind_of, values_of
from attain.apps.records.models import Record, RecordEvent
from attain.apps.records.services.checking import CONSENT, refuse_unknown
from attain.apps.records.services.writing import Origin, begin, stale, write
from attain.apps.records.titles import shown
from attain.core.errors import AttainError, Where, problem
from attain.core.labels import CHINESE, ENGLISH, Labels
from attain.kinds.effects import (
    Change,
    FieldSet,
    Notified,
    RecordCreated,
    Released,
    Reserved,
    Spent,
)
from attain.kinds.records import Kind

TOLD: Final = "records.told"
_MOVES: Final = {
    Reserved: allowances.reserve,
    Spent: allowances.spend,
    Released: allowances.release,
}


@transaction.atomic
def take(
    record: Record,
    action: str,
    *,
    actor: Actor,
    at: datetime,
    version: int | None,
    reason: str = "",
    values: Mapping[str, Any] | None = None,
    on_behalf_of: int | None = None,
) -> Record:
    """Take an action; `values` are the fields it asks for. All of it happens or nothing.

    :raises AttainError: STATE_STALE, ACTION_ASKS_NOT, every problem of the values, every reason
        why the life cycle or separation of duties refuse, what its effects run into.
    """
    fresh = Record.objects.get(pk=record.pk)
    kind = kind_of(fresh)
    if values:
        _check_asked(kind, action, values)
        if version is not None and fresh.version != version:
            raise stale(fresh, kind, values)
        write(fresh, kind, values, actor=actor, at=at, asked=actor)
    flow.take(
        fresh,
        action,
        actor=actor,
        at=at,
        version=version,
        reason=reason,
        on_behalf_of=on_behalf_of,
    )
    return Record.objects.get(pk=record.pk)


def _check_asked(kind: Kind, action: str, values: Mapping[str, Any]) -> None:
    """
    :raises AttainError: ACTION_ASKS_NOT, VALUE_UNKNOWN, VALUE_COMPUTED.
    """
    refuse_unknown(kind, values)
    declared = kind.type.actions.get(action)
    asks = {*declared.asks, *declared.needs} if declared else set()
    found = [
        problem(
            errors.ACTION_ASKS_NOT,
            Where(field=name),
            action=declared.label if declared else action,
            field=kind.fields[name].label,
        )
        for name in values
        if not name.endswith(CONSENT) and name not in asks
    ]
    if found:
        raise AttainError(found)


# --- what an action brings about ---


def set_field(record: Record, change: FieldSet, *, actor: Actor, at: datetime) -> None:
    """Write a field, as an effect of an action."""
    kind = kind_of(record)
    write(record, kind, {change.field: change.value}, actor=actor, at=at, asked=None)


def create_record(record: Record, change: RecordCreated, *, actor: Actor, at: datetime) -> None:
    """Begin another record; the field under `into` keeps which one, and that only once."""
    into = getattr(change, "into", None)
    if into and record.data.get(into):
        return
    made = begin(
        kind_named(change.type),
        change.values,
        actor=actor,
        at=at,
        origin=Origin(cause=record),
    )
    if into:
        write(record, kind_of(record), {into: made.key}, actor=actor, at=at, asked=None)


def move_allowance(record: Record, change: Any, *, actor: Actor, at: datetime) -> None:
    """Reserve, spend or release an amount of an own allowance or of one of a record it names.

    :raises AttainError: ALLOWANCE_EXCEEDED, ALLOWANCE_NOT_RESERVED, ALLOWANCE_AMOUNT,
        ALLOWANCE_ABSENT.
    """
    field, dot, name = change.allowance.rpartition(".")
    target = Record.objects.filter(key=record.data.get(field)).first() if dot else record
    if target is None:
        raise AttainError(problem(errors.ALLOWANCE_ABSENT, allowance=change.allowance))
    amount = change.amount
    assert isinstance(amount, Decimal)
    _MOVES[type(change)](target, name, amount, cause=record, actor=actor, at=at)


def tell(record: Record, change: Notified, *, actor: Actor, at: datetime) -> None:
    """Tell everybody a word means, as far as they may see the record."""
    to = set().union(*(who.users(record, word, actor.today) for word in change.to))
    announce(record, change.say, to - {actor.user_id}, actor=actor, at=at)


def announce(
    record: Record,
    say: Labels,
    to: set[int],
    *,
    actor: Actor,
    at: datetime,
    key: str = "",
    kind: str = TOLD,
) -> None:
    """Send a sentence about a record to those who may see it, once for a key."""
    declared = kind_of(record)
    values = values_of(record)
    sentence = {
        "zh-Hans": _filled(say.get(CHINESE), shown(record, declared, values, CHINESE)),
        "en": _filled(say.get(ENGLISH), shown(record, declared, values, ENGLISH)),
    }
    notices.announce(
        kind,
        to=[user for user in to if _sees(user, record, at)],
        values={"text": sentence},
        url=reverse("records:record", args=[declared.name, record.number]),
        at=at,
        key=key[:120],
    )


def _sees(user: int, record: Record, at: datetime) -> bool:
    found = User.objects.filter(pk=user, is_active=True).first()
    return found is not None and access.may_see(actor_of(found, at), record)


def _filled(text: str, said: Mapping[str, str]) -> str:
    for name, value in said.items():
        text = text.replace(f"{{{name}}}", value or "—")
    return text


EFFECTS: Final[dict[type[Change], Any]] = {
    FieldSet: set_field,
    RecordCreated: create_record,
    Reserved: move_allowance,
    Spent: move_allowance,
    Released: move_allowance,
    Notified: tell,
}
"""What carries out the effects of records; flow knows of no others."""


# --- after every step, whichever door it came through ---


def after_step(
    sender: Any, *, obj: Record, action: str, before: str, actor: Actor, at: datetime, **_: Any
) -> None:
    """Keep the event, and bring up to date what follows from the state."""
    kind = kind_of(obj)
    changes: dict[str, Any] = {"is_final": kind.is_final(obj.state), "changed_at": at}
    if obj.state != before:
        changes["entered_on"] = actor.today
    Record.objects.filter(pk=obj.pk).update(**changes)
    obj.refresh_from_db()
    step = Transition.objects.filter(kind=kind.cycle.kind, object_id=str(obj.pk)).order_by("pk")
    last = step.last()
    events.happened(
        obj,
        RecordEvent.Kind.acted,
        actor=actor,
        at=at,
        action=action,
        from_state=before,
        to_state=obj.state,
        note={"reason": last.reason} if last and last.reason else {},
        on_behalf_of_id=last.on_behalf_of_id if last else None,
    )
    indexing.add_parties(obj, {(key, "consulted") for key in tasks.asked(obj, actor.today)})
    scope = scope_of(obj, actor.today, kind=kind)
    allowances.set_limits(obj, kind, scope, actor=actor, at=at)
    deadlines.settle(obj, actor.today)
    deadlines.settle_linked(obj, actor.today, at=at)
