"""The page of what is doubtful in what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from attain.apps.data.doubts import Doubt, Doubts, Stored, doubts_of_all
from attain.apps.data.pages.words import column_name
from attain.core.schemas import DatasetSchema


@dataclass(frozen=True, slots=True)
class Report:
    """The doubts of one dataset."""

    name: str
    schema: DatasetSchema
    rows: int
    doubts: Doubts


def quality_reports() -> list[Report]:
    """Every dataset with rows; those with doubts first."""
    stored = Stored.now()
    found = [
        Report(
            name,
            stored.schemas[name],
            stored.heads[name].rows,
            tuple(_in_words(stored.schemas[name], doubts)),
        )
        for name, doubts in doubts_of_all(stored).items()
    ]
    return sorted(found, key=lambda one: (not one.doubts, one.name))


def _in_words(schema: DatasetSchema, doubts: Doubts) -> Iterator[Doubt]:
    """The same with columns called as the reader calls them."""
    for one in doubts:
        column = schema.columns.get(one.column)
        yield replace(one, column=column_name(column)) if column is not None else one
