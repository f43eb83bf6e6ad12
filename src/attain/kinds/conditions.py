"""Gates and amounts written in the expression language: `spent <= budget * 110%`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attain.core.reasons import NO_VALUE
from attain.core.rounding import narrow
from attain.core.units import BOOLEAN, Type
from attain.expressions.check import Check, Checker, check
from attain.expressions.columns import as_column
from attain.expressions.compose import Composer
from attain.expressions.evaluate import evaluate
from attain.expressions.results import Absent, Result, exact
from attain.expressions.tree import Call, Name
from attain.expressions.typed import Node, Reference
from attain.kinds.deadlines import Values
from attain.kinds.models import Field

ROWS_ONLY: Final = frozenset({"sum", "count"})
"""Calls that read the rows of a table, and nothing else."""


@dataclass(frozen=True, slots=True)
class Written:
    """A checked expression over the fields of a kind; called with the values of an object."""

    text: str
    node: Node

    def __call__(self, values: Values) -> Decimal | str | date | bool | None:
        """The value, narrowed as a column keeps it; None where data are missing.

        :raises AttainError: AMOUNT_OVERFLOW.
        """

        def read(reference: Reference) -> Result | Decimal | int:
            return _given(values.get(reference.column))

        found = evaluate(self.node, read)
        if isinstance(found, Absent):
            return None
        return narrow(found, self.node.type.scale or 0) if isinstance(found, Fraction) else found


@dataclass(frozen=True, slots=True)
class Held:
    """A condition: a written expression that is true, false, or unknown."""

    written: Written

    def __call__(self, values: Values) -> bool | None:
        found = self.written(values)
        return found if isinstance(found, bool) else None


def formula(text: str, fields: Mapping[str, Field], expected: Type | None = None) -> Written:
    """An amount, date or text worked out from the fields of an object.

    :raises AttainError: every problem of the expression, with its position.
    """
    checked = check(text, _Fields(fields), expected)
    return Written(text, as_column(checked.required(), unit=expected))


def holds(text: str, fields: Mapping[str, Field]) -> Held:
    """A condition over the fields of an object.

    :raises AttainError: every problem of the expression, with its position.
    """
    return Held(formula(text, fields, BOOLEAN))


class _Fields:
    """The names an expression may use: the fields of the kind, each of which may be missing.

    A field may also be called like a reading of a table, `sum(costs.amount)`: whoever gives the
    values gives that one, too.
    """

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self._fields = fields

    def name(self, name: Name, composer: Composer) -> Node | None:
        word = ".".join(name.parts)
        found = self._fields.get(word)
        return None if found is None else Reference(word, found.type.missing(), span=name.span)

    def call(self, call: Call, check: Check, composer: Composer) -> Node | None:
        if len(call.arguments) != 1 or not isinstance(call.arguments[0], Name):
            return None
        word = f"{call.name.lower()}({'.'.join(call.arguments[0].parts)})"
        found = self._fields.get(word)
        if found is not None:
            return Reference(word, found.type.missing(), span=call.span)
        if call.name.lower() in ROWS_ONLY and isinstance(composer, Checker):
            return composer.unknown_name(word, call.span)
        return None

    def known(self) -> Iterable[str]:
        return self._fields

    def known_calls(self) -> Iterable[str]:
        return (name.partition("(")[0] for name in self._fields if name.endswith(")"))


def _given(value: object) -> Result:
    if value is None or value == "":
        return Absent(NO_VALUE)
    if not isinstance(value, Decimal | int | str | date | Fraction):
        raise TypeError(f"{type(value).__name__} is no value of a field")
    return exact(value)
