"""Whether what somebody wants to write may stand: fields, references, repetitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import F

from attain.apps.accounts.actors import Actor
from attain.apps.people.models import Person, Unit
from attain.apps.records import access, errors
from attain.apps.records.kinds import book
from attain.apps.records.models import TEXT_LENGTH, Record, RecordType, RecordValue
from attain.core.errors import AttainError, Problem, Where, problem
from attain.core.keys import is_key
from attain.kinds.records import FieldSpec, FieldType, Kind
from attain.kinds.records.errors import VALUE_BY_ACTION, VALUE_COMPUTED, VALUE_UNKNOWN

CONSENT = ".consent"
"""After the name of a confidential field: that the person it speaks of agreed."""


def refuse_unknown(kind: Kind, values: Mapping[str, Any]) -> None:
    """Refuse what is no field of the type, and what nobody fills in.

    :raises AttainError: VALUE_UNKNOWN, VALUE_COMPUTED; all of them at once.
    """
    found = [*_unknown(kind, values)]
    if found:
        raise AttainError(found)


def _unknown(kind: Kind, values: Mapping[str, Any]) -> Iterator[Problem]:
    for name in values:
        spec = kind.fields.get(name.removesuffix(CONSENT))
        if spec is None or (name.endswith(CONSENT) and spec.confidential is None):
            known = [one.label for one in kind.fields.values() if not one.is_computed]
            yield problem(VALUE_UNKNOWN, type=kind.label, field=name, known=known)
        elif spec.is_computed:
            yield problem(VALUE_COMPUTED, Where(field=name), field=spec.label)


def check_protected(kind: Kind, values: Mapping[str, Any]) -> Iterator[Problem]:
    """What only actions write, such as who approved, nobody writes by hand."""
    for name in sorted(kind.protected_fields & values.keys()):
        yield problem(VALUE_BY_ACTION, Where(field=name), field=kind.fields[name].label)


def without_hidden(
    kind: Kind, values: Mapping[str, Any], scope: Mapping[str, Any]
) -> dict[str, Any]:
    """What was written without the fields that are not asked for as things stand."""
    shown = kind.shown_fields(scope)
    return {name: value for name, value in values.items() if name.removesuffix(CONSENT) in shown}


def check_references(
    kind: Kind, values: Mapping[str, Any], *, actor: Actor | None
) -> Iterator[Problem]:
    """People, units and records that are named must be there; records, for the actor to see.

    Without an actor it is the product itself that names them.
    """
    for spec, place, key in _references(kind, values):
        if not _is_there(spec, key, actor):
            yield problem(errors.REFERENCE_UNKNOWN, Where(field=place), field=spec.label, value=key)


def _references(kind: Kind, values: Mapping[str, Any]) -> Iterator[tuple[FieldSpec, str, str]]:
    for name, value in values.items():
        spec = kind.fields.get(name)
        if spec is None:
            continue
        if spec.type in (FieldType.person, FieldType.unit, FieldType.record) and value:
            yield spec, name, str(value)
        for row in value or () if spec.type is FieldType.table else ():
            for column in spec.fields.values():
                is_key = column.type in (FieldType.person, FieldType.unit, FieldType.record)
                if is_key and row.get(column.name):
                    yield column, name, str(row[column.name])


def _is_there(spec: FieldSpec, key: str, actor: Actor | None) -> bool:
    if not is_key(key):
        return False
    if spec.type is FieldType.person:
        return Person.objects.filter(pk=key).exists()
    if spec.type is FieldType.unit:
        return Unit.objects.filter(pk=key).exists()
    there = Record.objects.filter(key=key, type__name__in=spec.of)
    if actor is None:
        return there.exists()
    kinds = book().kinds
    return any(
        access.visible(actor, kinds[name]).filter(key=key).exists()
        for name in spec.of
        if name in kinds
    )


def check_unique(
    row: RecordType, kind: Kind, values: Mapping[str, Any], *, record: Record | None
) -> Iterator[Problem]:
    """A value that no two records may share must be free.

    Whoever writes such a field waits for the one before them: two cannot take a value at once.
    """
    wanted = [spec for spec in kind.open_fields if spec.unique and values.get(spec.name)]
    if wanted:
        RecordType.objects.filter(pk=row.pk).update(order=F("order"))
    for spec in wanted:
        text = str(values[spec.name])
        others = RecordValue.objects.filter(type=row, field=spec.name, text=text[:TEXT_LENGTH])
        if record is not None:
            others = others.exclude(record=record)
        taken = others.select_related("record").first()
        if taken is not None:
            yield problem(
                errors.VALUE_TAKEN,
                Where(field=spec.name),
                field=spec.label,
                value=text,
                number=taken.record.number,
            )
