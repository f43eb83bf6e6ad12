"""Plain numbers without a unit, which would be shown as percentages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain

from attain.core.errors import Problem, problem
from attain.core.units import Unit
from attain.engine import errors
from attain.engine.plans.lints.registry import Case, lint
from attain.engine.plans.models.plan import PlanModel
from attain.engine.primitives.model import Column, Formula, nodes_of
from attain.expressions.typed import Apply, Constant, Narrow, Node, Round

_LARGE = Decimal(5)
"""Factors such as 1.5 and 2.5 read well as 150 % and 250 %."""

_CHOOSING = frozenset({"min", "max", "clamp", "if_missing"})


@lint(
    errors.LINT_PLAIN_NUMBER,
    """
plan: p
period: month
feedback: 5 working days
subjects: {seller: people}
formulas: {prize: "if(day(period_end) > 30, 300.50, 0)"}
incentives: {paid: {steps: [{base: "prize * 2"}]}}
""",
)
def plain_numbers_shown_as_percentages(case: Case) -> Iterator[Problem]:
    """A column that gives plain numbers and says no unit: 300.50 is shown as 30,050 %."""
    places = _without_unit(case.plan)
    for relation in case.resolved.relations.values():
        for name, column in relation.columns.items():
            path = places.get(name)
            if path is None or column.type.unit is not Unit.ratio:
                continue
            if not isinstance(column.made, Formula):
                continue
            given = chain.from_iterable(map(_results, nodes_of(column)))
            large = next((one for one in given if abs(one) >= _LARGE), None)
            if large is not None:
                yield _told(case, path, large)


@lint(
    errors.LINT_WHOLE_RATIO,
    """
plan: p
period: month
feedback: 5 working days
subjects: {seller: people}
parameters: {goal: {is: 1000, unit: money}, sold: {is: 6300, unit: money}}
formulas: {blocks: "floor(sold / goal)"}
incentives: {paid: {steps: [{base: "blocks * sold"}]}}
""",
)
def whole_numbers_shown_as_percentages(case: Case) -> Iterator[Problem]:
    """A quotient rounded to whole numbers without a unit: 6 blocks are shown as 600 %."""
    places = _without_unit(case.plan)
    for relation in case.resolved.relations.values():
        for name, column in relation.columns.items():
            path = places.get(name)
            if path is not None and is_whole_ratio(column):
                where = case.plan.where(path)
                yield problem(errors.LINT_WHOLE_RATIO, where, name=path[1])


def is_whole_ratio(column: Column) -> bool:
    """Whether a column is a ratio that was rounded to whole ones: a number to its author."""
    made = column.made
    node = made.node if isinstance(made, Formula) else None
    while isinstance(node, Narrow):
        node = node.operand
    return isinstance(node, Round) and node.type.unit is Unit.ratio and node.step % 1 == 0


def _told(case: Case, path: tuple[str, str], value: Decimal) -> Problem:
    shown = f"{value * 100:,f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    where = case.plan.where(path)
    return problem(errors.LINT_PLAIN_NUMBER, where, name=path[1], value=f"{value:f}", shown=shown)


def _without_unit(plan: PlanModel) -> Mapping[str, tuple[str, str]]:
    """Where the columns stand whose author said no unit."""
    return {
        name: (section, name)
        for section in ("columns", "measures", "formulas")
        for name, model in getattr(plan, section).items()
        if model.unit is None
    }


def _results(node: Node) -> Iterator[Decimal]:
    """The bare numbers an expression may come to."""
    match node:
        case Constant(value=Decimal() as value, is_bare=True):
            yield value
        case Narrow(operand=inner) | Round(operand=inner):
            yield from _results(inner)
        case Apply(function="if", arguments=operands):
            for one in (*operands[1::2], operands[-1]):
                yield from _results(one)
        case Apply(function=name, arguments=operands) if name in _CHOOSING:
            for one in operands:
                yield from _results(one)
