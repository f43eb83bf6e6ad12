"""The exact value of a checked expression, computed the slow and obvious way.

Written from the specification (language.md 22 to 35) and used as the judge of every backend,
for single records, and to explain a number step by step. Numbers are exact fractions: there
is no rounding but that of the `Narrow` and `Round` nodes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attain.core.errors import AttainError, codes, problem
from attain.core.reasons import worst
from attain.core.rounding import narrow, round_to
from attain.core.units import MONEY_DIGITS, MONEY_SCALE, Unit
from attain.expressions.functions import registry
from attain.expressions.missing import DIVISION_BY_ZERO, NO_VERSION
from attain.expressions.results import (
    Absent,
    Result,
    exact,
    moved,
    number_of,
    reasons_of,
)
from attain.expressions.typed import (
    Apply,
    Constant,
    Dated,
    Missing,
    Narrow,
    Node,
    Operate,
    Read,
    Reference,
    Round,
)

__all__ = ["Absent", "Reader", "Recorder", "Result", "evaluate"]

Reader = Callable[[Reference], "Result | Decimal | int"]
"""Gives the value of a column on the row at hand; Decimals and integers are welcome, too."""

Recorder = Callable[[Node, Result], None]
"""Told every node with its value, operands before what is made of them."""

MONEY_LIMIT: Final = 10 ** (MONEY_DIGITS - MONEY_SCALE)


def evaluate(node: Node, read: Reader, record: Recorder | None = None) -> Result:
    """The value of an expression, or why it is missing.

    Branches that are not taken are not evaluated and not recorded.

    :raises AttainError: AMOUNT_OVERFLOW if a narrowed or rounded value is too long to store.
    """
    return Evaluation(read, record).value(node)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation on one row."""

    read: Reader
    record: Recorder | None = None

    def value(self, node: Node) -> Result:
        """The value of a node; a boolean, text or date as it is, a number as a fraction."""
        result = self._computed(node)
        if self.record is not None:
            self.record(node, result)
        return result

    def _computed(self, node: Node) -> Result:
        match node:
            case Constant(value=value):
                return exact(value)
            case Missing(reason=reason):
                return Absent(reason)
            case Reference():
                return exact(self.read(node))
            case Operate():
                return self._operate(node)
            case Apply():
                return self._apply(node)
            case Narrow() | Round():
                return self._ended(node)
            case Read():
                from attain.expressions.readings import read_table

                return read_table(node, self.value)
            case Dated():
                return self._dated(node)

    def _operate(self, node: Operate) -> Result:
        values = [self.value(operand) for operand in node.operands]
        if node.operator in ("and", "or"):
            return _logic(values, decisive=node.operator == "or")
        reason = worst(reasons_of(values))
        if reason is not None:
            return Absent(reason)
        return operate(node.operator, values)

    def _apply(self, node: Apply) -> Result:
        function = registry.function(node.function)
        if function.choose is not None:
            return function.choose([_later(self, argument) for argument in node.arguments])
        values = [self.value(argument) for argument in node.arguments]
        reason = worst(reasons_of(values))
        if reason is not None:
            return Absent(reason)
        assert function.evaluate is not None
        return function.evaluate(*values)

    def _ended(self, node: Narrow | Round) -> Result:
        value = self.value(node.operand)
        if isinstance(value, Absent):
            return value
        number = number_of(value)
        if isinstance(node, Narrow):
            ended = Fraction(narrow(number, node.scale))
        else:
            ended = Fraction(round_to(number, node.step, node.mode))
        if node.type.unit is Unit.money and not -MONEY_LIMIT < ended < MONEY_LIMIT:
            raise AttainError(problem(codes.AMOUNT_OVERFLOW, digits=MONEY_DIGITS))
        return ended

    def _dated(self, node: Dated) -> Result:
        at = self.value(node.at)
        if isinstance(at, Absent):
            return at
        for begins, ends, version in node.versions:
            if (begins is None or begins <= at) and (ends is None or at < ends):  # type: ignore[operator]
                return self.value(version)
        return Absent(NO_VERSION)


def _later(evaluation: Evaluation, argument: Node) -> Callable[[], Result]:
    return lambda: evaluation.value(argument)


def operate(operator: str, values: list[Result]) -> Result:
    """Arithmetic and comparison over values that are there."""
    match operator, values:
        case "not", [value]:
            return not value
        case "-", [value]:
            return -number_of(value)
        case "+", [first, *others]:
            return _added(first, others)
        case "-", [first, second]:
            return _subtracted(first, second)
        case "*", factors:
            return _multiplied(factors)
        case "/", [first, second]:
            divisor = number_of(second)
            return number_of(first) / divisor if divisor else Absent(DIVISION_BY_ZERO)
        case "in", [value, *listed]:
            return value in listed
        case "not in", [value, *listed]:
            return value not in listed
        case _, [first, second]:
            return _compared(operator, first, second)
    raise AssertionError(operator)


def _added(first: Result, others: list[Result]) -> Result:
    total = first
    for other in others:
        if isinstance(total, dt.date):
            total = moved(total, number_of(other))
        elif isinstance(other, dt.date):
            total = moved(other, number_of(total))
        else:
            total = number_of(total) + number_of(other)
    return total


def _subtracted(first: Result, second: Result) -> Result:
    if isinstance(first, dt.date):
        if isinstance(second, dt.date):
            return Fraction((first - second).days)
        return moved(first, -number_of(second))
    return number_of(first) - number_of(second)


def _multiplied(factors: list[Result]) -> Fraction:
    product = Fraction(1)
    for factor in factors:
        product *= number_of(factor)
    return product


def _compared(operator: str, first: Result, second: Result) -> bool:
    if operator == "=":
        return first == second
    if operator == "<>":
        return first != second
    below, equal = first < second, first == second  # type: ignore[operator]
    return {
        "<": below,
        "<=": below or equal,
        ">": not below and not equal,
        ">=": not below,
    }[operator]


def _logic(values: list[Result], *, decisive: bool) -> Result:
    """`and` and `or` as Kleene has them: one false decides an `and`, one true an `or`."""
    if any(value is decisive for value in values):
        return decisive
    reason = worst(reasons_of(values))
    return Absent(reason) if reason is not None else not decisive
