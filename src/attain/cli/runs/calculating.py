"""Calculating a plan from the files of a workspace: inputs frozen, one folder a run."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from attain.cli import errors
from attain.cli.engines import Engine
from attain.cli.language import say
from attain.cli.planning import Plans, ReadPlan
from attain.cli.progress import Advance
from attain.cli.runs.folder import MANIFEST, RunFolder, write_origins
from attain.cli.runs.freezing import calendar_rows, freeze, members
from attain.cli.runs.names import ALIASES, PEOPLE, read_names
from attain.cli.workspace import Workspace
from attain.core.errors import AttainError, problem
from attain.core.keys import with_names
from attain.core.manifests import DatasetVersion, RunRequest
from attain.core.periods import Calendars, Period, parse_period, period_as_written
from attain.engine.api import Limits, run
from attain.engine.folder import Keep
from attain.engine.plans.api import version_changes
from attain.engine.primitives.model import ResolvedPlan
from attain.lake import FileCatalog

OWN: Final = ""
"""How a plan's own earlier results are called among those it reads."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a plan is to be calculated, whatever the period."""

    engine: Engine = Engine.duckdb
    keep: Keep = "results"
    memory: str | None = None
    fresh: bool = False
    """Calculate everything, whatever is known from earlier runs."""
    results: Mapping[str, Path] = field(default_factory=dict)
    """Folders of earlier results, by `plan@period`."""


class Calculator:
    """One plan of a workspace with the versions of its data, as they are at this moment."""

    def __init__(self, book: Plans, workspace: Workspace, read: ReadPlan) -> None:
        self.book = book
        self.workspace = workspace
        self.read = read
        self.plan = read.required()
        self.lake = FileCatalog(workspace.lake)
        self.versions = {
            **freeze(self.plan.datasets, book.schemas, self.lake),
            **members(self.plan.plan, self.lake, self.lake),
            **calendar_rows(self.lake),
        }

    def periods(self, until: str, start: str | None) -> list[Period]:
        """The periods to calculate, in order.

        :raises AttainError: PERIOD_FORMAT, PERIOD_NOT_OF_PLAN, PERIODS_REVERSED.
        """
        last = self._period(until)
        if start is None:
            return [last]
        first = self._period(start)
        if first.until > last.until:
            raise AttainError(problem(errors.PERIODS_REVERSED, start=start, end=until))
        calendar = self.book.calendars.of(last)
        return list(calendar.periods(self.plan.period, first.from_, last.until))

    def _period(self, text: str) -> Period:
        calendars = self.book.calendars
        period = parse_period(
            _in_calendar(period_as_written(text), self.plan, calendars), calendars
        )
        if period.kind != self.plan.period:
            calendar = calendars[self.plan.calendar]
            example = calendar.period_at(self.plan.period, period.from_)
            raise AttainError(
                problem(
                    errors.PERIOD_NOT_OF_PLAN,
                    plan=self.plan.plan,
                    kind=self.plan.period,
                    period=str(period),
                    example=str(example),
                )
            )
        return period

    def run(self, period: Period, out: Path, terms: Terms, advance: Advance) -> RunFolder:
        """Calculate one period into a folder, which is there whole or not at all.

        :raises AttainError: what refuses a run.
        """
        changes = version_changes(self.plan, period, self.book.calendars)
        if changes:
            raise AttainError(changes)
        terms = replace(terms, results={**self._found(period, terms.results), **terms.results})
        making = out.with_name(f".{out.name}.{os.getpid()}.making")
        try:
            request = self._request(period, terms)
            self._calculate(request, period, making, terms, advance)
            plans = [self.read.path, *self._others()]
            write_origins(making, request, self.workspace, plans, terms.results)
            put_aside(out, request)
            making.rename(out)
        except AttainError as error:
            shutil.rmtree(making, ignore_errors=True)
            raise self._named(error) from error
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
        return RunFolder(out)

    def _named(self, error: AttainError) -> AttainError:
        """The refusal with rows by the codes and names of the workspace, not by opaque keys."""
        heads = {name: self.lake.head(name) for name in (ALIASES, PEOPLE)}
        names = read_names(self.lake, {name: one for name, one in heads.items() if one})
        return AttainError([with_names(one, names.called) for one in error.problems])

    def _request(self, period: Period, terms: Terms) -> RunRequest:
        named = {name: RunFolder(path) for name, path in terms.results.items()}
        return RunRequest(
            plan=self.plan.text_hash,
            period=str(period),
            inputs={name: version.hash for name, version in self.versions.items()},
            results={name: run.manifest.result_digest for name, run in named.items()},
            backend=terms.engine.value,
        )

    def _found(self, period: Period, named: Mapping[str, Path]) -> dict[str, Path]:
        """What the workspace holds of the results that are read.

        Of other plans, unless somebody named any of theirs, those of periods that end with this
        one at the latest; of the plan itself those of the periods before.
        """
        found = self._held(self.plan.plan, period.from_) if OWN in self.plan.results else {}
        for other in {*self.plan.results} - {OWN, *(name.partition("@")[0] for name in named)}:
            found |= self._held(other, period.until)
        return found

    def _held(self, plan: str, until: dt.date) -> dict[str, Path]:
        """The results of a plan that stand in the workspace, of periods until a day."""
        found = {}
        for manifest in sorted((self.workspace.runs / plan).glob(f"*/{MANIFEST}")):
            run = RunFolder(manifest.parent)
            theirs = parse_period(run.manifest.period, self.book.calendars)
            is_present = manifest.parent.name == folder_name(theirs)
            if is_present and theirs.until <= until:
                found[f"{plan}@{theirs}"] = run.folder
        return found

    def _others(self) -> Iterator[Path]:
        """The files of the plans whose results this one reads."""
        wanted = {name for name in self.plan.results if name != OWN}
        for path in self.workspace.plans:
            if path != self.read.path and self.book.read(path).name in wanted:
                yield path

    def _calculate(
        self, request: RunRequest, period: Period, out: Path, terms: Terms, advance: Advance
    ) -> None:
        run(
            self.plan,
            request,
            self.lake,
            out,
            calendar=self.book.calendars.of(period),
            results=terms.results,
            keep=terms.keep,
            limits=Limits(memory=terms.memory) if terms.memory else None,
            reuse=None if terms.fresh else self.workspace.reuse,
            progress=advance,
        )


