"""The inputs of a run: every dataset version and every earlier result, named by hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from attain.apps.accounts.actors import Actor
from attain.apps.data import services as data
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.selectors import schemas
from attain.apps.runs import errors
from attain.apps.runs.folders import folder_of
from attain.apps.runs.models import Current, Run
from attain.apps.runs.services.planning import OWN, Target, calendars
from attain.cli.runs.freezing import MAY_BE_ABSENT, MEMBERS
from attain.cli.runs.tables import read_rows
from attain.core.errors import AttainError, problem
from attain.core.manifests import RunRequest
from attain.core.periods import Period, parse_period, period_labels
from attain.lake.stored_as import refuse_stored_otherwise

ALSO: Final = ("interventions", "days", "calendars")
"""Read where there are any, whether or not the plan names them."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a run may read, and where the results lie that it names."""

    request: RunRequest
    results: dict[str, Path]
    rows: int


def freeze(run: Run, target: Target, *, actor: Actor, at: datetime) -> Frozen:
    """Name everything a run reads as it is now; what changes later does not enter it.

    :raises AttainError: DATASET_NOT_THERE, STORED_OTHERWISE, RESULT_NOT_PUBLISHED, RESULT_FAILED,
        VERSION_CONFLICT, STORAGE_FULL.
    """
    results = _results(run, target)
    inputs = _inputs(target, actor, at)
    catalog = DatabaseCatalog()
    request = RunRequest(
        plan=target.plan.text_hash,
        period=str(target.period),
        kind=run.kind,
        inputs=inputs,
        results={name: one.digest for name, one in results.items()},
    )
    rows = sum(catalog.version(name, hash).rows for name, hash in inputs.items())
    return Frozen(request, {name: folder_of(one) for name, one in results.items()}, rows)


def _inputs(target: Target, actor: Actor, at: datetime) -> dict[str, str]:
    names = dict.fromkeys([*target.plan.datasets, *ALSO, MEMBERS])
    declared = schemas()
    known = [name for name in names if name in declared]
    frozen = data.freeze(known, actor=actor, at=at)
    catalog = DatabaseCatalog()
    problems = []
    for name in names:
        version = catalog.version(name, frozen[name]) if name in frozen else None
        is_there = version is not None and bool(version.rows or version.coverage)
        if not is_there:
            frozen.pop(name, None)
            if name in target.plan.datasets and name not in MAY_BE_ABSENT:
                problems.append(_absent(name, target))
    if problems:
        raise AttainError(problems)
    refuse_stored_otherwise(
        catalog, declared, {name: catalog.version(name, hash) for name, hash in frozen.items()}
    )
    if MEMBERS in frozen and not _names_members(frozen[MEMBERS], target.code):
        # Whoever is named for a plan takes part; of a plan that names nobody, everybody does.
        del frozen[MEMBERS]
    return dict(sorted(frozen.items()))


def _absent(name: str, target: Target):  # type: ignore[no-untyped-def]
    schema = schemas().get(name)
    label = schema.labels if schema and schema.labels else name
    return problem(
        errors.DATASET_NOT_THERE, dataset=name, label=label, plan=target.plan.labels or target.code
    )


def _names_members(version: str, plan: str) -> bool:
    catalog = DatabaseCatalog()
    paths = catalog.part_paths(catalog.version(MEMBERS, version))
    return bool(read_rows(paths, {"plan": plan}))


def _results(run: Run, target: Target) -> dict[str, Run]:
    """The runs whose results are read: published ones, and for estimates also estimates.

    :raises AttainError: RESULT_NOT_PUBLISHED, RESULT_FAILED.
    """
    found: dict[str, Run] = {}
    for name in target.plan.results:
        code = target.code if name == OWN else name
        there = _earlier(run.kind, code, target.period, is_own=name == OWN)
        if name != OWN and not any(_is_within(one, target.period) for one in there.values()):
            code_of_refusal = (
                errors.RESULT_NOT_PUBLISHED if run.kind == Run.LIVE else errors.RESULT_FAILED
            )
            raise AttainError(
                problem(
                    code_of_refusal,
                    plan=target.plan.labels or target.code,
                    other=code,
                    period=period_labels(target.period),
                )
            )
        found |= there
    return dict(sorted(found.items()))


def _earlier(kind: str, code: str, period: Period, *, is_own: bool) -> dict[str, Run]:
    """Results of a plan for periods until this one, by `plan@period`."""
    until = period.from_ if is_own else period.until
    runs: dict[str, Run] = {}
    if kind != Run.LIVE:
        estimates = Run.objects.filter(plan_code=code, kind=Run.PROVISIONAL, state=Run.DONE)
        if kind == Run.TRIAL:
            trials = Run.objects.filter(plan_code=code, kind=Run.TRIAL, state=Run.DONE)
            estimates = estimates | trials
        for one in estimates.order_by("id"):
            runs[one.period] = one
    published = Current.objects.filter(plan_code=code).select_related("publication__run")
    for current in published:
        runs[current.period] = current.publication.run
    known = calendars()
    return {
        f"{code}@{one.period}": one
        for one in runs.values()
        if parse_period(one.period, known).until <= until
    }


def _is_within(run: Run, period: Period) -> bool:
    """Whether a result speaks of some part of a period."""
    parsed = parse_period(run.period, calendars())
    return parsed.from_ < period.until and period.from_ < parsed.until
