"""Ranks and shares: a row against its population."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from attain.core.errors import AttainError, problem
from attain.core.units import BOOLEAN, COUNT, FRACTION_SCALE, Type, Unit
from attain.engine import errors
from attain.engine.plans.resolve.drafts import Draft
from attain.engine.plans.resolve.naming import partition_column
from attain.engine.plans.resolve.reading import Reading
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.work import Work
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import Grouped, GroupFunction, Population
from attain.expressions import units
from attain.expressions.typed import Node, Reference

FUNCTIONS: Final = {
    "rank": GroupFunction.RANK,
    "dense_rank": GroupFunction.DENSE_RANK,
    "last_rank": GroupFunction.LAST_RANK,
    "group_count": GroupFunction.COUNT,
    "group_sum": GroupFunction.SUM,
    "group_mean": GroupFunction.MEAN,
    "group_min": GroupFunction.MIN,
    "group_max": GroupFunction.MAX,
    "group_share": GroupFunction.SUM,
}
"""The calls, each with what it computes over the population."""

_RANKS: Final = frozenset({"rank", "dense_rank", "last_rank"})
_MOST_KEYS: Final = 8


def read(reading: Reading) -> Node:
    """A value over the row's population.

    :raises AttainError: PLAN_GROUP_NEEDED, PLAN_GROUP_UNKNOWN.
    :raises Reported: an argument is wrong.
    """
    name = reading.call.name
    fewest = 0 if name == "group_count" else 1
    most = _MOST_KEYS if name in _RANKS else 1
    if not reading.has(fewest, most, f"{name}(x{', ties...' if most > 1 else ''})"):
        return reading.faulty()
    nodes = [reading.check(argument) for argument in reading.arguments]
    if any(units.is_faulty(node.type) for node in nodes):
        return reading.faulty()
    if reading.work.is_sketch:
        return _sketch(name, nodes)
    site = reading.site
    population, skip = _population(site, name)
    by = [site.lift(node) for node in nodes]
    function = FUNCTIONS[name]
    made = Grouped(function, tuple((one.column, True) for one in by), population, skip)
    found = site.step(made, _type(function, by), f"{name}(…)")
    if name == "group_share":
        return reading.composer.operate("/", (by[0], found), reading.span)
    return replace(found, span=reading.span)


def _sketch(name: str, nodes: list[Node]) -> Node:
    if name in _RANKS or name == "group_count":
        return Reference(name, COUNT.missing())
    type_ = Type(Unit.ratio, may_be_missing=True) if name == "group_share" else nodes[0].type
    return Reference(name, type_.missing())


def _type(function: GroupFunction, by: list[Reference]) -> Type:
    is_count = function in (
        GroupFunction.RANK,
        GroupFunction.DENSE_RANK,
        GroupFunction.LAST_RANK,
        GroupFunction.COUNT,
    )
    if is_count:
        return COUNT.missing()
    type_ = by[0].type.missing()
    if function is GroupFunction.MEAN:
        return replace(type_, scale=FRACTION_SCALE)
    return type_


def _group_of(work: Work, draft: Draft, said: Sequence[str]) -> str:
    """The one group of these rows that a column names.

    :raises AttainError: PLAN_GROUP_ELSEWHERE, PLAN_GROUP_UNKNOWN.
    """
    name = said[0]
    rows = {known: work.rows(each.of) for known, each in work.plan.groups.items()}
    own = [known for known, of in rows.items() if of is draft]
    if len(said) == 1 and name in own:
        return name
    if len(said) == 1 and name in rows:
        raise AttainError(
            problem(
                errors.PLAN_GROUP_ELSEWHERE, name=name, of=rows[name].grain, relation=draft.grain
            )
        )
    raise AttainError(
        problem(
            errors.PLAN_GROUP_UNKNOWN, relation=draft.grain, name=name, known=nearest(name, own)
        )
    )


def _population(site: Site, function: str) -> tuple[Population, bool]:
    """The population that the column's `within` names.

    :raises AttainError: PLAN_GROUP_NEEDED, PLAN_GROUP_ELSEWHERE, PLAN_GROUP_UNKNOWN.
    """
    work, draft = site.work, site.draft
    said = site.declared.model.within if site.declared else ()
    if not said:
        raise AttainError(problem(errors.PLAN_GROUP_NEEDED, function=function))
    name = _group_of(work, draft, said)
    work.used.add(name)
    model = work.plan.groups[name]
    plain = Site(work, draft)
    partition = [partition_column(plain, one, name) for one in model.per]
    if draft.period is not None and draft.period not in partition:
        partition.append(draft.period)
    where = None
    if model.where is not None:
        node = plain.check(model.where, BOOLEAN)
        where = plain.named(name).lift(node, model.where).column
    return Population(name, tuple(partition), where), model.missing == "skip"
