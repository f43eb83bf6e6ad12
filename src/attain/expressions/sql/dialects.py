"""What the engines spell differently: division, rounding, dates and texts."""

from __future__ import annotations

from typing import Protocol

from attain.core.rounding import Mode
from attain.expressions.sql.build import Sql
from attain.expressions.sql.figures import Figure, Quotient


class Dialect(Protocol):
    """One SQL dialect; each operation has the meaning of its counterpart in Python."""

    def narrow(self, number: Quotient, scale: int) -> Figure:
        """The number half up at `scale` decimals."""

    def to_divide(self, number: Figure) -> Figure:
        """The number as one that will be divided, or by which."""

    def steps(self, number: Quotient, step: Figure, mode: Mode) -> Figure:
        """How many steps the number is, rounded to a whole number."""

    def multiply(self, first: Figure, second: Figure) -> Figure:
        """The product of two decimals, half up at 18 decimals."""

    def days_between(self, first: Sql, last: Sql) -> Sql:
        """The whole days from one date to another."""

    def add_days(self, date: Sql, days: Sql) -> Sql:
        """A date some days later."""

    def text(self, function: str, arguments: list[Sql]) -> Sql:
        """A function of texts, by its name in the language."""

    def date(self, function: str, arguments: list[Sql]) -> Sql:
        """A function of dates, by its name in the language."""

    def bind(self, name: str, part: Sql, inside: Sql) -> Sql:
        """An expression with a part of it computed once, under a name."""

    def macros(self) -> tuple[str, ...]:
        """Statements that create what the printed SQL calls."""


def dialect_of(name: str) -> Dialect:
    """The dialect of an engine, `duckdb` or `spark`.

    :raises KeyError: any other.
    """
    from attain.expressions.sql.duckdb import DuckDB
    from attain.expressions.sql.spark import Spark

    dialects: dict[str, type[Dialect]] = {"duckdb": DuckDB, "spark": Spark}
    return dialects[name]()
