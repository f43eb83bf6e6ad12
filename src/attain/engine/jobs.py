"""One calculation as it is handed to the process that makes it: a plan, and files to read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from attain.core.errors import AttainError, problem
from attain.core.manifests import DatasetVersion, Manifest, RunKind, RunRequest
from attain.core.periods import (
    GREGORIAN,
    Calendar,
    Calendars,
    ChinaWorkingDays,
    Period,
    WorkingDays,
    parse_period,
)
from attain.core.stores import Store
from attain.engine.backends import errors
from attain.engine.context import Interval, NamedResult, RunContext
from attain.engine.errors.runs import RESULTS_UNNAMED
from attain.engine.folder import Keep, read_manifest
from attain.engine.primitives.model import ResolvedPlan, SourceRows
from attain.engine.reuse.settings import Reuse
from attain.engine.written import from_json, to_json


class Limits(BaseModel):
    """What one calculation may use of the machine."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    memory: str | None = None
    """Of the database; what does not fit goes to the disk. None for what the inputs need."""
    spill: str = "20GB"
    threads: int | None = None
    """Of the database; None for what the inputs need."""
    seconds: int | None = None


class InputFiles(BaseModel):
    """One dataset version and where its parts lie, in their order."""

    model_config = ConfigDict(frozen=True)

    version: DatasetVersion
    paths: tuple[Path, ...]


class Job(BaseModel):
    """Everything a calculation needs. The process that gets it sees these files and no others."""

    model_config = ConfigDict(frozen=True)

    plan: str
    calendar: str
    request: RunRequest
    inputs: dict[str, InputFiles]
    results: dict[str, Path]
    out: Path
    keep: Keep = "results"
    limits: Limits = Limits()
    reuse: Reuse | None = None
    """None to calculate everything."""

    def resolved(self) -> ResolvedPlan:
        return from_json(self.plan, ResolvedPlan)

    def read_calendar(self) -> Calendar:
        return from_json(self.calendar, Calendar)  # type: ignore[type-abstract]

    @property
    def period(self) -> Period:
        calendar = self.read_calendar()
        return parse_period(self.request.period, Calendars([calendar], default=calendar.name))


def job_of(
    plan: ResolvedPlan,
    request: RunRequest,
    store: Store,
    out: Path,
    *,
    calendar: Calendar = GREGORIAN,
    results: Mapping[str, Path] | None = None,
    keep: Keep = "results",
    limits: Limits | None = None,
    reuse: Reuse | None = None,
) -> Job:
    """The job of a request: its versions looked up, its results found where they lie.

    :raises AttainError: VERSION_UNKNOWN, RUN_INPUT_MISSING, RESULT_OTHER, RESULTS_UNNAMED.
    """
    inputs = {
        name: InputFiles(version=version, paths=tuple(store.part_paths(version)))
        for name, hash_ in request.inputs.items()
        for version in [store.version(name, hash_)]
    }
    found = {name: folder for name, folder in (results or {}).items() if name in request.results}
    _must_be_named(plan, request, found)
    return Job(
        plan=to_json(plan),
        calendar=to_json(calendar),
        request=request,
        inputs=inputs,
        results=found,
        out=out,
        keep=keep,
        limits=limits or Limits(),
        reuse=reuse if request.backend == "duckdb" else None,
    )


def _must_be_named(plan: ResolvedPlan, request: RunRequest, found: Mapping[str, Path]) -> None:
    """All that the plan reads is named, and the results lie there as they were named."""
    for dataset in plan.datasets:
        if dataset not in request.inputs and dataset not in OPTIONAL:
            raise AttainError(problem(errors.RUN_INPUT_MISSING, dataset=dataset))
    for name, digest in request.results.items():
        manifest = read_manifest(found[name]) if name in found else None
        if manifest is None or manifest.result_digest != digest:
            raise AttainError(problem(errors.RESULT_OTHER, name=name))
    plans = {name.partition("@")[0] for name in request.results}
    for other in plan.results:
        if other and other not in plans:
            raise AttainError(problem(RESULTS_UNNAMED, plan=plan.plan, other=other))


OPTIONAL: Final = frozenset(
    {"balances", "calendars", "days", "interventions", "parameters", "plan_members"}
)
"""Datasets that say something only if they are there: no decisions, no list of members, nobody
with a value or a balance of their own."""


def context_of(job: Job, plan: ResolvedPlan, working_days: WorkingDays | None = None) -> RunContext:
    """What is known about the run before any row is read."""
    calendar = job.read_calendar()
    return RunContext(
        period=job.period,
        calendar=calendar,
        datasets=frozenset(job.inputs),
        coverage=covered_days(plan, {one: each.version for one, each in job.inputs.items()}),
        results=tuple(named for named, _ in named_results(job)),
        provisional=job.request.kind is RunKind.provisional,
        working_days=working_days or ChinaWorkingDays(),
    )


def covered_days(
    plan: ResolvedPlan, versions: Mapping[str, DatasetVersion]
) -> dict[str, tuple[Interval, ...]]:
    """Of datasets with a business date the days they cover; others are always covered.

    A date that only the plan names, for rows that are stored without one, covers no days.
    """
    dated = {
        relation.rows.dataset
        for relation in plan.relations.values()
        if isinstance(relation.rows, SourceRows) and relation.date is not None
    }
    return {
        # What the product keeps itself, such as records, is complete without an end.
        name: tuple((one.from_ or date.min, one.until or date.max) for one in version.coverage)
        for name, version in versions.items()
        if name in dated and not version.is_undated
    }


def named_results(job: Job) -> list[tuple[NamedResult, Path]]:
    """The earlier runs that were named, each with its folder."""
    return [(_named(job, name, folder), folder) for name, folder in sorted(job.results.items())]


def _named(job: Job, name: str, folder: Path) -> NamedResult:
    manifest = manifest_in(folder)
    calendar = job.read_calendar()
    calendars = Calendars([calendar], default=calendar.name)
    period = parse_period(manifest.period, calendars)
    relations = frozenset(relation.name for relation in manifest.relations)
    return NamedResult(name.partition("@")[0], period, relations)


def manifest_in(folder: Path) -> Manifest:
    """The manifest of a run that is there: the job has seen it before."""
    manifest = read_manifest(folder)
    assert manifest is not None
    return manifest
