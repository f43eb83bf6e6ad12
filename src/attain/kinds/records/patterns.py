"""Patterns of numbers and titles: `HD-{year}-{n:4}`, `{purpose} · {starts_on}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from attain.core.errors import AttainError, problem
from attain.core.labels import Labels, labels
from attain.kinds.records import errors

_PART: Final = re.compile(r"\{([^{}]*)\}")
_COUNTER: Final = re.compile(r"n(?::([1-9]))?")
_DATES: Final = ("year", "month", "day")
_OUTSIDE: Final = re.compile(r"[\w.\-]*")
_DOT: Final = "·"


def check_number_pattern(pattern: str) -> None:
    """Refuse a pattern that cannot tell records apart.

    :raises AttainError: RECORD_PATTERN.
    """
    parts = _PART.findall(pattern)
    counters = [part for part in parts if _COUNTER.fullmatch(part)]
    fault: Labels | None = None
    if len(counters) != 1:
        fault = labels("应有且只有一个 {n}", "it needs {n}, and only once")
    elif unknown := [part for part in parts if part not in (*counters, *_DATES)]:
        fault = labels(f"不认识 {{{unknown[0]}}}", f"{{{unknown[0]}}} means nothing in it")
    elif not _OUTSIDE.fullmatch(_PART.sub("", pattern)):
        fault = labels(
            "只能用字母、数字、连字符和点", "only letters, digits, - and . may stand in it"
        )
    elif ("month" not in parts and "day" in parts) or ("year" not in parts and "month" in parts):
        fault = labels("有月必须有年，有日必须有月", "a month needs the year, a day the month")
    if fault is not None:
        raise AttainError(problem(errors.RECORD_PATTERN, value=pattern, fault=fault))


def number_of(pattern: str, day: date, n: int) -> str:
    """The n-th number of a series: `HD-2026-0007`. It grows wider where n needs it."""

    def said(part: re.Match[str]) -> str:
        name = part[1]
        counter = _COUNTER.fullmatch(name)
        if counter:
            return str(n).zfill(int(counter[1] or 1))
        return f"{getattr(day, name):0{4 if name == 'year' else 2}d}"

    return _PART.sub(said, pattern)


def scope_of(pattern: str, day: date) -> str:
    """What a series counts within: the year, month or day that the pattern names, or everything."""
    named = [part for part in _DATES if f"{{{part}}}" in pattern]
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[named[-1]]] if named else ""


def fields_in(pattern: str) -> list[str]:
    """The names in brackets."""
    return _PART.findall(pattern)


def filled(pattern: str, shown: Mapping[str, str]) -> str:
    """A pattern with what readers see; a part between dots that stays empty is left out."""
    parts = (
        _PART.sub(lambda part: shown.get(part[1], ""), each).strip() for each in pattern.split(_DOT)
    )
    return f" {_DOT} ".join(part for part in parts if part)
