"""The columns of the organisation's datasets: the system's, and those the company adds.

What a company declares besides (role, department, region) is kept with each version as
attributes, by the names of stored columns and as texts that lose no digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from attain.apps.people.models import (
    Assignment,
    DatedRow,
    Edge,
    PersonVersion,
    PositionVersion,
    UnitVersion,
)
from attain.core.schemas import DatasetSchema, StoredColumn
from attain.core.systems import SYSTEM_DATASETS
from attain.core.units import Unit

Schemas = Mapping[str, DatasetSchema]


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the rows of one dataset are kept, and which field holds which column."""

    dataset: str
    model: type[DatedRow]
    fields: Mapping[str, str]
    """Column to attribute of the row; all other columns are attributes of the company."""


_DATES: Final = {"effective_from": "effective_from", "effective_until": "effective_until"}
KEPT: Final[Mapping[str, Kept]] = {
    one.dataset: one
    for one in (
        Kept(
            "people",
            PersonVersion,
            {
                "person": "person_id",
                "name": "name",
                "name_en": "name_en",
                "status": "status",
                "hired_on": "hired_on",
                "left_on": "left_on",
                **_DATES,
            },
        ),
        Kept(
            "units",
            UnitVersion,
            {
                "unit": "unit_id",
                "name": "name",
                "name_en": "name_en",
                "kind": "kind",
                "responsibility": "responsibility",
                "parent": "parent_id",
                "head": "head_id",
                **_DATES,
            },
        ),
        Kept(
            "positions",
            PositionVersion,
            {
                "position": "position_id",
                "title": "title",
                "title_en": "title_en",
                "unit": "unit_id",
                "duties": "duties",
                **_DATES,
            },
        ),
        Kept(
            "assignments",
            Assignment,
            {
                "person": "person_id",
                "position": "position_id",
                "unit": "unit_id",
                "manager": "manager_id",
                "share": "share",
                **_DATES,
            },
        ),
        Kept(
            "edges",
            Edge,
            {"hierarchy": "hierarchy", "child": "child", "parent": "parent", **_DATES},
        ),
    )
}
"""In the order in which one refers to another."""

_declared: Callable[[], Schemas] = lambda: SYSTEM_DATASETS  # noqa: E731


def declared_by(schemas: Callable[[], Schemas]) -> None:
    """Let the app that keeps declarations say which columns the company has."""
    global _declared
    _declared = schemas


def schemas() -> dict[str, DatasetSchema]:
    """The organisation's datasets as the company has declared them."""
    found = _declared()
    return {name: found.get(name, SYSTEM_DATASETS[name]) for name in KEPT}


def schema(dataset: str) -> DatasetSchema:
    """One of them.

    :raises KeyError: a dataset that is not kept here.
    """
    return schemas()[dataset]


def further(declared: DatasetSchema) -> Iterator[StoredColumn]:
    """The stored columns of a dataset that only this company has."""
    fields = KEPT[declared.dataset].fields
    return (column for column in declared.stored() if column.name not in fields)


def to_text(value: Any) -> Any:
    """A value as an attribute keeps it."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def from_text(kept: Any, column: StoredColumn) -> Any:
    """The value of an attribute as its column declares it; None where it no longer fits."""
    if kept is None or kept == "":
        return None
    unit = column.type.unit
    try:
        if unit is Unit.date:
            return date.fromisoformat(kept)
        if unit is Unit.boolean:
            return kept if isinstance(kept, bool) else None
        return Decimal(kept) if unit.is_number else str(kept)
    except (ValueError, TypeError, ArithmeticError):
        # The company has declared the column otherwise since it was filled.
        return None
