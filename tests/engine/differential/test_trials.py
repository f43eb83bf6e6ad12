"""Random plans over random data: the reference and DuckDB agree to the last digit and reason.

Every trial is made from its seed alone. A failure prints the seed, the smallest plan and rows
that still differ, and what differs. `ATTAIN_TRIALS=10000` makes a campaign of it, and
`ATTAIN_FIRST_SEED` moves where it begins.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest
from trials.comparing import compare, resolved
from trials.duck import Duck
from trials.plans import make_trial
from trials.shrinking import fails, shrunk, told

TRIALS = int(os.environ.get("ATTAIN_TRIALS", "200"))
FIRST = int(os.environ.get("ATTAIN_FIRST_SEED", "0"))
PORTION = 20

SEEDS = [range(start, min(start + PORTION, FIRST + TRIALS))
         for start in range(FIRST, FIRST + TRIALS, PORTION)]  # fmt: skip


@pytest.fixture(scope="module")
def duck() -> Duck:
    return Duck()


@pytest.mark.parametrize("seeds", SEEDS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_both_engines_come_to_the_same(seeds: range, duck: Duck) -> None:
    for seed in seeds:
        trial, plan, problems = resolved(make_trial(seed))
        assert plan is not None, f"seed {seed}: nothing is left of the plan: {problems}"

        outcome = compare(trial, plan, duck)

        if outcome.differences:
            small = shrunk(trial, duck)
            pytest.fail(told(small, fails(small, duck) or outcome))


def test_trials_try_everything_often_enough() -> None:
    """Of 300 plans every part of the language is in at least 6, as of 10 000 in 200."""
    features: Counter[str] = Counter()
    for seed in range(300):
        features.update(make_trial(seed).features)

    assert min(features.values()) >= 6, features
    assert len(features) >= 16, features


def test_trials_contain_what_goes_wrong_in_data() -> None:
    """Of all trials at least 30 % have a blank, a zero target, a negative amount or a move."""
    troubled = 0
    for seed in range(100):
        data = make_trial(seed).world.datasets
        blank = any(row["amount"] is None for row in data["orders"])
        negative = any((row["amount"] or 0) < 0 for row in data["orders"])
        no_target = any(row["value"] == 0 for row in data["targets"])
        moved = any(row["effective_from"] is not None for row in data["people"])
        troubled += blank or negative or no_target or moved

    assert troubled >= 30
