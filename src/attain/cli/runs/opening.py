"""A finished run together with its plan, its data and the names its readers know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from attain.cli.calendars import CALENDARS, with_rows
from attain.cli.planning import Plans, ReadPlan
from attain.cli.runs.folder import RunFolder, find_run
from attain.cli.runs.names import ALIASES, PEOPLE, Names, read_names
from attain.core.manifests import DatasetVersion
from attain.core.periods import Calendars, Period, parse_period
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.provenance import Readers
from attain.lake import FileCatalog


class OpenRun:
    """One run, ready to be asked."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder

    @classmethod
    def at(cls, path: Path) -> OpenRun:
        """
        :raises AttainError: RUN_ABSENT.
        """
        return cls(find_run(path))

    @cached_property
    def book(self) -> Plans:
        """The plans as they were when the run was made."""
        return Plans(self.folder.made_from, self.calendars)

    @cached_property
    def read(self) -> ReadPlan:
        return self.book.read(self.folder.plan_path)

    @property
    def plan(self) -> ResolvedPlan:
        """
        :raises AttainError: the plan is none that this program can read.
        """
        return self.read.required()

    @cached_property
    def readers(self) -> Readers:
        """How readers are told the numbers of the plan."""
        return Readers(self.plan)

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars as they were; of a run that does not name their rows, those of now.

        :raises AttainError: VERSION_UNKNOWN if the lake has lost them.
        """
        hash = self.folder.request.inputs.get(CALENDARS)
        version = self.lake.version(CALENDARS, hash) if hash else self.lake.head(CALENDARS)
        made_from = self.folder.made_from
        return with_rows(made_from, self.lake, version) if version else made_from.calendars

    @cached_property
    def period(self) -> Period:
        return parse_period(self.folder.request.period, self.calendars)

    @cached_property
    def lake(self) -> FileCatalog:
        return FileCatalog(self.folder.lake)

    @cached_property
    def versions(self) -> Mapping[str, DatasetVersion]:
        """The dataset versions the run read.

        :raises AttainError: VERSION_UNKNOWN if the lake has lost one.
        """
        inputs = self.folder.request.inputs
        return {name: self.lake.version(name, hash) for name, hash in inputs.items()}

    @cached_property
    def names(self) -> Names:
        """Codes by key. They only ever grow, so the present ones name everything of the past."""
        found = {name: self.lake.head(name) for name in (ALIASES, PEOPLE)}
        return read_names(
            self.lake, {name: version for name, version in found.items() if version is not None}
        )
