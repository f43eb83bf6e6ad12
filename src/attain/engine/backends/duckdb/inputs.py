"""Inputs as views over exactly the files named, each column in the type the plan reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import duckdb
from sqlglot import exp

from attain.core.errors import AttainError, problem
from attain.engine.backends import errors
from attain.engine.compiler.steps import Input, Origin
from attain.engine.primitives import sql

_INEXACT: Final = ("DOUBLE", "FLOAT", "REAL")


def view_of(one: Input, there: Mapping[str, str], parts: Sequence[Path]) -> str:
    """The statement that names an input.

    :raises AttainError: DATA_COLUMN_ABSENT for a required column, DATA_NOT_EXACT for floats.
    """
    name = sql.quoted(one.name).sql(dialect="duckdb")
    return f"CREATE VIEW {name} AS {rows_of(one, there, parts, is_whole=bool(parts))}"


def rows_of(
    one: Input, there: Mapping[str, str], parts: Sequence[Path], *, is_whole: bool = False
) -> str:
    """A SELECT of the rows in some parts of an input; a column that is not `there` is empty.

    :raises AttainError: DATA_NOT_EXACT for floats; DATA_COLUMN_ABSENT for a required column that
        the whole input lacks.
    """
    columns = [_column(one, name, there, is_whole=is_whole) for name in one.cells]
    if one.origin is Origin.RESULT:
        columns += [_reason(name, there) for name, c in one.cells.items() if c.may_be_missing]
    select = exp.select(*columns).sql(dialect="duckdb", identify=True)
    if not parts:
        return f"{select} WHERE false"
    files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in parts)
    return f"{select} FROM read_parquet([{files}], union_by_name = true, hive_partitioning = false)"


def columns_there(connection: duckdb.DuckDBPyConnection, parts: Sequence[Path]) -> dict[str, str]:
    """The columns that some files have between them, with their types."""
    files = [str(path) for path in parts]
    described = connection.execute(
        "DESCRIBE SELECT * FROM read_parquet($files, union_by_name = true)", {"files": files}
    ).fetchall()
    return {row[0]: row[1] for row in described}


def _column(one: Input, name: str, there: Mapping[str, str], *, is_whole: bool) -> exp.Expr:
    cell = one.cells[name]
    if name not in there:
        if is_whole and not cell.may_be_missing:
            raise AttainError(problem(errors.DATA_COLUMN_ABSENT, dataset=one.of, column=name))
        return sql.named(sql.null(cell.storage), name)
    if there[name].startswith(_INEXACT):
        raise AttainError(
            problem(errors.DATA_NOT_EXACT, dataset=one.of, column=name, kind=there[name])
        )
    return sql.named(sql.cast(sql.column(name, None), cell.storage), name)


def _reason(name: str, there: Mapping[str, str]) -> exp.Expr:
    """Results say why a value is missing; an older result may not have the column yet."""
    why = name + sql.WHY
    if why in there:
        return sql.named(sql.column(why, None), why)
    return sql.named(sql.null("VARCHAR"), why)


def columns_of(one: Input) -> dict[str, str]:
    """The columns of an input with their SQL types; results with their reasons."""
    columns = {name: cell.storage for name, cell in one.cells.items()}
    if one.origin is Origin.RESULT:
        reasons = (name for name, cell in one.cells.items() if cell.may_be_missing)
        columns |= {name + sql.WHY: "VARCHAR" for name in reasons}
    return columns
