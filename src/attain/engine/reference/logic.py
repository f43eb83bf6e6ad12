"""Conditions that stand one after the other."""

from __future__ import annotations

from attain.engine.reference.values import is_not_applicable, worst
from attain.expressions.evaluate import Result


def both(*conditions: Result) -> Result:
    """`and`: false if any is false, whatever the others; no data if any is (language.md 27).

    As a filter, a condition that is not applicable is as good as false: the row is out.
    """
    if any(one is False or is_not_applicable(one) for one in conditions):
        return False
    return worst(conditions) or True
