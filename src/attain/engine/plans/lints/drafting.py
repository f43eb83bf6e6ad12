"""How a plan is written: examples and weights."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from attain.core.errors import Problem, problem
from attain.engine import errors
from attain.engine.plans.lints.registry import Case, lint
from attain.engine.plans.resolve.bands import fixed
from attain.engine.plans.texts import Expression

FULL = Decimal(100)


@lint(
    errors.LINT_NO_EXAMPLES,
    """
plan: p
period: month
subjects: {seller: people}
formulas: {one: "1"}
""",
)
def plans_without_examples(case: Case) -> Iterator[Problem]:
    """A plan without examples: nobody has shown that its rules give the right numbers."""
    if not case.plan.examples:
        yield problem(errors.LINT_NO_EXAMPLES, case.plan.where(("plan",)))


@lint(
    errors.LINT_WEIGHTS,
    """
plan: p
period: month
feedback: 5 working days
subjects: {seller: people, team: units}
formulas: {done: "day(period_end) + 60"}
scorecard:
  score:
    weights: plain_sum
    rows: [{row: one, weight: 60, score: done}, {row: two, weight: 30, score: done}]
""",
)
def weights_that_do_not_make_a_whole(case: Case) -> Iterator[Problem]:
    """A scorecard of plain sums whose weights are not 100: nobody could reach full marks.

    With exact weights that is an error, with `divide_by_sum` it does not matter.
    """
    for name, card in case.plan.scorecard.items():
        if getattr(card, "weights", None) != "plain_sum":
            continue
        weights = [_weight(row) for row in card.rows]
        known = [weight for weight in weights if weight is not None]
        total = sum(known, Decimal(0))
        if known and len(known) == len(weights) and total != FULL:
            where = case.plan.where(("scorecard", name))
            yield problem(errors.LINT_WEIGHTS, where, name=name, total=total)


def _weight(row: object) -> Decimal | None:
    """The weight of a row as a number, None where it is dated or calculated."""
    said = getattr(row, "weight", None)
    value = fixed(Expression(str(said))) if said is not None else Decimal(0)
    return value if isinstance(value, Decimal) else None
