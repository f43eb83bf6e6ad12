"""Decided: what people decided about a calculated value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attain.core.units import Unit
from attain.engine.primitives.model import Column, Decided, Relation
from attain.engine.reference.inputs import StoredRow
from attain.engine.reference.prior import own_period
from attain.engine.reference.values import NO_VALUE, Row, number, result_of, worst
from attain.expressions.evaluate import Absent, Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation

WAIVED = Absent("not_applicable.waived")


def fill(
    run: Calculation, relation: Relation, column: Column, rows: Sequence[Row]
) -> Sequence[Result]:
    """The calculated value after people's decisions (language.md 49).

    The last setting by its number replaces the value, then adjustments are added, then a
    waiver makes the value not applicable. Without a decision the calculated value stands.
    """
    made = column.made
    assert isinstance(made, Decided)
    return [_decided(run, relation, column, row) for row in rows]


def _decided(run: Calculation, relation: Relation, column: Column, row: Row) -> Result:
    made = column.made
    assert isinstance(made, Decided)
    value = run.value(relation, row, made.calculated)
    decisions = decisions_on(run, relation, made, row)
    for one in decisions:
        if one["kind"] in ("set", "override"):
            value = stated(column, one)
    for one in decisions:
        if one["kind"] == "adjust":
            change = stated(column, one)
            value = worst((value, change)) or number(value) + number(change)
    return WAIVED if any(one["kind"] == "waive" for one in decisions) else value


def decisions_on(run: Calculation, relation: Relation, made: Decided, row: Row) -> list[StoredRow]:
    """The interventions on a row: its component, its subject, exactly its period; by number."""
    period = own_period(run, relation, row)
    subject = run.value(relation, row, made.subject)
    return sorted(
        (
            one
            for one in run.inputs.datasets.get("interventions", ())
            if one["component"] == made.component
            and one["subject"] == subject
            and (one["period_from"], one["period_until"]) == (period.from_, period.until)
        ),
        key=lambda one: str(one["id"]),
    )


def stated(column: Column, decision: StoredRow) -> Result:
    """The value a decision states, in the column's own unit; none stated is no data."""
    name = "value" if column.type.is_number else "text_value"
    value = result_of(decision.get(name))
    if column.type.unit is Unit.boolean and isinstance(value, str):
        return value == "true"
    return NO_VALUE if isinstance(value, Absent) else value
