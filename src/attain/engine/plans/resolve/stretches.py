"""Constants that change inside a stretch of a period, where only its first day could tell them.

On the rows of a period that is refused when the period is calculated (language.md 10). Where the
stretches lie is known by then from the rows alone, so it is a check of them that stops the run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from attain.core.units import DATE
from attain.engine import errors
from attain.engine.plans.resolve.drafts import Draft
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.work import Work
from attain.engine.plans.versions import days_of_change, read_by
from attain.engine.primitives.model import Check, Column, CutRows
from attain.expressions.compose import Composer
from attain.expressions.tree import Span
from attain.expressions.typed import Constant, Node


def checks(work: Work) -> Iterator[Check]:
    """That a constant is the same throughout each stretch on which it is read."""
    for draft in [draft for draft in work.drafts.values() if isinstance(draft.rows, CutRows)]:
        read = {
            dated.name: days_of_change(dated)
            for column in draft.computed.values()
            if not _says_when(work, column)
            for dated in read_by(column, "from")
        }
        for name, days in read.items():
            site = Site(work, draft, owner=name)
            column = site.lift(_lies_in_one(draft, days)).column
            yield Check(
                name=name,
                relation=draft.name,
                column=column,
                code=errors.PLAN_STRETCH_CHANGE,
                stops=True,
                refused_as=errors.PLAN_STRETCH_CHANGE,
            )


def _says_when(work: Work, column: Column) -> bool:
    """Whether its author wrote `at:`, be it for the very day that is read anyway."""
    declared = work.declared.get(column.name.partition("__")[0])
    return declared is not None and declared.model.at is not None


def _lies_in_one(draft: Draft, days: Sequence[dt.date]) -> Node:
    """Whether none of the days of change lies inside a stretch, its first one apart."""
    composer, from_, until = Composer(), draft.read("from"), draft.read("until")
    tests = [
        composer.operate(
            "or",
            (
                composer.operate("<=", (Constant(day, DATE), from_), Span()),
                composer.operate(">=", (Constant(day, DATE), until), Span()),
            ),
            Span(),
        )
        for day in days
    ]
    return composer.operate("and", tests, Span()) if len(tests) > 1 else tests[0]
