"""Bands: what they leave out, and what they never reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from attain.core.errors import Problem, problem
from attain.core.labels import Labels, labels
from attain.engine import errors
from attain.engine.plans.lints.reading import (
    Found,
    bounds,
    first_reads,
    number,
    reads,
    table_place,
)
from attain.engine.plans.lints.registry import Case, lint
from attain.expressions.typed import Cell, Condition


@lint(
    errors.LINT_TABLE_OUTSIDE,
    """
plan: p
period: month
subjects: {seller: people}
sources: {orders: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people}}}
measures: {visits: {count: rows, from: orders}}
tables: {points: {bands: [{from: 10, is: 5}, {from: 20, is: 10}]}}
formulas: {score: "value(points, visits)"}
""",
)
def tables_that_leave_values_out(case: Case) -> Iterator[Problem]:
    """A table that covers neither what lies below its first band nor above its last.

    Whoever falls outside gets no data, which blocks publication. A first edge at 0 is taken
    to be meant: below it are returns, which have rules of their own.
    """
    for name, read in first_reads(case).items():
        if read.otherwise is not None or len(read.inputs) != 1 or read.reading == "curve":
            continue
        conditions = [cell.conditions[0] for cell in read.cells]
        if any(condition.equals for condition in conditions):
            continue
        for side in _open_sides(conditions):
            yield problem(errors.LINT_TABLE_OUTSIDE, table_place(case, name), name=name, side=side)


def _open_sides(conditions: list[Condition]) -> Iterator[Labels]:
    lowers = [number(condition.lower) for condition in conditions if condition.lower is not None]
    uppers = [number(condition.upper) for condition in conditions if condition.upper is not None]
    has_bottom = any(condition.lower is None for condition in conditions)
    has_top = any(condition.upper is None for condition in conditions)
    known_lowers = [lower for lower in lowers if lower is not None]
    known_uppers = [upper for upper in uppers if upper is not None]
    if not has_bottom and known_lowers and min(known_lowers) > Decimal(0):
        edge = format(min(known_lowers), "f")
        yield labels(f"{edge} 以下", f"values below {edge}")
    if not has_top and known_uppers:
        edge = format(max(known_uppers), "f")
        yield labels(f"{edge} 以上", f"values above {edge}")


@lint(
    errors.LINT_BAND_UNREACHABLE,
    """
plan: p
period: month
subjects: {seller: people}
sources: {orders: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people}}}
measures: {visits: {count: rows, from: orders}}
tables: {points: {bands: [{from: 0, is: 5}, {from: 20, is: 10}]}}
formulas: {score: "value(points, min(visits, 15))"}
""",
)
def bands_that_are_never_reached(case: Case) -> Iterator[Problem]:
    """A band above what its input is capped at, or below its floor, wherever the table is read.

    Either the cap is wrong or somebody expects a rate they can never earn.
    """
    times = Counter(one.read.table for one in reads(case))
    missed: dict[tuple[str, Decimal], list[Found]] = {}
    for one in reads(case):
        if len(one.read.inputs) != 1 or one.read.scale is not None:
            continue
        low, high = bounds(case, one.relation, one.read.inputs[0])
        edges = (_unreached(cell.conditions[0], low, high) for cell in one.read.cells)
        for edge in dict.fromkeys(edge for edge in edges if edge is not None):
            missed.setdefault((one.read.table, edge), []).append(one)
    for (table, edge), found in missed.items():
        if len(found) == times[table]:
            yield problem(
                errors.LINT_BAND_UNREACHABLE,
                table_place(case, table),
                name=table,
                value=edge,
                input=found[0].column.text or found[0].column.name,
            )


@lint(
    errors.LINT_EDGE_OF_TWO_ROWS,
    """
plan: p
period: month
subjects: {seller: people}
sources: {orders: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people}}}
measures: {visits: {count: rows, from: orders}}
tables:
  points:
    by: {team: keys, visits: bands}
    rows:
      - {team: A, visits: {from: 0, to: 20}, is: 5}
      - {team: A, visits: {from: 20}, is: 10}
formulas: {score: "value(points, 'A', visits)"}
""",
)
def edges_that_two_rows_have(case: Case) -> Iterator[Problem]:
    """Rows of a table with several dimensions that meet in nothing but an edge both of them have.

    Exactly one row may fit, and there two do: the first counts, which nobody has said.
    """
    for name, read in first_reads(case).items():
        table = case.plan.tables.get(name)
        if len(read.inputs) < 2 or table is None or table.take:
            continue
        edges = (_meeting(one, other) for one, other in _touching(read.cells))
        edge = next((one for one in edges if one is not None), None)
        if edge is not None:
            where = table_place(case, name)
            yield problem(errors.LINT_EDGE_OF_TWO_ROWS, where, name=name, edge=f"{edge:f}")


def _touching(cells: Sequence[Cell]) -> Iterator[tuple[Sequence[Condition], Sequence[Condition]]]:
    """Rows of which one ends, in some dimension, with the very edge at which the other begins."""
    begins: dict[tuple[int, Decimal], list[Sequence[Condition]]] = {}
    for cell in cells:
        for place, one in enumerate(cell.conditions):
            if one.lower_closed and (edge := number(one.lower)) is not None:
                begins.setdefault((place, edge), []).append(cell.conditions)
    for cell in cells:
        for place, one in enumerate(cell.conditions):
            if one.upper_closed and (edge := number(one.upper)) is not None:
                others = begins.get((place, edge), ())
                yield from ((cell.conditions, row) for row in others if row is not cell.conditions)


def _meeting(row: Sequence[Condition], other: Sequence[Condition]) -> Decimal | None:
    """The edge that two rows both have, where they fit together in every other dimension."""
    met = None
    for one, two in zip(row, other, strict=True):
        if one.equals and two.equals and not {*one.equals} & {*two.equals}:
            return None
        for low, high in ((one, two), (two, one)):
            upper, lower = number(low.upper), number(high.lower)
            if upper is None or lower is None or upper > lower:
                continue
            if upper < lower or not (low.upper_closed and high.lower_closed):
                return None
            met = upper
    return met


def _unreached(condition: Condition, low: Decimal | None, high: Decimal | None) -> Decimal | None:
    lower, upper = number(condition.lower), number(condition.upper)
    if high is not None and lower is not None:
        is_above = lower > high or (lower == high and not condition.lower_closed)
        if is_above:
            return lower
    if low is not None and upper is not None:
        is_below = upper < low or (upper == low and not condition.upper_closed)
        if is_below:
            return lower if lower is not None else upper
    return None
