"""Given values of columns: the plan with their calculation replaced for those keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from attain.core.units import BOOLEAN
from attain.engine.primitives.model import (
    Column,
    Formula,
    MemberRows,
    Relation,
    ResolvedPlan,
    SourceRows,
    Stored,
)
from attain.expressions.typed import Apply, Constant, Missing, Node, Operate, Reference

CALCULATED = "{}__calculated"


@dataclass(frozen=True, slots=True)
class Given:
    """A value that stands for a column's calculation on the rows with these key values."""

    key: Mapping[str, Any]
    value: Any
    reason: str | None = None


def with_values(
    plan: ResolvedPlan, values: Mapping[tuple[str, str], Sequence[Given]]
) -> ResolvedPlan:
    """The plan in which given values of (relation, column) replace the calculation."""
    for (relation, column), given in values.items():
        plan = _with_value(plan, plan.relations[relation], column, given)
    return plan


def _with_value(
    plan: ResolvedPlan, relation: Relation, name: str, given: Sequence[Given]
) -> ResolvedPlan:
    column = relation.columns[name]
    calculated = CALCULATED.format(name)
    kept = replace(column, name=calculated, hidden=True)
    may_be_missing = column.type.may_be_missing or any(one.reason for one in given)
    type_ = column.type.missing(may_be_missing)
    node = _choice(relation, replace(column, type=type_), calculated, given)
    changed = replace(column, type=type_, made=Formula(node))
    columns = {**relation.columns, calculated: kept, name: changed}
    order = tuple(
        one
        for pair in plan.order
        for one in (
            ((relation.name, calculated), pair) if pair == (relation.name, name) else (pair,)
        )
    )
    relations = {**plan.relations, relation.name: replace(relation, columns=columns)}
    return replace(plan, relations=relations, order=order)


def _choice(relation: Relation, column: Column, calculated: str, given: Sequence[Given]) -> Node:
    """if(key is this one, its value, ..., the calculation)."""
    arguments: list[Node] = []
    for one in given:
        tests = tuple(_test(relation, name, value) for name, value in one.key.items())
        arguments += [_all(tests), _constant(column, one)]
    arguments.append(Reference(calculated, column.type))
    return Apply("if", tuple(arguments), column.type)


def _all(tests: tuple[Node, ...]) -> Node:
    """What is of nobody in particular, such as a value of each month, is replaced everywhere."""
    if not tests:
        return Constant(True, BOOLEAN)
    return tests[0] if len(tests) == 1 else Operate("and", tests, BOOLEAN)


def _test(relation: Relation, name: str, value: Any) -> Node:
    type_ = relation.columns[name].type
    pair = (Reference(name, type_), Constant(value, type_.missing(False)))
    return Operate("=", pair, BOOLEAN.missing(type_.may_be_missing))


def _constant(column: Column, one: Given) -> Node:
    if one.reason is not None:
        return Missing(one.reason, column.type.missing())
    return Constant(one.value, column.type.missing(False))


def with_blanks(plan: ResolvedPlan, blank: Mapping[str, frozenset[str]]) -> ResolvedPlan:
    """The plan that reckons with a missing value in these columns of its datasets.

    A file's row without a required value is never stored, so a plan counts on its being there; an
    example that leaves it out is told no data, whichever engine calculates.
    """
    if not any(blank.values()):
        return plan
    relations = {
        name: replace(relation, columns=_may_be_missing(relation, blank))
        for name, relation in plan.relations.items()
    }
    return replace(plan, relations=relations)


def _may_be_missing(relation: Relation, blank: Mapping[str, frozenset[str]]) -> dict[str, Column]:
    """The columns; those with blank cells, and all that is calculated, may lack a value."""
    dataset = relation.rows.dataset if isinstance(relation.rows, SourceRows | MemberRows) else ""
    lacking = blank.get(dataset, frozenset())
    return {
        name: replace(column, type=column.type.missing())
        if name in lacking or not isinstance(column.made, Stored)
        else column
        for name, column in relation.columns.items()
    }


def without_conditions(plan: ResolvedPlan, datasets: frozenset[str]) -> ResolvedPlan:
    """The plan in which everyone of these datasets takes part.

    An example that names people without describing them means: they take part.
    """
    relations = {}
    for name, relation in plan.relations.items():
        rows = relation.rows
        if isinstance(rows, MemberRows) and rows.dataset in datasets:
            relation = replace(relation, rows=replace(rows, where=None))
        relations[name] = relation
    return replace(plan, relations=relations)
