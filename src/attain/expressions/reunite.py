"""A bare number in a product takes the unit that its place asks for: 50 * new_customers in money.

A product of a bare number and a count, or days, is one as long as nothing says otherwise. Where an
amount is asked for, the number must have been an amount: 50 * days_present. So is
10% * new_customers a share of the customers, or so many percent for each; and months / 3 a mean, or
what part of three they are. Beside a ratio it is a ratio, as in min(100%, days / 30).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from attain.core.units import Type, Unit
from attain.expressions import units
from attain.expressions.retype import retyped
from attain.expressions.typed import Apply, Constant, Narrow, Node, Operate, Round

if TYPE_CHECKING:
    from attain.expressions.compose import Composer

_ASKED: Final = (Unit.money, Unit.points, Unit.days)
_DIMENSIONLESS: Final = (Unit.ratio, Unit.count, Unit.days)
_KEEPING: Final = ("if", "if_missing", "min", "max", "clamp", "abs", "round", "floor", "ceil")
"""Functions whose result has the unit of what they choose from."""


def reunited(composer: Composer, node: Node, expected: Type) -> Node | None:
    """The node in the expected unit, if bare numbers in its products can bring it there."""
    if expected.unit not in (*_ASKED, Unit.ratio):
        return None
    if units.is_open(node.type):
        return retyped(node, expected)
    if units.same(node.type, expected):
        return node
    if not _may_become(node, expected):
        return None
    match node:
        case Constant(is_bare=True):
            return replace(node, type=replace(expected, scale=node.type.scale), is_bare=False)
        case Operate(operator="*" | "/" as operator, operands=operands):
            if expected.unit is Unit.ratio:
                return _as_ratio(node, expected)
            return _product(composer, node, operator, operands, expected)
        case Operate(operator="+" | "-" as operator, operands=operands):
            return _all(composer, node, operator, operands, expected)
        case Round(type=given) if given.unit is Unit.days and expected.unit is Unit.ratio:
            return None  # 5% - floor(days / 30) forgets the percent of each 30 days
        case Narrow(operand=inner) | Round(operand=inner):
            found = reunited(composer, inner, expected)
            return replace(node, operand=found, type=_kept(node, expected)) if found else None
        case Apply(function=function) if function in _KEEPING:
            return _chosen(composer, node, expected)
    return None


def _may_become(node: Node, expected: Type) -> bool:
    """Points may be worth money; nothing else has a unit that it could lose."""
    unit = node.type.unit
    if expected.unit is Unit.ratio:
        return unit in (Unit.count, Unit.days)
    return unit in _DIMENSIONLESS or (unit is Unit.points and expected.unit is Unit.money)


def _product(
    composer: Composer, node: Operate, operator: str, operands: tuple[Node, ...], expected: Type
) -> Node | None:
    """The first bare factor takes the unit; of a quotient only what is divided."""
    able = operands if operator == "*" else operands[:1]
    for place, one in enumerate(able):
        found = _factor(composer, one, expected)
        if found is None:
            continue
        changed = (*operands[:place], found, *operands[place + 1 :])
        made = composer.operate(operator, changed, node.span)
        if units.same(made.type, expected):
            return made
    return None


def _as_ratio(node: Operate, expected: Type) -> Node | None:
    """A count or days, multiplied by a ratio or divided: as well meant as a ratio."""
    if node.operator == "*" and not any(one.type.unit is Unit.ratio for one in node.operands):
        return None
    return replace(node, type=_kept(node, expected))


def _factor(composer: Composer, one: Node, expected: Type) -> Node | None:
    """A factor that is a bare number, or has one in it."""
    is_open_to_it = isinstance(one, Operate | Apply) or (isinstance(one, Constant) and one.is_bare)
    return reunited(composer, one, expected) if is_open_to_it else None


def _all(
    composer: Composer, node: Operate, operator: str, operands: tuple[Node, ...], expected: Type
) -> Node | None:
    found = [reunited(composer, one, expected) for one in operands]
    kept = [one for one in found if one is not None]
    return composer.operate(operator, kept, node.span) if len(kept) == len(found) else None


def _chosen(composer: Composer, node: Apply, expected: Type) -> Node | None:
    """What a function chooses from, without its conditions and steps."""
    changed: list[Node] = []
    for place, one in enumerate(node.arguments):
        is_condition = one.type.unit is Unit.boolean
        is_step = node.function in ("round", "floor", "ceil") and place > 0
        found = one if is_condition or is_step else reunited(composer, one, expected)
        if found is None:
            return None
        changed.append(found)
    return replace(node, arguments=tuple(changed), type=_kept(node, expected))


def _kept(node: Node, expected: Type) -> Type:
    return replace(expected, scale=node.type.scale, may_be_missing=node.type.may_be_missing)
