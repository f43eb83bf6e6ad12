"""Parts of an expression that are needed more than once, computed once.

A quotient that is compared, chosen or rounded is needed several times, and each of those
again inside the next: written out, an expression of ten words can fill a megabyte of SQL.
So what is longer than a few words gets a name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from sqlglot import exp

from attain.expressions.sql import build
from attain.expressions.sql.build import Sql
from attain.expressions.sql.figures import Figure, Quotient
from attain.expressions.sql.printed import Part

LONG: Final = 14
"""SQL of more nodes than this is named rather than repeated."""

MACRO: Final = 20
"""Nodes a call of a macro counts for."""

Bind = Callable[[str, Sql, Sql], Sql]
"""Computes an expression once under a name inside another."""


class Shares:
    """The named parts of one printed expression, each after those it is made of."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.lets: list[tuple[str, Sql]] = []

    def sql(self, one: Sql) -> Sql:
        """The expression itself if it is short, else the name it is computed under."""
        if not is_long(one):
            return one
        for name, known in self.lets:
            if known == one:
                return _column(name)
        name = f"{self.prefix}{len(self.lets) + 1}"
        self.lets.append((name, one))
        return _column(name)

    def figure(self, one: Figure) -> Figure:
        return one if one.value is not None else replace(one, sql=self.sql(one.sql))

    def quotient(self, one: Quotient) -> Quotient:
        below = self.figure(one.below) if one.below is not None else None
        return Quotient(self.figure(one.above), below)

    def part(self, one: Part) -> Part:
        """A part whose value is used more than once."""
        value = one.value
        shared = self.quotient(value) if isinstance(value, Quotient) else self.sql(value)
        return Part(shared, one.whys)

    def worst(self, whys: Sequence[Sql]) -> Sql | None:
        """The reason that holds of several: no data beats not applicable, then the leftmost."""
        distinct: list[Sql] = []
        for why in whys:
            if why not in distinct:
                distinct.append(why)
        if len(distinct) <= 1:
            return distinct[0].copy() if distinct else None
        named = [self.sql(why) for why in distinct]
        grave = [build.call("attain_no_data", why.copy()) for why in named]
        return build.coalesce([*grave, *(why.copy() for why in named)])

    def bound(self, one: Sql, bind: Bind) -> Sql:
        """The expression with every name it mentions bound around it."""
        for name, part in reversed(self.lets):
            if any(column.name == name for column in one.find_all(exp.Column)):
                one = bind(name, part.copy(), one)
        return one


def is_long(one: Sql) -> bool:
    """Whether SQL is longer than a few words; a macro is as long as what it stands for."""
    size = 0
    for node in one.walk():
        size += MACRO if isinstance(node, exp.Anonymous) and _is_macro(node) else 1
        if size > LONG:
            return True
    return False


def _is_macro(call: exp.Anonymous) -> bool:
    return str(call.this).startswith("attain_") and call.this != "attain_no_data"


def _column(name: str) -> Sql:
    return exp.column(exp.to_identifier(name, quoted=True))
