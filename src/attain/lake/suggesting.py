"""What a cell with an error most likely should say: offered for one click, never taken by itself.

A suggestion is made only where the corrected text reads without any fault, so that accepting
it is sure to help.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from attain.core.errors import Problem
from attain.core.rounding import narrow
from attain.core.schemas import ColumnSchema, ColumnType
from attain.lake.errors import cells
from attain.lake.values import Reading, read_value

_LOOK_ALIKE: Final = str.maketrans("OoQlI|SsBZz", "00011155822")
_SIGNS: Final = str.maketrans({"−": "-", "–": "-", "—": "-", "－": "-", "﹣": "-"})
_FACTORS: Final = {"千": 3, "万": 4, "亿": 8}
_WITH_FACTOR: Final = re.compile(r"([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)([千万亿])元?")
_NUMBER_LIKE: Final = re.compile(r"[+-]?[0-9OoQlI|SsBZz.,]+%?")
_BARE: Final = re.compile(r"([+-]?)(\.[0-9]+|[0-9]+\.)")
_DAY: Final = re.compile(r"([0-9]{4})\D{1,2}([0-9]{1,2})\D{1,2}([0-9]{1,2})\D?")
_LONG: Final = re.compile(r"-?[0-9]{1,15}\.[0-9]{7,20}")
_NOISE: Final = Decimal("0.000000001")
_UNUSABLE: Final = frozenset({"Cc", "Cf"})

NUMBERS: Final = frozenset(
    {ColumnType.money, ColumnType.ratio, ColumnType.count, ColumnType.points, ColumnType.days}
)
_REFERENCES: Final = frozenset({cells.UNKNOWN_REFERENCE, cells.UNKNOWN_PERSON})


def suggestion(
    column: ColumnSchema, found: Problem, text: str, reading: Reading | None = None
) -> str | None:
    """The text to put in place of a cell, or None where only its author knows."""
    given = reading or Reading()
    for candidate in _candidates(column, found, text):
        if candidate != text and read_value(column, "t", candidate, given).fault is None:
            return candidate
    return None


def _candidates(column: ColumnSchema, found: Problem, text: str) -> Iterator[str]:
    if found.code in _REFERENCES:
        yield from _nearest(found)
    elif found.code == cells.ID_LOST_ZEROS and column.written.width:
        yield text.strip().zfill(column.written.width)
    elif found.code == cells.BAD_CHARACTER and "\ufffd" not in text:
        yield "".join(sign for sign in text if unicodedata.category(sign) not in _UNUSABLE)
    elif column.type in NUMBERS:
        yield from _numbers(text)
        yield from _without_noise(column, text)
    elif column.type is ColumnType.date:
        yield from _days(text)


def _nearest(found: Problem) -> Iterator[str]:
    """The one code that is near; of several nobody knows which was meant."""
    near = found.values.get("nearest")
    if isinstance(near, list | tuple) and len(near) == 1:
        yield str(near[0])


def _numbers(text: str) -> Iterator[str]:
    """Ways to write the number that most people mean by such a text."""
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    plain = plain.strip().strip("¥￥$€").removesuffix("元").strip()
    bare = re.sub(r"(?<=[0-9])[\s'](?=[0-9])", "", plain)
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1].strip()}"
    if bare.endswith("-") and not bare.startswith("-"):
        bare = f"-{bare[:-1].strip()}"
    yield bare
    if _NUMBER_LIKE.fullmatch(bare) and any(sign.isdigit() for sign in bare):
        yield bare.translate(_LOOK_ALIKE)
    if factor := _WITH_FACTOR.fullmatch(bare):
        number = Decimal(factor[1].replace(",", "")).scaleb(_FACTORS[factor[2]])
        yield format(number, "f")
    if lone := _BARE.fullmatch(bare):
        yield f"{lone[1]}{Decimal(lone[2]):f}"


def _without_noise(column: ColumnSchema, text: str) -> Iterator[str]:
    """The number without what a spreadsheet's arithmetic left far behind its decimals."""
    if not _LONG.fullmatch(text):
        return
    value = Decimal(text)
    read = narrow(value, column.accepted_scale)
    if abs(value - read) <= _NOISE:
        yield format(read, "f")


def _days(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text).strip().translate(_LOOK_ALIKE)
    if found := _DAY.fullmatch(plain):
        try:
            yield date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        except ValueError:
            return
