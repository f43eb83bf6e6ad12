"""Roundings and shares as schemes say them: 保留两位小数, two decimals, 前20%, at most 20%."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from attain.core.labels import Labels, labels

_HAN: Final = {sign: number for number, sign in enumerate("零一二三四五六")} | {"两": 2}
_WORDS: Final = {"no": 0, "one": 1, "two": 2, "three": 3, "four": 4}
_DECIMALS: Final = re.compile(
    r"(?:四舍五入)?[，,]?(?:保留|到|取|精确到|小数点后)*([\d零一二两三四五六])位(?:小数)?(?:.*四舍五入)?"
    r"|(?:rounded |round )?(?:to )?(\d|no|one|two|three|four) (?:decimals?|digits?)(?: places?)?",
    re.IGNORECASE,
)
_COINS: Final = {
    "分": "0.01",
    "角": "0.1",
    "元": "1",
    "百元": "100",
    "千元": "1000",
    "万元": "10000",
}
_COIN: Final = re.compile(r"(?:四舍五入|精确|取整|取|保留|进位)*(?:到|至)(万元|千元|百元|元|角|分)")
_WHOLE: Final = re.compile(
    r"(?:四舍五入)?[，,]?(?:保留|到|取)*(?:整数|取整|整)"
    r"|(?:to )?(?:a )?whole(?: numbers?)?|integers?",
    re.IGNORECASE,
)
_MODES: Final = {"down": "down", "up": "up", "floor": "floor"} | {
    "向下取整": "floor",
    "只舍不入": "down",
    "舍去": "down",
    "只入不舍": "up",
    "向上取整": "up",
}
_SHARE: Final = re.compile(
    r"(前|top|first|最多|不超过|至多|at most|up to)?\s*(\d+(?:\.\d+)?)\s*[%％]\s*(以内|以下|之内)?",
    re.IGNORECASE,
)
_HEADS: Final = re.compile(
    r"(?:前|top|first|最多|不超过|至多|at most|up to)?\s*(\d+)\s*(?:名|人|个|位|people|persons?)?",
    re.IGNORECASE,
)
_FROM_THE_TOP: Final = frozenset({"前", "top", "first"})


class Share(NamedTuple):
    """A share as it was said; `is_from_top` of one that may include those of the grades before."""

    percent: str
    is_from_top: bool


def rounding_meant(said: str) -> Labels:
    """How a rounding in words is written as a number.

    >>> rounding_meant("保留两位小数").zh
    '保留2位小数写 0.01；比率按百分数保留2位小数写 0.0001。'
    >>> rounding_meant("to the cent").en
    'Write 0.01 for two decimals, 1 for whole numbers, 100 for hundreds; {step: 0.01, mode: down} cuts off.'
    """  # noqa: E501
    text = said.strip()
    if (found := _DECIMALS.fullmatch(text)) is not None:
        number = found[1] or found[2]
        return _of_decimals(_HAN.get(number, _WORDS.get(number.lower(), 0)) or _digit(number))
    if (coin := _COIN.fullmatch(text)) is not None:
        step = _COINS[coin[1]]
        return labels(f"到{coin[1]}写 {step}。", f"Write {step}.")
    if text in _MODES:
        mode = _MODES[text]
        return labels(
            f"写明取到多少：{{step: 1, mode: {mode}}} 取到整数，"
            f"{{step: 0.01, mode: {mode}}} 取到分。",
            f"Say to what: {{step: 1, mode: {mode}}} gives whole numbers, "
            f"{{step: 0.01, mode: {mode}}} cents.",
        )
    if _WHOLE.fullmatch(text) is not None:
        return labels(
            "四舍五入到整数写 1，只舍不入写 {step: 1, mode: down}。",
            "Write 1 for the nearest whole number, {step: 1, mode: down} to cut off.",
        )
    return labels(
        "写一个数：保留两位小数写 0.01，取整数写 1，取到百位写 100；"
        "只舍不入写 {step: 0.01, mode: down}。",
        "Write 0.01 for two decimals, 1 for whole numbers, 100 for hundreds; "
        "{step: 0.01, mode: down} cuts off.",
    )


def _digit(number: str) -> int:
    return int(number) if number.isdecimal() else 0


def _of_decimals(places: int) -> Labels:
    step, of_ratio = (f"{Decimal(1).scaleb(-one):f}" for one in (places, places + 2))
    return labels(
        f"保留{places}位小数写 {step}；比率按百分数保留{places}位小数写 {of_ratio}。",
        f"Write {step} for {places} decimals; for a ratio with {places} decimals of a percent, "
        f"{of_ratio}.",
    )


def share_said(text: str) -> Share | None:
    """A share of people in words, 前20% or at most 20%; None of anything else.

    >>> share_said("前20%"), share_said("20%以内"), share_said("20% * heads")
    (Share(percent='20%', is_from_top=True), Share(percent='20%', is_from_top=False), None)
    """
    found = _SHARE.fullmatch(text.strip())
    if found is None:
        return None
    return Share(f"{found[2]}%", (found[1] or "").lower() in _FROM_THE_TOP)


def heads_said(text: str) -> Decimal | None:
    """How many people are meant by 前3名 or top 3; None of anything else."""
    found = _HEADS.fullmatch(text.strip())
    return Decimal(found[1]) if found is not None else None
