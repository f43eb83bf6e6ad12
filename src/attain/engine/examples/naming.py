"""Who and what the rows of an example name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from attain.core.schemas import ColumnType, DatasetSchema
from attain.core.systems import SYSTEM_DATASETS
from attain.engine.examples.situation import Rows, Setting
from attain.engine.plans.models.examples import Row

_MIXED: Final = ("people", "units", "positions", "customers")
"""The kinds of keys that one column may mix, such as the ends of an edge."""


def kinds_said(tables: Iterable[Rows], setting: Setting) -> dict[str, frozenset[str]]:
    """Each code with the kinds it has in columns that say one: a key's, or a subject's."""
    found: dict[str, set[str]] = {}
    subjects = {
        name: schema.dataset
        for name, subject in setting.model.subjects.items()
        if (schema := setting.schema(subject.from_)) is not None
    }
    for table in tables:
        for name, rows in table.items():
            schema = setting.schema(name, rows)
            keys = schema.columns.items() if schema is not None else ()
            kinds = {one: column.kinds[0] for one, column in keys if len(column.kinds) == 1}
            kinds = kinds if schema is not None else subjects
            for row in in_columns(schema, rows):
                for column, kind in kinds.items():
                    if (code := row.get(column)) and kind in _MIXED:
                        found.setdefault(code, set()).add(kind)
    return {code: frozenset(kinds) for code, kinds in found.items()}


def subject_cells(rows: Iterable[Row], schema: DatasetSchema | None) -> Iterator[Row]:
    """The rows themselves; of a table only columns that are keys can name a subject."""
    for row in in_columns(schema, rows):
        if schema is None:
            yield row
            continue
        yield {
            name: text
            for name, text in row.items()
            if name in schema.columns and schema.columns[name].type is ColumnType.key
        }


def in_columns(schema: DatasetSchema | None, rows: Iterable[Row]) -> Iterable[Row]:
    """The rows by their columns' names, where a table of the product is filled in by labels."""
    if schema is None or schema.dataset not in SYSTEM_DATASETS:
        return rows
    return [{_column(schema, name): text for name, text in row.items()} for row in rows]


def _column(schema: DatasetSchema, name: str) -> str:
    column = None if name in schema.columns else schema.column_of_header(name)
    return name if column is None else column.name
