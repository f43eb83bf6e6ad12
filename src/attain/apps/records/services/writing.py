"""Beginning records and changing what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from attain.apps.accounts.actors import Actor
from attain.apps.audit import services as audit
from attain.apps.flow import services as flow
from attain.apps.flow.errors import STATE_STALE
from attain.apps.people.models import Assignment
from attain.apps.records import access, allowances, deadlines, errors, events, indexing, secrets
from attain.apps.records.framing import frame_of, scope_of
from attain.apps.records.kinds import kind_named, kind_of, row_named, values_of
from attain.apps.records.models import Record, RecordEvent, RecordType
from attain.apps.records.numbering import next_number
from attain.apps.records.services.checking import (
    check_protected,
    check_references,
    check_unique,
    refuse_unknown,
    without_hidden,
)
from attain.apps.records.services.filing import check_files, keep_files
from attain.apps.records.titles import plain
from attain.core.errors import AttainError, Problem, Where, problem
from attain.core.keys import key_for
from attain.core.labels import labels
from attain.kinds.records import Kind
from attain.kinds.records.values import values_to_json
from attain.kinds.relations import name_of, one_of

SHARED = ("title", "owner", "subject", "unit", "business_date", "due_on", "data", "search")
"""What a change writes besides the version."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record comes from, if nobody simply wrote it."""

    cause: Record | None = None
    """The record whose action began it."""
    token: str = ""
    number: str = ""
    state: str = ""
    entered: date | None = None
    created: date | None = None
    author: str = ""
    is_load: bool = False


def create(
    kind: str, values: Mapping[str, Any], *, actor: Actor, at: datetime, token: str = ""
) -> Record:
    """Begin a record. The same token of the same user again answers with the same record.

    Values are exact and by field; confidential ones are kept apart, with `<field>.consent`
    where a person's consent is needed.

    :raises Http404: no such type.
    :raises AttainError: RECORD_BEGIN_REFUSED, RECORD_TYPE_OFF, every problem of the values.
    """
    if token and actor.user_id is not None:
        there = Record.objects.filter(begun_by=actor.user_id, token=token).first()
        if there is not None:
            return there
    known = kind_named(kind)
    if not access.may_create(actor, known):
        raise not_begun(known)
    try:
        return begin(known, values, actor=actor, at=at, origin=Origin(token=token))
    except IntegrityError:
        there = Record.objects.filter(begun_by=actor.user_id, token=token).first()
        if not token or there is None:
            raise
        # The same form arrived twice at the same moment: the other one began it.
        return there


@transaction.atomic
def begin(
    kind: Kind, values: Mapping[str, Any], *, actor: Actor, at: datetime, origin: Origin
) -> Record:
    """Begin a record for somebody whose right has been asked."""
    refuse_unknown(kind, values)
    row = row_named(kind.name)
    today = origin.created or actor.today
    assert row.current is not None
    record = Record(
        type=row,
        type_version=row.current,
        state=origin.state or kind.cycle.start,
        author=origin.author or actor.person,
        owner=origin.author or actor.person,
        begun_by_id=actor.user_id,
        created_on=today,
        business_date=today,
        entered_on=origin.entered or today,
        created_at=at,
        changed_at=at,
        token=origin.token,
    )
    record.is_final = kind.is_final(record.state)
    own = frame_of(record, today, kind=kind, values=values).known()
    asked = None if origin.cause is not None or origin.is_load else actor
    full = _settled(record, kind, kind.complete(values, own), actor.today)
    if asked is not None:
        refuse_protected(kind, values)
        values = without_hidden(kind, values, scope_of(record, today, kind=kind, values=full))
        full = _settled(record, kind, kind.complete(values, own), actor.today)
    _refuse(record, kind, full, values, actor=actor, asked=asked)
    record.number = _number(row, kind, today, origin)
    record.key = key_for(kind.name, record.number)
    indexing.entitle(record, kind, full)
    record.save(force_insert=True)
    secrets.keep(record, kind, values, actor=actor, at=at)
    indexing.index(record, kind, full)
    keep_files(record, kind, full, actor=actor, at=at)
    _begun(record, kind, full, actor=actor, at=at, origin=origin)
    return record


