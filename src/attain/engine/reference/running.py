"""Running a plan by the reference: every relation as rows, the way any backend writes them."""

from __future__ import annotations

from attain.core.errors import AttainError, problem
from attain.core.schemas import why_column
from attain.engine.primitives.model import Relation, ResolvedPlan, Stored
from attain.engine.reference.calculation import Calculation
from attain.engine.reference.errors import REQUIRED_VALUE_MISSING
from attain.engine.reference.inputs import Inputs
from attain.engine.reference.outcomes import Written, standard_relations
from attain.engine.reference.values import Row, written
from attain.expressions.evaluate import Absent

Relations = dict[str, list[Written]]
"""Relations by name; a row holds exact values, None for missing, and `<name>__why` beside it."""


def run_plan(plan: ResolvedPlan, inputs: Inputs) -> Relations:
    """Every relation of a run, rows sorted by key, and the standard relations.

    :raises AttainError: what refuses a run: RESULT_MISSING, AMOUNT_OVERFLOW, a broken tree, a
        check that stops.
    """
    return written_relations(Calculation(plan, inputs).run())


def written_relations(run: Calculation) -> Relations:
    """The relations of a calculation as they are written."""
    own = {name: relation_rows(run, one) for name, one in run.plan.relations.items()}
    return own | standard_relations(run)


def relation_rows(run: Calculation, relation: Relation) -> list[Written]:
    """The rows of a relation: every column, hidden steps too, with the reasons beside."""
    return [written_row(run, relation, row) for row in run.rows(relation.name)]


def written_row(run: Calculation, relation: Relation, row: Row) -> Written:
    """One row as it is written.

    :raises AttainError: REQUIRED_VALUE_MISSING for a calculated column that always has a value:
        a stored one it reads, which is declared required, was empty.
    """
    one: Written = {}
    for name, column in relation.columns.items():
        value = run.value(relation, row, name)
        one[name] = written(column, value)
        if column.type.may_be_missing:
            one[why_column(name)] = value.reason if isinstance(value, Absent) else None
        elif isinstance(value, Absent) and not isinstance(column.made, Stored):
            raise AttainError(
                problem(
                    REQUIRED_VALUE_MISSING,
                    relation=relation.name,
                    column=name,
                    reason=value.reason,
                )
            )
    return one
