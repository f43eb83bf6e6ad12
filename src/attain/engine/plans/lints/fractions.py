"""Fractions that are stored, calculated further and then compared: where a last digit decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from attain.core.errors import Problem, problem
from attain.core.labels import labels
from attain.core.rounding import Mode
from attain.engine import errors
from attain.engine.plans.lints.reading import every_node, number
from attain.engine.plans.lints.registry import ORDERS, Case, lint
from attain.engine.primitives.model import (
    Aggregate,
    Column,
    Decided,
    Fold,
    Formula,
    Gather,
    Grouped,
    GroupFunction,
    Ordered,
    OrderFunction,
    Prior,
    Relation,
    nodes_of,
)
from attain.expressions.typed import (
    Apply,
    Condition,
    Constant,
    Narrow,
    Node,
    Operate,
    Read,
    Reference,
    Round,
    children,
)


class Kept(IntEnum):
    """What a value has lost: nothing; a fraction's last digits; those of several fractions."""

    EXACT = 0
    NARROWED = 1
    MIXED = 2


_COMPARED: Final = frozenset({"=", "<>", "<", "<=", ">", ">="})
_CUT: Final = frozenset({"floor", "ceil", "mod"})
_BY_BANDS: Final = frozenset({"value", "whole"})
_ADDED: Final = frozenset(
    {Aggregate.SUM, Aggregate.MEAN, GroupFunction.SUM, GroupFunction.MEAN}
    | {OrderFunction.TOTAL, OrderFunction.BEFORE, OrderFunction.INCREASE}
)
_COUNTED: Final = frozenset(
    {Aggregate.COUNT, Aggregate.DISTINCT, Aggregate.ANY, Aggregate.ALL}
    | {OrderFunction.COUNT_SO_FAR, OrderFunction.POSITION, GroupFunction.COUNT}
)
_PLACES: Final = frozenset({GroupFunction.RANK, GroupFunction.DENSE_RANK, GroupFunction.LAST_RANK})
_DEEP: Final = 20
"""So many steps without a name are looked through, which ends where they read themselves."""
_SO_FAR: Final = labels("到这一步为止的金额", "its own amount so far")
_SECTIONS: Final = ("columns", "measures", "formulas", "scorecard", "grades", "incentives")


@lint(
    errors.LINT_FRACTIONS_COMPARED,
    ORDERS
    + """
measures: {sales: {sum: amount, from: orders}, deals: {count: rows, from: orders}}
columns:
  weight: {each: orders, is: "1 / deals"}
  part: {each: orders, is: "amount * weight"}
  mean_deal: {sum: part, from: orders}
formulas: {bonus: {is: "if(mean_deal >= 1000.00, 50.00, 0.00)", unit: money}}
""",
)
def fractions_that_a_last_digit_decides(case: Case) -> Iterator[Problem]:
    """Fractions that are stored, calculated further, and compared, looked up or ranked unrounded.

    A column keeps 18 decimals (an amount six). A third times three is 0.999999999999999999 then,
    which is below 1, and two who are equal on paper differ in the last digit. Divided last, in
    one formula, or rounded, they are equal.
    """
    for owner, name in dict.fromkeys(_judged(case, _Reading(case))):
        where = case.plan.where(_place(case, owner))
        told = name if name != owner else _SO_FAR
        yield problem(errors.LINT_FRACTIONS_COMPARED, where, name=told, by=owner)


def _judged(case: Case, reading: _Reading) -> Iterator[tuple[str, str]]:
    """Each column that compares, and what it compares that is mixed of stored fractions."""
    for relation, column, node in every_node(case):
        for asked in _asked(node) if not _is_of_card(column) else ():
            if reading.of(relation, column, asked) is Kept.MIXED:
                yield _told(column), _told(reading.culprit(relation, column, asked) or column)
    for relation in case.resolved.relations.values():
        for column in relation.columns.values():
            if isinstance(column.made, Grouped) and column.made.function in _PLACES:
                for name, _ in column.made.by:
                    if reading.column(relation, name) is Kept.MIXED:
                        by = reading.named(relation, relation.columns[name])
                        yield _told(column), _told(by or relation.columns[name])


def _is_of_card(column: Column) -> bool:
    """What a card asks of its own rows, such as whether they apply, is nobody's edge."""
    return (column.form or "").startswith("scorecard/")


def _asked(node: Node) -> Iterator[Node]:
    """What a node compares with something, or cuts into steps."""
    match node:
        case Operate(operator=operator, operands=operands) if operator in _COMPARED:
            if not any(number(one) == 0 for one in operands):
                yield from (one for one in operands if one.type.is_number)
        case Apply(function=function, arguments=(first, *_)) if function in _CUT:
            yield first
        case Round(operand=operand, mode=mode) if mode is not Mode.half_up:
            yield operand
        case Read(reading=how) if how in _BY_BANDS:
            for place, one in enumerate(node.inputs):
                if any(_is_band(cell.conditions[place]) for cell in node.cells):
                    yield one


def _is_band(condition: Condition) -> bool:
    return condition.lower is not None or condition.upper is not None


