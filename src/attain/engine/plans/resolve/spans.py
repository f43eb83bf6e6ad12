"""Stretches of time in words that are no window, and the window that is meant."""

from __future__ import annotations

import re
from typing import Final

from attain.core.labels import Labels, labels

_TO_DATES: Final = {"ytd": "year", "qtd": "quarter", "mtd": "month"}
_YEAR, _QUARTER, _EVER = "year to date", "quarter to date", "life to date"
_CHINESE: Final = {
    **dict.fromkeys(("本年累计", "年初至今", "当年累计", "本年", "全年"), _YEAR),
    **dict.fromkeys(("本季累计", "本季度累计", "本季", "本季度", "季初至今"), _QUARTER),
    **dict.fromkeys(("本月", "当月", "本期"), "period"),
    **dict.fromkeys(("开业至今", "累计至今"), _EVER),
    "全部": "all",
}
_CHINESE_LAST: Final = re.compile(
    r"[近最过去前]+\s*(\d+|[一二两三四五六七八九]|十[二]?)\s*个?(月|季度?|年|天|日|周)"
)
_DIGITS: Final = {
    **{sign: str(number) for number, sign in enumerate("一二三四五六七八九十", start=1)},
    "两": "2",
    "十二": "12",
}
_CHINESE_BEFORE: Final = re.compile(r"上个?(月|季度?|年|周)(?:度?同期|同月)?|去(年)(?:同期|同月)?")
_KINDS: Final = {
    "月": "month",
    "季": "quarter",
    "年": "year",
    "周": "week",
    "天": "day",
    "日": "day",
}
_BEFORE: Final = re.compile(r"(?:previous|prior|last) (month|quarter|half_year|year|week)")
_ROLLING: Final = re.compile(r"(?:rolling|trailing|past|previous) (\d+ \w+)")
_OWN: Final = re.compile(r"(?:this |current )?(month|quarter|half_year|year|week)")
_WHOLE: Final = {
    "year": (labels("年", "year"), "year_start(add_years(period_start, -1))"),
    "quarter": (labels("季", "quarter"), "quarter_start(add_months(period_start, -3))"),
}
"""How the whole of the year or the quarter before begins."""


def meant(said: str) -> Labels | str:
    """What `ytd`, `last quarter`, `rolling 3 months` or `quarter` is written as; else nothing."""
    words = said.casefold()
    if kind := _TO_DATES.get(words):
        return _told(f"in: {kind} to date")
    if found := _BEFORE.fullmatch(words):
        return _told(f"shift: -1 {found[1]}", found[1])
    if found := _ROLLING.fullmatch(words):
        return _told(f"in: last {found[1]}")
    if found := _OWN.fullmatch(words):
        return _told(f"in: {found[1]} to date", found[1])
    return _in_chinese(words)


def _in_chinese(words: str) -> Labels | str:
    """The same for windows in Chinese: 本年累计, 近12个月, 上季度."""
    if window := _CHINESE.get(words):
        return _told(f"in: {window}")
    if found := _CHINESE_LAST.fullmatch(words):
        number = _DIGITS.get(found[1], found[1])
        return _told(f"in: last {number} {_KINDS[found[2][0]]}s")
    if found := _CHINESE_BEFORE.fullmatch(words):
        kind = _KINDS[(found[1] or found[2])[0]]
        return _told(f"shift: -1 {kind}", kind)
    return ""


def _told(words: str, kind: str = "") -> Labels:
    """What is meant; of a year or a quarter also how the whole of the one before is written.

    Moved by a year, a month is the same month a year ago, not the whole year.
    """
    if kind not in _WHOLE:
        return labels(f"这里大概是指 {words}。", f"Perhaps {words} is meant. ")
    name, begins = _WHOLE[kind]
    whole = f'in: {{from: "{begins}", until: "{kind}_start(period_start)"}}'
    return labels(
        f"这里大概是指 {words}；要整个上一{name.zh}，写 {whole}。",
        f"Perhaps {words} is meant; the whole {name.en} before is {whole}. ",
    )
