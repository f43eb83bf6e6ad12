"""Deciding which steps are stored: what is read once is computed on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from attain.engine.compiler.steps import Compiled, Guard, Keeping, Step

DEEPEST: Final = 6
"""Views on top of each other before one is stored: a database reads all of them anew each time."""


def keep_what_is_read_twice(compiled: Compiled) -> Compiled:
    """Steps over people and periods, and windows, are stored when several steps read them.

    So is one on which many others would otherwise pile up. Formulas over rows of facts are
    never copied: computing them again costs less than storing them. The last step of a relation
    counts as read once more, because its rows leave the run.
    """
    readers: Counter[str] = Counter(compiled.relations.values())
    for step in compiled.steps:
        readers.update(step.reads)
    depths: dict[str, int] = {}
    kept: list[Step | Guard] = []
    for step in compiled.steps:
        if isinstance(step, Step):
            depth = 1 + max((depths.get(name, 0) for name in step.reads), default=0)
            step = _kept(step, is_stored=readers[step.name] > 1 or depth >= DEEPEST)
            depths[step.name] = 0 if step.keeping is Keeping.TABLE else depth
        kept.append(step)
    return replace(compiled, steps=tuple(kept))


def _kept(step: Step, *, is_stored: bool) -> Step:
    if step.keeping is not Keeping.SHARED:
        return step
    return replace(step, keeping=Keeping.TABLE if is_stored else Keeping.VIEW)
