"""The shape of an expression without its place in the text: equal shapes mean the same thing."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields, is_dataclass

from attain.expressions.tree import Span


def shape(thing: object) -> Hashable:
    """Something hashable that is equal for expressions that differ only in where they stand.

    Two gathers over the same filter, written on two lines, are fused by this.
    """
    if isinstance(thing, Span):
        return None
    if isinstance(thing, tuple | list):
        return tuple(shape(one) for one in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return (type(thing).__name__, *(shape(getattr(thing, f.name)) for f in fields(thing)))
    assert isinstance(thing, Hashable)
    return thing
