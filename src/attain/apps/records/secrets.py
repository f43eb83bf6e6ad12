"""Confidential fields: the only place where they are written, read and forgotten.

They are no part of what a record says: no list, filter, search, export, page, interface, trail,
notice or dataset has them. Whoever may read one says what for, and that is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from attain.apps.accounts.actors import Actor, business_date
from attain.apps.accounts.roles import Role
from attain.apps.audit import services as audit
from attain.apps.records import access, errors, events, who
from attain.apps.records.kinds import kind_of, row_named, rows, working_days
from attain.apps.records.models import Record, RecordEvent, RecordSecret, RecordSecretRead
from attain.core.errors import AttainError, Problem, Where, problem
from attain.kinds.records import FieldSpec, Kind
from attain.kinds.records.values import from_json, to_json
from attain.kinds.relations import name_of, one_of

CONSENT: Final = ".consent"
PURPOSE_LENGTH: Final = (2, 400)


def problems(kind: Kind, values: Mapping[str, Any]) -> Iterator[Problem]:
    """What stands against writing confidential fields: switched off, no consent."""
    opened = row_named(kind.name).opened
    for spec in _given(kind, values):
        assert spec.confidential is not None
        if spec.confidential.off and spec.name not in opened:
            yield problem(errors.SECRET_OFF, Where(field=spec.name), field=spec.label)
        elif spec.confidential.consent and values.get(f"{spec.name}{CONSENT}") is not True:
            yield problem(errors.SECRET_CONSENT_MISSING, Where(field=spec.name), field=spec.label)


def _given(kind: Kind, values: Mapping[str, Any]) -> Iterator[FieldSpec]:
    """The confidential fields that somebody writes something into; emptying needs no consent."""
    for spec in kind.secret_fields:
        if values.get(spec.name) not in (None, "", (), []):
            yield spec


def keep(
    record: Record, kind: Kind, values: Mapping[str, Any], *, actor: Actor, at: datetime
) -> list[str]:
    """Keep what was written into confidential fields, in the caller's transaction; names them."""
    written = [spec for spec in kind.secret_fields if spec.name in values]
    for spec in written:
        value = to_json(spec, values[spec.name])
        there = RecordSecret.objects.filter(record=record, field=spec.name)
        if value in (None, "", []):
            there.delete()
            continue
        RecordSecret.objects.update_or_create(
            record=record,
            field=spec.name,
            defaults={
                "value": value,
                "kept_at": at,
                "consent": values.get(f"{spec.name}{CONSENT}") is True,
            },
        )
    return [spec.name for spec in written]


def readable(record: Record, actor: Actor) -> tuple[str, ...]:
    """The confidential fields of a record somebody may ask for."""
    if actor.user_id is None or not access.may_see(actor, record):
        return ()
    kind = kind_of(record)
    return tuple(
        spec.name
        for spec in kind.secret_fields
        if spec.confidential is not None and _fits(record, actor, spec.confidential.read)
    )


def _fits(record: Record, actor: Actor, words: Sequence[str]) -> bool:
    """A lent role opens nothing here: confidential means these people and nobody for them."""
    own = [word for word in words if not word.startswith("role:")]
    roles = {f"role:{role}" for role in actor.own_roles}
    return bool(roles & set(words)) or bool(who.relations(record, actor, own))


def filled(record: Record, actor: Actor) -> tuple[str, ...]:
    """Those of them in which something stands: shown to whoever may read it."""
    names = readable(record, actor)
    there = RecordSecret.objects.filter(record=record, field__in=names)
    found = set(there.values_list("field", flat=True))
    return tuple(name for name in names if name in found)


@transaction.atomic
def reveal(
    record: Record, fields: Sequence[str], *, purpose: str, actor: Actor, at: datetime
) -> dict[str, Any]:
    """What confidential fields say, for a purpose that is written down. Refused all or none.

    :raises AttainError: SECRET_REFUSED, SECRET_PURPOSE_MISSING.
    """
    kind = kind_of(record)
    allowed = readable(record, actor)
    refused = [name for name in fields if name not in allowed]
    if refused or not fields:
        raise AttainError([_refused(kind, name) for name in refused or ["?"]])
    said = purpose.strip()[: PURPOSE_LENGTH[1]]
    if len(said) < PURPOSE_LENGTH[0]:
        raise AttainError(problem(errors.SECRET_PURPOSE_MISSING))
    asked = list(dict.fromkeys(fields))
    RecordSecretRead.objects.create(
        record=record,
        fields=asked,
        reader_id=actor.user_id,
        person=actor.person,
        purpose=said,
        at=at,
    )
    events.happened(
        record, RecordEvent.Kind.revealed, actor=actor, at=at, note={"kept_apart": asked}
    )
    audit.record(
        actor=actor,
        action=f"record:{kind.name}.reveal",
        object=(f"record:{kind.name}", record.pk, record.number),
        after={"fields": ", ".join(asked)},
        cause=said,
        at=at,
    )
    there = RecordSecret.objects.filter(record=record, field__in=asked)
    return {one.field: from_json(kind.fields[one.field], one.value) for one in there.order_by("pk")}


def reads(record: Record, actor: Actor) -> list[RecordSecretRead]:
    """Who read confidential fields and what for: told to whoever may read them, and to auditors."""
    if not (actor.has(Role.auditor) and access.may_see(actor, record)) and not readable(
        record, actor
    ):
        return []
    return list(RecordSecretRead.objects.filter(record=record).select_related("reader"))


def forget(*, at: datetime) -> int:
    """Delete what has been kept as long as its field allows; how many there were."""
    count = 0
    for row in rows():
        for spec in _expiring(row.name):
            assert spec.confidential is not None
            assert spec.confidential.keep is not None
            kept = RecordSecret.objects.filter(record__type=row, field=spec.name)
            for pk, since in kept.values_list("pk", "kept_at"):
                last = spec.confidential.keep.after(business_date(since), working_days())
                if last < business_date(at):
                    count += RecordSecret.objects.filter(pk=pk, kept_at=since).delete()[0]
    return count


def _expiring(name: str) -> list[FieldSpec]:
    from attain.apps.records.kinds import kind_named

    return [
        spec
        for spec in kind_named(name).secret_fields
        if spec.confidential is not None and spec.confidential.keep is not None
    ]


def _refused(kind: Kind, name: str) -> Problem:
    """Of a field that is not there it says no more than of one that is not theirs."""
    spec = kind.fields.get(name)
    words = spec.confidential.read if spec is not None and spec.confidential else ()
    who_may = one_of(name_of(word) for word in words) if words else "—"
    return problem(errors.SECRET_REFUSED, field=spec.label if spec and words else name, who=who_may)
