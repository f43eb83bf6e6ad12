"""What an author wrote, as a tree: the parsed form of one expression, nothing checked yet.

Every node knows where it stands in the text, so that each later problem can name
line and position. The grammar builds these nodes and nothing else exists in the language:
what has no node here cannot be said.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an expression's text; lines and positions count from 1, the end is exclusive."""

    line: int = 1
    position: int = 1
    end_line: int = 1
    end_position: int = 1


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: `1200`, `0.05` or `80%` (value 0.8, `percent` true)."""

    value: Decimal
    percent: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Day:
    """A date literal, `2026-03-15`."""

    value: dt.date
    span: Span


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` or `false`."""

    value: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    """A name, dotted where it leads over a link: `amount`, `customer.region`, `this.zip`."""

    parts: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """A function or reading with its arguments, `max(0, cap - paid)`.

    `member` is what stands behind the closing bracket, as `score` in `row(sales).score`.
    """

    name: str
    arguments: tuple[Tree, ...]
    span: Span
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator with its operands.

    Operators: `+ - * /` and unary `-`; `= <> < <= > >=`; `and or not`; `in` and `not in`
    (first operand, then the listed values).
    """

    operator: str
    operands: tuple[Tree, ...]
    span: Span


Tree = Number | Text | Day | Truth | Name | Call | Operation
