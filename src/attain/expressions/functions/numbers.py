"""Functions of numbers: comparing, limiting, rounding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attain.core.labels import labels
from attain.core.rounding import Mode
from attain.core.units import Type, Unit
from attain.expressions import errors, units
from attain.expressions.functions.arguments import Arguments, widest
from attain.expressions.functions.registry import Example, Function
from attain.expressions.results import Result, number_of
from attain.expressions.retype import number, retyped
from attain.expressions.typed import Constant, Node, children

MAX_EXPONENT: Final = 64
MAX_POWER_SIZE: Final = 640

_SAME: Final = labels(
    "各参数单位相同；结果单位不变", "all arguments have one unit, which the result keeps"
)
_KEPT: Final = labels("任何数字；结果单位不变", "any number; the result keeps its unit")

_MODES: Final = {
    "half_up": Mode.half_up,
    "四舍五入": Mode.half_up,
    "down": Mode.down,
    "舍去": Mode.down,
    "up": Mode.up,
    "进位": Mode.up,
    "floor": Mode.floor,
    "向下": Mode.floor,
}


def _extreme(given: Arguments) -> Node:
    """`min` and `max`: the arguments compared with each other."""
    everything = range(len(given))
    shared = given.alike(*everything)
    if given.is_faulty:
        return given.composer.faulty(given.span)
    if not (shared.is_number or shared.unit is Unit.date or units.is_any(shared)):
        return given.composer.mismatch("<", shared, shared, given.span)
    given.comparable(*everything)
    return given.apply(replace(shared, scale=_scale(given)))


def _scale(given: Arguments) -> int | None:
    return widest(given.nodes) if given[0].type.is_number else None


def _clamp(given: Arguments) -> Node:
    """`clamp(x, low, high)` is `min(max(x, low), high)`."""
    shared = given.alike(0, 1, 2)
    if given.is_faulty:
        return given.composer.faulty(given.span)
    given.comparable(0, 1, 2)
    raised = given.call("max", given.nodes[:2], replace(shared, scale=widest(given.nodes[:2])))
    return given.call("min", [raised, given[2]], replace(shared, scale=widest([raised, given[2]])))


def _abs(given: Arguments) -> Node:
    given.need_number(0)
    return given.apply(given[0].type)


def _sign(given: Arguments) -> Node:
    given.need_number(0)
    return given.apply(Type(Unit.count, scale=0))


def _floor(given: Arguments) -> Node:
    return _stepped(given, Mode.floor)


def _ceil(given: Arguments) -> Node:
    """`ceil(x)` is `-floor(-x)`."""
    given.need_number(0)
    if given.is_faulty:
        return given.composer.faulty(given.span)
    given.nodes[0] = given.operate("-", given[0])
    return given.operate("-", _stepped(given, Mode.floor))


def _round(given: Arguments) -> Node:
    mode = Mode.half_up
    if len(given) > 2:
        word = given.text(2)
        if word is None:
            return given.composer.faulty(given.span)
        if word not in _MODES:
            return given.fault(
                labels(
                    "取整方式为 half_up、down、up、floor", "modes are half_up, down, up and floor"
                )
            )
        mode = _MODES[word]
    return _stepped(given, mode)


def _stepped(given: Arguments, mode: Mode) -> Node:
    given.need_number(0)
    step = _step(given, 1)
    if step is None or given.is_faulty:
        return given.composer.faulty(given.span)
    return given.rounded(given[0], step, mode)


def _step(given: Arguments, position: int) -> Decimal | None:
    """The rounding step: a number above zero, written out; 1 where nothing is said."""
    if len(given) <= position:
        return Decimal(1)
    node = given[position]
    value = node.value if isinstance(node, Constant) else None
    if isinstance(value, Decimal) and value > 0:
        return value
    given.fault(
        labels(
            "步长须为写明的正数，例如 0.01；各行步长不同的，先除以步长，取整后再乘回来",
            "the step is a written number above zero, such as 0.01; where each row has its own, "
            "divide by it, round to whole steps, and multiply by it again",
        ),
        node.span,
    )
    return None


def _mod(given: Arguments) -> Node:
    """`mod(a, b)` is `a - b * floor(a / b)`: what whole steps of b leave of a."""
    given.alike(0, 1)
    if given.is_faulty:
        return given.composer.faulty(given.span)
    ratio = given.operate("/", given[0], given[1])
    if units.is_faulty(ratio.type):
        return ratio
    steps = given.rounded(ratio, Decimal(1), Mode.floor)
    return given.operate("-", given[0], given.operate("*", given[1], steps))


def _power(given: Arguments) -> Node:
    """`power(x, n)` is a product of n factors, so it has the digits of one."""
    given.need_number(0)
    if not isinstance(given[1], Constant):
        return given.fault(
            labels(
                "指数要直接写成整数；各行不同时改用表，如 value(decay, years)，"
                "表写 {keys: {0: 100%, 1: 80%, 2: 64%}}",
                "the exponent is a whole number that is written out; where it differs from row to "
                "row, a table says each power, value(decay, years) with "
                "{keys: {0: 100%, 1: 80%, 2: 64%}}",
            )
        )
    exponent = given.whole(1, -MAX_EXPONENT, MAX_EXPONENT)
    if exponent is None or given.is_faulty:
        return given.composer.faulty(given.span)
    size = _size(given[0]) * max(1, abs(exponent))
    if size > MAX_POWER_SIZE:
        what = labels("乘方的运算项数", "the number of terms of the power")
        return given.composer.report(
            errors.PLAN_TOO_COMPLEX, given.span, what=what, size=size, limit=MAX_POWER_SIZE
        )
    one = retyped(number(1), Type(Unit.ratio))
    if exponent == 0:
        return one
    product = given[0] if abs(exponent) == 1 else given.operate("*", *[given[0]] * abs(exponent))
    return product if exponent > 0 else given.operate("/", one, product)


def _size(node: Node) -> int:
    return 1 + sum(_size(child) for child in children(node))


def _overlap(given: Arguments) -> Node:
    """`overlap(a, b, c, d)` is `max(0, min(b, d) - max(a, c))`."""
    shared = given.alike(0, 1, 2, 3)
    if given.is_faulty:
        return given.composer.faulty(given.span)
    given.comparable(0, 1, 2, 3)
    ends = [given[1], given[3]]
    starts = [given[0], given[2]]
    end = given.call("min", ends, replace(shared, scale=_common(ends)))
    start = given.call("max", starts, replace(shared, scale=_common(starts)))
    length = given.operate("-", end, start)
    if units.is_faulty(length.type):
        return length
    zero = retyped(number(0), length.type)
    return given.call("max", [zero, length], replace(length.type, scale=widest([length])))


def _common(nodes: list[Node]) -> int | None:
    return widest(nodes) if nodes[0].type.is_number else None


def _least(*values: Result) -> Result:
    return min(values)  # type: ignore[type-var]


def _greatest(*values: Result) -> Result:
    return max(values)  # type: ignore[type-var]


def _absolute(value: Result) -> Result:
    return abs(number_of(value))


def _sign_of(value: Result) -> Result:
    number_ = number_of(value)
    return Fraction((number_ > 0) - (number_ < 0))


FUNCTIONS: Final = (
    Function(
        name="min",
        aliases=("最小", "取小"),
        signature="min(a, b, ...)",
        arity=(2, None),
        units=_SAME,
        description=labels("几个数字或日期中最小的。", "The least of several numbers or dates."),
        examples=(
            Example("min(3, 5, 4)", "3"),
            Example("min(2026-01-31, 2026-02-01)", "2026-01-31"),
        ),
        typing=_extreme,
        evaluate=_least,
    ),
    Function(
        name="max",
        aliases=("最大", "取大"),
        signature="max(a, b, ...)",
        arity=(2, None),
        units=_SAME,
        description=labels("几个数字或日期中最大的。", "The greatest of several numbers or dates."),
        examples=(Example("max(0, 3 - 5)", "0"),),
        typing=_extreme,
        evaluate=_greatest,
    ),
    Function(
        name="clamp",
        aliases=("限定", "限制在"),
        signature="clamp(x, low, high)",
        arity=(3, 3),
        units=_SAME,
        description=labels(
            "把数值限制在下限和上限之间。", "A value, but at least `low` and at most `high`."
        ),
        examples=(Example("clamp(130%, 0%, 120%)", "1.2"),),
        typing=_clamp,
    ),
    Function(
        name="abs",
        aliases=("绝对值",),
        signature="abs(x)",
        arity=(1, 1),
        units=_KEPT,
        description=labels("去掉负号的数值。", "A number without its sign."),
        examples=(Example("abs(3 - 5)", "2"),),
        typing=_abs,
        evaluate=_absolute,
    ),
    Function(
        name="sign",
        aliases=("符号",),
        signature="sign(x)",
        arity=(1, 1),
        units=labels("任何数字；结果为数量", "any number; the result is a count"),
        description=labels(
            "正数为 1，零为 0，负数为 -1。", "1 above zero, 0 for zero, -1 below zero."
        ),
        examples=(Example("sign(3 - 5)", "-1"),),
        typing=_sign,
        evaluate=_sign_of,
    ),
    Function(
        name="floor",
        aliases=("取整", "向下取整"),
        signature="floor(x, step)",
        arity=(1, 2),
        units=_KEPT,
        description=labels(
            "不大于数值的最大整步；不写步长为整数。",
            "The greatest whole step not above the value; whole numbers if no step is given.",
        ),
        examples=(
            Example("floor(7 / 2)", "3"),
            Example("floor(1234, 500)", "1000"),
            Example("floor(-2.1)", "-3"),
        ),
        typing=_floor,
    ),
    Function(
        name="ceil",
        aliases=("向上取整",),
        signature="ceil(x, step)",
        arity=(1, 2),
        units=_KEPT,
        description=labels(
            "不小于数值的最小整步；不写步长为整数。",
            "The least whole step not below the value; whole numbers if no step is given.",
        ),
        examples=(Example("ceil(7 / 2)", "4"), Example("ceil(-2.1)", "-2")),
        typing=_ceil,
    ),
    Function(
        name="round",
        aliases=("四舍五入",),
        signature="round(x, step, 'half_up')",
        arity=(1, 3),
        units=_KEPT,
        description=labels(
            "取整到步长的倍数；方式为 half_up（四舍五入）、down、up 或 floor。",
            "Rounded to a multiple of the step; half_up (away from zero), down, up or floor.",
        ),
        examples=(
            Example("round(2.345, 0.01)", "2.35"),
            Example("round(-2.5)", "-3"),
            Example("round(1240, 500, 'down')", "1000"),
        ),
        typing=_round,
    ),
    Function(
        name="mod",
        aliases=("取余", "余数"),
        signature="mod(a, b)",
        arity=(2, 2),
        units=_SAME,
        description=labels(
            "除以 b 后的余数，符号与 b 相同。",
            "What whole steps of b leave of a; it has the sign of b.",
        ),
        examples=(Example("mod(7, 3)", "1"), Example("mod(-7, 3)", "2")),
        typing=_mod,
        missing=labels("b 为零时无数据", "no data where b is zero"),
    ),
    Function(
        name="power",
        aliases=("乘方", "次方"),
        signature="power(x, 2)",
        arity=(2, 2),
        units=labels(
            "比率或数量；指数为写明的整数", "a ratio or count; the exponent is written out"
        ),
        description=labels(
            "数值自乘若干次；指数为 -64 到 64 的整数。",
            "A number times itself; the exponent is a whole number from -64 to 64.",
        ),
        examples=(Example("power(110%, 2)", "1.21"), Example("power(2, -2)", "0.25")),
        typing=_power,
    ),
    Function(
        name="overlap",
        aliases=("重叠",),
        signature="overlap(a, b, c, d)",
        arity=(4, 4),
        units=labels(
            "四个数字单位相同，或四个日期（结果为天数）",
            "four numbers of one unit, or four dates (the result is days)",
        ),
        description=labels(
            "a 到 b 与 c 到 d 重叠的部分；不重叠为 0。",
            "How much of a to b lies in c to d; 0 if they do not meet.",
        ),
        examples=(
            Example("overlap(0, 700, 500, 1000)", "200"),
            Example("overlap(2026-01-01, 2026-02-01, 2026-01-21, 2026-03-01)", "11"),
        ),
        typing=_overlap,
    ),
)
