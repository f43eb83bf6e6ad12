"""How far a calculation is, in the stages that people know: each with its steps and seconds."""

from __future__ import annotations

import time
from typing import Any, Final

from attain.apps.jobs.handlers import JobContext
from attain.apps.jobs.labels import label
from attain.apps.runs.models import Run
from attain.apps.runs.services.freezing import Frozen
from attain.core.manifests import Manifest
from attain.engine.calculate import WRITING
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.standard import STANDARD

SNAPSHOT, FACTS, MEASURES = "snapshot", "facts", "measures"
FORMULAS, CHECKS, WRITE = "formulas", "checks", "write"
STAGES: Final = (SNAPSHOT, FACTS, MEASURES, FORMULAS, CHECKS, WRITE)

label("runs.stage.snapshot", "读取快照", "Reading the snapshot")
label("runs.stage.facts", "明细与归属", "Facts and credits")
label("runs.stage.measures", "业绩量与目标", "Measures and targets")
label("runs.stage.formulas", "公式、计分与激励", "Formulas, scores and incentives")
label("runs.stage.checks", "汇总与校验", "Totals and checks")
label("runs.stage.write", "写出与摘要", "Writing and digest")

_PAUSE: Final = 0.4
"""Seconds between two notes of progress: readers look no more often."""


class Stages:
    """Told every step by the engine; keeps times by stage on the run."""

    def __init__(self, run: Run, plan: ResolvedPlan, frozen: Frozen, job: JobContext) -> None:
        self._run = run
        self._plan = plan
        self._job = job
        self._began = time.monotonic()
        self._noted = self._began
        self._times: dict[str, list[float]] = {}
        self._steps: dict[str, int] = dict.fromkeys(STAGES, 0)
        self._rows: dict[str, int] = {SNAPSHOT: frozen.rows}
        self._steps[SNAPSHOT] = len(frozen.request.inputs)
        self._now = SNAPSHOT

    def advance(self, step: str, done: int, total: int) -> None:
        """
        :raises Stopped: somebody stopped the job.
        """
        now = time.monotonic()
        stage = self.stage_of(step)
        if stage != self._now:
            self._times.setdefault(self._now, []).append(now - self._began)
            self._began, self._now = now, stage
        self._steps[stage] += 1
        if now - self._noted >= _PAUSE:
            self._noted = now
            self._note()
            self._job.progress(done, total, f"runs.stage.{stage}")

    def stage_of(self, step: str) -> str:
        """The stage a step belongs to, told by whose rows it makes."""
        if step == WRITING:
            return WRITE
        name, _, rest = step.partition("#")
        relation = self._plan.relations.get(name)
        if relation is None and "." in name:
            return MEASURES
        if relation is None or name in STANDARD:
            return CHECKS
        if relation.subject is None:
            return FACTS
        return FORMULAS if rest.isdigit() and int(rest) > _GATHERED else MEASURES

    def end(self, manifest: Manifest) -> None:
        """The last stage is over; what was written has its rows."""
        self._times.setdefault(self._now, []).append(time.monotonic() - self._began)
        self._now = ""
        own = [one for one in manifest.relations if one.name not in STANDARD]
        self._rows[MEASURES] = self._rows[FORMULAS] = sum(one.rows for one in own)
        self._rows[CHECKS] = manifest.relation("outcomes").rows
        self._rows[WRITE] = sum(one.rows for one in manifest.relations)
        self._note()

    def _note(self) -> None:
        Run.objects.filter(pk=self._run.pk).update(stages=[self._said(one) for one in STAGES])

    def _said(self, stage: str) -> dict[str, Any]:
        state = "done" if stage in self._times else "waiting"
        if stage == self._now:
            state = "running"
        elif stage not in self._times and not self._now:
            state = "done"
        seconds = sum(self._times.get(stage, []))
        return {
            "name": stage,
            "state": state,
            "steps": self._steps[stage],
            "rows": self._rows.get(stage),
            "tenths": int(seconds * 10) if stage in self._times else None,
        }


_GATHERED: Final = 3
"""The first three relations of a member hold who they are, what fits them, and what is summed."""
