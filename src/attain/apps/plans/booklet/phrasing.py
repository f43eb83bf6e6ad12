"""Expressions and edges as readers read them: labels for names, × and ÷ for the signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from attain.apps.plans.booklet.words import (
    BANDS,
    FUNCTIONS,
    IDIOMS,
    PERIODS,
    PHRASES,
    SIGNS,
)
from attain.core.labels import Labels

_PARTS: Final = re.compile(
    r"'[^']*'|\"[^\"]*\"|[^\W\d][\w.]*|\d[\d,.]*%?|[<>!=]=|[*/<>=(),+-]|\s+|.", re.UNICODE
)
_SPOKEN: Final = {"*": "×", "/": "÷", ">=": "≥", "<=": "≤", "!=": "≠", "==": "="}


@dataclass(frozen=True)
class Speech:
    """Says expressions in one language with the labels of one plan."""

    language: str
    names: Mapping[str, str]

    def word(self, known: Mapping[str, Labels], name: str) -> str:
        """A word of ours; the name itself where there is none."""
        return known[name].get(self.language) if name in known else name

    def said(self, known: Mapping[str, Labels], name: str, **values: str) -> str:
        """A phrase of ours with values put in."""
        return known[name].get(self.language).format(**values)

    def name(self, name: str) -> str:
        """What something of the plan is called: `orders.amount` by its last known part."""
        if name in self.names:
            return self.names[name]
        first, dot, rest = name.partition(".")
        if dot and first in self.names:
            joint = "的" if self.language.startswith("zh") else ": "
            return f"{self.names[first]}{joint}{self.name(rest)}"
        return name

    def expression(self, text: object) -> str:
        """An expression with labels for names."""
        parts = _PARTS.findall(str(text))
        return "".join(self._part(part, parts[at + 1 :]) for at, part in enumerate(parts)).strip()

    def _part(self, part: str, rest: list[str]) -> str:
        if part in _SPOKEN:
            return _SPOKEN[part]
        if part in SIGNS:
            return self.word(SIGNS, part)
        if not (part[0].isalpha() or part[0] == "_"):
            return part
        follows = next((one for one in rest if not one.isspace()), "")
        # A column may be called like a function; before a bracket it is the function.
        return self.word(FUNCTIONS, part) if follows == "(" else self.name(part)

    def phrase(self, text: str) -> str:
        """A turn of the plan language as people say it; anything else as an expression."""
        for pattern, label in IDIOMS:
            found = re.fullmatch(pattern, text)
            if found:
                return label.get(self.language).format(**found.groupdict())
        return self.expression(text)

    def pair(self, word: str, text: str) -> str:
        """`Receipts: receipts of orders`."""
        return self.said(PHRASES, "pair", word=word, text=text)

    def value(self, given: Any) -> str:
        """Whatever stands in a plan: expressions, lists, small mappings."""
        if given is None:
            return ""
        if isinstance(given, bool):
            return self.word(SIGNS, str(given).lower())
        if isinstance(given, Mapping):
            said = (f"{self.name(str(key))} {self.value(one)}" for key, one in given.items() if one)
            return self.listed(said)
        if isinstance(given, list | tuple):
            return self.listed(self.value(one) for one in given)
        return self.expression(given)

    def listed(self, texts: Any) -> str:
        """Several texts after each other."""
        found = [text for text in texts if text]
        return ("、" if self.language.startswith("zh") else ", ").join(found)

    def period(self, kind: str) -> str:
        """month → 月"""
        return self.word(PERIODS, kind)

    def band(self, band: Any, following: Any = None) -> str:
        """The range of a band; its upper edge is the next one's lower where it says none."""
        if band.otherwise is not None:
            return self.word(BANDS, "otherwise")
        lower = "from" if band.from_ is not None else "above" if band.above is not None else ""
        upper = "until" if band.until is not None else "to" if band.to is not None else ""
        edges = {
            "lower": self.expression(band.from_ if band.from_ is not None else band.above),
            "upper": self.expression(band.until if band.until is not None else band.to),
        }
        word = "_".join(one for one in (lower, upper) if one) or "otherwise"
        return self.said(BANDS, word, **edges)
