"""Dimensions whose values come from elsewhere than what is gathered by them."""

from __future__ import annotations

from collections.abc import Iterator

from attain.core.errors import Problem, problem
from attain.engine import errors
from attain.engine.plans.lints.registry import Case, lint


@lint(
    errors.LINT_DIMENSION_COLUMN,
    """
plan: p
period: month
subjects: {user: people}
sources:
  loans:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, lender: people, borrower: people, amount: money}
dimensions: {other: {from: loans, column: borrower}}
columns:
  borrowed:
    each: [user, month, other]
    sum: amount
    from: loans
    link: {user: borrower, other: lender}
measures: {debts: {sum: borrowed, from: [user, month, other]}}
""",
)
def values_for_which_there_is_no_row(case: Case) -> Iterator[Problem]:
    """A dimension gathered by another column of its source than the one its values come from.

    Whoever lends and never borrows is no value of a dimension of borrowers: those loans count in
    no row, and sums over the rows are too small.
    """
    plan = case.plan
    for name, model in {**plan.columns, **plan.measures, **plan.formulas}.items():
        for dimension, said in plan.dimensions.items():
            linked = model.link.get(dimension)
            if linked is None or linked == said.column or model.from_ not in _spelled(said.from_):
                continue
            where = case.where(name, "link")
            yield problem(
                errors.LINT_DIMENSION_COLUMN,
                where,
                name=name,
                dimension=dimension,
                source=said.from_,
                column=said.column,
                linked=str(linked),
            )


def _spelled(source: str) -> tuple[object, ...]:
    """A source as `from` may name it."""
    return source, [source], (source,)