def _number(row: RecordType, kind: Kind, today: date, origin: Origin) -> str:
    if not origin.number:
        return next_number(row, kind, today)
    if Record.objects.filter(type=row, number=origin.number).exists():
        raise AttainError(problem(errors.NUMBER_TAKEN, number=origin.number))
    return origin.number


def _begun(
    record: Record,
    kind: Kind,
    full: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    origin: Origin,
) -> None:
    """What follows once a record is there."""
    note = {"cause": origin.cause.key} if origin.cause else {}
    events.happened(
        record,
        RecordEvent.Kind.created,
        actor=actor,
        at=at,
        note=note,
        action="create",
        to_state=record.state,
    )
    allowances.set_limits(
        record, kind, scope_of(record, actor.today, kind=kind, values=full), actor=actor, at=at
    )
    flow.begin(record, actor=actor, at=at)
    deadlines.settle(record, actor.today)
    deadlines.settle_linked(record, actor.today, at=at)


@transaction.atomic
def change(
    record: Record, values: Mapping[str, Any], *, actor: Actor, at: datetime, version: int
) -> Record:
    """Change what a record says. `version` is the one the actor saw.

    :raises AttainError: RECORD_LOCKED, RECORD_CHANGE_REFUSED, STATE_STALE with what both wanted,
        every problem of the values.
    """
    fresh = Record.objects.get(pk=record.pk)
    kind = kind_of(fresh)
    refuse_unknown(kind, values)
    refuse_protected(kind, values)
    if not access.may_edit(actor, fresh):
        raise not_changed(fresh, kind)
    if fresh.version != version:
        raise stale(fresh, kind, values)
    write(fresh, kind, values, actor=actor, at=at, asked=actor)
    if not Record.objects.filter(pk=fresh.pk, version=version).update(version=F("version") + 1):
        raise stale(Record.objects.get(pk=fresh.pk), kind, values)
    fresh.refresh_from_db()
    return fresh


def write(
    record: Record,
    kind: Kind,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    asked: Actor | None,
) -> None:
    """Write values into a record in the caller's transaction, with all that follows from them.

    The version stays: whoever calls raises it. Without `asked` the product itself writes.
    """
    before = dict(record.data)
    full = _settled(record, kind, _merged(record, kind, values), actor.today)
    if asked is not None:
        scope = scope_of(record, actor.today, kind=kind, values=full)
        values = without_hidden(kind, values, scope)
        record.data = before
        full = _settled(record, kind, _merged(record, kind, values), actor.today)
    _refuse(record, kind, full, values, actor=actor, asked=asked)
    indexing.entitle(record, kind, full)
    Record.objects.filter(pk=record.pk).update(
        changed_at=at, **{name: getattr(record, name) for name in SHARED}
    )
    kept = secrets.keep(record, kind, values, actor=actor, at=at)
    indexing.index(record, kind, full)
    keep_files(record, kind, full, actor=actor, at=at)
    note = _differences(before, record.data)
    if note or kept:
        told = {"changed": note} | ({"kept_apart": kept} if kept else {})
        events.happened(record, RecordEvent.Kind.changed, actor=actor, at=at, note=told)
        _audit(record, kind, note, kept, actor=actor, at=at)
    scope = scope_of(record, actor.today, kind=kind, values=full)
    allowances.set_limits(record, kind, scope, actor=actor, at=at)
    deadlines.settle(record, actor.today)
    deadlines.settle_linked(record, actor.today, at=at)


def refuse_protected(kind: Kind, values: Mapping[str, Any]) -> None:
    """
    :raises AttainError: VALUE_BY_ACTION.
    """
    found = [*check_protected(kind, values)]
    if found:
        raise AttainError(found)


