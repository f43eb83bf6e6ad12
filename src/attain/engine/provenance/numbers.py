"""Which columns and expressions are ratios to the engine and plain numbers to their author."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from attain.core.units import Unit
from attain.engine.plans.lints.plain import is_whole_ratio
from attain.engine.primitives.model import (
    Aggregate,
    Column,
    Decided,
    Fold,
    Formula,
    Gather,
    Grouped,
    Ordered,
    Prior,
    Relation,
    ResolvedPlan,
    Shared,
    SourceRows,
    Stored,
)
from attain.expressions.typed import (
    Apply,
    Constant,
    Dated,
    Narrow,
    Node,
    Operate,
    Read,
    Reference,
    Round,
)

_LARGE: Final = 5
"""Factors such as 1.5 and 2.5 read well as 150 % and 250 %."""
_HUNDRED: Final = 100
"""What is multiplied by a hundred is no percentage any more: 0.83 becomes 83 points."""
_CHOOSING: Final = frozenset({"min", "max", "clamp", "if_missing", "abs"})
_VALUES: Final = frozenset(Aggregate) - {Aggregate.COUNT, Aggregate.DISTINCT}

Memo = dict[tuple[str, str], bool]
"""What was found out about columns, by relation and name."""


def is_number(plan: ResolvedPlan, relation: Relation, column: Column, memo: Memo) -> bool:
    """Whether readers are told a column that is a ratio as a number."""
    if column.type.unit is not Unit.ratio:
        return False
    place = (relation.name, column.name)
    if place not in memo:
        # A column that reads itself earlier says nothing about itself.
        memo[place] = False
        numbers = Numbers(plan, memo)
        memo[place] = (
            is_whole_ratio(column)
            or _is_exchange_rate(relation, column)
            or any(numbers.of(one, inner) for one, inner in numbers.made_of(relation, column))
        )
    return memo[place]


def _is_exchange_rate(relation: Relation, column: Column) -> bool:
    """Whether a column says how much of one currency another is worth: 7.24, and not 724 %."""
    if not isinstance(relation.rows, SourceRows) or not isinstance(column.made, Stored):
        return False
    return (relation.rows.dataset, column.name) == ("rates", "rate")


class Numbers:
    """Asks expressions of a plan; nothing but the plan decides, so that all rows read alike."""

    def __init__(self, plan: ResolvedPlan, memo: Memo) -> None:
        self._plan = plan
        self._memo = memo

    def made_of(self, relation: Relation, column: Column) -> Iterator[tuple[Node, Relation]]:
        """The expressions that give a column its values, with the relation they stand in."""
        made = column.made
        names: list[str | None] = []
        match made:
            case Formula(node=node):
                yield node, relation
            case Gather(value=value) if value is not None and made.aggregate in _VALUES:
                yield value, self._plan.relations[made.relation]
            case Fold(steps=steps):
                yield from ((node, relation) for name, node in steps if name == made.column)
            case Ordered() | Prior():
                names = [made.column]
            case Decided():
                names = [made.calculated]
            case Shared():
                names = [made.pot]
            case Grouped(by=by):
                names = [by[0][0]] if by else []
        for name in names:
            inner = relation.columns.get(name or "")
            if inner is not None:
                yield Reference(inner.name, inner.type), relation

    def of(self, node: Node, relation: Relation) -> bool:
        """Whether an expression gives numbers."""
        if node.type.unit is not Unit.ratio:
            return False
        match node:
            case Constant():
                return _is_large(node, _LARGE)
            case Reference():
                return self._column(node, relation)
            case Narrow(operand=inner) | Round(operand=inner):
                return self.of(inner, relation)
            case Dated(versions=versions):
                return any(self.of(one, relation) for _, _, one in versions)
            case Read(cells=cells):
                return any(self.of(cell.value, relation) for cell in cells)
            case Apply(function="if", arguments=operands):
                results = (*operands[1::2], operands[-1])
                return any(_counts(one) or self.of(one, relation) for one in results)
            case Apply(function=name, arguments=operands) if name in _CHOOSING:
                return any(self.of(one, relation) for one in operands)
            case Operate():
                return self._operated(node, relation)
        return False

    def _operated(self, node: Operate, relation: Relation) -> bool:
        match node.operator:
            case "+" | "-":
                # 13 − the number of the month: what is added to a count is one.
                return any(_counts(one) or self.of(one, relation) for one in node.operands)
            case "*":
                factors = [one for one in node.operands if self._factor(one, relation)]
                # 10 % for each of five months is a percentage; 25 % of 75 points is none.
                is_of_whole = all(self._is_whole(one, relation) for one in factors)
                return bool(factors) and not (is_of_whole and any(map(_is_percent, node.operands)))
            case "/":
                above, below = node.operands
                is_share = not isinstance(below, Constant) and below.type.unit is Unit.ratio
                return self._factor(above, relation) and not is_share
        return False

    def _factor(self, node: Node, relation: Relation) -> bool:
        if isinstance(node, Constant):
            return node.type.unit in (Unit.ratio, Unit.count) and _is_large(node, _HUNDRED)
        return self.of(node, relation)

    def _is_whole(self, node: Node, relation: Relation) -> bool:
        """Whether something is a quotient rounded to whole ones, as floor and ceil give it."""
        match node:
            case Round(step=step):
                return step % 1 == 0
            case Narrow(operand=inner) | Operate(operator="-", operands=(inner,)):
                return self._is_whole(inner, relation)
            case Reference():
                column = self._target(node, relation)
                return column is not None and is_whole_ratio(column[1])
        return False

    def _column(self, node: Reference, relation: Relation) -> bool:
        found = self._target(node, relation)
        return found is not None and is_number(self._plan, *found, self._memo)

    def _target(self, node: Reference, relation: Relation) -> tuple[Relation, Column] | None:
        """The column a name stands for, in its own row or in the one that was looked up."""
        where = relation
        if node.row in relation.lookups:
            where = self._plan.relations[relation.lookups[node.row].relation]
        column = where.columns.get(node.column)
        return (where, column) if column is not None else None


def _counts(node: Node) -> bool:
    """Whether something is a count that was worked out, whatever its column says to be."""
    return node.type.unit is Unit.count and not isinstance(node, Constant)


def _is_percent(node: Node) -> bool:
    return isinstance(node, Constant) and node.type.unit is Unit.ratio and not node.is_bare


def _is_large(node: Constant, least: int) -> bool:
    return node.is_bare and isinstance(node.value, Decimal) and abs(node.value) >= least
