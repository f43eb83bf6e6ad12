"""Functions that choose: `if`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from attain.core.labels import labels
from attain.core.units import BOOLEAN
from attain.expressions import units
from attain.expressions.functions.arguments import Arguments, widest
from attain.expressions.functions.registry import Example, Function
from attain.expressions.results import Absent, Result
from attain.expressions.typed import Node


def _if(given: Arguments) -> Node:
    if len(given) % 2 == 0:
        return given.fault(
            labels(
                "条件和结果成对出现，最后是其余情况的结果",
                "conditions and values come in pairs, the value for all else comes last",
            )
        )
    conditions = range(0, len(given) - 1, 2)
    for position in conditions:
        given.need(position, BOOLEAN)
    chosen = [position for position in range(len(given)) if position not in conditions]
    shared = given.alike(*chosen)
    scale = widest([given[position] for position in chosen]) if shared.is_number else None
    return given.apply(replace(shared, scale=0 if units.is_any(shared) else scale))


def _chosen(arguments: Sequence[Callable[[], Result]]) -> Result:
    for condition, value in zip(arguments[:-1:2], arguments[1::2], strict=True):
        holds = condition()
        if isinstance(holds, Absent):
            return holds
        if holds:
            return value()
    return arguments[-1]()


FUNCTIONS: Final = (
    Function(
        name="if",
        aliases=("如果",),
        signature="if(condition, value, ..., otherwise)",
        arity=(3, None),
        units=labels("各结果单位相同", "all values have one unit"),
        description=labels(
            "第一个成立的条件所对应的结果；都不成立时取最后一个。",
            "The value of the first condition that holds; the last value if none does.",
        ),
        examples=(
            Example("if(85 >= 90, 'A', 85 >= 80, 'B', 'C')", "B"),
            Example("if(false, 1 / 0.5, 3)", "3"),
        ),
        typing=_if,
        missing=labels(
            "条件无数据则结果无数据；未选中的结果不影响",
            "a missing condition makes the result missing; values not taken do not matter",
        ),
        choose=_chosen,
    ),
)
