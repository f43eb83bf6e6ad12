"""Gathering through a path: a manager's rows are those of the members below."""

from __future__ import annotations

from attain.core.errors import AttainError, problem
from attain.engine import errors
from attain.engine.plans.models.columns import ColumnModel
from attain.engine.plans.resolve import made, reaching
from attain.engine.plans.resolve.drafts import Draft
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.texts import Expression


def through(outer: Site, finer: Draft, model: ColumnModel) -> tuple[Draft, ColumnModel]:
    """The finer rows paired with every ancestor of whom they are, and the gather over the pairs.

    :raises AttainError: PLAN_PATH_UNKNOWN, PLAN_LINK_MISSING, PLAN_DATE_NEEDED.
    """
    work = outer.work
    name = model.through or ""
    if name not in work.plan.paths:
        raise AttainError(problem(errors.PLAN_PATH_UNKNOWN, name=name, known=list(work.plan.paths)))
    path = made.path_for(work, name, finer)
    member = path.key[0]
    column = reaching.key_column(outer.on(finer), member)
    if column is None:
        raise AttainError(
            problem(
                errors.PLAN_LINK_MISSING,
                relation=finer.name,
                target=member.kind,
                part=member.name,
            )
        )
    pair = made.path_pair(work, finer, column, path)
    subject = outer.draft.subject
    if subject is None or subject in model.link:
        return pair, model
    # Whose rows they are now is the ancestor, not the member.
    link = {**model.link, subject: Expression("right.ancestor")}
    return pair, model.model_copy(update={"link": link})
