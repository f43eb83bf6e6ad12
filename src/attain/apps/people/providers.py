"""The organisation as the rows a run reads: equal rows, in an order of their own, each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from attain.apps.people.columns import KEPT, Kept, from_text, further, schema
from attain.apps.people.models import Alias, DatedRow
from attain.core.schemas import DatasetSchema


def people() -> Iterator[dict[str, Any]]:
    """Everybody, with a row for each stretch in which the same was known."""
    return rows("people")


def units() -> Iterator[dict[str, Any]]:
    """Every unit, likewise."""
    return rows("units")


def positions() -> Iterator[dict[str, Any]]:
    """Every position, likewise."""
    return rows("positions")


def assignments() -> Iterator[dict[str, Any]]:
    """Who sat where and under whom."""
    return rows("assignments")


def edges() -> Iterator[dict[str, Any]]:
    """The steps of all further hierarchies."""
    return rows("edges")


def aliases() -> Iterator[dict[str, Any]]:
    """Which code stands for which person, unit or position."""
    found = Alias.objects.order_by("kind", "code").values("kind", "code", "key")
    for row in found.iterator(chunk_size=2000):
        yield dict(row)


def rows(dataset: str, declared: DatasetSchema | None = None) -> Iterator[dict[str, Any]]:
    """The current rows of one dataset, with the columns the company has declared.

    :raises KeyError: a dataset that is not kept here.
    """
    kept = KEPT[dataset]
    declared = declared or schema(dataset)
    columns = list(further(declared))
    order = [kept.fields[name] for name in declared.key if name in kept.fields]
    for row in kept.model.objects.order_by(*order, "pk").iterator(chunk_size=2000):
        found = row_values(row, kept)
        attributes: Mapping[str, Any] = getattr(row, "attributes", {})
        for column in columns:
            found[column.name] = from_text(attributes.get(column.name), column)
        yield found


def row_values(row: DatedRow, kept: Kept) -> dict[str, Any]:
    """The columns of a row that have fields of their own; a blank text is missing."""
    found = {name: getattr(row, field) or None for name, field in kept.fields.items()}
    if "share" in found and found["share"] is not None:
        found["share"] = Decimal(found["share"])
    return found


PROVIDERS = {
    "people": people,
    "units": units,
    "positions": positions,
    "assignments": assignments,
    "edges": edges,
    "aliases": aliases,
}
"""By dataset, for the app that freezes inputs."""
