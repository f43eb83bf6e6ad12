"""What is paid by itself and once more as a part of something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attain.core.errors import Problem, problem
from attain.engine import errors
from attain.engine.plans.lints.registry import ORDERS, Case, lint
from attain.engine.primitives.model import Formula, Relation
from attain.expressions.typed import Apply, Narrow, Node, Operate, Reference, Round

_WHOLE: Final = frozenset({"+", "max", "min", "if", "if_missing", "if_applicable"})
"""What adds its operands up, or gives on one of them as it is."""


@lint(
    errors.LINT_PAID_TWICE,
    ORDERS
    + """measures: {sales: {sum: amount, from: orders}}
incentives:
  commission: {steps: [{base: sales * 5%}]}
  wage: {steps: [{base: 1500.00}, {add: commission}]}
""",
)
def incentives_within_incentives(case: Case) -> Iterator[Problem]:
    """An incentive that adds up another one: each is paid, so the part is paid twice.

    A percentage of another's incentive is a rule of its own, and one that is taken off is none.
    """
    names = case.plan.incentives.keys()
    for name in names:
        for relation in case.resolved.relations.values():
            if name not in relation.columns:
                continue
            for part in sorted({one for one in _parts(relation, name) if one in names}):
                where = case.plan.where(("incentives", name, "steps"))
                yield problem(errors.LINT_PAID_TWICE, where, name=name, part=part)


def _parts(relation: Relation, name: str) -> Iterator[str]:
    """The columns of the same rows of which an amount is the sum, over others in between."""
    seen, waiting = {name}, [name]
    while waiting:
        made = relation.columns[waiting.pop()].made
        for part in _added(made.node) if isinstance(made, Formula) else ():
            if part in relation.columns and part not in seen:
                seen.add(part)
                waiting.append(part)
                yield part


def _added(node: Node) -> Iterator[str]:
    """The columns of the row whose amount an expression contains as it is."""
    if isinstance(node, Reference):
        if not node.row:
            yield node.column
    elif isinstance(node, Narrow | Round):
        yield from _added(node.operand)
    elif isinstance(node, Operate | Apply):
        called = node.operator if isinstance(node, Operate) else node.function
        operands = node.operands if isinstance(node, Operate) else node.arguments
        if called == "-" and len(operands) > 1:
            yield from _added(operands[0])
        for one in operands[called == "if" :] if called in _WHOLE else ():
            yield from _added(one)
