"""Numbers, shares and days as people write them in rules, where a formula takes them plain."""

from __future__ import annotations

import re
from typing import Final

from attain.core.labels import Labels, labels

_NUMBER: Final = re.compile(r"(\d+)([千万亿]*)[元块分次件单个台套户人家天岁]?")
_DAY: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]")
_SHARE: Final = re.compile(r"(\d+|[一二三四五六七八九])(折|成)")
_ZEROS: Final = {"千": "000", "万": "0000", "亿": "00000000"}
_DIGITS: Final = {sign: str(number) for number, sign in enumerate("一二三四五六七八九", start=1)}


def plainly(name: str) -> Labels | None:
    """How to write a word that is a number, a share or a day; None for any other.

    >>> plainly("1万元").en, plainly("七成").en, plainly("2026年3月5日").en
    ('Write the number in digits: 10000.', 'Write it in per cent: 70%.', 'A day is written 2026-03-05.')
    """  # noqa: E501
    if (number := _NUMBER.fullmatch(name)) is not None:
        digits = number[1] + "".join(_ZEROS[one] for one in number[2])
        return labels(f"数字要写全：{digits}，不带单位。", f"Write the number in digits: {digits}.")
    if (share := _SHARE.fullmatch(name)) is not None:
        tenths = _DIGITS.get(share[1], share[1])
        percent = tenths if len(tenths) > 1 and share[2] == "折" else f"{tenths}0"
        return labels(f"几折几成写成百分数：{percent}%。", f"Write it in per cent: {percent}%.")
    if (day := _DAY.fullmatch(name)) is not None:
        written = f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}"
        return labels(f"日期写作 {written}。", f"A day is written {written}.")
    return None
