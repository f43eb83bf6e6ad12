"""A score by groups of raters: how many, what they gave together, what that weighs.

Who gave what is told to nobody, and of fewer raters than the plan's threshold not even the mean.
The columns are those the scorecard writes for each group, under one place of the plan; what an
author gathers from ratings without the form is guarded in the same way (D31).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from attain.core import reasons
from attain.engine.primitives.model import (
    Aggregate,
    Column,
    Gather,
    PairRows,
    Relation,
    ResolvedPlan,
    SourceRows,
    StackRows,
)
from attain.engine.provenance.evidence import Evidence, is_component
from attain.engine.provenance.model import Gathered, Node, Status
from attain.engine.provenance.places import RaterGroup
from attain.engine.reference import gather
from attain.engine.reference.values import Row
from attain.expressions.results import Absent, Result

_RATERS: Final = "/raters"
_GROUPS: Final = "/raters/groups/"
CONFIDENTIAL: Final = Absent(reasons.CONFIDENTIAL)
"""What is told of the ratings of one group: they are told with the group, as far as at all."""


def is_anonymous(column: Column) -> bool:
    """Whether a column is a step of what a group of raters gave."""
    return _GROUPS in (column.form or "")


FEWEST: Final = 3
"""Answers of fewer raters are never told apart from the result they became part of."""

_RATER: Final = "rater"
_NAMED: Final = "/rating"
"""A mark by one named superior is no answer of a group, and its author stands by it."""
_UNTOLD: Final = frozenset(Aggregate) - {Aggregate.COUNT, Aggregate.DISTINCT}


def of_raters(plan: ResolvedPlan, relation: str) -> bool:
    """Whether the rows of a relation are what single raters gave: they say who `rater` is."""
    one = plan.relations[relation]
    match one.rows:
        case SourceRows():
            return _RATER in one.columns
        case PairRows(left=left, right=right):
            return of_raters(plan, left) or of_raters(plan, right)
        case StackRows(parts=parts):
            return any(of_raters(plan, part.relation) for part in parts)
    return False


def gathers_ratings(plan: ResolvedPlan, column: Column) -> bool:
    """Whether a column gathers what single raters gave, other than a superior's own mark."""
    made = column.made
    is_named = (column.form or "").endswith(_NAMED)
    return isinstance(made, Gather) and not is_named and of_raters(plan, made.relation)


def is_untold(evidence: Evidence, relation: Relation, row: Row, column: Column) -> bool:
    """Whether a value would tell what one or two raters gave, and no reader is shown it anyway."""
    plan, made = evidence.plan, column.made
    if of_raters(plan, relation.name):
        return not any(part.name == column.name for part in relation.key)
    if not isinstance(made, Gather) or not gathers_ratings(plan, column):
        return False
    is_shown = is_component(plan, relation, column)
    return (
        made.aggregate in _UNTOLD
        and not is_shown
        and _answers(evidence, relation, row, made) < FEWEST
    )


def _answers(evidence: Evidence, relation: Relation, row: Row, made: Gather) -> int:
    run = evidence.calculation
    asked = gather.contributions(run, relation, row, made, gather.rows_by_owner(run, made))
    return sum(one.counts is True for one in asked)


def guarded(evidence: Evidence, column: Column, found: Gathered) -> Gathered:
    """The rows behind a number; of what raters gave, only how many.

    The mark of one superior who stands by it is told, but not who rated something else.
    """
    if not gathers_ratings(evidence.plan, column):
        made = column.made
        is_mark = isinstance(made, Gather) and of_raters(evidence.plan, made.relation)
        return replace(found, left_out=()) if is_mark else found
    return replace(found, rows=(), left_out=(), untold=len(found.rows))


def untold(node: Node) -> Node:
    """A cell that would tell what a single rater gave."""
    return replace(node, value=CONFIDENTIAL, status=Status.NOT_APPLICABLE)


def groups_of(
    evidence: Evidence, relation: Relation, row: Row, column: Column
) -> tuple[RaterGroup, ...]:
    """The groups a score was made of, in the plan's order; none for any other column."""
    form = column.form or ""
    if not form.endswith(_RATERS):
        return ()
    names = dict.fromkeys(
        (one.form or "").removeprefix(f"{form}/groups/")
        for one in relation.columns.values()
        if (one.form or "").startswith(f"{form}/groups/")
    )

    def value(group: str, suffix: str) -> Result:
        within = f"{form}/groups/{group}"
        own = (one.name for one in relation.columns.values() if one.form == within)
        name = next(one for one in own if one.endswith(f"_{suffix}"))
        return evidence.calculation.value(relation, row, name)

    counts = {name: _number(value(name, "count")) for name in names}
    weights = {name: _number(value(name, "weight")) for name in names}
    whole = sum(weights.values(), Fraction(0))
    answered = sum((weights[name] for name in names if counts[name]), Fraction(0))
    found = []
    for name in names:
        mean = value(name, "shown")
        found.append(
            RaterGroup(
                name=name,
                raters=int(counts[name]),
                of=int(sum(counts.values(), Fraction(0))),
                mean=None if isinstance(mean, Absent) else mean,
                type=column.type,
                weight=weights[name] / whole if whole else Fraction(0),
                counts=weights[name] / answered if answered and counts[name] else Fraction(0),
            )
        )
    return tuple(found)


def _number(value: Result) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(0)
