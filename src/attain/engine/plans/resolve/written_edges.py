"""Edges of bands as handbooks print them: 0–80%, 80%以上, ≥ 80 %, and how a table says them.

A table asks which edge belongs to a band. Printed bands do not always say that, and `0-80%`
would even be read as a difference; so they are refused with the way to write them.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from attain.core.errors import AttainError, problem
from attain.engine import errors
from attain.engine.plans.models.tables import Axis, Band
from attain.engine.plans.texts import Expression

_NUMBER: Final = r"-?\d[\d,.]*%?"
_TEN_THOUSANDS: Final = re.compile(r"(\d+(?:\.\d{1,4})?)万")
_RANGE: Final = re.compile(
    rf"({_NUMBER})(?:元|万元)?(?:[–—~-]|\.\.+|至|到|to)({_NUMBER})(?:元|万元)?(?:（不?含）|\(不?含\))?"
)
_ONE_SIDED: Final = {
    "from": (
        rf"(?:>=|≥|≧|不低于|不少于|不小于|满|达到|atleast|from)({_NUMBER})",
        rf"({_NUMBER})(?:\(含\))?(?:及|或|以)?(?:以上|以上\(含\)|起|\+|andabove|andmore|ormore)",
    ),
    "above": (rf"(?:>|超过|高于|大于|多于|above|over|morethan)({_NUMBER})",),
    "to": (
        rf"(?:<=|≤|≦|不超过|不高于|不大于|至多|upto|atmost)({_NUMBER})",
        rf"({_NUMBER})(?:\(含\)|及|或)(?:以下|andbelow|orless)",
    ),
    "until": (
        rf"(?:<|不足|低于|小于|少于|不到|未满|below|under|lessthan)({_NUMBER})",
        rf"({_NUMBER})(?:以下|以内|andbelow|orless)",
    ),
}
"""What is printed, without spaces, by the word that says the same of an edge."""

_WORDS: Final = {word: tuple(map(re.compile, said)) for word, said in _ONE_SIDED.items()}


def meant(written: str) -> str | None:
    """How a table says a printed band; None for what is an edge already.

    >>> meant("0–80%"), meant("80%以上"), meant("＞100%"), meant("不足 80%"), meant("80%")
    ('{from: 0%, until: 80%}', '{from: 80%}', '{above: 100%}', '{until: 80%}', None)
    >>> meant("10万以下")
    '{until: 100000}'
    """
    plain = "".join(unicodedata.normalize("NFKC", written).split()).casefold()
    plain = _TEN_THOUSANDS.sub(lambda found: f"{Decimal(found[1]) * 10_000:f}", plain)
    if found := _RANGE.fullmatch(plain):
        percent = "%" if found[2].endswith("%") and not found[1].endswith("%") else ""
        return f"{{from: {found[1]}{percent}, until: {found[2]}}}"
    for word, patterns in _WORDS.items():
        for pattern in patterns:
            if found := pattern.fullmatch(plain):
                return f"{{{word}: {found[1]}}}"
    return None


def refuse_printed(name: str, part: Band | Axis) -> None:
    """
    :raises AttainError: TIER_EDGE_PRINTED for an edge that is a printed band.
    """
    for edge in (part.from_, part.until, part.above, part.to):
        if edge is not None:
            refuse_written(name, edge)


def refuse_written(name: str, written: str) -> None:
    """
    :raises AttainError: TIER_EDGE_PRINTED.
    """
    said = meant(written)
    if said is None:
        return
    where = written.place.where() if isinstance(written, Expression) else None
    raise AttainError(
        problem(errors.TIER_EDGE_PRINTED, where, name=name, written=written, meant=said)
    )
