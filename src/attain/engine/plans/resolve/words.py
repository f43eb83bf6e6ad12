"""Words of tables that may be texts or expressions: cells and keys."""

from __future__ import annotations

import re
from typing import Final

from attain.core.units import TEXT, Type, Unit
from attain.engine.plans.resolve.work import Work, place_of
from attain.engine.plans.texts import Expression
from attain.expressions.check import EmptyScope, Scope
from attain.expressions.compose import Composer
from attain.expressions.spelling import name_of
from attain.expressions.tree import Name, Span
from attain.expressions.typed import Constant, Node

_WORD: Final = re.compile(r"(?!\d+$)[^\W_][\w]*[+-]{0,2}")
"""A grade, a title, a name: A, A+, SR, 冷饮."""


def cell_value(work: Work, text: str, scope: Scope) -> Node:
    """What a cell gives: a single word is a text unless something here is called so.

    :raises Reported: the expression is wrong.
    """
    word = text.strip()
    if _WORD.fullmatch(word) and word.casefold() not in ("true", "false", "真", "假"):
        is_name = name_of(word).isidentifier()
        found = scope.name(Name((word,), Span()), Composer()) if is_name else None
        return found if found is not None else Constant(name_of(word), TEXT)
    return work.check(text, scope)


def key_constant(work: Work, text: str, type_: Type) -> Node:
    """A key of a table as a value of the input's unit.

    :raises Reported: a key of another unit.
    """
    if type_.unit is Unit.text:
        return Constant(name_of(text), TEXT)
    if type_.unit is Unit.key:
        composer = Composer()
        node = composer.fit(Constant(name_of(text), TEXT), type_)
        if composer.problems:
            work.note(composer.problems, place_of(text).where())
        return node
    return work.check(Expression.like(text, text), EmptyScope(), type_)
