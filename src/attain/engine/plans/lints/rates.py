"""Rate tables: cliffs, rates that fall, and rates that look like slips of the pen."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from attain.core.errors import Problem, problem
from attain.core.units import Unit
from attain.engine import errors
from attain.engine.plans.lints.reading import number, reads, table_place
from attain.engine.plans.lints.registry import ORDERS, Case, lint
from attain.expressions.typed import Read

_HEAD = ORDERS + "measures: {sales: {sum: amount, from: orders}}\n"


def _steps(read: Read) -> list[tuple[Decimal, Decimal]]:
    """The edges of a rate table with the rate that begins there, ascending."""
    if len(read.inputs) != 1:
        return []
    found = []
    for cell in read.cells:
        edge, rate = number(cell.conditions[0].lower), number(cell.value)
        if rate is not None and not cell.conditions[0].equals:
            found.append((edge if edge is not None else Decimal(0), rate))
    return sorted(found)


def _said(read: Read, rate: Decimal) -> str:
    """A rate as plans write it: 15 %, and not 0.15."""
    is_ratio = all(cell.value.type.unit is Unit.ratio for cell in read.cells)
    return f"{(rate * 100).normalize():f}%" if is_ratio else f"{rate:f}"


@lint(
    errors.LINT_CLIFF,
    _HEAD
    + """
tables: {rates: {bands: [{from: 0, is: 2%}, {from: 1000, is: 5%}]}}
formulas: {pay: "whole(rates, sales)"}
""",
)
def cliffs(case: Case) -> Iterator[Problem]:
    """A whole-amount table whose rate jumps: one more unit of sales re-rates all of them.

    Shown once for each table, at the edge where most is at stake.
    """
    seen: set[str] = set()
    for one in reads(case):
        if one.read.reading != "whole" or one.read.table in seen:
            continue
        jumps = [
            (edge * (after - before), edge, before, after)
            for (_, before), (edge, after) in pairwise(_steps(one.read))
            if after > before
        ]
        if jumps:
            seen.add(one.read.table)
            _, edge, before, after = max(jumps)
            yield problem(
                errors.LINT_CLIFF,
                table_place(case, one.read.table),
                name=one.read.table,
                value=edge,
                before=_said(one.read, before),
                after=_said(one.read, after),
            )


@lint(
    errors.LINT_RATE_FALLS,
    _HEAD
    + """
tables: {rates: {bands: [{from: 0, is: 2%}, {from: 1000, is: 5%}, {from: 2000, is: 3%}]}}
formulas: {pay: "marginal(rates, sales)"}
""",
)
def rates_that_rise_and_fall(case: Case) -> Iterator[Problem]:
    """A table whose values rise and then fall again: more would bring less.

    A table that only falls is taken to be meant: the lower the better.
    """
    seen: set[str] = set()
    for one in reads(case):
        if one.read.table in seen:
            continue
        steps = _steps(one.read)
        has_risen = False
        for (_, before), (edge, after) in pairwise(steps):
            if has_risen and after < before:
                seen.add(one.read.table)
                yield problem(
                    errors.LINT_RATE_FALLS,
                    table_place(case, one.read.table),
                    name=one.read.table,
                    value=edge,
                    before=_said(one.read, before),
                    after=_said(one.read, after),
                )
                break
            has_risen = has_risen or after > before


@lint(
    errors.LINT_UNUSUAL_RATE,
    _HEAD
    + """
tables: {rates: {bands: [{from: 0, is: 2%}, {from: 1000, is: 5}]}}
formulas: {pay: "marginal(rates, sales)"}
""",
)
def unusual_rates(case: Case) -> Iterator[Problem]:
    """A rate above 100 % of what it multiplies: perhaps 5 was written for 5 %."""
    seen: set[tuple[str, Decimal]] = set()
    for one in reads(case):
        if one.read.reading not in ("whole", "marginal"):
            continue
        for cell in one.read.cells:
            rate = number(cell.value)
            if rate is None or abs(rate) <= 1 or cell.value.type.unit is not Unit.ratio:
                continue
            if (one.read.table, rate) in seen:
                continue
            seen.add((one.read.table, rate))
            yield problem(
                errors.LINT_UNUSUAL_RATE,
                table_place(case, one.read.table),
                name=one.read.table,
                value=rate,
            )
