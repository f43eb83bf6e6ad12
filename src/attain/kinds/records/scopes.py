"""What the words of an expression mean in a record type: fields, what every record has, sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attain.core.labels import Labels, labels
from attain.core.units import COUNT, DATE, TEXT, Type, key_of, money
from attain.kinds.models import Field
from attain.kinds.records.fields import FILES, NUMBERS, FieldSpec, FieldType
from attain.kinds.records.models import RecordType

PEOPLE: Final = "people"
UNITS: Final = "units"

BUILT_IN: Final[dict[str, Labels]] = {
    "number": labels("编号", "Number"),
    "title": labels("标题", "Title"),
    "state": labels("状态", "State"),
    "owner": labels("负责人", "Owner"),
    "subject": labels("当事人", "Person concerned"),
    "author": labels("创建人", "Author"),
    "actor": labels("操作人", "Person acting"),
    "unit": labels("部门", "Unit"),
    "created_on": labels("创建日期", "Created on"),
    "business_date": labels("业务日期", "Business date"),
    "entered": labels("进入状态的日期", "In this state since"),
    "due": labels("到期", "Due"),
    "today": labels("今天", "Today"),
    "record": labels("本记录", "This record"),
}
"""What every record has besides its fields, by the names under which lists may show it."""

RESERVED: Final = frozenset({*BUILT_IN, "reason", "line", "action", "period_start", "period_end"})

MOVING: Final = frozenset({"today", "due", "entered", "state", "actor"})
"""What changes without anybody writing: no computed field may use it."""

AGGREGATES: Final = ("sum", "min", "max")
ALLOWANCE_PARTS: Final = ("limit", "reserved", "spent", "left")


def names_of(declared: RecordType, types: Mapping[str, RecordType]) -> dict[str, Field]:
    """Everything an expression of a type may use; dotted names lead one step over a reference."""
    found = own_names(declared)
    for name, field in declared.fields.items():
        if field.type is FieldType.record and field.confidential is None:
            found.update(_over(name, field, types))
    return found


def own_names(declared: RecordType) -> dict[str, Field]:
    """The names that need no other record."""
    found = {name: Field(BUILT_IN[name], type_) for name, type_ in _built_in(declared).items()}
    states = {name: one.label or labels(name, name) for name, one in declared.life.items()}
    found["state"] = Field(BUILT_IN["state"], TEXT.missing(), states)
    for field in declared.fields.values():
        if field.confidential is None:
            found.update(_of_field(field))
    for name, allowance in declared.allowances.items():
        for part in ALLOWANCE_PARTS:
            amount = money(allowance.currency).missing()
            found[f"{name}_{part}"] = Field(allowance.label or labels(name, name), amount)
    return found


def row_names(table: FieldSpec) -> dict[str, Field]:
    """What a computed field of a row may use: the row's own fields."""
    return {name: Field(one.label, one.value_type) for name, one in table.fields.items()}


def _built_in(declared: RecordType) -> dict[str, Type]:
    return {
        **dict.fromkeys(("number", "state"), TEXT.missing()),
        **dict.fromkeys(("today", "created_on", "business_date", "entered", "due"), DATE.missing()),
        "record": key_of(declared.record).missing(),
        **dict.fromkeys(("author", "actor", "owner", "subject"), key_of(PEOPLE).missing()),
        "unit": key_of(UNITS).missing(),
    }


def _of_field(field: FieldSpec) -> Iterator[tuple[str, Field]]:
    if field.is_scalar:
        yield field.name, Field(field.label, field.value_type, field.choices)
    if field.type in FILES or field.type is FieldType.table:
        yield f"count({field.name})", Field(field.label, COUNT.missing())
    for name, column in field.fields.items():
        if column.type in NUMBERS or column.type is FieldType.date:
            for call in AGGREGATES[0 if column.type in NUMBERS else 1 :]:
                yield f"{call}({field.name}.{name})", Field(column.label, column.value_type)


def _over(name: str, field: FieldSpec, types: Mapping[str, RecordType]) -> dict[str, Field]:
    """The names behind a reference; of several types, those on which they agree."""
    found: dict[str, Field] = {}
    clashing: set[str] = set()
    for kind in field.of:
        for own, one in own_names(types[kind]).items() if kind in types else ():
            if own in ("today", "record", "actor") or "(" in own:
                continue
            dotted = f"{name}.{own}"
            if dotted in found and found[dotted].type != one.type:
                clashing.add(dotted)
            found.setdefault(dotted, one)
    return {dotted: one for dotted, one in found.items() if dotted not in clashing}
