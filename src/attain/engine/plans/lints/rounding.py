"""Steps of rounding that are probably a number of decimals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from attain.core.errors import Problem, problem
from attain.engine import errors
from attain.engine.plans.lints.reading import every_node
from attain.engine.plans.lints.registry import ORDERS, Case, lint
from attain.expressions.typed import Round

_DECIMALS = (Decimal(2), Decimal(3), Decimal(4))
"""What spreadsheets are told for so many decimals; nobody pays in multiples of them."""


@lint(
    errors.LINT_ROUND_STEP,
    ORDERS
    + """measures: {sales: {sum: amount, from: orders}}
formulas: {pay: "round(sales * 5%, 2)"}
""",
)
def decimals_written_as_a_step(case: Case) -> Iterator[Problem]:
    """A rounding to multiples of 2, 3 or 4: perhaps so many decimals were meant.

    Spreadsheets round to a number of decimals; here the second argument is the step.
    """
    seen: set[tuple[tuple[str, ...], Decimal]] = set()
    for _, column, node in every_node(case):
        if not isinstance(node, Round) or node.step not in _DECIMALS:
            continue
        place = _place(case, column.name)
        if (place, node.step) not in seen:
            seen.add((place, node.step))
            small = Decimal(1).scaleb(-int(node.step))
            where = case.plan.where(place)
            yield problem(
                errors.LINT_ROUND_STEP, where, name=place[-1], step=node.step, small=f"{small:f}"
            )


def _place(case: Case, name: str) -> tuple[str, ...]:
    """Where the rule stands: a column, or the incentive whose step the column is."""
    for section in ("columns", "measures", "formulas"):
        if name in getattr(case.plan, section):
            return (section, name)
    own = (one for one in case.plan.incentives if name == one or name.startswith(f"{one}_"))
    found = max(own, key=len, default=None)
    return ("incentives", found) if found else ("plan",)
