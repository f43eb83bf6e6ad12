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
from attain.engine.plans.lints.reading import nodes_of
from attain.engine.plans.resolve.drafts import FROM, PERIOD
from attain.engine.primitives.model import Column, Relation, ResolvedPlan
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
                    for dated in _dated(column)
                    for each in inside
                    for day in _changes(dated, each)
                ]
    return tuple(dict.fromkeys(found))


def _kinds(relation: Relation) -> Iterator[str]:
    for part in relation.key:
        if part.kind.startswith(PERIOD):
            yield part.kind.removeprefix(PERIOD)


def _dated(column: Column) -> Iterator[Dated]:
    """Constants read by the first day of the row's period."""
    waiting: list[Node] = list(nodes_of(column))
    while waiting:
        node = waiting.pop()
        waiting.extend(children(node))
        if isinstance(node, Dated) and _is_first_day(node.at):
            yield node


def _is_first_day(node: Node) -> bool:
    return isinstance(node, Reference) and node.column == FROM and node.row == ""


def _changes(dated: Dated, period: Period) -> Iterator[dt.date]:
    """The days inside a period, its first one apart, on which another version begins."""
    for begins, ends, _ in dated.versions:
        if begins is not None and period.from_ < begins < period.until:
            yield begins
        elif ends is not None and period.from_ < ends < period.until and _is_last(dated, ends):
            yield ends


def _is_last(dated: Dated, day: dt.date) -> bool:
    """True if nothing follows on the version that ends on a day."""
    return all(begins != day for begins, _, _ in dated.versions)


def _problem(column: Column, dated: Dated, day: dt.date, period: Period) -> Problem:
    return problem(
        errors.PLAN_VERSION_CHANGE,
        Where(line=column.line) if column.line else None,
        name=dated.name,
        day=day,
        period=str(period),
        column=column.name,
    )
