"""Ratios that their author thinks of as numbers: 6 blocks, and not 600 %.

A number written without a unit, or `floor(sold / goal)`, is a ratio to the engine, which calculates
with it; whoever wrote it thinks of a number. Only what readers are told changes, never a value or
a unit that is stored.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attain.core.units import COUNT, Type, Unit
from attain.engine.plans.lints.plain import is_whole_ratio
from attain.engine.primitives.model import Column
from attain.engine.provenance.model import Step

_ALIKE: Final = frozenset({"=", "<>", "<", "<=", ">", ">=", "in", "not in", "+", "-"})
"""Operators whose operands are of one unit."""
_CALCULATING: Final = frozenset({"+", "-", "*", "/"})
_CHOOSING: Final = frozenset({"if", "min", "max", "clamp", "if_missing", "abs"})
"""Functions that give one of the values they are given."""
_LARGE: Final = 5
"""A stored ratio from here on is a number: 42 of 45 points, 6 hours, and not 4,200 %."""


def column_type(column: Column, is_number: bool = False) -> Type:
    """The type by which readers are shown a column."""
    return counted(column.type) if is_number or is_whole_ratio(column) else column.type


def as_number(step: Step, *, by_place: bool = False) -> Step:
    """A ratio, and what it is made of, as the number that its author thinks of.

    `by_place` says that it is only compared with numbers: what it is made of stays.
    """
    if step.type.unit is not Unit.ratio:
        return step
    if by_place:
        return replace(step, type=counted(step.type))
    if step.what == "constant":
        return replace(step, type=counted(step.type)) if step.is_bare else step
    below = step.operands
    if step.what in ("narrow", "round") or _hands_on(step):
        below = tuple(as_number(one) for one in below)
    return replace(step, type=counted(step.type), operands=below)


def _hands_on(step: Step) -> bool:
    """Whether a step is of the unit of what stands in it: a sum, the larger of two."""
    if step.what == "operate":
        return step.name in ("+", "-")
    return step.what == "apply" and step.name in _CHOOSING


def stored_number(value: object, type_: Type) -> bool:
    """Whether a ratio that stands in the data is too large to have been meant as a percentage."""
    return type_.unit is Unit.ratio and isinstance(value, Fraction) and abs(value) >= _LARGE


def told(step: Step) -> Step:
    """The step as a number where it is a ratio rounded to whole ones; operands were told before."""
    if step.type.unit.is_number and step.type.unit is not Unit.ratio and _hands_on(step):
        # Beside points or amounts a number without a unit is one of them.
        beside = (as_number(one) if one.what == "constant" else one for one in step.operands)
        step = replace(step, operands=tuple(beside))
    if step.what == "operate" and step.name in _CALCULATING:
        # 1.2 and not 120 %: a bare number stands in a calculation as it was written.
        step = replace(step, operands=tuple(_as_written(one) for one in step.operands))
    if step.what == "round" and step.type.unit is Unit.count:
        # {is: "floor(a / b)", unit: count}: 16.7 steps and not 1,670 %.
        return replace(step, operands=tuple(_unrounded(one) for one in step.operands))
    if step.type.unit is not Unit.ratio and step.what != "operate":
        return step
    match step.what:
        case "operate" if step.name == "/" and all(one.what == "constant" for one in step.operands):
            # Two thirds, and not 200 % of 300 %.
            return replace(step, operands=tuple(map(as_number, step.operands)))
        case "round" if Decimal(step.name) % 1 == 0:
            below = tuple(_unrounded(one) for one in step.operands)
            return replace(step, type=counted(step.type), operands=below)
        case "narrow":
            return replace(step, type=step.operands[0].type)
        case "operate" if step.name in _ALIKE:
            return _alike(step)
    return step


def _as_written(step: Step) -> Step:
    return as_number(step) if step.what == "constant" else step


def _unrounded(step: Step) -> Step:
    """What is rounded, before it is: 6.3 and not 630 %."""
    below = step.operands
    if step.what == "narrow":
        below = tuple(_unrounded(one) for one in below)
    return replace(step, type=counted(step.type), operands=below)


def _alike(step: Step) -> Step:
    """A number compared with, or added to, such a number is one, too."""
    kinds = {one.type.unit for one in step.operands}
    if not kinds <= {Unit.ratio, Unit.count} or Unit.count not in kinds:
        return step
    operands = tuple(_beside(one) for one in step.operands)
    is_number = step.type.unit is Unit.ratio and all(
        one.type.unit is Unit.count for one in operands
    )
    return replace(step, operands=operands, type=COUNT if is_number else step.type)


def _beside(step: Step) -> Step:
    """A literal beside a number: 95 % stays one where it was written so, 1 and 0 are numbers."""
    if step.what == "constant" and step.type.unit is Unit.ratio:
        return replace(step, type=counted(step.type))
    is_nothing = step.type.unit is Unit.ratio and step.value == 0
    return replace(step, type=counted(step.type)) if is_nothing else step


def counted(type_: Type) -> Type:
    """The type of a number that is a ratio to the engine."""
    return COUNT.missing(type_.may_be_missing)
