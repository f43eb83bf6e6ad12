"""Every number of any plan explains itself: its steps come to it, in both languages (INV-C22)."""

from __future__ import annotations

from random import Random

import pytest
from trials.comparing import resolved
from trials.plans import make_trial

from attain.core.errors import AttainError
from attain.core.labels import LANGUAGES
from attain.core.periods import parse_period
from attain.engine.provenance import Cell, Evidence, Status, explain, render
from attain.engine.reference import Calculation, Inputs

CELLS = 40


@pytest.mark.parametrize("seed", range(300, 316))
def test_the_steps_of_any_cell_come_to_its_value(seed: int) -> None:
    trial, plan, _ = resolved(make_trial(seed))
    assert plan is not None
    inputs = Inputs(
        period=parse_period(trial.periods[0]),
        datasets={name: trial.world.datasets.get(name, ()) for name in plan.datasets},
        coverage=trial.world.coverage,
    )
    try:
        run = Calculation(plan, inputs).run()
    except AttainError:
        return
    cells = [
        Cell(relation.name, row.key, column)
        for relation in plan.relations.values()
        for row in run.rows(relation.name)[:6]
        for column in relation.columns
    ]

    for cell in Random(seed).sample(cells, min(CELLS, len(cells))):
        # Raises TRACE_DIFFERS where the steps do not come to the value.
        node = explain(Evidence(run), cell, depth=1)

        for language in LANGUAGES:
            assert len(render(node, language)) >= 2
        if node.status is Status.NO_DATA:
            assert node.reason is not None
