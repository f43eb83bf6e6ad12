"""The tables of one check.

raw      staged rows below the header: line, flags, kinds, v0, v1 ...
skipped  line, reason: blank rows, totals
typed    one row a data row: _line and the stored columns, keys still as codes
rows     the same with opaque keys and _row
found    line, place (position in the file, -1 for the row), code, severity, data
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final

from attain.core.errors import Problem, Where, kind_of
from attain.core.schemas import ColumnSchema, DatasetSchema
from attain.lake import sql
from attain.lake.detecting import Detected
from attain.lake.headers import column_letters
from attain.lake.mapping import ColumnMapping
from attain.lake.reading.staging import SEPARATOR, StagedTable
from attain.lake.values import said

ROW: Final = -1
"""The place of a problem of the whole row."""

NOTES_LISTED: Final = 200
"""Lines on which a note of one code stands, in one column."""

TOTAL: Final = "total"
SAME: Final = "same"
BLANK: Final = "blank"
REPEATED: Final = "repeated"
LEFT_OUT: Final = "left_out"
"""Why rows are skipped: a total, stored already, blank, on an earlier line of the file, or
because somebody chose so."""


@dataclass(frozen=True, slots=True)
class Plain:
    """How a column was read: which cells are plain, and whether there were others."""

    predicate: str
    has_slow: bool


class Bench:
    """One check in progress: the tables above, and what it is about."""

    def __init__(
        self,
        detected: Detected,
        mapping: ColumnMapping,
        schema: DatasetSchema,
        lake: Iterable[Path] = (),
    ) -> None:
        self.detected = detected
        self.mapping = mapping
        self.schema = schema
        self.table: StagedTable = detected.table(mapping.sheet)
        self.plain: dict[int, Plain] = {}
        self.where = Where(file=detected.file, sheet=mapping.sheet)
        folder = detected.folder.resolve()
        self.connection = sql.Connection((folder, *lake), folder / "spill")
        self.run = self.connection.run
        self.rows = self.connection.rows
        self.one = self.connection.one

    def __enter__(self) -> Bench:
        self._load()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()

    def _load(self) -> None:
        self.run(
            "CREATE TABLE found (line INTEGER, place INTEGER, code VARCHAR, severity VARCHAR, "
            "data VARCHAR)"
        )
        self.run("CREATE TABLE uncounted (code VARCHAR, count BIGINT)")
        self.run("CREATE TABLE skipped (line INTEGER, reason VARCHAR)")
        path = str((self.detected.folder / self.table.file).resolve())
        source = (
            f"read_parquet({sql.literal(path)})"
            if path.endswith(".parquet")
            else self._staged_text(path)
        )
        header = self.mapping.header_row
        self.run(f"CREATE TABLE raw AS SELECT * FROM {source} WHERE line > {header}")

    def _staged_text(self, path: str) -> str:
        columns = {"line": "INTEGER", "flags": "VARCHAR", "kinds": "VARCHAR"}
        columns |= {f"v{at}": "VARCHAR" for at in range(self.table.width)}
        shape = ", ".join(
            f"{sql.literal(key)}: {sql.literal(kind)}" for key, kind in columns.items()
        )
        return (
            f"read_csv({sql.literal(path)}, delim = {sql.literal(SEPARATOR)}, quote = '', "
            f"escape = '', header = false, auto_detect = false, nullstr = '', "
            f"new_line = '\\n', max_line_size = 8388608, null_padding = true, "
            f"columns = {{{shape}}})"
        )

    def correct(self, corrections: Mapping[tuple[int, int], str]) -> None:
        """Put texts in place of cells, by line and position; the file itself stays as it is."""
        for (line, place), text in corrections.items():
            if not 0 <= place < self.table.width:
                continue
            self.run(f"UPDATE raw SET v{place} = ? WHERE line = ?", [text or None, line])
            if self.table.has_kinds:
                padded = f"rpad(coalesce(kinds, ''), {self.table.width}, '-')"
                self.run(
                    f"UPDATE raw SET kinds = left({padded}, {place}) || 't' || "
                    f"substr({padded}, {place + 2}) WHERE line = ?",
                    [line],
                )

    # --- what a cell is called ---

    def value(self, position: int) -> str:
        """SQL of a cell's text."""
        return f"raw.v{position}"

    def kind(self, position: int) -> str:
        """SQL of a cell's kind letter."""
        return f"substr(raw.kinds, {position + 1}, 1)" if self.table.has_kinds else "'t'"

    def mapped(self) -> list[tuple[ColumnSchema, int]]:
        """The dataset's columns that the file has, with their positions."""
        found = self.mapping.columns
        return [(column, found[column.name]) for column in self.schema if column.name in found]

    def place(self, column: str) -> int:
        """The position of a dataset's column in the file, or the row if it is not there."""
        declared = {one.name: one.declared for one in self.schema.stored()}
        return self.mapping.columns.get(declared.get(column, column), ROW)

    # --- problems ---

    def report(self, problems: Iterable[tuple[int, int, Problem]]) -> None:
        """Add problems by line and place."""
        self.connection.add("found", (_found_row(*each) for each in problems))

    def report_where(self, code: str, place: int, query: str, values: Mapping[str, str]) -> None:
        """Add one problem of a code for every row of a query with a column `line`.

        `values` maps the names of the code's sentences to SQL over the query.
        """
        severity = kind_of(code).severity.value
        pairs = ", ".join(f"{sql.literal(key)}, {value}" for key, value in values.items())
        self.run(
            f"INSERT INTO found SELECT line, {place}, {sql.literal(code)}, "
            f"{sql.literal(severity)}, CAST(json_object({pairs}) AS VARCHAR) FROM ({query})"
        )

    def counts(self) -> dict[str, int]:
        """How many problems of each code there are."""
        return dict(
            self.rows(
                "SELECT code, sum(n)::BIGINT FROM (SELECT code, 1 AS n FROM found "
                "UNION ALL SELECT code, count FROM uncounted) GROUP BY code"
            )
        )

    def rejected(self) -> str:
        """A sub-query of the lines with an error."""
        return "(SELECT DISTINCT line FROM found WHERE severity = 'error' AND line > 0)"

    def good(self, table: str = "rows") -> str:
        """A sub-query of the rows without any error so far, each once."""
        repeated = f"(SELECT line FROM skipped WHERE reason = '{REPEATED}')"
        return (
            f"(SELECT * FROM {table} WHERE _line NOT IN {self.rejected()} "
            f"AND _line NOT IN {repeated})"
        )

    def problem_of(self, line: int, place: int, code: str, severity: str, data: str) -> Problem:
        """A row of `found` as a problem with its place in words."""
        where = self.where.within(row=line or None)
        if place != ROW:
            header = self.mapping.header(place)
            where = where.within(column=column_letters(place), header=header)
        return restored(code, severity, data).at(where)


def _found_row(line: int, place: int, one: Problem) -> tuple[object, ...]:
    return line, place, one.code, one.severity.value, dumped(one)


def dumped(one: Problem) -> str:
    """The values of a problem as JSON."""
    return json.dumps(one.as_data()["values"], ensure_ascii=False)


def restored(code: str, severity: str, data: str) -> Problem:
    """A row of `found` as a problem without its place."""
    return Problem.from_data({"code": code, "severity": severity, "values": json.loads(data)})


def said_in_sql(column: ColumnSchema) -> str:
    """SQL of a column's name in both languages, as it stands in the data of a problem."""
    both = said(column).model_dump()
    pairs = ", ".join(f"{sql.literal(key)}, {sql.literal(text)}" for key, text in both.items())
    return f"json_object({pairs})"


def sql_date(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
