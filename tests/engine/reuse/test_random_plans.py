"""Random plans to whose data and rules something happens: reuse changes no digit of any.

`ATTAIN_CHANGES=200` makes a campaign of it; `ATTAIN_FIRST_SEED` moves where it begins.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from happening import Happening
from lakes import Lake, rows_of
from trials.around import CALENDARS, SCHEMAS, results
from trials.comparing import resolved
from trials.plans import make_trial
from trials.trial import Trial

from attain.core.errors import AttainError
from attain.core.manifests import Coverage, Manifest, RunKind
from attain.engine.primitives.model import ResolvedPlan

CHANGES: Final = 3
"""What happens to each plan, one after the other."""
PLANS = int(os.environ.get("ATTAIN_CHANGES", "6")) // CHANGES
FIRST = int(os.environ.get("ATTAIN_FIRST_SEED", "1"))

_DATES: Final = {"orders": "signed_on", "visits": "made_on", "receipts": "received_on",
                 "receipts_by_hand": "noted_on"}  # fmt: skip
_BY_HAND: Final = {
    "note_id": "VARCHAR", "noted_on": "DATE", "seller": "VARCHAR", "customer_code": "VARCHAR",
    "sum_noted": "DECIMAL(24,2)", "rate_noted": "DECIMAL(38,18)", "pieces": "BIGINT",
    "remark": "VARCHAR",
}  # fmt: skip
"""The one dataset that the plans declare themselves."""


def columns() -> Mapping[str, Mapping[str, str]]:
    """The SQL types of what lies in the workspace of random plans."""
    stored = {name: one.stored(lineage=True) for name, one in SCHEMAS.items()}
    found = {name: {one.name: one.type.storage for one in own} for name, own in stored.items()}
    return {**found, "receipts_by_hand": _BY_HAND}


class Workplace(Lake):
    """The workspace of one random plan, and the runs of all its periods."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, columns(), _DATES)

    def take(self, trial: Trial, plan: ResolvedPlan) -> None:
        """The rows of a trial as they are now, as far as its plan reads any."""
        read = {*plan.datasets, *results()["before"].datasets}
        self.rows = {name: rows for name, rows in trial.world.datasets.items() if name in read}
        self.coverage = {
            name: tuple(Coverage(from_=start, until=until) for start, until in spans)
            for name, spans in trial.world.coverage.items()
        }
        self.freeze()

    def runs(self, trial: Trial, plan: ResolvedPlan, *, reuse: bool) -> Iterator[Any]:
        """What the runs of all periods come to, each reading those before it."""
        named = dict(self._before(trial, plan, reuse=reuse))
        calendar = CALENDARS[trial.calendar]
        for label in trial.periods:
            out = f"{label}-{reuse}"
            try:
                manifest = self.calculated(
                    plan, out, label, reuse=reuse, results=named, calendar=calendar,
                    kind=RunKind.provisional if trial.provisional else RunKind.live,
                )  # fmt: skip
            except AttainError as error:
                yield label, sorted(error.codes)
                return
            named[f"{plan.plan}@{label}"] = self.folder / out
            yield label, told(self.folder / out, manifest)

    def _before(
        self, trial: Trial, plan: ResolvedPlan, *, reuse: bool
    ) -> Iterator[tuple[str, Path]]:
        """The results of another plan that this one reads, month by month."""
        if "before" not in plan.results:
            return
        for label in ("2026-01", "2026-02", "2026-03"):
            out = f"before-{label}-{reuse}"
            self.calculated(results()["before"], out, label, reuse=reuse)
            yield f"before@{label}", self.folder / out


def told(folder: Path, manifest: Manifest) -> Any:
    """The digest of a run, and of every relation its digest and, where it has none, its rows."""
    relations = {
        one.name: (one.rows, one.digest or rows_of(folder, one)) for one in manifest.relations
    }
    return manifest.result_digest, relations


@pytest.mark.parametrize("seed", range(FIRST, FIRST + PLANS))
def test_whatever_happens_a_run_with_reuse_is_the_run_in_full(seed: int, tmp_path: Path) -> None:
    workplace, happening = Workplace(tmp_path), Happening(Random(seed))
    trial, plan, _ = resolved(make_trial(seed))
    assert plan is not None
    workplace.take(trial, plan)
    list(workplace.runs(trial, plan, reuse=True))

    for number in range(CHANGES):
        changed, other, problems = resolved(happening.after(trial))
        if other is not None and not problems:
            trial, plan = changed, other
        workplace.take(trial, plan)
        fresh = list(workplace.runs(trial, plan, reuse=False))
        again = list(workplace.runs(trial, plan, reuse=True))

        assert again == fresh, f"seed {seed}, change {number}\n{trial.text()}"
