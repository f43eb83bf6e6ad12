"""How units combine: which values may be added, compared, multiplied and divided.

Three types exist only while an expression is checked. `NUMBER` is a number without a unit
of its own (`100`), which takes the unit its place asks for. `ANY` is the type of a value
declared missing, which fits everywhere. `FAULTY` stands for a part that has been reported
already, so that one mistake is told once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from attain.core.labels import Labels, labels
from attain.core.units import FRACTION_SCALE, Type, Unit

_NUMBER_KIND: Final = "<number>"
_ANY_KIND: Final = "<any>"
_FAULTY_KIND: Final = "<faulty>"

NUMBER: Final = Type(Unit.count, scale=0, kind=_NUMBER_KIND)
"""A whole number without a unit of its own; `replace(NUMBER, scale=2)` has two decimals."""

ANY: Final = Type(Unit.text, kind=_ANY_KIND, may_be_missing=True)
FAULTY: Final = Type(Unit.text, kind=_FAULTY_KIND, may_be_missing=True)

_RANK: Final = {Unit.ratio: 0, Unit.count: 1, Unit.days: 2, Unit.points: 3, Unit.money: 4}
"""In a product the higher unit stays: points times money is money."""

DIMENSIONLESS: Final = frozenset({Unit.ratio, Unit.count, Unit.points, Unit.days})
"""Units a column may be relabelled among, by saying `unit:`."""

_NAMES: Final = {
    Unit.money: labels("金额", "money"),
    Unit.ratio: labels("比率", "ratio"),
    Unit.count: labels("数量", "count"),
    Unit.points: labels("分数", "points"),
    Unit.days: labels("天数", "days"),
    Unit.text: labels("文字", "text"),
    Unit.date: labels("日期", "date"),
    Unit.boolean: labels("是非", "true or false"),
    Unit.key: labels("对象", "key"),
}


def is_free(type_: Type) -> bool:
    """True for a number without a unit of its own."""
    return type_.kind == _NUMBER_KIND


def is_any(type_: Type) -> bool:
    return type_.kind == _ANY_KIND


def is_faulty(type_: Type) -> bool:
    return type_.kind == _FAULTY_KIND


def is_open(type_: Type) -> bool:
    """True for a value that still takes the unit of its place."""
    return is_free(type_) or is_any(type_)


def named(type_: Type) -> Labels:
    """The unit in words, for a message: `金额(CNY)`, `money (CNY)`."""
    if is_free(type_):
        return labels("数字", "number")
    name = _NAMES[type_.unit]
    # A text that is a period is a text to whoever wrote it.
    detail = type_.currency or (type_.kind if type_.unit is Unit.key else None)
    return labels(f"{name.zh}({detail})", f"{name.en} ({detail})") if detail else name


def same(first: Type, second: Type) -> bool:
    """True if two values may be added and compared: equal unit, currency and kind.

    A key of no told kind, such as a target's subject, may be compared with any key.
    """
    if first.unit is not second.unit or is_free(first) != is_free(second):
        return False
    if first.unit is Unit.money:
        return first.currency == second.currency
    return (
        first.unit is not Unit.key
        or None in (first.kind, second.kind)
        or (first.kind == second.kind)
    )


def bare(type_: Type) -> Type:
    """The unit alone: no scale, nothing said about missing."""
    return replace(type_, scale=None, may_be_missing=False)


def product(first: Type, second: Type) -> Type | None:
    """The unit of a product, None where it means nothing (money by money, points by points)."""
    if not (first.is_number and second.is_number):
        return None
    if is_free(first):
        return bare(second)
    if is_free(second):
        return bare(first)
    if first.unit is second.unit and first.unit in (Unit.money, Unit.points):
        return None
    higher = first if _RANK[first.unit] >= _RANK[second.unit] else second
    return bare(higher)


def quotient(first: Type, second: Type) -> Type | None:
    """The unit of a quotient, None where it means nothing (a count by an amount)."""
    if not (first.is_number and second.is_number):
        return None
    if is_free(second):
        return bare(first)
    if is_free(first):
        return Type(Unit.ratio)
    if first.unit is second.unit:
        return Type(Unit.ratio) if first.currency == second.currency else None
    if second.unit in (Unit.ratio, Unit.count, Unit.days):
        return bare(first)
    # What one point is worth; points times that is money again.
    if first.unit is Unit.money and second.unit is Unit.points:
        return bare(first)
    return None


def divided(factors: Sequence[Type], divisor: Type) -> int | None:
    """Which of the factors is divided where their product means nothing, as that of two amounts.

    The last that has the divisor's unit; None where the product means something.
    """
    if is_free(divisor) or divisor.unit not in (Unit.money, Unit.points):
        return None
    alike = [place for place, one in enumerate(factors) if one.unit is divisor.unit]
    fitting = [place for place in alike if quotient(factors[place], divisor) is not None]
    return fitting[-1] if len(alike) > 1 and fitting else None


def settled(type_: Type) -> Type:
    """What a number becomes where nothing asks for a unit: a count if whole, else a ratio."""
    if not is_free(type_):
        return type_
    unit = Unit.count if type_.scale == 0 else Unit.ratio
    return Type(unit, scale=type_.scale, may_be_missing=type_.may_be_missing)


def stored_scale(type_: Type) -> int:
    """Decimals a column of this type keeps: 6 for money, 0 for whole counts, else 18."""
    if type_.unit is Unit.money:
        return 6
    whole = type_.unit in (Unit.count, Unit.days) and type_.scale == 0
    return 0 if whole else FRACTION_SCALE
