"""Units as authors write them: `money`, `money(USD)`, `count`, `people`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from attain.core.schemas.columns import FOREIGN_TYPES
from attain.core.units import FRACTION_SCALE, Type, Unit
from attain.engine.plans.models.columns import ColumnModel
from attain.expressions.units import DIMENSIONLESS, is_any, is_free

_WRITTEN: Final = re.compile(r"(?P<unit>\w+)(?:\s*[(（]\s*(?P<detail>\w+)\s*[)）])?")
_FRACTIONAL: Final = frozenset({Unit.ratio, Unit.points})
UNIT_NAMES: Final = tuple(unit.value for unit in Unit)
_IN_OTHER_WORDS: Final = {
    **FOREIGN_TYPES,
    "元": "money",
    **dict.fromkeys(("件", "个", "人", "次", "单"), "count"),
    **dict.fromkeys(("分", "分数", "得分", "积分"), "points"),
    **dict.fromkeys(("天", "天数", "day"), "days"),
    **dict.fromkeys(("%", "比例"), "ratio"),
}


def units_for(word: str) -> list[str]:
    """The unit that another word means, or all there are.

    >>> units_for("金额")
    ['money']
    """
    meant = _IN_OTHER_WORDS.get(word.strip().casefold())
    return [meant] if meant in UNIT_NAMES else list(UNIT_NAMES)


def read_unit(text: str, currency: str) -> Type | None:
    """The type an author means, None for a word that is no unit.

    `currency` is that of money without one. A count may say its decimals, `count(2)`.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if not found or found["unit"] not in UNIT_NAMES:
        return None
    unit, detail = Unit(found["unit"]), found["detail"]
    if unit is Unit.money:
        return Type(unit, currency=detail or currency)
    if unit is Unit.key:
        return Type(unit, kind=detail)
    if detail is not None and not (unit.is_number and detail.isdigit()):
        return None
    return Type(unit, scale=int(detail) if detail else _own_scale(unit))


def _own_scale(unit: Unit) -> int | None:
    if unit in _FRACTIONAL:
        return FRACTION_SCALE
    return 0 if unit.is_number else None


def column_unit(model: ColumnModel, currency: str) -> Type | None:
    """The type a column declares, if it declares one.

    :raises ValueError: a word that is no unit.
    """
    if model.unit is None:
        return Type(Unit.money, currency=model.currency) if model.currency else None
    found = read_unit(model.unit, model.currency or currency)
    if found is None:
        raise ValueError(model.unit)
    return found


def may_become(found: Type, declared: Type) -> bool:
    """Whether a column of the found type may be declared so.

    A bare number takes any number unit; ratio, count, points and days may be renamed into
    each other; everything else must be what it is.
    """
    if is_any(found):
        return True
    if is_free(found):
        return declared.is_number
    if found.unit in DIMENSIONLESS and declared.unit in DIMENSIONLESS:
        return True
    same_money = found.currency == declared.currency
    same_kind = declared.kind is None or found.kind == declared.kind
    return found.unit is declared.unit and same_money and same_kind


def stored_type(type_: Type, *, hidden: bool = False) -> Type:
    """The type of a column as it is stored: the decimals its unit keeps, 18 for hidden steps."""
    if not type_.is_number:
        return replace(type_, scale=None)
    if hidden and not (type_.unit in (Unit.count, Unit.days) and type_.scale == 0):
        return replace(type_, scale=FRACTION_SCALE)
    return replace(type_, scale=kept_scale(type_))


def kept_scale(type_: Type) -> int:
    """Decimals a named column keeps: 6 for money, 0 for whole counts and days, else 18."""
    if type_.unit is Unit.money:
        return 6
    is_whole = type_.unit in (Unit.count, Unit.days) and type_.scale == 0
    return 0 if is_whole else FRACTION_SCALE
