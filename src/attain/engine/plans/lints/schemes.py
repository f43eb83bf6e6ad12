"""The health of an appraisal scheme: what makes schemes fail that are correct (S25)."""

from __future__ import annotations

from collections.abc import Iterator

from attain.core.errors import Problem, problem
from attain.core.labels import Labels, labels
from attain.engine import errors
from attain.engine.forms.scorecard import Row, Scorecard
from attain.engine.plans.lints.registry import Case, lint
from attain.engine.primitives.model import Column, Grouped, GroupFunction

_HEALTHY = """
plan: p
period: month
feedback: 5 working days
subjects: {seller: people, team: units}
formulas: {done: "day(period_end) + 60"}
"""
_TWO_ROWS = "[{row: a, weight: 50, score: done}, {row: b, weight: 50, score: done}]"
_RANKS = frozenset({GroupFunction.RANK, GroupFunction.DENSE_RANK})
"""`last_rank` says itself what becomes of equals: they fit together or not at all."""


@lint(
    errors.LINT_SINGLE_INDICATOR,
    _HEALTHY + "scorecard: {score: {rows: [{row: sales, weight: 100, score: done}]}}",
)
def scorecards_of_one_indicator(case: Case) -> Iterator[Problem]:
    """A scorecard with one weighted row: everything else is let go (S25.2)."""
    for name, card in case.plan.scorecard.items():
        counted = [row for row in _leaves(card) if _is_weighted(row)]
        if len(counted) == 1:
            where = case.plan.where(("scorecard", name))
            yield problem(errors.LINT_SINGLE_INDICATOR, where, name=name, row=counted[0].row)


@lint(
    errors.LINT_INDIVIDUAL_ONLY,
    _HEALTHY.replace(", team: units", "") + f"scorecard: {{score: {{rows: {_TWO_ROWS}}}}}",
)
def scorecards_of_persons_only(case: Case) -> Iterator[Problem]:
    """A scorecard on which nothing is about a team (S25.4).

    A plan counts as knowing teams when it measures units or positions, or has a path.
    """
    measured = (subject.from_ for subject in case.plan.subjects.values())
    if case.plan.paths or any(kind in ("units", "positions") for kind in measured):
        return
    for name in case.plan.scorecard:
        yield problem(errors.LINT_INDIVIDUAL_ONLY, case.plan.where(("scorecard", name)), name=name)


@lint(
    errors.LINT_TIES_UNDEFINED,
    _HEALTHY
    + "grades: {grade: {of: done, bands: [{from: 90, is: A}, {otherwise: B}], quotas: {A: 10%}}}",
)
def places_without_a_tie_break(case: Case) -> Iterator[Problem]:
    """Quotas or ranks that do not say what decides between equals (D08)."""
    for name, grade in case.plan.grades.items():
        if grade.quotas and not grade.ties:
            yield problem(errors.LINT_TIES_UNDEFINED, case.plan.where(("grades", name)), name=name)
    for relation in case.resolved.relations.values():
        for column in relation.columns.values():
            if _is_plain_rank(column):
                owner = column.name.partition("__")[0]
                yield problem(errors.LINT_TIES_UNDEFINED, case.where(owner), name=owner)


def _is_plain_rank(column: Column) -> bool:
    """A rank an author wrote, by one column only."""
    made = column.made
    if column.form is not None or not isinstance(made, Grouped):
        return False
    return made.function in _RANKS and len(made.by) == 1


@lint(
    errors.LINT_VAGUE_TARGET,
    _HEALTHY
    + "scorecard: {score: {rows: [{row: a, weight: 50, score: done}, "
    + "{row: b, weight: 50, rating: {item: attitude}}]}}",
)
def rows_without_a_standard(case: Case) -> Iterator[Problem]:
    """A row that is rated freely, or scored by a constant: nobody can aim at it (S25.1)."""
    for name, card in case.plan.scorecard.items():
        for row in _leaves(card):
            why = _vague(row)
            if why is not None:
                where = case.plan.where(("scorecard", name))
                yield problem(errors.LINT_VAGUE_TARGET, where, row=row.row, why=why)


def _vague(row: Row) -> Labels | None:
    if row.rating is not None and not row.rating.scale:
        return labels("评分没有写明各等级", "the rating has no scale")
    said = row.score or row.points
    if said is not None and said.replace(".", "").isdigit():
        return labels("得分是固定的数", "the score is a fixed number")
    return None


@lint(
    errors.LINT_NO_FEEDBACK,
    _HEALTHY.replace("feedback: 5 working days\n", "")
    + f"scorecard: {{score: {{rows: {_TWO_ROWS}}}}}",
)
def results_nobody_talks_over(case: Case) -> Iterator[Problem]:
    """A plan that scores people without saying when the result is talked over (S25.3, D43)."""
    if case.plan.scorecard and case.plan.feedback is None:
        yield problem(errors.LINT_NO_FEEDBACK, case.plan.where(("scorecard",)))


def _leaves(card: Scorecard) -> Iterator[Row]:
    waiting = list(card.rows)
    while waiting:
        row = waiting.pop(0)
        if row.rows:
            waiting[:0] = row.rows
        else:
            yield row


def _is_weighted(row: Row) -> bool:
    return row.add is None and row.veto is None and row.info is None
