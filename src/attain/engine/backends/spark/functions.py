"""The engine's own functions in Spark: made when a step first calls them, each costs time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from attain.expressions.sql import macros

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_CALLED: Final = re.compile(r"attain_\w+")
_NAMED: Final = re.compile(r"FUNCTION\s+(attain_\w+)")
_THERE: Final[WeakKeyDictionary[SparkSession, set[str]]] = WeakKeyDictionary()


@cache
def _statements() -> dict[str, str]:
    made = {}
    for statement in macros("spark"):
        named = _NAMED.search(statement)
        assert named is not None
        made[named.group(1)] = statement
    return made


def needed(spark: SparkSession, text: str) -> Iterator[str]:
    """Statements that make the functions a text calls and the session lacks, callees first."""
    there = _THERE.setdefault(spark, set())
    every = _statements()
    for name in _CALLED.findall(text):
        if name in every and name not in there:
            there.add(name)
            yield from needed(spark, every[name].partition("RETURN")[2])
            yield every[name]
