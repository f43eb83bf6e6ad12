"""Rows of the file by themselves: totals, ragged rows, merged cells (B19, B42, B48, B49)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from attain.core.errors import problem
from attain.core.schemas import ColumnSchema
from attain.lake import sql
from attain.lake.checking.bench import LEFT_OUT, ROW, TOTAL, Bench
from attain.lake.errors import cells, files, rows, tables
from attain.lake.header_words import TOTAL_WORDS
from attain.lake.mapping import merged_rows
from attain.lake.reading.filetype import FileType
from attain.lake.stored import is_summed
from attain.lake.values import Reading, read_value, said

_TOTAL_CELL: Final = rf"(?i)\x1f\s*{TOTAL_WORDS}\s*[:：]?\s*\x1f"
_PARTIAL_WORDS: Final = r"(?i).*(小\s*计|sub-? ?totals?)"
_WIDTH_LOOKED_AT: Final = 40


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """What a total row at the bottom says of one column."""

    line: int
    column: ColumnSchema
    place: int
    value: Decimal


def judge_lines(
    bench: Bench, reading: Reading, left_out: Collection[int] = ()
) -> list[StatedTotal]:
    """Take totals, and what shall be left out, from the rows; report lines that are not whole."""
    stated = _take_totals(bench, reading)
    _leave_out(bench, left_out)
    if bench.detected.kind == FileType.text.value:
        _report_ragged(bench)
    if bench.table.merged:
        _report_merged(bench)
    return stated


def data_extent(bench: Bench) -> tuple[int, int, int | None]:
    """Lines from the header to the last one with data, how many are blank, and the first such."""
    header, last = bench.mapping.header_row, bench.table.last_line
    filled = "(SELECT line FROM raw UNION ALL SELECT line FROM totals)"
    staged = bench.one(f"SELECT count(*) FROM {filled}")
    blank = max(0, last - header - staged)
    if not blank:
        return staged, 0, None
    first = bench.one(
        f"SELECT min(line) + 1 FROM (SELECT {header} AS line UNION ALL SELECT line FROM {filled}) "
        f"WHERE line < {last} AND line + 1 NOT IN {filled}"
    )
    return last - header, blank, first


# --- totals ---


def _take_totals(bench: Bench, reading: Reading) -> list[StatedTotal]:
    """Move rows that say 合计 or Total, and whose key is blank or says so too, out of the data."""
    width = min(bench.table.width, _WIDTH_LOOKED_AT)
    keys = [bench.mapping.columns[key] for key in bench.schema.key if key in bench.mapping.columns]
    no_key = " OR ".join(f"trim(coalesce(raw.v{at}, '')) = '' OR {_says(at)}" for at in keys)
    row = "concat_ws(chr(31), '', {}, '')".format(
        ", ".join(f"coalesce(raw.v{at}, '')" for at in range(width))
    )
    words = sql.literal(_TOTAL_CELL)
    bench.run(
        f"CREATE TABLE totals AS SELECT *, regexp_extract({row}, {words}, 1) AS word FROM raw "
        f"WHERE CASE WHEN {no_key or 'true'} THEN regexp_matches({row}, {words}) ELSE false END"
    )
    bench.run("DELETE FROM raw WHERE line IN (SELECT line FROM totals)")
    bench.run(f"INSERT INTO skipped SELECT line, '{TOTAL}' FROM totals")
    bench.report_where(
        rows.TOTAL_ROW_FOUND, ROW, "SELECT line, word FROM totals", {"row": "line", "value": "word"}
    )
    return _stated(bench, reading)


def _leave_out(bench: Bench, lines: Collection[int]) -> None:
    """Move rows that somebody chose to leave out to the other rows that are no data."""
    if not lines:
        return
    chosen = f"raw.line IN ({', '.join(str(int(line)) for line in sorted(lines))})"
    bench.run(f"INSERT INTO skipped SELECT line, '{LEFT_OUT}' FROM raw WHERE {chosen}")
    bench.run(f"INSERT INTO totals SELECT *, '' FROM raw WHERE {chosen}")
    bench.run(f"DELETE FROM raw WHERE {chosen}")


def _says(position: int) -> str:
    """SQL that holds where a cell says that its row is a total."""
    cell = f"chr(31) || raw.v{position} || chr(31)"
    return f"(length(raw.v{position}) < 32 AND regexp_matches({cell}, {sql.literal(_TOTAL_CELL)}))"


def _stated(bench: Bench, reading: Reading) -> list[StatedTotal]:
    """The numbers of the last row that is a total of everything."""
    whole = bench.rows(
        f"SELECT line, kinds, {', '.join(f'v{at}' for at in range(bench.table.width))} FROM totals "
        f"WHERE NOT regexp_full_match(word, {sql.literal(_PARTIAL_WORDS)}) "
        "ORDER BY line DESC LIMIT 1"
    )
    found = []
    for line, kinds, *cells_found in whole:
        for column, at in bench.mapped():
            if not is_summed(column) or not cells_found[at]:
                continue
            letter = kinds[at].lower() if kinds else "t"
            value = read_value(column, letter, cells_found[at], reading).stored
            if isinstance(value, Decimal):
                found.append(StatedTotal(line, column, at, value))
    return found


def compare_totals(bench: Bench, stated: list[StatedTotal]) -> None:
    """Report a total row that does not agree with the rows above it."""
    for one in stated:
        own = sql.name(one.column.name)
        summed = bench.one(f"SELECT CAST(sum({own}) AS VARCHAR) FROM typed")
        if summed is not None and Decimal(summed) != one.value:
            fault = problem(
                rows.TOTAL_ROW_DIFFERS,
                column=said(one.column),
                stated=one.value,
                summed=Decimal(summed).normalize() + 0,
            )
            bench.report([(one.line, one.place, fault)])


# --- shape ---


def _report_ragged(bench: Bench) -> None:
    """Rows of a text file with more or fewer fields than the header, and stray quotes."""
    width = bench.table.width
    headers = bench.mapping.headers if bench.mapping.header_row else ()
    named = [at for at, header in enumerate(headers) if header]
    expected = max(named) + 1 if named else width
    beyond = [f"raw.v{at} IS NOT NULL" for at in range(expected, width)]
    count = "CAST(substr(raw.flags, 2) AS INTEGER)"
    found = f"CASE WHEN raw.flags LIKE 'f%' THEN {count} ELSE {width} END"
    is_wrong = f"({found} < {expected} OR ({found} > {expected} AND ({' OR '.join(beyond)})))"
    if not beyond:
        is_wrong = f"({found} < {expected} OR {found} > {width})"
    bench.report_where(
        rows.CSV_COLUMNS,
        ROW,
        f"SELECT line, {found} AS found FROM raw WHERE {is_wrong}",
        {"expected": str(expected), "found": "found"},
    )
    bench.report_where(files.CSV_QUOTE, ROW, "SELECT line FROM raw WHERE flags = 'q'", {})


def _report_merged(bench: Bench) -> None:
    """Merged cells in mapped columns: only the first has a value, so none can be trusted."""
    bench.run("CREATE TABLE merged (first INTEGER, last INTEGER, range VARCHAR, place INTEGER)")
    ranges = []
    for merged in bench.table.merged:
        first, last = merged_rows(merged)
        left, right = (column_of(end) for end in (merged.split(":")[0], merged.split(":")[-1]))
        touched = [at for _, at in bench.mapped() if left <= at <= right]
        if touched and last > bench.mapping.header_row:
            ranges.append((first, last, merged, touched[0]))
    bench.connection.add("merged", ranges)
    bench.run(
        f"INSERT INTO found SELECT raw.line, merged.place, '{cells.MERGED_CELLS}', 'error', "
        "CAST(json_object('range', merged.range) AS VARCHAR) FROM raw JOIN merged "
        "ON raw.line BETWEEN merged.first AND merged.last"
    )


def column_of(reference: str) -> int:
    """The position of the column of a cell reference.

    >>> column_of("A2"), column_of("AB17")
    (0, 27)
    """
    position = 0
    for letter in reference.rstrip("0123456789"):
        position = position * 26 + ord(letter) - 64
    return position - 1


def note_shape(bench: Bench) -> None:
    """Notes on what a person who looks at the file does not see (B15, B21, B49, B59)."""
    table = bench.table
    _, blank, first = data_extent(bench)
    if blank:
        bench.report([(first or 0, ROW, problem(tables.BLANK_ROWS, count=blank, first=first))])
    if table.formulas:
        bench.report([(0, ROW, problem(tables.FORMULA_CELLS, count=table.formulas))])
    if table.struck_rows:
        bench.report([(0, ROW, problem(tables.STRUCK_OUT_ROWS, count=table.struck_rows))])
    if table.is_1904:
        bench.report([(0, ROW, problem(tables.DATE_1904))])
