"""Inputs of a run on Spark: Parquet files or rows, each column in the type the plan reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from attain.core.errors import AttainError, problem
from attain.core.schemas import why_column
from attain.engine.backends import errors
from attain.engine.backends.spark.spelling import spelled
from attain.engine.compiler.steps import Input, Origin
from attain.engine.primitives import sql

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

_INEXACT = ("double", "float")


def columns_of(one: Input) -> dict[str, str]:
    """The columns of an input with their SQL types; results with their reasons."""
    columns = {name: cell.storage for name, cell in one.cells.items()}
    if one.origin is Origin.RESULT:
        reasons = (name for name, cell in one.cells.items() if cell.may_be_missing)
        columns |= {why_column(name): "VARCHAR" for name in reasons}
    return columns


def table_of(columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows as a table with these columns; what a row lacks is empty."""
    import pyarrow as pa

    listed = list(rows)
    arrays = [
        pa.array([row.get(name) for row in listed], _arrow(storage))
        for name, storage in columns.items()
    ]
    return pa.Table.from_arrays(arrays, names=list(columns))


def _arrow(storage: str) -> pa.DataType:
    import pyarrow as pa

    if storage.startswith("DECIMAL"):
        width, scale = storage.removeprefix("DECIMAL(").removesuffix(")").split(",")
        return pa.decimal128(int(width), int(scale))
    kinds = {
        "BIGINT": pa.int64(),
        "BOOLEAN": pa.bool_(),
        "DATE": pa.date32(),
        "VARCHAR": pa.string(),
    }
    return kinds[storage]


def read_parts(spark: SparkSession, one: Input, parts: Sequence[Path]) -> DataFrame:
    """An input over exactly the files named; a column that no part has yet is empty.

    :raises AttainError: DATA_COLUMN_ABSENT for a required column, DATA_NOT_EXACT for floats.
    """
    if not parts:
        return spark.createDataFrame(table_of(columns_of(one), ()))
    read = spark.read.option("mergeSchema", "true").parquet(*(str(path) for path in parts))
    there = dict(read.dtypes)
    columns = [_column(one, name, kind, there) for name, kind in columns_of(one).items()]
    return read.selectExpr(*(spelled(column) for column in columns))


def _column(one: Input, name: str, storage: str, there: Mapping[str, str]) -> exp.Expr:
    if name not in there:
        cell = one.cells.get(name)
        if cell is not None and not cell.may_be_missing:
            raise AttainError(problem(errors.DATA_COLUMN_ABSENT, dataset=one.of, column=name))
        return sql.named(sql.null(storage), name)
    if there[name] in _INEXACT:
        raise AttainError(
            problem(errors.DATA_NOT_EXACT, dataset=one.of, column=name, kind=there[name])
        )
    return sql.named(sql.cast(sql.column(name, None), storage), name)
