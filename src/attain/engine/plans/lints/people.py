"""Rules that are about single persons."""

from __future__ import annotations

from collections.abc import Iterator

from attain.core.errors import Problem, problem
from attain.core.units import Unit
from attain.engine import errors
from attain.engine.plans.lints.reading import every_node
from attain.engine.plans.lints.registry import Case, lint
from attain.engine.primitives.model import Aggregate, Gather
from attain.expressions.typed import Constant


@lint(
    errors.LINT_INDIVIDUAL,
    """
plan: p
period: month
subjects: {seller: people}
formulas: {extra: "if(seller = 'P001', 100, 0)"}
""",
)
def rules_for_one_person(case: Case) -> Iterator[Problem]:
    """A rule that names a single person.

    It may be meant, but whoever approves the plan should see it, and a dated parameter or an
    intervention says the same with a reason (reliability B70).
    """
    seen = set()
    for _, column, node in every_node(case):
        is_key = isinstance(node, Constant) and node.type.unit is Unit.key
        if is_key and node.type.kind == "people" and column.name not in seen:
            seen.add(column.name)
            yield problem(errors.LINT_INDIVIDUAL, case.where(column.name), name=column.name)


@lint(
    errors.LINT_RATINGS_SHOWN,
    """
plan: p
period: year
feedback: 5 working days
subjects: {seller: people}
columns: {peers: {mean: score, from: ratings, link: {seller: subject}, in: all, show: true}}
incentives: {paid: {steps: [{base: "peers * 10.00"}]}}
""",
)
def ratings_shown_whoever_few_rated(case: Case) -> Iterator[Problem]:
    """Answers of raters that a plan shows as a result without a threshold, because it says so."""
    for shown in case.resolved.components:
        column = case.resolved.relations[shown.relation].columns[shown.column]
        made = column.made
        if column.form or not isinstance(made, Gather) or made.aggregate in _COUNTED:
            continue
        if "rater" in case.resolved.relations[made.relation].columns:
            yield problem(errors.LINT_RATINGS_SHOWN, case.where(column.name), name=column.name)


_COUNTED = (Aggregate.COUNT, Aggregate.DISTINCT)
"""How many rated tells nothing of what they gave."""
