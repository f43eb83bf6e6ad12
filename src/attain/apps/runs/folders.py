"""Where the numbers of runs lie, and opening a finished one with all it was made from.

```
DATA/runs/<number>/
    manifest.json      written last; without it there is no run      r001.parquet …
    request.json       plan, period, and the version of every dataset it read
    plan.yaml          the text that was approved
    plan.json          the same resolved, as it was calculated       calendar.json
    place.json         the folders of the results it read
```
A folder is never changed. It explains its numbers whatever becomes of plan and declarations.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.selectors import schemas
from attain.apps.runs import errors
from attain.apps.runs.models import Run
from attain.cli.runs.folder import MANIFEST, PLACE, REQUEST, RunFolder
from attain.cli.runs.names import ALIASES, PEOPLE, Names, read_names
from attain.cli.runs.opening import OpenRun
from attain.cli.workspace import GIGABYTE
from attain.core.errors import AttainError, Problem, problem
from attain.core.keys import with_names
from attain.core.manifests import DatasetVersion, RunRequest
from attain.core.periods import Calendar, Calendars, Period, parse_period
from attain.core.schemas import DatasetSchema
from attain.engine.plans.api import load_plan
from attain.engine.plans.models.plan import PlanModel
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.reuse.settings import Reuse
from attain.engine.written import from_json, to_json

PLAN_TEXT: Final = "plan.yaml"
PLAN: Final = "plan.json"
CALENDAR: Final = "calendar.json"


def runs_folder() -> Path:
    """Where all runs lie."""
    return Path(settings.DATA) / "runs"


def folder_of(run: Run) -> Path:
    """Where a run lies, or would."""
    return runs_folder() / (run.folder or str(run.pk))


def kept_for_reuse() -> Reuse | None:
    """Where runs leave what the next ones need not calculate again; None to calculate it all."""
    size = settings.REUSE * GIGABYTE
    return Reuse(folder=Path(settings.DATA) / "reuse", most=size) if size else None


def write_origins(
    folder: Path,
    request: RunRequest,
    text: str,
    plan: ResolvedPlan,
    calendar: Calendar,
    results: Mapping[str, Path],
) -> None:
    """Keep beside a run what it was made from, so that it can be explained ever after."""
    (folder / REQUEST).write_bytes(request.to_json())
    (folder / PLAN_TEXT).write_text(text, encoding="utf-8")
    (folder / PLAN).write_text(to_json(plan), encoding="utf-8")
    (folder / CALENDAR).write_text(to_json(calendar), encoding="utf-8")
    place = {"results": {name: path.name for name, path in results.items()}}
    (folder / PLACE).write_text(json.dumps(place, ensure_ascii=False), encoding="utf-8")


class WebFolder(RunFolder):
    """A finished run of the product on disk."""

    @property
    def results(self) -> dict[str, Path]:
        """The folders of the runs it was given, by `plan@period`."""
        named: Mapping[str, str] = self.place.get("results", {})
        return {name: self.folder.parent / path for name, path in named.items()}


class _Book:
    """What comparisons ask of the declarations: the columns of datasets."""

    @cached_property
    def schemas(self) -> Mapping[str, DatasetSchema]:
        return schemas()


class _Read:
    """What comparisons ask of the plan's text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def sound_model(self) -> PlanModel:
        """The plan as its author wrote it."""
        return load_plan(self.text)


def present_names() -> Names:
    """Codes by key, and people's names, as they are now."""
    catalog = DatabaseCatalog()
    heads = {name: catalog.head(name) for name in (ALIASES, PEOPLE)}
    return _names(*((name, one.hash) for name, one in heads.items() if one is not None))


def told_problems(kept: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    """What a run was refused for, with rows as their readers call them, not by opaque keys."""
    found = [Problem.from_data(one) for one in kept]
    if not found:
        return ()
    names = present_names()
    return tuple(with_names(one, names.called) for one in found)


class StoredRun(OpenRun):
    """A finished run of the product, ready to be asked.

    The same as a run of the command line, but for where things lie: versions of datasets
    stand in the database, and the plan beside the run.
    """

    folder: WebFolder

    @classmethod
    def of(cls, run: Run) -> StoredRun:
        """
        :raises AttainError: RUN_NOT_DONE, RUN_FOLDER_LOST.
        """
        if run.state != Run.DONE:
            raise AttainError(problem(errors.RUN_NOT_DONE, run=run.pk))
        folder = folder_of(run)
        if not (folder / MANIFEST).is_file():
            raise AttainError(problem(errors.RUN_FOLDER_LOST, run=run.pk))
        return cls.at_folder(folder)

    @classmethod
    def at_folder(cls, folder: Path) -> StoredRun:
        """The finished run in a folder."""
        return cls(WebFolder(folder))

    @cached_property
    def book(self) -> Any:
        return _Book()

    @cached_property
    def read(self) -> Any:
        return _Read((self.folder.folder / PLAN_TEXT).read_text(encoding="utf-8"))

    @cached_property
    def plan(self) -> ResolvedPlan:
        """The plan as it was calculated."""
        text = (self.folder.folder / PLAN).read_text(encoding="utf-8")
        return from_json(text, ResolvedPlan)

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar of its period."""
        text = (self.folder.folder / CALENDAR).read_text(encoding="utf-8")
        return from_json(text, Calendar)  # type: ignore[type-abstract]

    @property
    def calendars(self) -> Calendars:
        return Calendars([self.calendar], default=self.calendar.name)

    @cached_property
    def period(self) -> Period:
        return parse_period(self.folder.request.period, self.calendars)

    @cached_property
    def lake(self) -> Any:
        return DatabaseCatalog()

    @property
    def names(self) -> Names:
        """Codes by key. They only ever grow, so the present ones name everything of the past."""
        return present_names()

    @cached_property
    def versions(self) -> Mapping[str, DatasetVersion]:
        """The dataset versions the run read.

        :raises AttainError: VERSION_UNKNOWN if the lake has lost one.
        """
        inputs = self.folder.request.inputs
        return {name: self.lake.version(name, hash) for name, hash in inputs.items()}


@lru_cache(maxsize=2)
def _names(*versions: tuple[str, str]) -> Names:
    """The names in some versions, read once for all runs."""
    lake = DatabaseCatalog()
    return read_names(lake, {name: lake.version(name, hash) for name, hash in versions})
