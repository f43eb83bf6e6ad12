"""A workspace: one folder with a company's declarations, plans, data and results.

```
attain.yaml          the company: name, time zone, currency, language, calendars
datasets/*.yaml      datasets of its own, and further columns of the system's
records/*.yaml       types of records that its people keep
plans/*.yaml         plans              indicators/*.yaml   documents that plans use
lake/                dataset versions   runs/               results
reuse/               what runs keep for the next; may be deleted at any time
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import Field

from attain.cli import errors
from attain.cli.output import shown_path
from attain.core.documents import Declared, check_document, read_yaml
from attain.core.errors import AttainError, Problem, Where, problem
from attain.core.labels import Labels, labels
from attain.core.periods import CalendarDeclaration, Calendars
from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS, load_dataset
from attain.engine.reuse.settings import Reuse

if TYPE_CHECKING:
    from attain.kinds.records import Book, RecordType

SETTINGS: Final = "attain.yaml"
GIGABYTE: Final = 1_000_000_000


class Settings(Declared):
    """What `attain.yaml` says of the company."""

    company: Labels = labels("公司", "Company")
    """Its name, on documents and pages."""
    time_zone: str = "Asia/Shanghai"
    """The zone of its business dates."""
    currency: str = "CNY"
    """The currency of money that says nothing else."""
    language: str = "zh-Hans"
    """The language of documents for readers who have not chosen one."""
    calendars: dict[str, CalendarDeclaration] = {}
    """Calendars of its own by name, such as a fiscal year or 4-4-5."""
    calendar: str = "gregorian"
    """The calendar that is meant where a period is written without one."""
    reuse: int = Field(default=5, ge=0, le=10_000)
    """Gigabytes that runs may keep so that the next one calculates only what is new; 0 for none."""
    approve_imports: bool = False
    """True if data that one person imports in the browser count only when another approves."""


class Workspace:
    """A company's folder, read when it is needed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def find(cls, start: Path) -> Workspace:
        """The workspace a folder or file lies in.

        :raises AttainError: WORKSPACE_MISSING.
        """
        start = start.resolve()
        for folder in (start, *start.parents):
            if (folder / SETTINGS).is_file():
                return cls(folder)
        raise AttainError(problem(errors.WORKSPACE_MISSING, folder=str(start)))

    @cached_property
    def settings(self) -> Settings:
        """
        :raises AttainError: every mistake in `attain.yaml`, with its line.
        """
        return check_document(Settings, read_yaml(*read_text(self.root / SETTINGS)))

    @cached_property
    def schemas(self) -> dict[str, DatasetSchema]:
        """Every dataset a plan may read: the system's, as extended here, the company's own, and
        those of its record types.

        :raises AttainError: every mistake in every declaration.
        """
        kept: dict[str, DatasetSchema] = {}
        found = dict(SYSTEM_DATASETS)
        problems: list[Problem] = []
        try:
            kept = self._kept_by_records
        except AttainError as error:
            problems += error.problems
        for path in sorted((self.root / "datasets").glob("*.yaml")):
            try:
                schema = load_dataset(*read_text(path))
                found[schema.dataset] = schema
                problems += _taken(schema.dataset, path, kept)
            except AttainError as error:
                problems += error.problems
        if problems:
            raise AttainError(problems)
        return {**found, **kept}

    @property
    def _kept_by_records(self) -> dict[str, DatasetSchema]:
        """The datasets that types of records give; without any, nothing of records is imported.

        :raises AttainError: every mistake in every declaration of a type.
        """
        if not self.record_files:
            return {}
        from attain.kinds.records import facts

        return facts.schemas(self.records)

    @cached_property
    def records(self) -> Book:
        """The types of records.

        :raises AttainError: every mistake in every declaration.
        """
        from attain.kinds.records import assemble, examine, load_record_type

        types: list[RecordType] = []
        problems: list[Problem] = []
        for path in self.record_files:
            try:
                types.append(load_record_type(*read_text(path)))
            except AttainError as error:
                problems += error.problems
        if problems:
            raise AttainError([*problems, *examine(types)[1]])
        return assemble(types)

    @property
    def record_files(self) -> list[Path]:
        """The files with types of records, by name."""
        return sorted((self.root / "records").glob("*.yaml"))

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars a period may be written in."""
        declared = self.settings.calendars
        return Calendars(
            (said.calendar(name) for name, said in declared.items()), self.settings.calendar
        )

    @property
    def plans(self) -> list[Path]:
        """The plan files, by name."""
        return sorted((self.root / "plans").glob("*.yaml"))

    @property
    def indicators(self) -> list[Path]:
        """The documents that plans use, by name."""
        return sorted((self.root / "indicators").glob("*.yaml"))

    @property
    def lake(self) -> Path:
        return self.root / "lake"

    @property
    def runs(self) -> Path:
        return self.root / "runs"

    @property
    def kept(self) -> Path:
        """What runs keep for those that come after."""
        return self.root / "reuse"

    @property
    def reuse(self) -> Reuse | None:
        """How runs here take from each other; None if the company wants none of it."""
        size = self.settings.reuse * GIGABYTE
        return Reuse(folder=self.kept, most=size) if size else None


def _taken(dataset: str, path: Path, kept: Mapping[str, DatasetSchema]) -> Iterator[Problem]:
    """A dataset of its own cannot be called as one that a record type gives."""
    if dataset in kept:
        from attain.kinds.records.errors import RECORD_TWICE

        kind = dataset.partition(".")[0]
        first, second = f"records/{kind}.yaml", shown_path(path)
        where = Where(file=second)
        yield problem(RECORD_TWICE, where, name=dataset, first=first, second=second)


def read_text(path: Path) -> tuple[str, str]:
    """A text file's content, and its name as somebody in this folder would type it.

    :raises AttainError: FILE_NOT_UTF8.
    """
    name = shown_path(path)
    try:
        return path.read_text(encoding="utf-8-sig"), name
    except UnicodeDecodeError as error:
        raise AttainError(
            problem(errors.FILE_NOT_UTF8, Where(file=name), position=error.start)
        ) from None
