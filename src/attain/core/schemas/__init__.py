"""Schemas: what the columns of datasets and of calculated relations mean.

A dataset is declared in `datasets/<name>.yaml`; the system datasets are in
`attain.core.systems`. A relation is what a run writes.
"""

from __future__ import annotations

from attain.core.schemas.checks import Check
from attain.core.schemas.columns import ColumnSchema, ColumnType, StoredColumn
from attain.core.schemas.datasets import (
    LINEAGE,
    DatasetSchema,
    dump_dataset_schema,
    extended,
    load_dataset_schema,
    normal_header,
    with_own_keys,
)
from attain.core.schemas.relations import (
    LINES,
    OUTCOMES,
    STANDARD_RELATIONS,
    RelationColumn,
    RelationSchema,
    Status,
    why_column,
)
from attain.core.schemas.writing import Written

__all__ = [
    "LINEAGE",
    "LINES",
    "OUTCOMES",
    "STANDARD_RELATIONS",
    "Check",
    "ColumnSchema",
    "ColumnType",
    "DatasetSchema",
    "RelationColumn",
    "RelationSchema",
    "Status",
    "StoredColumn",
    "Written",
    "dump_dataset_schema",
    "extended",
    "load_dataset_schema",
    "normal_header",
    "why_column",
    "with_own_keys",
]
