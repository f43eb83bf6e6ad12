"""Whole numbers that a quotient was rounded to: 6 blocks, and not 600 %.

`floor(sold / goal)` is a ratio to the engine, which calculates with it; whoever wrote it thinks
of a number. Only what readers are told changes, never a value or a unit that is stored.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from attain.core.units import COUNT, Type, Unit
from attain.engine.plans.lints.plain import is_whole_ratio
from attain.engine.primitives.model import Column
from attain.engine.provenance.model import Step

_ALIKE: Final = frozenset({"=", "<>", "<", "<=", ">", ">=", "in", "not in", "+", "-"})
"""Operators whose operands are of one unit."""


def column_type(column: Column) -> Type:
    """The type by which readers are shown a column."""
    return _counted(column.type) if is_whole_ratio(column) else column.type


def told(step: Step) -> Step:
    """The step as a number where it is a ratio rounded to whole ones; operands were told before."""
    if step.type.unit is not Unit.ratio and step.what != "operate":
        return step
    match step.what:
        case "round" if Decimal(step.name) % 1 == 0:
            below = tuple(_unrounded(one) for one in step.operands)
            return replace(step, type=_counted(step.type), operands=below)
        case "narrow":
            return replace(step, type=step.operands[0].type)
        case "operate" if step.name in _ALIKE:
            return _alike(step)
    return step


def _unrounded(step: Step) -> Step:
    """What is rounded, before it is: 6.3 and not 630 %."""
    below = step.operands
    if step.what == "narrow":
        below = tuple(_unrounded(one) for one in below)
    return replace(step, type=_counted(step.type), operands=below)


def _alike(step: Step) -> Step:
    """A number compared with, or added to, such a number is one, too."""
    kinds = {one.type.unit for one in step.operands}
    if kinds != {Unit.ratio, Unit.count}:
        return step
    operands = tuple(
        replace(one, type=_counted(one.type)) if one.what == "constant" else one
        for one in step.operands
    )
    is_number = step.type.unit is Unit.ratio and all(
        one.type.unit is Unit.count for one in operands
    )
    return replace(step, operands=operands, type=COUNT if is_number else step.type)


def _counted(type_: Type) -> Type:
    return COUNT.missing(type_.may_be_missing)
