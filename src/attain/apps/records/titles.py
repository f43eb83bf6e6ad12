"""What a record says, as plain words: for titles, notices and searches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from attain.apps.people import selectors as people
from attain.apps.records.models import Record
from attain.core.labels import CHINESE, ENGLISH, Language
from attain.kinds.records import FieldSpec, FieldType, Kind

_YES = {CHINESE: ("是", "否"), ENGLISH: ("yes", "no")}


def shown(
    record: Record, kind: Kind, values: Mapping[str, Any], language: Language = CHINESE
) -> dict[str, str]:
    """Every open field of a record in words, and what every record has; empty ones are "".

    It names people and other records to whoever reads it: only for those who see the record.
    """
    named = _named(kind, values, record, language)
    found = {
        spec.name: said(spec, values.get(spec.name), named, language) for spec in kind.open_fields
    }
    own = {
        "number": record.number,
        "state": kind.cycle.state(record.state).label.get(language),
        "owner": named.get(record.owner, ""),
        "author": named.get(record.author, ""),
        "subject": named.get(record.subject, ""),
        "unit": named.get(record.unit, ""),
        "created_on": record.created_on.isoformat(),
        "business_date": record.business_date.isoformat(),
        "entered": record.entered_on.isoformat(),
        "due": record.due_on.isoformat() if record.due_on else "",
        "title": record.title,
    }
    return {**own, **found}


def said(
    spec: FieldSpec, value: Any, named: Mapping[str, str], language: Language = CHINESE
) -> str:
    """One value in words."""
    if value is None or value == "":
        return ""
    match spec.type:
        case FieldType.choice | FieldType.choices:
            chosen = value if isinstance(value, list | tuple) else (value,)
            found = (spec.choices.get(str(one)) for one in chosen)
            return "、".join(
                (label.get(language) if label else "") or str(one)
                for one, label in zip(chosen, found, strict=True)
            )
        case FieldType.person | FieldType.unit | FieldType.record:
            return named.get(str(value), "")
        case FieldType.table | FieldType.files:
            return str(len(value))
        case FieldType.boolean:
            return _YES[language][0 if value else 1]
    return plain(value)


def plain(value: Any) -> str:
    """A number without needless noughts, a day as 2026-10-13, a text as it is."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return value.isoformat() if isinstance(value, date) else str(value)


def names(keys: Iterable[str], language: Language) -> dict[str, str]:
    """What people, units and records are called, by key."""
    wanted = {key for key in keys if key}
    found = {key: name.get(language) for key, name in people.name_of(wanted).items()}
    rest = wanted - found.keys()
    rows = Record.objects.filter(key__in=rest) if rest else ()
    return found | {one.key: one.title or one.number for one in rows}


def _named(
    kind: Kind, values: Mapping[str, Any], record: Record, language: Language
) -> dict[str, str]:
    own = (record.owner, record.author, record.subject, record.unit)
    return names([*own, *_keys(kind, values)], language)


def _keys(kind: Kind, values: Mapping[str, Any]) -> Iterator[str]:
    for spec in kind.open_fields:
        value = values.get(spec.name)
        is_key = spec.type in (FieldType.person, FieldType.unit, FieldType.record)
        if is_key and isinstance(value, str):
            yield value
