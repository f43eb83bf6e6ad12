"""Small words for building SQL trees that print the same meaning in every dialect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from sqlglot import exp

Sql = exp.Expr

_OPEN = (exp.Binary, exp.Not, exp.Neg, exp.In)


def closed(one: Sql) -> Sql:
    """The expression as an operand: in brackets, where without them it could be torn apart."""
    return exp.Paren(this=one) if isinstance(one, _OPEN) else one


def binary(kind: type[exp.Binary], left: Sql, right: Sql) -> Sql:
    return kind(this=closed(left), expression=closed(right))


def call(name: str, *arguments: Sql) -> Sql:
    """A function or macro under exactly this name."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def cast(one: Sql, storage: str) -> exp.Cast:
    kind = _type(storage)
    # A type of one word, such as DATE, is made anew in less time than it is copied.
    own = kind.copy() if kind.expressions else exp.DataType(this=kind.this, nested=False)
    return exp.Cast(this=one, to=own)


@lru_cache(maxsize=1024)
def _type(storage: str) -> exp.DataType:
    """A stored type as part of a tree; reading its name takes ten times as long as copying it."""
    return exp.DataType.build(storage, dialect="duckdb")


def decimal(one: Sql, scale: int) -> Sql:
    """The value as a decimal of full width, at `scale` decimals."""
    return cast(one, f"DECIMAL(38, {scale})")


def text(value: str) -> Sql:
    return exp.Literal.string(value)


def number(value: object) -> Sql:
    """A number as written in SQL; a negative one in brackets of its own."""
    written = format(value, "f") if not isinstance(value, int) else str(value)
    plain = exp.Literal.number(written.lstrip("-"))
    return exp.Paren(this=exp.Neg(this=plain)) if written.startswith("-") else plain


def day(value: dt.date) -> Sql:
    return cast(text(value.isoformat()), "DATE")


def truth(*, value: bool) -> Sql:
    return exp.Boolean(this=value)


def null(storage: str) -> Sql:
    """A missing value with its type; a bare NULL has none, and engines guess."""
    return cast(exp.Null(), storage)


def is_null(one: Sql) -> Sql:
    return exp.Is(this=closed(one), expression=exp.Null())


def is_known(one: Sql) -> Sql:
    return exp.Not(this=is_null(one))


def negate(one: Sql) -> Sql:
    return exp.Not(this=closed(one))


def every(conditions: Sequence[Sql]) -> Sql:
    return _joined(exp.And, conditions)


def either(conditions: Sequence[Sql]) -> Sql:
    return _joined(exp.Or, conditions)


def _joined(kind: type[exp.Connector], conditions: Sequence[Sql]) -> Sql:
    result = conditions[0]
    for one in conditions[1:]:
        left = result if isinstance(result, kind) else _operand(result)
        result = kind(this=left, expression=_operand(one))
    return result


def _operand(one: Sql) -> Sql:
    """A condition as part of a longer one: comparisons bind closer than `and`."""
    return exp.Paren(this=one) if isinstance(one, exp.Connector | exp.Not) else one


def cases(branches: Sequence[tuple[Sql, Sql]], otherwise: Sql | None = None) -> Sql:
    """`CASE WHEN … THEN … ELSE … END`; without branches what is otherwise."""
    if not branches and otherwise is not None:
        return otherwise
    ifs = [exp.If(this=condition, true=value) for condition, value in branches]
    return exp.Case(ifs=ifs, default=otherwise)


def coalesce(values: Sequence[Sql]) -> Sql:
    if len(values) == 1:
        return values[0]
    return exp.Coalesce(this=values[0], expressions=list(values[1:]))
