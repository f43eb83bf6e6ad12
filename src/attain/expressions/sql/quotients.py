"""Arithmetic over quotients in SQL: multiply first, divide last, compare across."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlglot import exp

from attain.expressions.sql import build, figures
from attain.expressions.sql.build import Sql
from attain.expressions.sql.figures import Figure, Quotient

COMPARISONS = {
    "=": exp.EQ,
    "<>": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}


def product(first: Quotient, second: Quotient) -> Quotient:
    return Quotient(figures.multiply(first.above, second.above), _both(first.below, second.below))


def divide(first: Quotient, second: Quotient) -> Quotient:
    """The quotient, NULL where the divisor is zero."""
    above, below = first.above, first.below
    if second.below is not None:
        above = figures.multiply(above, second.below)
    divisor = _nonzero(second.above)
    return Quotient(above, figures.multiply(below, divisor) if below else divisor)


def total(first: Quotient, second: Quotient, *, subtract: bool = False) -> Quotient:
    """The sum over one denominator; a shared denominator is kept."""
    if first.below is None and second.below is None:
        return Quotient(figures.add(first.above, second.above, subtract=subtract))
    if first.below and second.below and first.below.sql == second.below.sql:
        above = figures.add(first.above, second.above, subtract=subtract)
        return Quotient(above, first.below)
    left = figures.multiply(first.above, second.under())
    right = figures.multiply(second.above, first.under())
    return Quotient(figures.add(left, right, subtract=subtract), _both(first.below, second.below))


def negative(one: Quotient) -> Quotient:
    return Quotient(figures.negative(one.above), one.below)


def absolute(one: Quotient) -> Quotient:
    below = figures.absolute(one.below) if one.below else None
    return Quotient(figures.absolute(one.above), below)


def compare(operator: str, first: Quotient, second: Quotient) -> Sql:
    """A comparison without dividing: both sides times both denominators, signs heeded."""
    left, right = first.copy(), second.copy()
    if operator not in ("=", "<>"):
        left, right = _positive(left), _positive(right)
    across = figures.alike(
        [
            figures.multiply(left.above, right.under()),
            figures.multiply(right.above, left.under()),
        ]
    )
    return build.binary(COMPARISONS[operator], across[0].sql, across[1].sql)


def _positive(one: Quotient) -> Quotient:
    """The same number over a denominator above zero."""
    below = one.below
    if below is None:
        return one
    if below.value is not None:
        return (
            one
            if below.value > 0
            else Quotient(figures.negative(one.above), figures.negative(below))
        )
    is_negative = build.binary(exp.LT, below.copy().sql, build.number(0))
    above = figures.choose([(is_negative, figures.negative(one.copy().above))], one.above)
    return Quotient(above, figures.absolute(below))


def choose(branches: Sequence[tuple[Sql, Quotient]], otherwise: Quotient | None) -> Quotient:
    """A CASE over numbers: numerators and denominators each in one."""
    given = [one for _, one in branches] + ([otherwise] if otherwise else [])
    above = figures.choose(
        [(condition, one.above) for condition, one in branches],
        otherwise.above if otherwise else None,
    )
    if all(one.below is None for one in given):
        return Quotient(above)
    below = figures.choose(
        [(condition.copy(), one.under()) for condition, one in branches],
        otherwise.under() if otherwise else None,
    )
    return Quotient(above, below)


def is_missing(one: Quotient) -> Sql:
    tests = [build.is_null(one.above.copy().sql)]
    if one.below is not None and one.below.value is None:
        tests.append(build.is_null(one.below.copy().sql))
    return build.either(tests)


def _nonzero(divisor: Figure) -> Figure:
    if divisor.value:
        return divisor
    guarded = build.call("nullif", divisor.sql, build.number(0))
    return Figure(guarded, divisor.scale, divisor.held, divisor.width)


def _both(first: Figure | None, second: Figure | None) -> Figure | None:
    if first is None or second is None:
        return second if first is None else first
    return figures.multiply(first, second)


def zero() -> Quotient:
    return Quotient(figures.literal(Decimal(0)))
