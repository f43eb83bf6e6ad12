"""Temporary: a small printer of expressions until attain.expressions.sql is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlglot import exp

from attain.expressions.typed import Constant, Narrow, Node, Operate, Reference, Round


@dataclass(frozen=True, slots=True)
class Printed:
    value: exp.Expr
    why: exp.Expr | None
    lets: tuple[tuple[str, exp.Expr], ...] = ()


Read = Callable[[Reference], Printed]


def print_node(node: Node, read: Read, dialect: str = "duckdb", prefix: str = "") -> Printed:
    from attain.engine.primitives import sql

    match node:
        case Constant(value=value, type=kind):
            return Printed(sql.literal(value, kind.storage), None)
        case Reference():
            got = read(node)
            return Printed(got.value.copy(), got.why.copy() if got.why else None)
        case Narrow(operand=Operate(operator="/", operands=(a, b)), scale=scale):
            pa, pb = print_node(a, read), print_node(b, read)
            zero = sql.equals(pb.value, sql.whole(0))
            why = sql.cases((zero, sql.text("no_data.division_by_zero")), otherwise=sql.worst(pa.why, pb.why))
            value = sql.function("round", sql.function("decimal_division", sql.cast(pa.value, "DECIMAL(12,2)"), sql.function("nullif", sql.cast(pb.value.copy(),"DECIMAL(12,2)"), sql.whole(0)), sql.whole(scale)), sql.whole(scale))
            return Printed(value, why)
        case Narrow(operand=operand) | Round(operand=operand):
            return print_node(operand, read)
        case Operate(operator=op, operands=(a, b)):
            pa, pb = print_node(a, read), print_node(b, read)
            kind = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul, "=": exp.EQ, ">=": exp.GTE, "<": exp.LT, ">": exp.GT, "<=": exp.LTE, "<>": exp.NEQ, "and": exp.And, "or": exp.Or}[op]
            return Printed(exp.Paren(this=kind(this=pa.value, expression=pb.value)), sql.worst(pa.why, pb.why))
    raise NotImplementedError(node)

MACROS: dict[str, tuple[str, ...]] = {"duckdb": (), "spark": ()}
