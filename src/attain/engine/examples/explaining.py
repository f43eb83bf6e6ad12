"""Why a number that an example expects is what the rules make it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from attain.core.periods import ONLY_GREGORIAN, Calendars
from attain.core.schemas import DatasetSchema
from attain.engine.examples.expecting import Comparison
from attain.engine.examples.running import prepared_runs
from attain.engine.plans.models.plan import PlanModel
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.provenance import Cell, Evidence, Outline, Viewer, explain, with_inputs
from attain.engine.reference import Calculation
from attain.engine.reference.values import result_of

LEVELS: Final = 4
"""How many levels of inputs are explained as well: rules of plans are seldom deeper."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One expectation: the example and its run by their places, the column, the row."""

    example: int
    run: int
    column: str
    row: int


def explain_expected(
    model: PlanModel,
    plan: ResolvedPlan,
    asked: Asked,
    *,
    language: str,
    schemas: Mapping[str, DatasetSchema] | None = None,
    calendars: Calendars = ONLY_GREGORIAN,
) -> list[Outline]:
    """The explanation of what came out where something was expected, and of what it was made of.

    Nothing where there is no such cell.

    :raises AttainError: whatever keeps the example from being run.
    """
    runs = prepared_runs(model, plan, asked.example, schemas=schemas or {}, calendars=calendars)
    for number, run in enumerate(runs):
        if number == asked.run:
            comparison = Comparison(run.setting, run.inputs.period, run.got)
            rows = run.expect.get(asked.column, ())
            cell = comparison.cell(asked.column, rows[asked.row]) if asked.row < len(rows) else None
            if cell is None:
                return []
            relation, key, column = cell
            evidence = Evidence(Calculation(run.plan, run.inputs).run())
            place = Cell(relation, tuple(result_of(value) for value in key), column)
            viewer = Viewer.of(run.plan, language, run.names)
            return with_inputs(explain(evidence, place, LEVELS), viewer, _given(plan, run.plan))
    return []


def _given(plan: ResolvedPlan, prepared: ResolvedPlan) -> set[tuple[str, str]]:
    """Columns whose values the example gives, so that nothing calculates them."""
    return {
        (relation.name, column.name)
        for relation in prepared.relations.values()
        for column in relation.columns.values()
        if column != plan.relations[relation.name].columns.get(column.name)
    }
