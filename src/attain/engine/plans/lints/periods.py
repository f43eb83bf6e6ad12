"""Periods that are compared with what no period is called, and those that go on from others."""

from __future__ import annotations

from collections.abc import Iterator

from attain.core.errors import AttainError, Problem, problem
from attain.core.periods import GREGORIAN
from attain.core.units import Type, Unit
from attain.engine import errors
from attain.engine.plans.lints.reading import every_node
from attain.engine.plans.lints.registry import ORDERS, Case, lint
from attain.engine.plans.resolve.assembling import OWN_RESULTS
from attain.expressions.typed import Constant, Node, Operate, Read

_COMPARED = frozenset({"=", "<>", "in", "not in"})


@lint(
    errors.LINT_PERIOD_NEVER,
    """
plan: p
period: year
subjects: {seller: people}
sources:
  sales:
    key: [seller, quarter]
    date: quarter
    columns: {seller: people, quarter: period, sold: money}
columns: {late: {sum: sold, from: sales, where: "quarter = 'Q3'"}}
""",
)
def periods_that_are_never_called_so(case: Case) -> Iterator[Problem]:
    """A period compared with a text that no period of the common calendar is called.

    `2026-Q3` is not `Q3`: the condition never holds, and what it filters is nothing at all.
    """
    if case.plan.calendar != GREGORIAN.name:
        return
    seen: set[tuple[str, str]] = set()
    for _, column, node in every_node(case):
        for label in _compared(node):
            if (column.name, label) in seen or _is_period(label):
                continue
            seen.add((column.name, label))
            where = case.where(column.name)
            yield problem(errors.LINT_PERIOD_NEVER, where, name=column.name, label=label)


@lint(
    errors.LINT_NO_BEGINNING,
    ORDERS
    + """measures: {sales: {sum: amount, from: orders}}
formulas: {left: "max(0, previous(left, 0) + sales - 100)"}
""",
)
def states_without_a_beginning(case: Case) -> Iterator[Problem]:
    """A plan that goes on from its own earlier results and says no first day.

    With one, a run whose period before was not calculated stops and names it.
    """
    if OWN_RESULTS in case.resolved.results and case.resolved.effective_from is None:
        yield problem(errors.LINT_NO_BEGINNING, case.plan.where(("plan",)))


def _compared(node: Node) -> Iterator[str]:
    """The texts with which a period is compared, or which a table that it looks up has as keys."""
    if isinstance(node, Operate) and node.operator in _COMPARED and _has_label(node):
        yield from _texts(node.operands)
    if isinstance(node, Read):
        for place, one in enumerate(node.inputs):
            if _is_label(one.type):
                for cell in node.cells:
                    yield from _texts(cell.conditions[place].equals)


def _texts(nodes: tuple[Node, ...]) -> Iterator[str]:
    for one in nodes:
        if isinstance(one, Constant) and one.type.unit is Unit.text:
            yield from (text for text in (str(one.value),) if ":" not in text)


def _has_label(node: Operate) -> bool:
    return any(_is_label(one.type) for one in node.operands)


def _is_label(type_: Type) -> bool:
    kind = type_.kind or ""
    return type_.unit is Unit.text and (kind == "period" or kind.startswith("period:"))


def _is_period(label: str) -> bool:
    try:
        return GREGORIAN.parse(label).label == label
    except AttainError:
        return False
