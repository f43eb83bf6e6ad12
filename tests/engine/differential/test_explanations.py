"""Every number of any plan explains itself: its steps come to it, in both languages (INV-C22)."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from trials.comparing import inputs_of, resolved
from trials.explaining import faults
from trials.plans import make_trial
from trials.trial import Trial

from attain.core.errors import AttainError
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.provenance import Cell, Evidence, Node, Status, explain
from attain.engine.reference import Calculation, EarlierRun
from attain.engine.reference.running import written_relations
from attain.expressions.results import Absent

TRIALS = int(os.environ.get("ATTAIN_TRIALS", "40"))
FIRST = int(os.environ.get("ATTAIN_FIRST_SEED", "0")) + 300
CELLS = 20
"""Cells of each plan that are explained; half of them hold no value, where there are such."""


@pytest.mark.parametrize("seed", range(FIRST, FIRST + TRIALS))
def test_what_is_said_of_any_cell_adds_up(seed: int) -> None:
    """Explaining raises TRACE_DIFFERS where the steps do not come to the value."""
    trial, plan, _ = resolved(make_trial(seed))
    assert plan is not None
    run = last_run(trial, plan)
    if run is None:
        return

    for cell in chosen(run, Random(seed)):
        node = explain(Evidence(run), cell, depth=2)

        assert not list(faults(node))
        if node.status is Status.NO_DATA:
            assert node.reason is not None


def last_run(trial: Trial, plan: ResolvedPlan) -> Calculation | None:
    """The run of the last period, over the results of those before; None if one is refused."""
    earlier: list[EarlierRun] = []
    run = None
    for label in trial.periods:
        inputs = inputs_of(trial, plan, label, earlier)
        try:
            run = Calculation(plan, inputs).run()
            earlier.append(EarlierRun(plan.plan, inputs.period, written_relations(run)))
        except AttainError:
            return None
    return run


def chosen(run: Calculation, random: Random) -> list[Cell]:
    """Cells with a value and cells without."""
    held: dict[bool, list[Cell]] = {True: [], False: []}
    for relation in run.plan.relations.values():
        for row in run.rows(relation.name)[:6]:
            for column in relation.columns:
                is_held = not isinstance(run.value(relation, row, column), Absent)
                held[is_held].append(Cell(relation.name, row.key, column))
    missing = random.sample(held[False], min(CELLS // 2, len(held[False])))
    return [*missing, *random.sample(held[True], min(CELLS - len(missing), len(held[True])))]


def test_a_part_that_is_changed_is_noticed() -> None:
    """The check itself: of a sum whose parts come to something else it says so."""
    node = next(filter(None, map(_a_sum, range(FIRST, FIRST + 40))))
    assert node.gathered is not None
    changed = tuple(
        replace(one, part=one.part + 1) if isinstance(one.part, Fraction) else one
        for one in node.gathered.rows
    )

    assert not list(faults(node))
    assert list(faults(replace(node, gathered=replace(node.gathered, rows=changed))))


def _a_sum(seed: int) -> Node | None:
    """A sum of this trial that has parts and a value."""
    trial, plan, _ = resolved(make_trial(seed))
    assert plan is not None
    run = last_run(trial, plan)
    if run is None:
        return None
    for cell in chosen(run, Random(seed)):
        node = explain(Evidence(run), cell, depth=1)
        found = node.gathered
        if found is None or found.aggregate != "sum" or not isinstance(node.value, Fraction):
            continue
        if any(isinstance(one.part, Fraction) for one in found.rows):
            return node
    return None
