"""Rows by themselves once they are typed: what is required, ranges, currencies, dates, keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from attain.core.errors import Problem, problem
from attain.core.errors import codes as core
from attain.core.schemas import Check, ColumnSchema
from attain.core.values import minor_digits
from attain.lake import sql
from attain.lake.checking.bench import REPEATED, ROW, Bench, dumped, sql_date
from attain.lake.current import PEOPLE, Current
from attain.lake.errors import cells, rows
from attain.lake.values import said

_LINES_NAMED: Final = 3
"""How many other rows a duplicate names."""


@dataclass(frozen=True, slots=True)
class Days:
    """What the check has to know of the calendar; nothing here asks the clock."""

    today: date | None = None
    closed: tuple[tuple[date, date], ...] = ()
    """Closed periods, half-open: rows dated in them are refused."""


def judge_rows(bench: Bench, current: Current, days: Days) -> None:
    """Report what is wrong with single rows, and duplicates among them."""
    for column in bench.schema:
        if column.required:
            _report_blank(bench, column)
        if column.currency_from is not None:
            _report_currency(bench, column, column.currency_from)
    for check in bench.schema.checks:
        if check.range is not None:
            _report_range(bench, check)
    if bench.schema.day is not None:
        _report_days(bench, bench.schema.day, days)
        _report_employment(bench, current, bench.schema.day)
    _report_duplicates(bench)


def judge_rights(bench: Bench, only: Mapping[str, frozenset[str]]) -> None:
    """Report rows that speak of somebody whoever imports has nothing to do with (B57)."""
    for name, keys in only.items():
        own = sql.name(name)
        listed = ", ".join(sql.literal(key) for key in sorted(keys)) or "NULL"
        bench.report_where(
            rows.ROW_NOT_YOURS,
            bench.place(name),
            f"SELECT typed._line AS line, typed.{own} AS value FROM typed "
            f"JOIN resolved ON resolved._line = typed._line "
            f"WHERE coalesce(resolved.{own} NOT IN ({listed}), true)",
            {"value": "value"},
        )


def spread(
    bench: Bench, fault: Problem, place: int, condition: str, table: str = "resolved"
) -> None:
    """Add one and the same problem to every row that fulfils a condition."""
    bench.run(
        f"INSERT INTO found SELECT _line, {place}, ?, ?, ? FROM {table} WHERE {condition}",
        [fault.code, fault.severity.value, dumped(fault)],
    )


def _report_blank(bench: Bench, column: ColumnSchema) -> None:
    place = bench.place(column.name)
    if place == ROW:
        return
    condition = f"{sql.name(column.name)} IS NULL AND {_unreported(place)}"
    is_date = column.name == bench.schema.date
    code = cells.DATE_BLANK if is_date else cells.VALUE_MISSING
    spread(bench, problem(code, column=said(column)), place, condition, "typed")


def _unreported(place: int) -> str:
    """SQL of rows whose cell has no error yet: one cell, one reason."""
    return f"_line NOT IN (SELECT line FROM found WHERE place = {place} AND severity = 'error')"


def _report_currency(bench: Bench, column: ColumnSchema, currency: str) -> None:
    """An amount needs its currency, and has no more decimals than that."""
    amount, own = sql.name(column.name), sql.name(currency)
    place, currency_place = bench.place(column.name), bench.place(currency)
    missing = f"{amount} IS NOT NULL AND {own} IS NULL AND {_unreported(currency_place)}"
    spread(bench, problem(cells.CURRENCY_NOT_STATED), currency_place, missing)
    found = bench.rows(f"SELECT DISTINCT {own} FROM resolved WHERE {own} IS NOT NULL")
    for (name,) in found if column.scale is None else ():
        digits = minor_digits(name)
        if digits is None:
            continue
        bench.report_where(
            core.TOO_MANY_DECIMALS,
            place,
            f"SELECT _line AS line, rtrim(CAST({amount} AS VARCHAR), '0') AS value FROM resolved "
            f"WHERE {own} = {sql.literal(name)} AND {amount} <> round({amount}, {digits})",
            {
                "value": "value",
                "decimals": "length(split_part(value, '.', 2))",
                "scale": str(digits),
            },
        )


def _report_range(bench: Bench, check: Check) -> None:
    assert check.range is not None
    own = sql.name(check.range)
    least, most = check.from_, check.to
    outside = [f"{own} < {least}"] if least is not None else []
    outside += [f"{own} > {most}"] if most is not None else []
    if not outside:
        return
    is_text = bench.schema.columns[check.range].value_type.is_whole
    shown = own if is_text else f"rtrim(rtrim(CAST({own} AS VARCHAR), '0'), '.')"
    bench.report_where(
        cells.OUT_OF_RANGE,
        bench.place(check.range),
        f"SELECT _line AS line, {shown} AS value FROM resolved WHERE {' OR '.join(outside)}",
        {
            "value": "CAST(value AS VARCHAR)",
            "least": _bound(least),
            "most": _bound(most),
        },
    )


def _bound(value: object) -> str:
    return sql.literal("-∞" if value is None else str(value))


# --- duplicates ---


def _report_duplicates(bench: Bench) -> None:
    """Rows whose key stands on another row too (B44).

    Where all such rows say the same, the first counts and the others are skipped. Where they
    differ nobody knows which is right, and all are rejected.
    """
    required = [sql.name(name) for name in bench.schema.key if bench.schema.columns[name].required]
    complete = " AND ".join(f"rows.{name} IS NOT NULL" for name in required) or "true"
    content = ", ".join(
        f"coalesce(CAST({sql.name(one.name)} AS VARCHAR), chr(30))" for one in bench.schema.stored()
    )
    bench.run(
        "CREATE TABLE doubles AS SELECT _row, list_sort(list(_line)) AS lines, "
        f"count(DISTINCT concat_ws(chr(31), {content})) AS kinds FROM rows WHERE _row IN "
        f"(SELECT _row FROM rows WHERE {complete} GROUP BY _row HAVING count(*) > 1) GROUP BY _row"
    )
    if bench.one("SELECT count(*) FROM doubles"):
        _report_contradictions(bench)
        _skip_repeated(bench)


def _report_contradictions(bench: Bench) -> None:
    shown = ", ".join(f"CAST(typed.{sql.name(name)} AS VARCHAR)" for name in bench.schema.key)
    others = f"list_filter(lines, lambda x: x <> line)[1:{_LINES_NAMED}]"
    bench.report_where(
        rows.DUPLICATE_IN_FILE,
        bench.place(bench.schema.key[0]),
        f"SELECT rows._line AS line, doubles.lines, concat_ws(' / ', {shown}) AS key FROM doubles "
        "JOIN rows ON rows._row = doubles._row JOIN typed ON typed._line = rows._line "
        "WHERE doubles.kinds > 1",
        {"key": "key", "rows": others},
    )


def _skip_repeated(bench: Bench) -> None:
    """Of good rows that say the same, keep the first."""
    bench.run(
        "CREATE TABLE repeated AS SELECT line, first FROM (SELECT line, min(line) OVER "
        "(PARTITION BY _row) AS first FROM (SELECT _row, unnest(lines) AS line FROM doubles "
        f"WHERE kinds = 1) WHERE line NOT IN {bench.rejected()}) WHERE line > first"
    )
    bench.run(f"INSERT INTO skipped SELECT line, '{REPEATED}' FROM repeated")
    bench.report_where(rows.REPEATED_IN_FILE, ROW, "SELECT * FROM repeated", {"row": "first"})


# --- days ---


def _report_days(bench: Bench, column: str, days: Days) -> None:
    own, place = sql.name(column), bench.place(column)
    for start, until in days.closed:
        bench.report_where(
            rows.PERIOD_CLOSED,
            place,
            f"SELECT _line AS line, {own} AS day FROM resolved "
            f"WHERE {own} >= {sql_date(start)} AND {own} < {sql_date(until)}",
            {
                "value": "CAST(day AS VARCHAR)",
                "start": sql.literal(start.isoformat()),
                "until": sql.literal(until.isoformat()),
            },
        )
    if days.today is not None:
        bench.report_where(
            rows.DATE_FUTURE,
            place,
            f"SELECT _line AS line, {own} AS day FROM resolved "
            f"WHERE {own} > {sql_date(days.today)}",
            {"value": "CAST(day AS VARCHAR)", "today": sql.literal(days.today.isoformat())},
        )


def _report_employment(bench: Bench, current: Current, date_column: str) -> None:
    """Warn of rows dated before a person came or after they left (B38)."""
    people = current.relation(PEOPLE)
    identity = current.identity_column(PEOPLE)
    if people is None or identity is None:
        return
    for column in bench.schema:
        if column.of != PEOPLE or column.name not in bench.mapping.columns:
            continue
        own, day = sql.name(column.name), sql.name(date_column)
        joined = (
            f"SELECT resolved._line AS line, resolved.{day} AS day, typed.{own} AS person, "
            f"life.start, life.until FROM resolved JOIN typed ON typed._line = resolved._line "
            f"JOIN (SELECT {sql.name(identity)} AS key, "
            f"min(coalesce(effective_from, DATE '0001-01-01')) AS start, "
            f"max(coalesce(effective_until, DATE '9999-12-31')) AS until FROM {people} GROUP BY 1"
            f") AS life ON life.key = resolved.{own}"
        )
        values = {"value": "CAST(day AS VARCHAR)", "person": "person"}
        bench.report_where(
            rows.BEFORE_HIRE,
            bench.place(date_column),
            f"{joined} WHERE resolved.{day} < life.start",
            {**values, "start": "CAST(start AS VARCHAR)"},
        )
        bench.report_where(
            rows.AFTER_LEAVE,
            bench.place(date_column),
            f"{joined} WHERE resolved.{day} >= life.until",
            {**values, "until": "CAST(until AS VARCHAR)"},
        )
