"""From what the grammar recognised to the nodes of the tree."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from typing import Any, Final

from lark import Token, Transformer

from attain.core.errors import AttainError, problem
from attain.core.labels import labels
from attain.expressions import errors, spelling
from attain.expressions.tree import (
    Call,
    Day,
    Name,
    Number,
    Operation,
    Span,
    Text,
    Tree,
    Truth,
)

MAX_DIGITS: Final = 20
"""Digits of a number as written, as at every other door."""

Child = Any
"""A token, or the node another rule built: lark does not say which."""


class TreeBuilder(Transformer[Token, Tree]):
    """One method per rule of the grammar, called bottom-up while the text is read."""

    def start(self, found: list[Child]) -> Tree:
        return _tree(found[0])

    def number(self, found: list[Child]) -> Number:
        return _number(found[0], percent=False)

    def percent(self, found: list[Child]) -> Number:
        return _number(found[0], percent=True)

    def day(self, found: list[Child]) -> Day:
        written = spelling.plain(found[0])
        try:
            return Day(dt.date.fromisoformat(written), _span(found[0]))
        except ValueError:
            remedy = labels("日历上没有这一天。", "The calendar has no such day.")
            raise _refused(found[0], remedy) from None

    def text(self, found: list[Child]) -> Text:
        value = unicodedata.normalize("NFC", str(found[0])[1:-1])
        return Text(value, _span(found[0]))

    def true(self, found: list[Child]) -> Truth:
        return Truth(value=True, span=_span(found[0]))

    def false(self, found: list[Child]) -> Truth:
        return Truth(value=False, span=_span(found[0]))

    def name(self, found: list[Child]) -> Name:
        parts = tuple(spelling.name_of(token) for token in found if token.type == "NAME")
        return Name(parts, _over(found))

    def call(self, found: list[Child]) -> Call:
        arguments = tuple(item for item in found if not isinstance(item, Token))
        closes = max(at for at, item in enumerate(found) if _is(item, "CLOSE"))
        member = spelling.name_of(found[-1]) if closes < len(found) - 1 else None
        return Call(spelling.name_of(found[0]), arguments, _over(found), member)

    def bracketed(self, found: list[Child]) -> Tree:
        return _tree(found[1])

    def minus(self, found: list[Child]) -> Operation:
        return Operation("-", (_tree(found[1]),), _over(found))

    def plus(self, found: list[Child]) -> Tree:
        return _tree(found[1])

    def negated(self, found: list[Child]) -> Operation:
        return Operation("not", (_tree(found[1]),), _over(found))

    def any_of(self, found: list[Child]) -> Operation:
        return Operation("or", _operands(found), _over(found))

    def all_of(self, found: list[Child]) -> Operation:
        return Operation("and", _operands(found), _over(found))

    def compared(self, found: list[Child]) -> Operation:
        return Operation(spelling.operator_of(found[1]), _operands(found), _over(found))

    def listed(self, found: list[Child]) -> tuple[Tree, ...]:
        return _operands(found)

    def is_in(self, found: list[Child]) -> Operation:
        return Operation("in", (_tree(found[0]), *found[-1]), _over(_flat(found)))

    def is_not_in(self, found: list[Child]) -> Operation:
        return Operation("not in", (_tree(found[0]), *found[-1]), _over(_flat(found)))

    def is_under(self, found: list[Child]) -> Call:
        first, last = _tree(found[0]), _tree(found[-1])
        return Call("under", (first, last), _join(_span(first), _span(last)))

    def is_not_under(self, found: list[Child]) -> Operation:
        inside = self.is_under(found)
        return Operation("not", (inside,), inside.span)

    def calculated(self, found: list[Child]) -> Tree:
        """`a + b + c - d`, from the left; equal signs in a row become one operation."""
        result = _tree(found[0])
        for sign, operand in zip(found[1::2], found[2::2], strict=True):
            operator = spelling.operator_of(sign)
            span = _join(_span(result), _span(operand))
            operands: tuple[Tree, ...] = (result, _tree(operand))
            if operator in "+*" and isinstance(result, Operation) and result.operator == operator:
                operands = (*result.operands, _tree(operand))
            result = Operation(operator, operands, span)
        return result


def _tree(found: Child) -> Tree:
    result: Tree = found
    return result


def _operands(found: list[Child]) -> tuple[Tree, ...]:
    return tuple(item for item in found if not isinstance(item, Token))


def _flat(found: list[Child]) -> list[Child]:
    return [found[0], *found[-1]]


def _is(found: Child, kind: str) -> bool:
    return isinstance(found, Token) and found.type == kind


def _span(found: Child) -> Span:
    if not isinstance(found, Token):
        span: Span = found.span
        return span
    return Span(
        found.line or 1,
        found.column or 1,
        found.end_line or 1,
        found.end_column or 1,
    )


def _join(first: Span, last: Span) -> Span:
    return Span(first.line, first.position, last.end_line, last.end_position)


def _over(found: list[Child]) -> Span:
    return _join(_span(found[0]), _span(found[-1]))


def _number(token: Token, *, percent: bool) -> Number:
    signed = spelling.plain(token)
    written = signed.rstrip("%‰").strip()
    digits = len(written.replace(".", ""))
    if digits > MAX_DIGITS:
        remedy = labels(f"数字最多 {MAX_DIGITS} 位。", f"A number has at most {MAX_DIGITS} digits.")
        raise _refused(token, remedy)
    sign, figures, exponent = Decimal(written).as_tuple()
    if percent:
        exponent = int(exponent) - (3 if signed.endswith("‰") else 2)
    return Number(Decimal((sign, figures, int(exponent))), percent, _span(token))


def _refused(token: Token, remedy: object) -> AttainError:
    where = errors.place(_span(token))
    return AttainError(problem(errors.PLAN_SYNTAX, where, found=str(token), remedy=remedy))
