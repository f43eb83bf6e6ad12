"""The situation of an example: its texts read as exact values, and the record it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from attain.core.booleans import parse_boolean
from attain.core.dates import ISO_ONLY, parse_date
from attain.core.errors import AttainError, Problem, Where, problem
from attain.core.keys import is_key, key_for
from attain.core.numbers import parse_ratio
from attain.core.periods.working_days import WorkingDays
from attain.core.units import Type, Unit
from attain.kinds.records import errors, values
from attain.kinds.records.fields import FieldSpec, FieldType
from attain.kinds.records.frames import Balance, Frame
from attain.kinds.records.kind import Kind
from attain.kinds.records.models import ExampleSpec
from attain.kinds.records.scopes import ALLOWANCE_PARTS, BUILT_IN, PEOPLE, UNITS

ACTOR: Final = "ACTOR"
AUTHOR: Final = "AUTHOR"
"""The codes of whoever acts in an example, and of whoever made the record, where not said."""

NUMBER: Final = "EXAMPLE-1"


@dataclass(frozen=True)
class Situation:
    """A record as an example describes it, on a day."""

    day: date
    values: Mapping[str, object]
    frame: Frame
    more: Mapping[str, object]
    """What stands in place of allowances and records referred to, by name."""

    def scope(self, kind: Kind, given: Mapping[str, object]) -> dict[str, object]:
        """Everything expressions may ask, for some values of the fields."""
        return {**kind.scope(given, self.frame), **self.more}


def situation_of(kind: Kind, example: ExampleSpec, working_days: WorkingDays) -> Situation:
    """
    :raises AttainError: a value that cannot be read, a name that is not there.
    """
    day = example.on or example.entered or example.created or date(2026, 1, 1)
    fields, more = _given(kind, example)
    more = {**_related(kind, example), **more}
    frame = Frame(
        today=day,
        state=example.in_ or kind.cycle.start,
        number=NUMBER,
        created_on=example.created or example.entered or day,
        entered=example.entered or day,
        record=key_for(kind.name, NUMBER),
        author=key_for(PEOPLE, AUTHOR),
        actor=key_for(PEOPLE, ACTOR),
        allowances={
            name: Balance(one.limit, one.reserved, one.spent)
            for name, one in example.allowances.items()
            if "." not in name
        },
        working_days=working_days,
    )
    completed = kind.complete(fields, {**frame.own(), **more})
    return Situation(day, completed, _with_people(kind, frame, completed, more), more)


def _given(kind: Kind, example: ExampleSpec) -> tuple[dict[str, object], dict[str, object]]:
    """The fields that are given, and everything else that is, under its name."""
    fields: dict[str, object] = {}
    more: dict[str, object] = {}
    for name, text in example.given.items():
        if name in kind.fields:
            fields[name] = read_given(kind.field(name), text)
        else:
            more[name] = read_named(kind, name, text)
    return fields, more


def _related(kind: Kind, example: ExampleSpec) -> dict[str, object]:
    """What records referred to hold, under dotted names."""
    found = {
        f"{field}.{name}": read_named(kind, f"{field}.{name}", text)
        for field, given in example.related.items()
        for name, text in given.items()
    }
    for name, one in example.allowances.items():
        if "." in name:
            balance = Balance(one.limit, one.reserved, one.spent)
            for part in ALLOWANCE_PARTS:
                found[f"{name}_{part}"] = getattr(balance, part)
    return found


def _with_people(
    kind: Kind, frame: Frame, fields: Mapping[str, object], more: Mapping[str, object]
) -> Frame:
    """The frame with whose record it is, by what its fields say."""
    owner = more.get("owner") or fields.get(kind.type.owner or "") or frame.author
    subject = more.get("subject") or fields.get(kind.type.subject or "") or owner
    business = fields.get(kind.type.date or "")
    return replace(
        frame,
        owner=str(owner),
        subject=str(subject),
        business_date=business if isinstance(business, date) else frame.created_on,
    )


# --- reading ---


def read_given(spec: FieldSpec, given: Any) -> object:
    """The exact value of what an example says of a field.

    :raises AttainError: what `values.read` raises.
    """
    if spec.type is FieldType.table:
        return tuple(
            {
                name: read_given(column, row.get(name))
                for name, column in spec.fields.items()
                if not column.is_computed
            }
            for row in given or ()
        )
    if isinstance(given, list | tuple):
        given = values.SEPARATOR.join(str(one) for one in given)
    found = values.read(spec, None if given is None else str(given))
    if spec.type is FieldType.files:
        return tuple(str(found).split(values.SEPARATOR)) if found else None
    return _key(spec, str(found)) if found and spec.type in _REFERENCES else found


_REFERENCES: Final = frozenset({FieldType.person, FieldType.unit, FieldType.record})


def _key(spec: FieldSpec, code: str) -> str:
    if is_key(code):
        return code
    kinds = {FieldType.person: PEOPLE, FieldType.unit: UNITS}
    return key_for(kinds.get(spec.type) or spec.of[0], code)


def read_named(kind: Kind, name: str, given: Any) -> object:
    """The exact value of something that is no field: `campaign.state`, `budget_left`, `author`.

    :raises AttainError: RECORD_WORD_UNKNOWN, and what the parsers raise.
    """
    found = kind.names.get(name)
    if found is None:
        raise AttainError(unknown_name(name, kind))
    text = "" if given is None else str(given)
    if not text:
        return None
    try:
        return _typed(found.type, text)
    except AttainError as error:
        raise error.at(Where(field=name)) from None


def _typed(type_: Type, text: str) -> object:
    if type_.is_number:
        return parse_ratio(text).value
    if type_.unit is Unit.date:
        return parse_date(text, ISO_ONLY)
    if type_.unit is Unit.boolean:
        return parse_boolean(text)
    if type_.unit is Unit.key and type_.kind and not is_key(text):
        return key_for(type_.kind, text)
    return text


def unknown_name(name: str, kind: Kind) -> Problem:
    """An example speaks of something that is not there."""
    known = [*kind.fields, *(one for one in BUILT_IN if one not in kind.fields)]
    return problem(errors.VALUE_UNKNOWN, field=name, type=kind.label, known=known)
