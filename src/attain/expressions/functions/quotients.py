"""Functions of two numbers held against each other: what part one is of the other, and growth."""

from __future__ import annotations

from typing import Final

from attain.core.labels import labels
from attain.core.units import Type, Unit
from attain.expressions import errors, units
from attain.expressions.columns import relabelled
from attain.expressions.functions.arguments import Arguments
from attain.expressions.functions.registry import Example, Function
from attain.expressions.typed import Node


def _growth(given: Arguments) -> Node:
    """`growth(now, before)` is `(now - before) / before`."""
    given.alike(0, 1, action="-")
    return given.operate("/", given.operate("-", given[0], given[1]), given[1])


def _ratio_of(given: Arguments) -> Node:
    """`ratio_of(a, b)` is `a / b`, where a number without a unit has the unit of the other."""
    if any(units.is_free(node.type) for node in given.nodes):
        given.alike(0, 1, action="-")
    divided = given.operate("/", given[0], given[1])
    if units.is_faulty(divided.type):
        return divided
    if divided.type.unit is Unit.money:
        declared, found = units.named(Type(Unit.ratio)), units.named(divided.type)
        return given.composer.report(
            errors.PLAN_STILL_MONEY, given.span, declared=declared, found=found
        )
    return relabelled(divided, Type(Unit.ratio))


FUNCTIONS: Final = (
    Function(
        name="growth",
        aliases=("增长率",),
        signature="growth(now, before)",
        arity=(2, 2),
        units=labels(
            "两个参数单位相同；结果为比率", "both arguments have one unit; the result is a ratio"
        ),
        description=labels(
            "比以前增长的比率：(now - before) / before。",
            "The growth as a ratio: (now - before) / before.",
        ),
        examples=(Example("growth(120, 100)", "0.2"),),
        typing=_growth,
        missing=labels("以前为零时无数据", "no data where `before` is zero"),
    ),
    Function(
        name="ratio_of",
        aliases=("占比", "相当于"),
        signature="ratio_of(a, b)",
        arity=(2, 2),
        units=labels(
            "金额与金额相比，不带单位的数字随另一个的单位；结果为比率",
            "an amount against an amount, a bare number takes the unit of the other; "
            "the result is a ratio",
        ),
        description=labels(
            "a 相当于 b 的百分之几：a / b；金额也可以与写明的数字相比，"
            "例如 ratio_of(sales, 1000)。",
            "What part of b is a: a / b. An amount may be held against a number that is written "
            "out: ratio_of(sales, 1000).",
        ),
        examples=(Example("ratio_of(60, 50)", "1.2"),),
        typing=_ratio_of,
        missing=labels("b 为零时无数据", "no data where b is zero"),
    ),
)
