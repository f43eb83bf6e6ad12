"""Rules that are about single persons."""

from __future__ import annotations

from collections.abc import Iterator

from attain.core.errors import Problem, problem
from attain.core.units import Unit
from attain.engine import errors
from attain.engine.plans.lints.reading import every_node
from attain.engine.plans.lints.registry import Case, lint
from attain.engine.primitives.model import Aggregate, Gather, MemberRows
from attain.expressions.typed import Constant, Node, Operate, Reference


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


@lint(
    errors.LINT_OWN_ROWS,
    """
plan: p
period: month
subjects: {seller: people}
sources:
  orders: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, shop: text}}
  staff: {key: [seller], columns: {seller: people, shop: {type: text, required: true}}}
columns:
  own: {match: staff, where: "seller = this.seller"}
  shop: own.shop
measures: {of_the_shop: {count: rows, from: orders, where: "shop = this.shop"}}
incentives: {paid: {steps: [{base: "of_the_shop * 10.00"}]}}
""",
)
def own_rows_compared_with_ones_own(case: Case) -> Iterator[Problem]:
    """A condition by which one's own rows are compared with something of one's own.

    The orders of a seller whose shop is the seller's shop are the seller's own; whoever writes so
    may well mean those of the whole shop.
    """
    for relation in case.resolved.relations.values():
        if not isinstance(relation.rows, MemberRows):
            continue
        for column in relation.columns.values():
            made = column.made
            if column.form or not isinstance(made, Gather) or made.where is None:
                continue
            subject = next((name for name, _ in made.match if name in case.plan.subjects), None)
            for compared in _compared_alike(made.where) if subject else ():
                yield problem(
                    errors.LINT_OWN_ROWS,
                    case.where(column.name),
                    name=column.name,
                    relation=made.relation,
                    subject=subject,
                    column=compared,
                    period=case.plan.period,
                )


def _compared_alike(where: Node) -> Iterator[str]:
    """Names that stand on both sides of an equality that has to hold: `shop = this.shop`."""
    if not isinstance(where, Operate):
        return
    if where.operator == "and":
        for part in where.operands:
            yield from _compared_alike(part)
    elif where.operator == "=":
        one, other = where.operands
        if isinstance(one, Reference) and isinstance(other, Reference):
            rows = {one.row, other.row}
            is_alike = one.column == other.column and rows == {"", "this"}
            if is_alike and one.type.unit in (Unit.key, Unit.text):
                yield one.column


_COUNTED = (Aggregate.COUNT, Aggregate.DISTINCT)
"""How many rated tells nothing of what they gave."""
