"""What printing an expression gives: SQL for its value, and SQL for why it is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from attain.expressions.sql.build import Sql
from attain.expressions.sql.figures import Quotient
from attain.expressions.typed import Reference


@dataclass(frozen=True, slots=True)
class Printed:
    """An expression in SQL: `value` is NULL exactly where `why` is not.

    `why` is None for what is never missing. `lets` are shared parts, by name: each is to be
    computed in a SELECT beneath and stands in `value`, `why` and other lets as a column.
    """

    value: Sql
    why: Sql | None = None
    lets: tuple[tuple[str, Sql], ...] = ()


Reader = Callable[[Reference], Printed]
"""How a column is spelled on the row at hand, with the column that says why it is missing."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an expression on its way to SQL: a number as quotient, anything else plainly.

    `whys` are the reasons it may be missing for, in operand order.
    """

    value: Quotient | Sql
    whys: tuple[Sql, ...] = ()

    @property
    def number(self) -> Quotient:
        assert isinstance(self.value, Quotient)
        return self.value.copy()

    @property
    def plain(self) -> Sql:
        assert not isinstance(self.value, Quotient)
        return self.value.copy()


def whys_of(parts: Sequence[Part]) -> tuple[Sql, ...]:
    return tuple(why for part in parts for why in part.whys)