@dataclass
class _Reading:
    """What the columns of a plan have lost, each asked once."""

    case: Case
    known: dict[tuple[str, str], Kept] = field(default_factory=dict)

    def column(self, relation: Relation, name: str) -> Kept:
        column = relation.columns.get(name)
        if column is None:
            return Kept.EXACT
        key = (relation.name, name)
        if key not in self.known:
            self.known[key] = Kept.EXACT
            found = self._made(relation, column)
            if found is Kept.NARROWED and isinstance(column.made, Fold | Formula):
                self.known[key] = found
                found = self._made(relation, column)
            self.known[key] = found
        return self.known[key]

    def _made(self, relation: Relation, column: Column) -> Kept:
        made = column.made
        match made:
            case Formula() | Fold():
                return max(
                    (self.of(relation, column, one) for one in nodes_of(column)), default=Kept(0)
                )
            case Gather(aggregate=how, value=value):
                own = Kept.EXACT if value is None else self.of(relation, column, value)
                return _gathered(how, own, Aggregate.MEAN)
            case Grouped(function=how, by=by) if how not in _PLACES:
                return _gathered(how, self.column(relation, by[0][0]), GroupFunction.MEAN)
            case Ordered(function=how, column=name) if name is not None:
                return _gathered(how, self.column(relation, name), None)
            case Prior(column=name):
                return self.column(relation, name)
            case Decided(calculated=name):
                return self.column(relation, name)
        return Kept.EXACT

    def of(self, relation: Relation, column: Column, node: Node) -> Kept:
        """What an expression of a column has lost; yes and no lose nothing."""
        if not node.type.is_number:
            return Kept.EXACT
        match node:
            case Reference():
                return self._reached(relation, column, node)
            case Narrow(operand=operand):
                kept = self.of(relation, column, operand)
                return max(kept, Kept.NARROWED) if operand.type.scale is None else kept
            case Operate(operator=operator, operands=operands) if operator in ("+", "-", "*", "/"):
                return _operated(
                    operator,
                    [self.of(relation, column, one) for one in operands],
                    [self._is_written(relation, column, one) for one in operands],
                )
            case Apply(function=function) if function not in _CUT:
                parts = (self.of(relation, column, one) for one in children(node))
                return max(parts, default=Kept.EXACT)
            case Read(inputs=inputs) if node.reading not in ("value",):
                return max(self.of(relation, column, one) for one in inputs)
        return Kept.EXACT

    def named(self, relation: Relation, column: Column, deep: int = _DEEP) -> Column | None:
        """The column itself if its author named it; of a step without a name what it is of."""
        if not column.hidden and "/" not in (column.form or ""):
            return column
        made = column.made
        if isinstance(made, Ordered | Prior) and deep:
            inner = relation.columns.get(made.column or "")
            return self.named(relation, inner, deep - 1) if inner is not None else None
        found = (self.culprit(relation, column, one, deep - 1) for one in nodes_of(column))
        return next((one for one in found if one is not None), None) if deep else None

    def culprit(
        self, relation: Relation, column: Column, node: Node, deep: int = _DEEP
    ) -> Column | None:
        """The named column that brings fractions into an expression; None where it has none."""
        if isinstance(node, Reference):
            here = self._relation(relation, column, node)
            found = here.columns.get(node.column) if here is not None else None
            if here is None or found is None or self.column(here, found.name) is Kept.EXACT:
                return None
            return self.named(here, found, deep)
        below = (self.culprit(relation, column, one, deep) for one in children(node))
        return next((one for one in below if one is not None), None)

    def _is_written(self, relation: Relation, column: Column, node: Node) -> bool:
        """A number that stands in the plan, in the formula or in columns of its own."""
        match node:
            case Constant():
                return True
            case Narrow() | Operate() | Apply():
                parts = [one for one in children(node) if one.type.is_number]
                return all(self._is_written(relation, column, one) for one in parts)
            case Reference():
                here = self._relation(relation, column, node)
                found = here.columns.get(node.column) if here is not None else None
                if here is None or found is None or not isinstance(found.made, Formula):
                    return False
                return self._is_written(here, found, found.made.node)
        return False

    def _reached(self, relation: Relation, column: Column, node: Reference) -> Kept:
        here = self._relation(relation, column, node)
        return Kept.EXACT if here is None else self.column(here, node.column)

    def _relation(self, relation: Relation, column: Column, node: Reference) -> Relation | None:
        """Whose column a reference reads: of the row, of those gathered, or by a look-up."""
        made = column.made
        here = relation
        if isinstance(made, Gather) and node.row != "this":
            here = self.case.resolved.relations[made.relation]
        if node.row in ("", "this", "previous"):
            return here
        lookup = here.lookups.get(node.row)
        return self.case.resolved.relations[lookup.relation] if lookup is not None else None


def _gathered(how: object, own: Kept, mean: object) -> Kept:
    if how in _COUNTED:
        return Kept.EXACT
    if how in _ADDED and own is not Kept.EXACT:
        return Kept.MIXED
    return max(own, Kept.NARROWED) if how is mean else own


def _operated(operator: str, kept: list[Kept], is_constant: list[bool]) -> Kept:
    """A fraction times a written number is a fraction still; two of them are mixed."""
    lost = [one for one in kept if one is not Kept.EXACT]
    if not lost:
        return Kept.EXACT
    alone = all(is_constant[place] for place, one in enumerate(kept) if one is Kept.EXACT)
    if len(lost) > 1 or (operator in ("*", "/") and not alone):
        return Kept.MIXED
    return lost[0]


def _told(column: Column) -> str:
    """A column as its author named it: a step of a form by the form's name."""
    of_form = (column.form or "").split("/")
    return of_form[1] if len(of_form) > 1 else column.name.partition("__")[0]


def _place(case: Case, name: str) -> tuple[str, ...]:
    for section in _SECTIONS:
        if name in getattr(case.plan, section):
            return (section, name)
    return ("plan",)
