"""Deciding which steps are stored: what is read once is computed on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from attain.engine.compiler.staging import is_fact
from attain.engine.compiler.steps import Compiled, Keeping, Step
from attain.engine.primitives.model import ResolvedPlan


def keep_what_is_read_twice(compiled: Compiled, plan: ResolvedPlan) -> Compiled:
    """Steps over people and periods are stored when several steps read them.

    Rows of facts are never copied: computing them again costs less than storing them. The
    last step of a relation counts as read once more, because its rows leave the run.
    """
    readers: Counter[str] = Counter(compiled.relations.values())
    for step in compiled.steps:
        query = step.query
        readers.update({table.name for table in query.find_all(_TABLE)})
    kept = tuple(
        replace(step, keeping=_keeping(step, readers[step.name], plan))
        if isinstance(step, Step)
        else step
        for step in compiled.steps
    )
    return replace(compiled, steps=kept)


def _keeping(step: Step, readers: int, plan: ResolvedPlan) -> Keeping:
    if step.name not in _aside(step) and is_fact(plan.relations[step.relation]):
        return step.keeping
    if readers > 1 or step.grain == ():
        return Keeping.TABLE
    return Keeping.VIEW


def _aside(step: Step) -> set[str]:
    """Steps beside a relation (sums, prepared targets) have names with a dot after the number."""
    return {step.name} if not step.grain else set()


from sqlglot import exp  # noqa: E402

_TABLE = exp.Table
