"""Gathering through a path: a manager's rows are those of the members below."""

from __future__ import annotations

import re
from typing import Final

from attain.core.errors import AttainError, problem
from attain.engine import errors
from attain.engine.plans.models.columns import ColumnModel
from attain.engine.plans.resolve import made, reaching
from attain.engine.plans.resolve.drafts import FROM, Draft
from attain.engine.plans.resolve.naming import partition_column
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.work import Work
from attain.engine.plans.suggesting import nearest
from attain.engine.plans.texts import Expression
from attain.engine.primitives.model import KeyPart, PairRows

MEMBER: Final = "member"
"""Whose rows the finer ones are, in a path's own words."""
_OF_PATH: Final = re.compile(r"\s*(right\.|ancestor\s*$|leg\s*$)")
"""What is asked of the path's row and not of the finer one."""


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
    link, subject = dict(model.link), outer.draft.subject
    if subject is not None and outer.draft.key[0].kind == path.key[0].kind:
        said = link.get(subject)
        if said is not None and not _OF_PATH.match(said):
            # `link: {seller: owner}` says whose the finer rows are, as it does without a path.
            link.setdefault(MEMBER, link.pop(subject))
    column = _member(outer.on(finer), path.key[0], link.pop(MEMBER, None))
    pair = _pair(work, finer, column, path)
    if subject is not None and subject not in link:
        # Whose rows they are now is the ancestor, not the member.
        link[subject] = Expression("right.ancestor")
    return pair, model.model_copy(update={"link": link})


def _member(inner: Site, member: KeyPart, said: Expression | None) -> str:
    """The column of the finer row that says whose it is; `link: {member: seller}` may say it.

    :raises AttainError: PLAN_LINK_MISSING, PLAN_LINK_SEVERAL.
    :raises Reported: the link is wrong.
    """
    if said is not None:
        return inner.lift(inner.check(said)).column
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


def _pair(work: Work, finer: Draft, member: str, path_: Draft) -> Draft:
    """Each finer row with each ancestor of its member, in its period or on its date."""
    name = f"{finer.name}__{path_.name}"
    if name in work.drafts and _member_of(work.drafts[name]) != member:
        name = f"{name}__{member}"
    if name in work.drafts:
        return work.drafts[name]
    draft = made.paired(name, finer, path_)
    equal = [(member, "member")]
    at = None
    if path_.period is None:
        at = finer.date
    elif finer.period == path_.period:
        equal.append((path_.period, path_.period))
    else:
        column = partition_column(Site(work, finer), path_.period, finer.name)
        equal.append((column, FROM))
    draft.rows = PairRows(finer.name, path_.name, tuple(equal), at)
    work.drafts[name] = draft
    return draft


def _member_of(pair: Draft) -> str | None:
    """The column of the finer row by which a pair says whose it is."""
    return pair.rows.equal[0][0] if isinstance(pair.rows, PairRows) else None
