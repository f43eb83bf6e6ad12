"""Gathering through a path: a manager's rows are those of the members below."""

from __future__ import annotations

from typing import Final

from attain.core.errors import AttainError, problem
from attain.engine import errors
from attain.engine.plans.models.columns import ColumnModel
from attain.engine.plans.resolve import made, reaching
from attain.engine.plans.resolve.drafts import Draft
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.suggesting import nearest
from attain.engine.plans.texts import Expression
from attain.engine.primitives.model import KeyPart

MEMBER: Final = "member"
"""Whose rows the finer ones are, in a path's own words."""


def through(outer: Site, finer: Draft, model: ColumnModel) -> tuple[Draft, ColumnModel]:
    """The finer rows paired with every ancestor of whom they are, and the gather over the pairs.

    :raises AttainError: PLAN_PATH_UNKNOWN, PLAN_LINK_MISSING, PLAN_DATE_NEEDED.
    """
    work = outer.work
    name = model.through or ""
    if name not in work.plan.paths:
        raise AttainError(
            problem(errors.PLAN_PATH_UNKNOWN, name=name, known=nearest(name, work.plan.paths))
        )
    path = made.path_for(work, name, finer)
    column = _member(outer.on(finer), path.key[0], model)
    pair = made.path_pair(work, finer, column, path)
    subject = outer.draft.subject
    link = {name: text for name, text in model.link.items() if name != MEMBER}
    if subject is not None and subject not in link:
        # Whose rows they are now is the ancestor, not the member.
        link[subject] = Expression("right.ancestor")
    return pair, model.model_copy(update={"link": link})


def _member(inner: Site, member: KeyPart, model: ColumnModel) -> str:
    """The column of the finer row that says whose it is; `link: {member: seller}` may say it.

    :raises AttainError: PLAN_LINK_MISSING, PLAN_LINK_SEVERAL.
    :raises Reported: the link is wrong.
    """
    if MEMBER in model.link:
        return inner.lift(inner.check(model.link[MEMBER])).column
    column = reaching.key_column(inner, member)
    if column is None:
        raise AttainError(
            problem(
                errors.PLAN_LINK_MISSING,
                relation=inner.draft.name,
                target=member.kind,
                part=member.name,
                shared="",
            )
        )
    return column
