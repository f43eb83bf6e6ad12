"""Functions about missing values: declaring them, asking for them, stopping them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from attain.core.labels import labels
from attain.core.reasons import NO_DATA, NOT_APPLICABLE, is_not_applicable
from attain.core.units import BOOLEAN
from attain.expressions import units
from attain.expressions.functions.arguments import Arguments, widest
from attain.expressions.functions.registry import Example, Function
from attain.expressions.missing import UNDEFINED
from attain.expressions.results import Absent, Result
from attain.expressions.typed import Missing, Node

_PLACE: Final = labels("取所在位置的单位", "takes the unit its place asks for")
_ANY: Final = labels("任何单位", "any unit")


def _declared(prefix: str) -> Callable[[Arguments], Node]:
    def typing(given: Arguments) -> Node:
        why = given.text(0)
        if why is None or given.is_faulty:
            return given.composer.faulty(given.span)
        if not why.strip():
            return given.fault(labels("原因不能为空", "the reason must not be empty"))
        return Missing(prefix + why.strip(), units.ANY, given.span)

    return typing


def _undefined(given: Arguments) -> Node:
    if len(given) and given.text(0) is None:
        return given.composer.faulty(given.span)
    return Missing(UNDEFINED, units.ANY, given.span)


def _if_missing(given: Arguments) -> Node:
    shared = given.alike(0, 1)
    if given.is_faulty:
        return given.composer.faulty(given.span)
    scale = widest(given.nodes) if shared.is_number else None
    missing = given[0].type.may_be_missing and given[1].type.may_be_missing
    made = given.apply(replace(shared, scale=0 if units.is_any(shared) else scale))
    return replace(made, type=made.type.missing(missing))


def _asked(given: Arguments) -> Node:
    node = given.composer.settle(given[0])
    given.nodes[0] = node
    made = given.apply(BOOLEAN)
    return made if units.is_faulty(made.type) else replace(made, type=BOOLEAN)


def _first_there(arguments: Sequence[Callable[[], Result]]) -> Result:
    value = arguments[0]()
    return arguments[1]() if isinstance(value, Absent) else value


def _is_missing(arguments: Sequence[Callable[[], Result]]) -> Result:
    return isinstance(arguments[0](), Absent)


def _is_applicable(arguments: Sequence[Callable[[], Result]]) -> Result:
    value = arguments[0]()
    return not (isinstance(value, Absent) and is_not_applicable(value.reason))


FUNCTIONS: Final = (
    Function(
        name="if_missing",
        aliases=("缺失时", "无数据时"),
        signature="if_missing(x, otherwise)",
        arity=(2, 2),
        units=labels("两个参数单位相同", "both arguments have one unit"),
        description=labels(
            "数值本身；缺失（无数据或不适用）时取另一个值。",
            "The value, or another one where it is missing (no data or not applicable).",
        ),
        examples=(Example("if_missing(5 / mod(4, 2), 0)", "0"), Example("if_missing(5, 0)", "5")),
        typing=_if_missing,
        missing=labels("在此止住缺失", "stops a missing value here"),
        choose=_first_there,
    ),
    Function(
        name="is_missing",
        aliases=("缺失", "无数据"),
        signature="is_missing(x)",
        arity=(1, 1),
        units=_ANY,
        description=labels(
            "数值是否缺失（无数据或不适用）。",
            "Whether a value is missing (no data or not applicable).",
        ),
        examples=(Example("is_missing(5 / mod(4, 2))", "true"),),
        typing=_asked,
        missing=labels("从不缺失", "never missing"),
        choose=_is_missing,
    ),
    Function(
        name="is_applicable",
        aliases=("适用",),
        signature="is_applicable(x)",
        arity=(1, 1),
        units=_ANY,
        description=labels(
            "除“不适用”外为真；无数据也算适用。",
            "False for “not applicable”, true for all else, no data included.",
        ),
        examples=(
            Example("is_applicable(not_applicable('休假'))", "false"),
            Example("is_applicable(no_data('未评分'))", "true"),
        ),
        typing=_asked,
        missing=labels("从不缺失", "never missing"),
        choose=_is_applicable,
    ),
    Function(
        name="no_data",
        aliases=("标记无数据",),
        signature="no_data('why')",
        arity=(1, 1),
        units=_PLACE,
        description=labels(
            "由方案声明“无数据”并写明原因。",
            "A value the plan declares to be no data, with the reason.",
        ),
        examples=(Example("no_data('未评分')", "no_data.未评分"),),
        typing=_declared(NO_DATA),
        missing=labels("总是缺失", "always missing"),
    ),
    Function(
        name="not_applicable",
        aliases=("标记不适用", "不适用"),
        signature="not_applicable('why')",
        arity=(1, 1),
        units=_PLACE,
        description=labels(
            "由方案声明“不适用”并写明原因。",
            "A value the plan declares not applicable, with the reason.",
        ),
        examples=(Example("not_applicable('休假')", "not_applicable.休假"),),
        typing=_declared(NOT_APPLICABLE),
        missing=labels("总是缺失", "always missing"),
    ),
    Function(
        name="undefined",
        aliases=("尚未定义",),
        signature="undefined()",
        arity=(0, 1),
        units=_PLACE,
        description=labels(
            "规则尚未定义：显示为 0，不阻止发布。",
            "The rule is not defined yet: shown as 0, and it does not block publication.",
        ),
        examples=(Example("undefined()", "not_applicable.undefined"),),
        typing=_undefined,
        missing=labels("总是缺失", "always missing"),
    ),
)
