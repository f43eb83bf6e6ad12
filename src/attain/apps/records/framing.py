"""All that expressions may ask of a record, gathered from the store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from attain.apps.records import allowances
from attain.apps.records.kinds import kind_of, values_of, working_days
from attain.apps.records.models import Record
from attain.kinds.records import Frame, Kind


def scope_of(
    record: Record,
    today: date,
    *,
    kind: Kind | None = None,
    values: Mapping[str, Any] | None = None,
    deep: bool = True,
) -> dict[str, Any]:
    """The values of a record with everything its expressions may use, on a day.

    `values` stand for what it says now; without `deep` no reference is followed.
    """
    kind = kind or kind_of(record)
    values = values_of(record) if values is None else values
    return kind.scope(values, frame_of(record, today, kind=kind, values=values, deep=deep))


def frame_of(
    record: Record, today: date, *, kind: Kind, values: Mapping[str, Any], deep: bool = True
) -> Frame:
    """Where a record stands, whose it is, and what it refers to; of an unsaved one as well."""
    return Frame(
        today=today,
        state=record.state,
        number=record.number,
        created_on=record.created_on,
        business_date=record.business_date,
        entered=record.entered_on,
        record=record.key,
        author=record.author,
        owner=record.owner,
        subject=record.subject,
        unit=record.unit,
        related=_related(kind, values, today) if deep else {},
        allowances=allowances.balances(record) if record.pk and kind.type.allowances else {},
        working_days=working_days(),
    )


def _related(kind: Kind, values: Mapping[str, Any], today: date) -> dict[str, Mapping[str, object]]:
    keys = {name: values[name] for name in kind.followed if values.get(name)}
    there = {one.key: one for one in Record.objects.filter(key__in=set(keys.values()))}
    return {
        name: scope_of(there[key], today, deep=False) for name, key in keys.items() if key in there
    }
