"""Matches: the one fitting row of another relation, at a date."""

from __future__ import annotations

from attain.core.errors import AttainError, problem
from attain.core.units import BOOLEAN
from attain.engine import errors
from attain.engine.plans.resolve import reaching
from attain.engine.plans.resolve.drafts import Declared, Draft
from attain.engine.plans.resolve.naming import flat, ordered_by
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.work import Work
from attain.engine.primitives.model import Lookup
from attain.expressions.typed import Node


def match(work: Work, declared: Declared) -> None:
    """The lookup of a match; what is read of its row are that row's columns.

    :raises Reported: an expression of it is wrong.
    """
    model = declared.model
    draft = work.drafts[declared.relation]
    target = work.rows(model.match)
    outer = Site(work, draft, declared)
    inner = Site(work, target)
    if model.where is None and not model.link:
        raise AttainError(problem(errors.PLAN_MATCH_TEST))
    equal = _equal(outer, target, declared)
    where = None
    if model.where is not None:
        where = flat(inner, inner.check(model.where, BOOLEAN, outer))
    has_interval = target.is_dated or target.period is not None
    at = reaching.version_date(outer) if has_interval and _is_dated(outer, model.at) else None
    draft.lookups[declared.name] = Lookup(
        name=declared.name,
        relation=target.name,
        equal=equal,
        at=at,
        where=where,
        take=_take(work, target, model.take),
        absent=model.absent or "no_data.no_match",
    )
    draft.match_targets[declared.name] = target


def _is_dated(outer: Site, said: str | None) -> bool:
    return said is not None or outer.own_date() is not None


def _equal(outer: Site, target: Draft, declared: Declared) -> tuple[tuple[str, Node], ...]:
    work = outer.work
    pairs = []
    for name, text in declared.model.link.items():
        column = work.column(target, name)
        if column is None:
            raise reaching.without_link(target, outer.draft, name, text)
        pairs.append((name, outer.check(text, column.type)))
    return tuple(pairs)


def _take(work: Work, target: Draft, said: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    return tuple(ordered_by(Site(work, target), one, target.name) for one in said)
