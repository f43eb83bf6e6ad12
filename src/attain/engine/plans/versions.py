"""Constants that change inside a period, read where only the period is known.

A rate of 3 % until 14 March and 4 % from 15 March has no one value for March. Read on the
rows of a fact it is that of the fact's date; read on the rows of a period it is refused when
such a period is calculated, unless the column says `at: period end` (language.md 10).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attain.core.errors import Problem, Where, problem
from attain.core.periods import Calendars, Period
from attain.engine import errors
from attain.engine.plans.resolve.drafts import FROM, PERIOD
from attain.engine.primitives.model import Column, Relation, ResolvedPlan, nodes_of
from attain.expressions.typed import Dated, Node, Reference, children


def version_changes(
    plan: ResolvedPlan, period: Period, calendars: Calendars
) -> tuple[Problem, ...]:
    """What keeps a plan from being calculated for a period: PLAN_VERSION_CHANGE, each once."""
    found = []
    for relation in plan.relations.values():
        for kind in _kinds(relation):
            periods = calendars[plan.calendar].periods(kind, period.from_, period.until)
            inside = [each for each in periods if each.until <= period.until]
            for column in relation.columns.values():
                found += [
                    _problem(column, dated, day, each)
                    for dated in read_by(column, FROM)
                    for each in inside
                    for day in days_of_change(dated)
                    if each.from_ < day < each.until
                ]
    return tuple(dict.fromkeys(found))


def _kinds(relation: Relation) -> Iterator[str]:
    for part in relation.key:
        if part.kind.startswith(PERIOD):
            yield part.kind.removeprefix(PERIOD)


def read_by(column: Column, day: str) -> Iterator[Dated]:
    """Constants that are read by a day of the row, such as the first of its period."""
    waiting: list[Node] = list(nodes_of(column))
    while waiting:
        node = waiting.pop()
        waiting.extend(children(node))
        if isinstance(node, Dated) and _is_own(node.at, day):
            yield node


def _is_own(node: Node, column: str) -> bool:
    return isinstance(node, Reference) and node.column == column and node.row == ""


def days_of_change(dated: Dated) -> list[dt.date]:
    """The days on which a version begins or ends."""
    edges = {edge for begins, ends, _ in dated.versions for edge in (begins, ends)}
    return sorted(edge for edge in edges if edge is not None)


def _problem(column: Column, dated: Dated, day: dt.date, period: Period) -> Problem:
    return problem(
        errors.PLAN_VERSION_CHANGE,
        Where(line=column.line) if column.line else None,
        name=dated.name,
        day=day,
        period=str(period),
        column=column.name,
    )