def _in_calendar(text: str, plan: ResolvedPlan, calendars: Calendars) -> str:
    """A period without a calendar is one of the plan's."""
    if ":" in text or plan.calendar == calendars.default.name:
        return text
    return f"{plan.calendar}:{text}"


def default_folder(workspace: Workspace, plan: str, period: Period) -> Path:
    """Where a run lies unless somebody says otherwise."""
    return workspace.runs / plan / folder_name(period)


def folder_name(period: Period) -> str:
    """A period as the name of a folder on every system."""
    return str(period).replace("/", "_").replace(":", "_")


def put_aside(out: Path, request: RunRequest) -> Path | None:
    """Make room for a run: the one before keeps its numbers under a name with a number.

    An empty folder is taken, and so is a run of the very same request.

    :raises AttainError: FOLDER_NOT_EMPTY if something else is there.
    """
    if not out.exists():
        return None
    if not (out / MANIFEST).is_file():
        if out.is_dir() and not any(out.iterdir()):
            out.rmdir()
            return None
        raise AttainError(problem(errors.FOLDER_NOT_EMPTY, folder=str(out)))
    if RunFolder(out).request.identity == request.identity:
        shutil.rmtree(out)
        return None
    numbers = (number for number in range(1, 10_000))
    aside = next(
        path for number in numbers if not (path := out.with_name(f"{out.name}.{number}")).exists()
    )
    out.rename(aside)
    return aside


def named_results(folders: Sequence[Path]) -> dict[str, Path]:
    """Folders of runs by what they are called in a request.

    :raises AttainError: RUN_ABSENT.
    """
    found = {}
    for folder in folders:
        run = RunFolder(folder)
        found[f"{run.manifest.plan_id}@{run.manifest.period}"] = folder
    return found


def said_versions(versions: Mapping[str, DatasetVersion]) -> str:
    """How much data goes into a run."""
    rows = sum(version.rows for version in versions.values())
    return say(
        "{count}个数据集，{rows:,}行",
        "{count} datasets, {rows:,} rows",
        count=len(versions),
        rows=rows,
    )
