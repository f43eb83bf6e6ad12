"""The workspace as files: one CSV (or Parquet) for each dataset, as a company would export it.

Headers are the Chinese labels of the declarations, text is UTF-8, dates are ISO, amounts are
yuan with two decimals. Rows are written as they are made, so that memory does not grow with
the factor.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, TextIO

import duckdb

from attain.core.schemas import ColumnSchema, DatasetSchema
from attain.core.schemas.columns import ColumnType
from attain.demo.declared import schemas
from attain.demo.money import in_words
from attain.demo.rows import DATASETS, Row, columns
from attain.demo.tables import Tables


class Format(StrEnum):
    """How the datasets are written."""

    csv = "csv"
    parquet = "parquet"


INBOX: Final = "inbox"
YES_NO: Final = {True: "是", False: "否"}

_SQL: Final = {
    ColumnType.money: "DECIMAL(18,2)",
    ColumnType.ratio: "DECIMAL(18,6)",
    ColumnType.points: "DECIMAL(9,2)",
    ColumnType.count: "BIGINT",
    ColumnType.days: "BIGINT",
    ColumnType.date: "DATE",
}
"""Types of Parquet columns; everything else is text, as in the CSV."""


class Inbox:
    """The files of a company while they are written; use it in a `with` block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.row_counts: dict[str, int] = dict.fromkeys(DATASETS.values(), 0)
        self._open = ExitStack()
        self._writers: dict[type[Row], Any] = {}

    def __enter__(self) -> Inbox:
        self.folder.mkdir(parents=True, exist_ok=True)
        for kind, dataset in DATASETS.items():
            file: TextIO = self._open.enter_context(
                (self.folder / f"{dataset}.csv").open("w", encoding="utf-8", newline="")
            )
            self._writers[kind] = csv.writer(file, lineterminator="\n")
            self._writers[kind].writerow(headers(schemas()[dataset], kind))
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def write(self, tables: Tables) -> None:
        """Add the rows of one part of the company, each dataset in the order of its key."""
        for kind, dataset in DATASETS.items():
            schema = schemas()[dataset]
            rows = sorted(tables.rows[kind], key=_order(schema))
            self.row_counts[dataset] += len(rows)
            as_texts = [_as_text(schema.columns[name]) for name in columns(kind)]
            self._writers[kind].writerows(
                [as_text(cell) for as_text, cell in zip(as_texts, row, strict=True)] for row in rows
            )


def headers(schema: DatasetSchema, kind: type[Row]) -> list[str]:
    """The header line: what a Chinese company calls the columns."""
    return [schema.columns[name].labels.zh for name in columns(kind)]


def _order(schema: DatasetSchema) -> Callable[[Row], Any]:
    """By business date, then by key; a blank comes first."""
    names = list(dict.fromkeys([*([schema.date] if schema.date else []), *schema.key]))
    has_blanks = any(not schema.columns[name].required for name in names)
    getter = attrgetter(*names)
    if not has_blanks:
        return getter

    def with_blanks_first(row: Row) -> list[tuple[bool, Any]]:
        return [(cell is not None, cell) for cell in getter(row)]

    return with_blanks_first


def _as_text(column: ColumnSchema) -> Callable[[Any], str]:
    if column.type is ColumnType.money:
        return _money
    if column.type is ColumnType.date:
        return _day
    if column.type is ColumnType.boolean:
        return YES_NO.__getitem__
    return _decimal if column.type is ColumnType.ratio else _plain


def _money(amount: int | None) -> str:
    return "" if amount is None else in_words(amount)


@cache
def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


@cache
def _decimal(number: Decimal | None) -> str:
    return "" if number is None else format(number.normalize(), "f")


def _plain(cell: str | int | None) -> str:
    return "" if cell is None else str(cell)


def to_parquet(folder: Path) -> None:
    """Turn the CSV files of a folder into Parquet files with exact types, one after the other."""
    with duckdb.connect() as database:
        for kind, dataset in DATASETS.items():
            schema = schemas()[dataset]
            source, target = folder / f"{dataset}.csv", folder / f"{dataset}.parquet"
            cells = ", ".join(_typed(schema.columns[name]) for name in columns(kind))
            reading = database.read_csv(
                str(source), all_varchar=True, header=True, delimiter=",", quotechar='"'
            )
            reading.project(cells).write_parquet(str(target), compression="zstd")
            source.unlink()


def _typed(column: ColumnSchema) -> str:
    name = column.labels.zh.replace('"', '""')
    sql = _SQL.get(column.type, "VARCHAR")
    return f'CAST("{name}" AS {sql}) AS "{name}"'


def write_texts(folder: Path, texts: Iterable[tuple[str, str]]) -> None:
    """Write text files under a folder, with line ends as they are."""
    for name, text in texts:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
