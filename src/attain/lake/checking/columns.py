"""Cells to typed columns: plain ones by SQL, the rest one distinct text at a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from attain.core.errors import Problem, problem
from attain.core.schemas import ColumnSchema, ColumnType, StoredColumn
from attain.lake import sql
from attain.lake.checking.bench import NOTES_LISTED, Bench, Plain, dumped
from attain.lake.errors import cells
from attain.lake.values import BLANK_WORDS, MAX_CHARACTERS, Reading, Scalar, read_value

_WORDS: Final = r"[ -~\x{3001}-\x{303F}\x{4E00}-\x{9FFF}\x{FF01}-\x{FF5E}]+"
"""Characters that every normal form leaves alone in a text."""
_CODE_WORDS: Final = r"[ -~\x{4E00}-\x{9FFF}]+"
_NOT_FIRST: Final = " =+-@'＝＋－＠"
_ISO_DAY: Final = r"(19[5-9][0-9]|20[0-9][0-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_WHOLE_DIGITS: Final = 14
_FAST_DECIMALS: Final = 6
_FIRST_SERIAL, _LAST_SERIAL = 18264, 73050
"""1950-01-01 and 2099-12-31."""


def type_columns(bench: Bench, reading: Reading) -> None:
    """Make the table `typed`, and report every cell that cannot be read."""
    selected = ["raw.line AS _line"]
    joins: list[str] = []
    for column in bench.schema:
        at = bench.mapping.columns.get(column.name)
        if at is None:
            selected += [_missing(stored) for stored in column.stored()]
            continue
        predicate, fast = _fast(bench, column, at, reading)
        predicate = _without_words(column, bench.value(at), predicate)
        has_slow = _read_slowly(bench, column, at, predicate, reading)
        bench.plain[at] = Plain(predicate, has_slow)
        if column.value_type.is_number and bench.table.has_kinds:
            _note_text_numbers(bench, at)
        if has_slow:
            joins.append(_join(bench, at))
        selected += [_typed(stored, at, predicate, fast, has_slow) for stored in column.stored()]
    bench.run(f"CREATE TABLE typed AS SELECT {', '.join(selected)} FROM raw {' '.join(joins)}")


def _note_text_numbers(bench: Bench, at: int) -> None:
    """Numbers that a workbook holds as text are read, and mentioned once for the column."""
    is_text = f"lower({bench.kind(at)}) = 't' AND {bench.value(at)} IS NOT NULL"
    faulty = f"SELECT line FROM found WHERE place = {at} AND severity = 'error'"
    count = bench.one(f"SELECT count(*) FROM raw WHERE {is_text} AND line NOT IN ({faulty})")
    if count:
        bench.report([(0, at, problem(cells.TEXT_NUMBERS, count=count))])


def staged_sum(bench: Bench, at: int) -> str:
    """The sum of a number column straight from the staged text, with all decimals it may have."""
    plain = bench.plain[at]
    wide = "DECIMAL(38,18)"
    slowly = f"CAST(slow_{at}.value AS {wide})" if plain.has_slow else "NULL"
    value = f"CASE WHEN {plain.predicate} THEN CAST({bench.value(at)} AS {wide}) ELSE {slowly} END"
    join = _join(bench, at) if plain.has_slow else ""
    return str(bench.one(f"SELECT CAST(coalesce(sum({value}), 0) AS VARCHAR) FROM raw {join}"))


def _missing(stored: StoredColumn) -> str:
    return f"CAST(NULL AS {stored.type.storage}) AS {sql.name(stored.name)}"


def _join(bench: Bench, at: int) -> str:
    return (
        f"LEFT JOIN slow_{at} ON slow_{at}.text = coalesce({bench.value(at)}, '') "
        f"AND slow_{at}.kind = {bench.kind(at)}"
    )


def _typed(stored: StoredColumn, at: int, predicate: str, fast: str, has_slow: bool) -> str:
    """SQL of one stored column. A slow table has only texts that are not plain."""
    own = sql.name(stored.name)
    slow = {"": "value", "from": "first", "until": "last"}[stored.part]
    slowly = f"CAST(slow_{at}.{slow} AS {stored.type.storage})" if has_slow else "NULL"
    if predicate == "false":
        return f"CAST({slowly} AS {stored.type.storage}) AS {own}"
    return f"CASE WHEN {predicate} THEN {fast} ELSE {slowly} END AS {own}"


# --- the slow way ---


def _read_slowly(
    bench: Bench, column: ColumnSchema, at: int, predicate: str, reading: Reading
) -> bool:
    """Read each distinct cell that is not plain; True if there was any."""
    value, kind = bench.value(at), bench.kind(at)
    pairs = bench.rows(
        f"SELECT DISTINCT coalesce({value}, ''), {kind} FROM raw "
        f"WHERE ({value} IS NOT NULL OR {kind} = 'F') AND NOT coalesce({predicate}, false)"
    )
    if not pairs:
        return False
    bench.run(
        f"CREATE TABLE slow_{at} (text VARCHAR, kind VARCHAR, value VARCHAR, first DATE, last DATE)"
    )
    bench.run(
        f"CREATE TABLE remarks_{at} (text VARCHAR, kind VARCHAR, code VARCHAR, severity VARCHAR, "
        "data VARCHAR)"
    )
    values: list[tuple[object, ...]] = []
    remarks: list[tuple[object, ...]] = []
    for text, letter in pairs:
        read = read_value(column, letter, text, reading)
        first, last = read.parts or (None, None)
        values.append((text, letter, _as_text(read.stored), first, last))
        faults = (read.fault,) if read.fault else ()
        remarks += [_remark(text, letter, one) for one in (*faults, *read.notes)]
    bench.connection.add(f"slow_{at}", values)
    bench.connection.add(f"remarks_{at}", remarks)
    _report(bench, at)
    return True


def _remark(text: str, letter: str, one: Problem) -> tuple[object, ...]:
    return text, letter, one.code, one.severity.value, dumped(one)


def _report(bench: Bench, at: int) -> None:
    """Place the remarks on their lines. Of notes, which reject nothing, the first lines do;
    the others are only counted, since a column of a million dates may have a million.
    """
    placed = (
        f"SELECT raw.line, {at} AS place, remarks.code, remarks.severity, remarks.data "
        f"FROM raw JOIN remarks_{at} AS remarks "
        f"ON remarks.text = coalesce({bench.value(at)}, '') AND remarks.kind = {bench.kind(at)}"
    )
    bench.run(f"INSERT INTO found {placed} WHERE remarks.severity <> 'note'")
    bench.run(
        f"INSERT INTO found SELECT * FROM ({placed} WHERE remarks.severity = 'note') "
        f"QUALIFY row_number() OVER (PARTITION BY code ORDER BY line) <= {NOTES_LISTED}"
    )
    bench.run(
        f"INSERT INTO uncounted SELECT code, count(*) - {NOTES_LISTED} FROM ({placed} "
        f"WHERE remarks.severity = 'note') GROUP BY code HAVING count(*) > {NOTES_LISTED}"
    )


def _as_text(value: Scalar | None) -> str | None:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value


# --- the fast way ---


def _fast(bench: Bench, column: ColumnSchema, at: int, reading: Reading) -> tuple[str, str]:
    """Which cells are plain, and their value. `false` where every cell is read slowly."""
    value, kind = bench.value(at), bench.kind(at)
    type_ = column.type
    if type_ in (ColumnType.boolean, ColumnType.period) or column.name in reading.currencies:
        return "false", "NULL"
    if column.value_type.is_number and (column.written.times or 1) > 1:
        return "false", "NULL"
    if type_ is ColumnType.text:
        return _fast_text(value, kind, _WORDS, ""), value
    if type_ in (ColumnType.code, ColumnType.key):
        width = column.written.width
        long_enough = f" AND length({value}) >= {width}" if width else ""
        whole = f" AND NOT contains({value}, '.')" if column.written.point_zero else ""
        plain = _fast_text(value, kind, _CODE_WORDS, long_enough + whole)
        number = f"{kind} = 'n' AND regexp_full_match({value}, '0|[1-9][0-9]{{0,13}}')"
        return f"(({plain}) OR ({number}{long_enough}))", value
    if type_ is ColumnType.date:
        is_day, day = _fast_date(value, kind, reading.is_1904)
        return is_day, f"({day} + 1)" if column.written.last_day else day
    return _fast_number(column, value, kind)


def _without_words(column: ColumnSchema, value: str, predicate: str) -> str:
    """Words that stand for nothing are not plain: no reference and no declared column has them."""
    words = {*column.written.blank, *(BLANK_WORDS if column.type is ColumnType.key else ())}
    if not words or predicate == "false":
        return predicate
    listed = ", ".join(sql.literal(word) for word in sorted(words))
    return f"({predicate} AND {value} NOT IN ({listed}))"


def _fast_text(value: str, kind: str, words: str, more: str) -> str:
    first = sql.literal(_NOT_FIRST)
    return (
        f"lower({kind}) = 't' AND regexp_full_match({value}, {sql.literal(words)}) "
        f"AND {value}[-1] <> ' ' AND NOT contains({first}, {value}[1]) "
        f"AND length({value}) <= {MAX_CHARACTERS}{more}"
    )


def _fast_date(value: str, kind: str, is_1904: bool) -> tuple[str, str]:
    origin = "DATE '1904-01-01'" if is_1904 else "DATE '1899-12-30'"
    offset = 1462 if is_1904 else 0
    iso = (
        f"{kind} IN ('t', 'd') AND regexp_full_match({value}, '{_ISO_DAY}') "
        f"AND TRY_CAST({value} AS DATE) IS NOT NULL"
    )
    serial = (
        f"{kind} = 'd' AND regexp_full_match({value}, '[1-9][0-9]{{4}}') "
        f"AND TRY_CAST({value} AS INTEGER) "
        f"BETWEEN {_FIRST_SERIAL - offset} AND {_LAST_SERIAL - offset}"
    )
    day = f"coalesce(TRY_CAST({value} AS DATE), {origin} + TRY_CAST({value} AS INTEGER))"
    return f"(({iso}) OR ({serial}))", day


def _fast_number(column: ColumnSchema, value: str, kind: str) -> tuple[str, str]:
    places = min(column.accepted_scale, _FAST_DECIMALS)
    fraction = rf"(\.[0-9]{{1,{places}}})?" if places else ""
    pattern = rf"-?(0|[1-9][0-9]{{0,{_WHOLE_DIGITS - 1}}}){fraction}"
    letters = "('n')" if column.written.decimal == "," else "('n', 't')"
    predicate = f"{kind} IN {letters} AND regexp_full_match({value}, '{pattern}')"
    return predicate, f"CAST({value} AS {column.value_type.storage})"
