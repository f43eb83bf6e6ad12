"""Stretches of time in words that are no window, and the window that is meant."""

from __future__ import annotations

import re
from typing import Final

from attain.core.labels import Labels, labels

_TO_DATES: Final = {"ytd": "year", "qtd": "quarter", "mtd": "month"}
_BEFORE: Final = re.compile(r"(?:previous|prior|last) (month|quarter|half_year|year|week)")
_ROLLING: Final = re.compile(r"(?:rolling|trailing|past|previous) (\d+ \w+)")
_OWN: Final = re.compile(r"(?:this |current )?(month|quarter|half_year|year|week)")


def meant(said: str) -> Labels | str:
    """What `ytd`, `last quarter`, `rolling 3 months` or `quarter` is written as; else nothing."""
    words = said.casefold()
    if kind := _TO_DATES.get(words):
        return _told(f"in: {kind} to date")
    if found := _BEFORE.fullmatch(words):
        return _told(f"shift: -1 {found[1]}")
    if found := _ROLLING.fullmatch(words):
        return _told(f"in: last {found[1]}")
    if found := _OWN.fullmatch(words):
        return _told(f"in: {found[1]} to date")
    return ""


def _told(words: str) -> Labels:
    return labels(f"这里大概是指 {words}。", f"Perhaps {words} is meant. ")
