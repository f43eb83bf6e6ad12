"""Which columns and expressions are ratios to the engine and plain numbers to their author.

The author's own writing decides: `is: 3.5` is a factor of 3.5, `is: 350%` a percentage. What is
worked out, such as a quotient, is a percentage unless something in it says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Final

from attain.core.units import Unit
from attain.engine.plans.lints.plain import is_whole_ratio
from attain.engine.plans.resolve.constants import OWN_VALUES
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
    Missing,
    Narrow,
    Node,
    Operate,
    Read,
    Reference,
    Round,
)

_LARGE: Final = 5
"""A bare number from here on is one wherever it stands; 1.5 beside a quotient is 150 %."""
_MANY: Final = 20
"""What is multiplied by so many is no percentage any more: 0.83 becomes 83 points, or 33 of 40."""
_CHOOSING: Final = frozenset({"min", "max", "clamp", "if_missing", "abs"})
_VALUES: Final = frozenset(Aggregate) - {Aggregate.COUNT, Aggregate.DISTINCT}


class Style(Enum):
    """How the author of a plan writes a ratio."""

    PERCENT = "percent"
    """With a percent sign, or worked out of other things: 92 %."""
    NEUTRAL = "neutral"
    """Nothing and all, 0 and 1, which say neither."""
    WRITTEN = "written"
    """Without a percent sign: a factor of 0.8 or 3.5."""
    NUMBER = "number"
    """What nobody takes for a percentage: 42 points, 13 less the number of the month."""


_NUMBERS: Final = (Style.WRITTEN, Style.NUMBER)


@dataclass(frozen=True)
class Memo:
    """What was found out: of columns by relation and name, of expressions by their identity."""

    columns: dict[tuple[str, str], Style] = field(default_factory=dict)
    nodes: dict[int, tuple[Node, Style]] = field(default_factory=dict)


def is_number(plan: ResolvedPlan, relation: Relation, column: Column, memo: Memo) -> bool:
    """Whether readers are told a column that is a ratio as a number."""
    if column.type.unit is not Unit.ratio:
        return False
    style = _style_of(plan, relation, column, memo)
    # Of somebody's own values nothing says how they are written but what stands beside them.
    return style in _NUMBERS or (style is Style.NEUTRAL and relation.name != OWN_VALUES)


def _style_of(plan: ResolvedPlan, relation: Relation, column: Column, memo: Memo) -> Style:
    place = (relation.name, column.name)
    if place not in memo.columns:
        # A column that reads itself earlier says nothing about itself.
        memo.columns[place] = Style.NEUTRAL
        memo.columns[place] = _found(plan, relation, column, memo)
    return memo.columns[place]


def _found(plan: ResolvedPlan, relation: Relation, column: Column, memo: Memo) -> Style:
    if is_whole_ratio(column) or _is_exchange_rate(relation, column):
        return Style.NUMBER
    written = plan.numbers.get((relation.name, column.name))
    if written is not None:
        return Style.NUMBER if written >= _LARGE else Style.WRITTEN
    if relation.name == OWN_VALUES:
        return Style.NEUTRAL
    numbers = Numbers(plan, memo)
    made = [numbers.style(one, inner) for one, inner in numbers.made_of(relation, column)]
    return _joined(made) if made else Style.PERCENT


def _joined(styles: Iterable[Style]) -> Style:
    """What one of several values is, or their sum: a percentage if any of them is."""
    found = set(styles)
    for one in (Style.NUMBER, Style.PERCENT, Style.WRITTEN):
        if one in found:
            return one
    return Style.NEUTRAL


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
        """Whether an expression gives numbers, whatever stands beside it."""
        found = self.style(node, relation)
        return found is Style.NUMBER or (found in _NUMBERS and not isinstance(node, Constant))

    def of_each(self, nodes: Iterable[Node], relation: Relation) -> bool:
        """Whether expressions of which one is taken give numbers."""
        return _joined(self.style(one, relation) for one in nodes) in _NUMBERS

    def style(self, node: Node, relation: Relation) -> Style:
        """How the author writes what an expression gives; of what is no ratio, a percentage."""
        if isinstance(node, Constant | Reference):
            return self._found(node, relation)
        # A deep formula is asked from each of its steps.
        if id(node) not in self._memo.nodes:
            self._memo.nodes[id(node)] = (node, self._found(node, relation))
        return self._memo.nodes[id(node)][1]

    def _found(self, node: Node, relation: Relation) -> Style:
        match node:
            case Constant():
                return _constant(node)
            case Missing():
                return Style.NEUTRAL
            case _ if node.type.unit is not Unit.ratio:
                return Style.PERCENT
            case Reference():
                found = self._target(node, relation)
                return _style_of(self._plan, *found, self._memo) if found else Style.PERCENT
            case Round(step=step) if step % 1 == 0:
                return Style.NUMBER
            case Narrow(operand=inner) | Round(operand=inner):
                return self.style(inner, relation)
            case Dated(versions=versions):
                return _joined(self.style(one, relation) for _, _, one in versions)
            case Read(cells=cells, otherwise=otherwise):
                rest = (otherwise,) if otherwise is not None else ()
                return _joined(
                    self.style(one, relation) for one in (*(cell.value for cell in cells), *rest)
                )
            case Apply(function="if", arguments=operands):
                return self._added((*operands[1::2], operands[-1]), relation)
            case Apply(function=name, arguments=operands) if name in _CHOOSING:
                return _joined(self.style(one, relation) for one in operands)
            case Operate():
                return self._operated(node, relation)
        return Style.PERCENT

    def _added(self, operands: Iterable[Node], relation: Relation) -> Style:
        """Of ratios and counts: 13 − the number of the month, to which a count is added, is one."""
        counts = (Style.NUMBER if _counts(one) else self.style(one, relation) for one in operands)
        return _joined(counts)

    def _operated(self, node: Operate, relation: Relation) -> Style:
        match node.operator:
            case "+" | "-":
                return self._added(node.operands, relation)
            case "*":
                factors = [one for one in node.operands if self._factor(one, relation)]
                # 10 % for each of five months is a percentage; 25 % of 75 points is none.
                is_of_whole = all(self._is_whole(one, relation) for one in factors)
                if factors and not (is_of_whole and any(map(_is_percent, node.operands))):
                    return Style.NUMBER
                ratios = (one for one in node.operands if not _counts(one))
                return self._none_larger(ratios, relation)
            case "/":
                above, below = node.operands
                is_share = not isinstance(below, Constant) and below.type.unit is Unit.ratio
                if self._factor(above, relation) and not is_share:
                    return Style.NUMBER
                is_of_some = isinstance(below, Constant) and not isinstance(above, Constant)
                return self._none_larger((above,), relation) if is_of_some else Style.PERCENT
        return Style.PERCENT

    def _none_larger(self, nodes: Iterable[Node], relation: Relation) -> Style:
        """What factors make where none of them is more than a bare number: 1.2 × 0.8."""
        found = _joined(self.style(one, relation) for one in nodes)
        return Style.PERCENT if found is Style.NUMBER else found

    def _factor(self, node: Node, relation: Relation) -> bool:
        if isinstance(node, Constant):
            return node.type.unit in (Unit.ratio, Unit.count) and _is_large(node, _MANY)
        return node.type.unit is Unit.ratio and self.style(node, relation) is Style.NUMBER

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


def _constant(node: Constant) -> Style:
    if not node.is_bare or not isinstance(node.value, Decimal):
        return Style.PERCENT
    if _is_large(node, _LARGE):
        return Style.NUMBER
    return Style.NEUTRAL if node.value in (0, 1) else Style.WRITTEN


def _is_percent(node: Node) -> bool:
    return isinstance(node, Constant) and node.type.unit is Unit.ratio and not node.is_bare


def _is_large(node: Constant, least: int) -> bool:
    return node.is_bare and isinstance(node.value, Decimal) and abs(node.value) >= least
