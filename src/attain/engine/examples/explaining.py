"""Why a number that an example expects is what the rules make it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attain.core.periods import ONLY_GREGORIAN, Calendars
from attain.core.schemas import DatasetSchema
from attain.engine.examples.expecting import Comparison
from attain.engine.examples.running import prepared_runs
from attain.engine.plans.models.plan import PlanModel
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.provenance import Cell, Evidence, Outline, Viewer, explain, outline
from attain.engine.reference import Calculation
from attain.engine.reference.values import result_of


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
) -> Outline | None:
    """The explanation of what came out where something was expected; None if it is no cell.

    :raises AttainError: whatever keeps the example from being run.
    """
    runs = prepared_runs(model, plan, asked.example, schemas=schemas or {}, calendars=calendars)
    for number, run in enumerate(runs):
        if number == asked.run:
            comparison = Comparison(run.setting, run.inputs.period, run.got)
            rows = run.expect.get(asked.column, ())
            cell = comparison.cell(asked.column, rows[asked.row]) if asked.row < len(rows) else None
            if cell is None:
                return None
            relation, key, column = cell
            evidence = Evidence(Calculation(run.plan, run.inputs).run())
            place = Cell(relation, tuple(result_of(value) for value in key), column)
            viewer = Viewer.of(run.plan, language, run.names)
            return outline(explain(evidence, place), viewer)
    return None