def _merged(record: Record, kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says with what is written into it; computed fields are worked out anew."""
    written = {name: value for name, value in values.items() if name in kind.fields}
    return {**values_of(record), **written}


def _settled(record: Record, kind: Kind, values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """All values with the computed ones; whose record it is and of which day follows from them."""
    declared = kind.type
    if declared.owner:
        record.owner = str(values.get(declared.owner) or record.author)
    record.subject = str((values.get(declared.subject) if declared.subject else "") or "")
    record.subject = record.subject or record.owner
    record.unit = _unit_of(record.owner, today) or record.unit
    on = values.get(declared.date) if declared.date else None
    record.business_date = on if isinstance(on, date) else record.created_on
    own = frame_of(record, today, kind=kind, values={}, deep=False).own()
    found = kind.computed({**own, **values})
    full = {name: found[name] for name in kind.fields if name in found}
    full = {name: value for name, value in full.items() if kind.fields[name].confidential is None}
    record.data = values_to_json(kind.fields, full)
    return full


def _unit_of(person: str, day: date) -> str:
    """The unit in which somebody sits on a day, the one with the largest share first."""
    if not person:
        return ""
    rows = Assignment.objects.on(day).filter(person=person, unit__isnull=False)
    return str(rows.order_by("-share", "pk").values_list("unit", flat=True).first() or "")


def _refuse(
    record: Record,
    kind: Kind,
    full: Mapping[str, Any],
    written: Mapping[str, Any],
    *,
    actor: Actor,
    asked: Actor | None,
) -> None:
    """
    :raises AttainError: every problem of the values at once.
    """
    scope = {**scope_of(record, actor.today, kind=kind, values=full), **full}
    new = {name: full[name] for name in written if name in full}
    found: list[Problem] = kind.problems(scope)
    found += check_references(kind, new, actor=asked)
    found += check_files(kind, new, record=record, actor=actor)
    found += secrets.problems(kind, written)
    row = row_named(kind.name)
    found += check_unique(row, kind, new, record=record if record.pk else None)
    if found:
        raise AttainError(found)


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    names = sorted({*before, *after})
    return {
        name: [before.get(name), after.get(name)]
        for name in names
        if before.get(name) != after.get(name)
    }


def _audit(
    record: Record,
    kind: Kind,
    changed: Mapping[str, list[Any]],
    kept: list[str],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """The trail names personal fields and confidential ones, and keeps their values out."""
    told = {
        name: pair
        for name, pair in changed.items()
        if name in kind.fields and not kind.fields[name].personal
    }
    hidden = sorted({*changed, *kept} - told.keys())
    audit.record(
        actor=actor,
        action=f"record:{kind.name}.change",
        object=(f"record:{kind.name}", record.pk, record.number),
        before={name: pair[0] for name, pair in told.items()},
        after={name: pair[1] for name, pair in told.items()}
        | ({"not shown": ", ".join(hidden)} if hidden else {}),
        at=at,
    )


def stale(now: Record, kind: Kind, values: Mapping[str, Any]) -> AttainError:
    """Somebody was faster: who, and field by field what they wrote and what was wanted."""
    last = now.events.select_related("by").order_by("-n").first()
    who = last.by.name if last is not None and last.by is not None else None
    first = problem(
        STATE_STALE,
        who=who or labels("别人", "Somebody else"),
        state=kind.cycle.state(now.state).label,
        version=now.version,
    )
    return AttainError([first, *_both(now, kind, values)])


def _both(now: Record, kind: Kind, values: Mapping[str, Any]) -> list[Problem]:
    there = values_of(now)
    return [
        problem(
            errors.FIELD_STALE,
            Where(field=name),
            field=kind.fields[name].label,
            theirs=_shown(there.get(name)),
            mine=_shown(mine),
        )
        for name, mine in values.items()
        if name in kind.fields
        and kind.fields[name].confidential is None
        and kind.fields[name].is_scalar
        and there.get(name) != mine
    ]


def _shown(value: Any) -> str:
    return plain(value) if value is not None else "—"


def not_begun(kind: Kind) -> AttainError:
    if not row_named(kind.name).is_active:
        return AttainError(problem(errors.RECORD_TYPE_OFF, type=kind.label))
    who = one_of(name_of(word) for word in kind.type.create)
    return AttainError(problem(errors.RECORD_BEGIN_REFUSED, type=kind.label, who=who))


def not_changed(record: Record, kind: Kind) -> AttainError:
    if kind.is_locked(record.state):
        state = kind.cycle.state(record.state).label
        return AttainError(problem(errors.RECORD_LOCKED, number=record.number, state=state))
    who = one_of(name_of(word) for word in kind.type.edit)
    return AttainError(problem(errors.RECORD_CHANGE_REFUSED, number=record.number, who=who))
