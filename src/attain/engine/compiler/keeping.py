"""Deciding which steps are stored: what is read once is computed on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sqlglot import exp

from attain.engine.compiler.steps import Compiled, Keeping, Step


def keep_what_is_read_twice(compiled: Compiled) -> Compiled:
    """Steps over people and periods, and windows, are stored when several steps read them.

    Formulas over rows of facts are never copied: computing them again costs less than storing
    them. The last step of a relation counts as read once more, because its rows leave the run.
    """
    readers: Counter[str] = Counter(compiled.relations.values())
    for step in compiled.steps:
        readers.update({table.name for table in step.query.find_all(exp.Table)})
    kept = tuple(_kept(step, readers) if isinstance(step, Step) else step for step in compiled)
    return replace(compiled, steps=kept)


def _kept(step: Step, readers: Counter[str]) -> Step:
    if step.keeping is not Keeping.SHARED:
        return step
    shared = readers[step.name] > 1
    return replace(step, keeping=Keeping.TABLE if shared else Keeping.VIEW)
