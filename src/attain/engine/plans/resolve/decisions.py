"""Decided columns: a calculated value after people's decisions."""

from __future__ import annotations

from attain.core.errors import AttainError, problem
from attain.engine import errors
from attain.engine.plans.resolve import formulas
from attain.engine.plans.resolve.drafts import Declared
from attain.engine.plans.resolve.work import Work
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import Column, Decided


def decided(work: Work, declared: Declared) -> Column:
    """The value after waivers, settings, adjustments and overrides.

    :raises AttainError: PLAN_DECIDED for a column that no decision can be filed for.
    :raises Reported: the calculated column is wrong.
    """
    model = declared.model
    draft = work.drafts[declared.relation]
    name = model.decided or ""
    if draft.subject is None or draft.period is None:
        raise AttainError(problem(errors.PLAN_DECIDED, name=declared.name))
    calculated = work.column(draft, name)
    if calculated is None:
        raise AttainError(
            problem(
                errors.PLAN_COLUMN_UNKNOWN,
                relation=draft.name,
                name=name,
                known=nearest(name, draft.declared),
            )
        )
    made = Decided(name, model.component or declared.name, draft.subject)
    type_ = calculated.type.missing()
    return formulas.finished(work, declared, made, type_, None)
