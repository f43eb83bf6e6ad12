"""Many versions, the months of a calendar or a rate for each, are found by halves on DuckDB.

The reference asks them one after the other. Rows have days before the first version, in a hole
between two, on both edges, after the last, and none.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import duckdb
import pytest

from attain.core.units import DATE, RATIO, Type
from attain.expressions.evaluate import evaluate
from attain.expressions.results import Absent
from attain.expressions.sql import print_node
from attain.expressions.sql.build import Sql
from attain.expressions.sql.printed import Printed
from attain.expressions.typed import Constant, Dated, Node, Reference

FIRST = dt.date(2026, 1, 26)
LENGTH = dt.timedelta(days=28)
"""Thirteen months of four weeks; the sixth is missing."""
DAYS = [FIRST + dt.timedelta(days=days) for days in (-400, -1, 0, 27, 28, 139, 140, 167, 168, 363)]
AFTER = FIRST + 13 * LENGTH


def versions(values: list[Node], *, is_open: bool) -> Dated:
    """A version for each month but the sixth; the last of them may go on for ever."""
    found: list[tuple[dt.date | None, dt.date | None, Node]] = [
        (FIRST + n * LENGTH, FIRST + (n + 1) * LENGTH, value)
        for n, value in enumerate(values)
        if n != 5
    ]
    if is_open:
        found[-1] = (*found[-1][:1], None, found[-1][2])
    day = Reference("day", DATE.missing())
    return Dated("month", day, tuple(found), values[0].type.missing())


DATES = [Constant(FIRST + n * LENGTH, DATE) for n in range(13)]
RATES = [Constant(Decimal(n) / 8, Type(RATIO.unit, scale=3)) for n in range(13)]


@pytest.mark.parametrize("is_open", [False, True], ids=["ends", "goes on"])
@pytest.mark.parametrize("values", [DATES, RATES], ids=["days", "rates"])
def test_by_halves_is_one_after_the_other(values: list[Node], is_open: bool) -> None:
    node = versions(values, is_open=is_open)
    printed = print_node(node, _read, prefix="let_")
    assert not printed.lets, "nothing is needed twice"
    rows = [*DAYS, AFTER - dt.timedelta(days=1), AFTER, dt.date(2060, 1, 1), None]
    listed = ", ".join(f"('{day}')" if day else "(NULL)" for day in rows)
    found = duckdb.execute(
        f"SELECT {_sql(printed.value)}, {_sql(printed.why)} FROM "
        f"(SELECT day::DATE AS day, CASE WHEN day IS NULL THEN 'no_data.value' END AS why "
        f"FROM (VALUES {listed}) AS t(day)) AS t"
    ).fetchall()

    assert found == [_reference(node, day) for day in rows]
    assert sum(why is None for _, why in found) == (9 if is_open else 7)


def _read(_: Reference) -> Printed:
    from sqlglot import exp

    return Printed(exp.column("day"), exp.column("why"))


def _sql(one: Sql | None) -> str:
    assert one is not None
    return one.sql("duckdb")


def _reference(node: Node, day: dt.date | None) -> tuple[object, str | None]:
    found = evaluate(node, lambda _: day if day is not None else Absent("no_data.value"))
    return (None, found.reason) if isinstance(found, Absent) else (found, None)
