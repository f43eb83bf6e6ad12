"""Deciding which steps are stored: what is read once is computed on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from attain.engine.compiler.steps import Compiled, Guard, Keeping, Step, read_by

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


def last_reads(compiled: Compiled, leaving: Iterable[str]) -> dict[str, list[str]]:
    """By the name of a step or guard the stored steps that nobody reads behind it.

    `leaving` are the relations whose rows leave the run: what these are made of is read at the end.
    """
    steps = {step.name: step for step in compiled if isinstance(step, Step)}
    read = _stored(steps, (compiled.relations[name] for name in leaving))
    done: dict[str, list[str]] = {}
    for step in reversed(compiled.steps):
        if isinstance(step, Step) and step.keeping is not Keeping.TABLE:
            # A view reads when it is read.
            continue
        asked = read_by(step.only_if) if isinstance(step, Step) and step.only_if else ()
        own = _stored(steps, (step.name, *step.reads, *asked)) - read
        done.setdefault(step.name, []).extend(sorted(own))
        read |= own
    return done


def _stored(steps: dict[str, Step], names: Iterable[str]) -> set[str]:
    """The stored steps among those named, and those that the views among them read."""
    seen, waiting = set[str](), list(names)
    while waiting:
        step = steps.get(waiting.pop())
        if step is not None and step.name not in seen:
            seen.add(step.name)
            waiting += step.reads if step.keeping is not Keeping.TABLE else ()
    return {name for name in seen if steps[name].keeping is Keeping.TABLE}
