"""Orderings: a total order of a relation's rows inside partitions."""

from __future__ import annotations

from attain.core.errors import AttainError, problem
from attain.engine import errors
from attain.engine.plans.resolve.drafts import EFFECTIVE_FROM, Draft
from attain.engine.plans.resolve.made import RIGHT
from attain.engine.plans.resolve.naming import ordered_by, partition_column
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import Ordering, PairRows, PathRows


def ordering(site: Site, name: str) -> Ordering:
    """An ordering of these rows by name.

    :raises AttainError: PLAN_ORDER_UNKNOWN, PLAN_ORDER_NOT_TOTAL.
    :raises Reported: a column of it is wrong.
    """
    work, draft = site.work, site.draft
    model = work.plan.orderings.get(name)
    if model is None or work.rows(model.of) is not draft:
        known = [one for one, each in work.plan.orderings.items() if work.rows(each.of) is draft]
        raise AttainError(
            problem(
                errors.PLAN_ORDER_UNKNOWN,
                relation=draft.name,
                name=name,
                known=nearest(name, known),
            )
        )
    work.used.add(name)
    plain = Site(work, draft)
    partition = tuple(partition_column(plain, one, name) for one in model.per)
    by = tuple(ordered_by(plain, one, name) for one in model.by)
    _refuse_ties(draft, name, partition, [column for column, _ in by])
    return Ordering(name, partition, by)


def _version_of_tree(draft: Draft) -> str | None:
    """The key column of a pair with a tree that tells no rows apart.

    On the left row's date only one version of the tree is in force, and an edge that was always
    there has no first day: ordered by it, its row would have no place.
    """
    right = next((base for prefix, base in draft.bases if prefix == RIGHT), None)
    if right is None or not isinstance(right.rows, PathRows):
        return None
    is_dated = isinstance(draft.rows, PairRows) and draft.rows.at is not None
    return RIGHT + EFFECTIVE_FROM if is_dated else None


def _equal_to_left(draft: Draft) -> set[str]:
    """The right columns of a pair that equal one of the left row, whose own key tells it apart."""
    equal = draft.rows.equal if isinstance(draft.rows, PairRows) else ()
    return {RIGHT + right for _, right in equal}


def _refuse_ties(draft: Draft, name: str, partition: tuple[str, ...], by: list[str]) -> None:
    """
    :raises AttainError: PLAN_ORDER_NOT_TOTAL.
    """
    key = [part.name for part in draft.key if part.name != _version_of_tree(draft)]
    known = {*partition, *by, *_equal_to_left(draft)}
    lacking = [column for column in key if column not in known]
    if lacking:
        raise AttainError(
            problem(
                errors.PLAN_ORDER_NOT_TOTAL,
                name=name,
                relation=draft.name,
                key=key,
                lacking=lacking,
            )
        )
