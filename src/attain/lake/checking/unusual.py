"""Files that are right in every row and wrong as a whole (B36, B46, B47)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from attain.core.errors import problem
from attain.core.formats import show_number
from attain.core.labels import labels
from attain.core.rounding import narrow
from attain.core.schemas import ColumnSchema
from attain.lake import sql
from attain.lake.checking.bench import ROW, Bench
from attain.lake.coverage import Interval
from attain.lake.errors import cells, rows
from attain.lake.stored import exact, summed_columns

_FAR: Final = 10
_FEWER_PERCENT: Final = 70
_MONTHS_NEEDED: Final = 3
_ROWS_NEEDED: Final = 10
_DIFFERENT: Final = 2
"""So many amounts in the rows that are there already tell that they usually differ."""
_DECIMALS: Final = 2
_EPOCHS_APART: Final = timedelta(days=1462)
"""Between the two systems in which spreadsheets count days."""


def judge_whole(bench: Bench, covers: Sequence[Interval] | None) -> None:
    """Warn of totals that are far from other months, and refuse the file of another period."""
    day = bench.schema.day
    if day is not None and bench.schema.date in bench.mapping.columns:
        if covers:
            _report_other_period(bench, day, covers)
        _report_unusual_months(bench, day)
    _report_equal(bench)


def _report_other_period(bench: Bench, column: str, covers: Sequence[Interval]) -> None:
    """More than half of the rows lie outside the stated period (B46)."""
    own = sql.name(column)
    total = bench.one(f"SELECT count({own}) FROM resolved")
    outside = _outside(bench, own, covers, timedelta())
    if not total or outside * 2 <= total:
        return
    place = bench.place(column)
    for shift in (_EPOCHS_APART, -_EPOCHS_APART):
        if _outside(bench, own, covers, shift) * 2 <= total:
            first: date = bench.one(f"SELECT min({own}) FROM resolved")
            fault = problem(cells.DATE_SUSPECT, value=first, shifted=first + shift)
            bench.report([(0, place, fault)])
            return
    start, until = covers[0][0], covers[-1][1]
    fault = problem(rows.PERIOD_MISMATCH, count=outside, rows=total, start=start, until=until)
    bench.report([(0, place, fault)])


def _outside(bench: Bench, own: str, covers: Sequence[Interval], shift: timedelta) -> int:
    inside = " OR ".join(
        f"({own} >= DATE '{start - shift}' AND {own} < DATE '{until - shift}')"
        for start, until in covers
    )
    return int(
        bench.one(f"SELECT count(*) FROM resolved WHERE {own} IS NOT NULL AND NOT ({inside})")
    )


def _report_unusual_months(bench: Bench, column: str) -> None:
    """Months whose rows or sums are far from those of other months (B47)."""
    month = f"strftime({sql.name(column)}, '%Y-%m')"
    bench.run(
        f"CREATE TABLE new_months AS SELECT DISTINCT {month} AS month FROM {bench.good()} "
        "WHERE _line IN (SELECT _line FROM standing WHERE state = 'new')"
    )
    is_other = f"{month} NOT IN (SELECT month FROM new_months)"
    others = bench.one(f"SELECT count(DISTINCT {month}) FROM existing WHERE {is_other}")
    if others < _MONTHS_NEEDED:
        return
    for name, count, usual in _compared(bench, month, is_other, "count(*)"):
        if int(count) * 100 < Decimal(usual) * _FEWER_PERCENT:
            what = labels(f"{name} 的行数", f"Rows of {name}")
            _warn(bench, ROW, what, show_number(int(count)), _sum(exact(usual)))
    for name, one in summed_columns(bench.schema):
        if name in bench.mapping.columns and one.currency_from is None:
            _report_unusual_sums(bench, one, month, is_other)


def _compared(bench: Bench, month: str, is_other: str, measure: str) -> list[tuple[str, str, str]]:
    """New months with a measure of each, and its median over the other months, as texts."""
    usual = (
        f"(SELECT median(CAST(m AS DECIMAL(38,6))) FROM "
        f"(SELECT {measure} AS m FROM existing WHERE {is_other} GROUP BY {month}))"
    )
    found = bench.rows(
        f"SELECT {month}, CAST({measure} AS VARCHAR), CAST({usual} AS VARCHAR) FROM result "
        f"WHERE {month} IN (SELECT month FROM new_months) GROUP BY 1 ORDER BY 1"
    )
    return [row for row in found if None not in row]


def _report_unusual_sums(bench: Bench, column: ColumnSchema, month: str, is_other: str) -> None:
    label = column.labels.zh or column.name, column.labels.en or column.name
    for name, text, usual_text in _compared(
        bench, month, is_other, f"sum({sql.name(column.name)})"
    ):
        value, usual = exact(text), exact(usual_text)
        if usual > 0 and not usual <= value * _FAR <= usual * _FAR * _FAR:
            what = labels(f"{name} 的“{label[0]}”合计", f"Sum of “{label[1]}” of {name}")
            _warn(bench, bench.place(column.name), what, _sum(value), _sum(usual))


def _report_equal(bench: Bench) -> None:
    """All amounts of a file equal: a fill that went wrong."""
    for name, column in summed_columns(bench.schema):
        if name not in bench.mapping.columns or not column.value_type.currency:
            continue
        own = sql.name(name)
        count, kinds = bench.rows(f"SELECT count({own}), count(DISTINCT {own}) FROM resolved")[0]
        if count >= _ROWS_NEEDED and kinds == 1:
            value = exact(bench.one(f"SELECT CAST(any_value({own}) AS VARCHAR) FROM resolved"))
            label = column.labels.zh or name, column.labels.en or name
            if bench.one(f"SELECT count(DISTINCT {own}) FROM existing") < _DIFFERENT:
                told = labels(*label)
                fault = problem(rows.ALL_EQUAL, column=told, count=count, value=_sum(value))
                bench.report([(0, bench.place(name), fault)])
                continue
            what = labels(f"“{label[0]}”全部{count}行", f"All {count} rows of “{label[1]}”")
            _warn(bench, bench.place(name), what, _sum(value), labels("各不相同", "different"))


def _sum(value: Decimal) -> str:
    """Rounded to what tells its size."""
    return show_number(narrow(value, _DECIMALS))


def _warn(bench: Bench, place: int, what: object, value: str, usual: object) -> None:
    fault = problem(rows.TOTAL_UNUSUAL, what=what, value=value, usual=usual)
    bench.report([(0, place, fault)])
