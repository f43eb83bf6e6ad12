"""Plans as files: found by path or name, read, expanded, and resolved among their neighbours.

A plan inside a workspace sees its datasets, calendars, indicator documents and the other
plans; a plan file outside one stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final

from attain.cli import errors
from attain.cli.calendars import all_calendars
from attain.cli.output import has_errors
from attain.cli.workspace import Workspace, read_text
from attain.core.errors import AttainError, Problem, problem
from attain.core.periods import ONLY_GREGORIAN, Calendars
from attain.core.schemas import DatasetSchema
from attain.engine.plans.api import check_plan, load_plan
from attain.engine.plans.models.plan import PlanModel
from attain.engine.primitives.model import ResolvedPlan

_VERSION_SIGN: Final = "@"


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """One plan file, as far as it could be read, and all there is to say about it."""

    path: Path
    text: str
    model: PlanModel | None
    expanded: PlanModel | None
    resolved: ResolvedPlan | None
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        return self.model.plan if self.model else self.path.stem

    @property
    def is_sound(self) -> bool:
        return self.resolved is not None and not has_errors(self.problems)

    def required(self) -> ResolvedPlan:
        """The resolved plan.

        :raises AttainError: everything that is wrong with it.
        """
        if self.resolved is None or has_errors(self.problems):
            raise AttainError(self.problems)
        return self.resolved

    def sound_model(self) -> PlanModel:
        """The plan as its author wrote it.

        :raises AttainError: everything that is wrong with it.
        """
        if self.model is None:
            raise AttainError(self.problems)
        return self.model


class Plans:
    """The plans of a workspace, or a plan file that stands alone."""

    def __init__(self, workspace: Workspace | None, calendars: Calendars | None = None) -> None:
        """`calendars` are those of another time, as of a run; without them those of now."""
        self.workspace = workspace
        self._calendars = calendars
        self._read: dict[Path, ReadPlan] = {}
        self._models: dict[Path, PlanModel] = {}
        self._open: list[Path] = []

    @property
    def schemas(self) -> Mapping[str, DatasetSchema]:
        return self.workspace.schemas if self.workspace else {}

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars of the workspace, those given as rows of a dataset among them."""
        if self._calendars is not None:
            return self._calendars
        return all_calendars(self.workspace) if self.workspace else ONLY_GREGORIAN

    def paths(self, asked: Iterable[str]) -> list[Path]:
        """The files that are meant by paths and names; all of the workspace if nothing is asked.

        :raises AttainError: FILE_ABSENT, PLANS_ABSENT.
        """
        found = [self.path(one) for one in asked]
        if found:
            return found
        plans = self.workspace.plans if self.workspace else []
        if not plans:
            folder = str(self.workspace.root / "plans" if self.workspace else Path.cwd())
            raise AttainError(problem(errors.PLANS_ABSENT, folder=folder))
        return plans

    def path(self, asked: str) -> Path:
        """The file of a plan that is called by its path, its file name or its own name.

        :raises AttainError: FILE_ABSENT.
        """
        path = Path(asked)
        if path.is_file():
            return path
        plans = self.workspace.plans if self.workspace else []
        by_file = (plan for plan in plans if asked in (plan.name, plan.stem))
        # Only a plan that no file is called like is looked for in what the files say.
        by_head = (plan for plan in plans if self._head(plan) == asked)
        for found in chain(by_file, by_head):
            return found
        raise AttainError(problem(errors.FILE_ABSENT, path=asked))

    def _head(self, path: Path) -> str | None:
        """The name a plan has at its head, None if it cannot be read."""
        try:
            return self._loaded(path, *read_text(path)).plan
        except AttainError:
            return None

    def _loaded(self, path: Path, text: str, file: str) -> PlanModel:
        """What the text of a plan says, made out once.

        :raises AttainError: every mistake of its writing.
        """
        if path not in self._models:
            self._models[path] = load_plan(text, file)
        return self._models[path]

    # --- reading ---

    def read(self, path: Path) -> ReadPlan:
        """A plan with every problem that reading, expanding and resolving it finds."""
        if path not in self._read:
            self._open.append(path)
            try:
                self._read[path] = self._examined(path)
            finally:
                self._open.pop()
        return self._read[path]

    def _examined(self, path: Path) -> ReadPlan:
        text, model = "", None
        try:
            text, file = read_text(path)
            model = self._loaded(path, text, file)
            documents = self._documents(model)
            results = self._results(model)
        except AttainError as error:
            return ReadPlan(path, text, model, None, None, error.problems)
        found = check_plan(model, self.schemas, self.calendars, documents, results)
        return ReadPlan(path, text, model, found.expanded, found.resolved, found.problems)

    def _documents(self, model: PlanModel) -> dict[str, PlanModel]:
        """The indicator documents a plan uses, under the names it uses them by.

        :raises AttainError: every mistake in them.
        """
        if not model.uses or self.workspace is None:
            return {}
        return {used: self.indicators[used] for used in model.uses if used in self.indicators}

    @cached_property
    def indicators(self) -> dict[str, PlanModel]:
        """The indicator documents of the workspace, by name and by name and version.

        :raises AttainError: every mistake in them.
        """
        documents: dict[str, PlanModel] = {}
        problems: list[Problem] = []
        for path in self.workspace.indicators if self.workspace else []:
            try:
                document = load_plan(*read_text(path))
                documents[document.plan] = document
                if document.version is not None:
                    documents[f"{document.plan}{_VERSION_SIGN}{document.version}"] = document
            except AttainError as error:
                problems += error.problems
        if problems:
            raise AttainError(problems)
        return documents

    def _results(self, model: PlanModel) -> dict[str, ResolvedPlan]:
        """The plans whose results this one reads, as far as they are here and sound."""
        wanted = {source.plan for source in model.sources.values() if source.plan}
        found: dict[str, ResolvedPlan] = {}
        for name in sorted(wanted):
            for path in self._named(name):
                read = self.read(path)
                if read.resolved is not None:
                    found[name] = read.resolved
        return found

    def _named(self, name: str) -> Iterator[Path]:
        for path in self.workspace.plans if self.workspace else []:
            if path not in self._open and self._head(path) == name:
                yield path


def plans_around(folder: Path | None, asked: Iterable[str]) -> Plans:
    """The plans of the workspace named, of the one around the files asked for, or of none.

    :raises AttainError: WORKSPACE_MISSING if a workspace is named and is none.
    """
    if folder is not None:
        return Plans(Workspace.find(folder))
    places = [Path(one).parent for one in asked if Path(one).is_file()] or [Path.cwd()]
    try:
        return Plans(Workspace.find(places[0]))
    except AttainError:
        return Plans(None)
