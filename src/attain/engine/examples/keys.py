"""What tells the rows of an example apart."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from attain.core.schemas import DatasetSchema
from attain.engine.examples.cells import expected
from attain.engine.plans.models.examples import Row
from attain.engine.primitives.model import Relation


def short_keys(relation: Relation) -> dict[str, str]:
    """Keys of a pair's right row by what its source calls them, where no other key is so called."""
    said = [part.name.rpartition(".")[2] for part in relation.key]
    return {
        part.name: short
        for part, short in zip(relation.key, said, strict=True)
        if said.count(short) == 1
    }


def key_of_row(relation: Relation, row: Row) -> dict[str, Any]:
    """The key columns a row of an example names, as values."""
    found: dict[str, Any] = {}
    short = short_keys(relation)
    for part in relation.key:
        text = row.get(part.name, row.get(short.get(part.name, part.name)))
        if text is not None:
            found[part.name] = expected(part.type, text).value
    return found


def key_of_stored(schema: DatasetSchema, stored: Mapping[str, Any]) -> tuple[Hashable, ...]:
    """What tells a row of a dataset from the others."""
    return tuple(stored[name] for name in schema.key)
