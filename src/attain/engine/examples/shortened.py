"""What the rows of an example's tables may be called by in the words of its plan.

The product's own tables name their columns once for every plan: `people` has a `person`, `targets`
a `subject`, a `period` and a `dimension`. In an example the plan's own words stand for them as
well, `seller`, `month` and `line`, and so do the labels that head their columns in a file, 指标 and
目标值; and `people: [wang, li]` lists keys alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from attain.core.periods.calculated import KINDS
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.core.systems import SYSTEM_DATASETS
from attain.engine.plans.models.examples import VALUE, Row
from attain.engine.plans.resolve.kind_words import kind_named

Subjects = Mapping[str, str]
"""The plan's subjects with the datasets they come from."""

_WHOSE: Final = "subject"
"""Whose row it is, beside others who are named in it: who is rated, beside who rates."""

_ONE_VALUE: Final = frozenset({VALUE})


_DIMENSION: Final = "dimension"


def in_columns(
    schema: DatasetSchema, row: Row, subjects: Subjects, dimensions: Collection[str] = ()
) -> Row:
    """A row by the columns of its table; what means none of them stays what it is called."""
    if row.keys() == _ONE_VALUE and VALUE not in schema.columns and schema.key:
        return {schema.key[0]: row[VALUE]}
    if schema.dataset not in SYSTEM_DATASETS:
        return row
    made: Row = {}
    said = [one for one in row if one in dimensions and one not in schema.columns]
    if _DIMENSION in schema.columns and _DIMENSION not in row and len(said) == 1:
        row = {_DIMENSION if name == said[0] else name: text for name, text in row.items()}
    for name, text in row.items():
        column = None if name in schema.columns else _meant(schema, name, subjects)
        if column is None or column.name in row:
            made[name] = text
        else:
            made[column.name] = _with_kind(column, text, subjects.get(name))
    return made


def _meant(schema: DatasetSchema, name: str, subjects: Subjects) -> ColumnSchema | None:
    """The column a word can mean: of the plan's words the only one of the key, else by label."""
    own = [schema.columns[one] for one in schema.key if one in schema.columns]
    if name in subjects:
        fitting = [one for one in own if subjects[name] in one.kinds]
    elif kind_named(name) in KINDS:
        fitting = [one for one in own if one.type is ColumnType.period]
    else:
        return schema.column_of_header(name)
    whose = [one for one in fitting if one.name == _WHOSE] or fitting
    return whose[0] if len(whose) == 1 else None


def _with_kind(column: ColumnSchema, code: str | None, kind: str | None) -> str | None:
    """A code with what it is of, where the column takes several: a unit may be called like one."""
    return f"{kind}:{code}" if code and kind and len(column.kinds) > 1 else code
