"""Record types at the command line: found by file or name, read, and judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from attain.cli.output import has_errors
from attain.cli.planning import Plans
from attain.cli.workspace import Workspace, read_text
from attain.core.errors import AttainError, Problem
from attain.kinds.records import Book, Kind, RecordType, examine, lint, load_record_type

_HEAD: Final = re.compile(r"^record\s*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ReadType:
    """One file with a record type, as far as it could be read, and all there is to say about it."""

    path: Path
    kind: Kind | None
    declared: RecordType | None
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        return self.declared.record if self.declared else self.path.stem

    @property
    def is_sound(self) -> bool:
        return self.kind is not None and not has_errors(self.problems)


class Types:
    """The record types of a workspace, and files that are named besides."""

    def __init__(self, workspace: Workspace | None, further: Iterable[Path] = ()) -> None:
        own = workspace.record_files if workspace else []
        there = {path.resolve() for path in own}
        self._own = own
        self._files = [*own, *(one for one in further if one.resolve() not in there)]

    def paths(self, asked: Sequence[str]) -> list[Path]:
        """The files meant by paths and names; all of the workspace if nothing is asked."""
        if not asked:
            return list(self._own)
        return [path for path in map(self.path, asked) if path is not None]

    def path(self, asked: str) -> Path | None:
        """The file of a type that is called by its path, its file name or its own name."""
        path = Path(asked)
        if path.is_file():
            return next((one for one in self._files if one.resolve() == path.resolve()), None)
        for one in self._own:
            if asked in (one.name, one.stem, self._name(one)):
                return one
        return None

    def _name(self, path: Path) -> str | None:
        declared = self._declared.get(path)
        return declared.record if declared else None

    def read(self, path: Path) -> ReadType:
        """A type with everything that is wrong or unwise in it, as it stands among the others."""
        declared = self._declared.get(path)
        if declared is None:
            return ReadType(path, None, None, self._unreadable[path])
        kind = self._book.kinds.get(declared.record)
        where = declared.where()
        file = where.file if where else None
        found = [one for one in self._problems if one.where and one.where.file == file]
        return ReadType(path, kind, declared, tuple(found))

    @cached_property
    def _loaded(self) -> dict[Path, RecordType | tuple[Problem, ...]]:
        found: dict[Path, RecordType | tuple[Problem, ...]] = {}
        for path in self._files:
            try:
                found[path] = load_record_type(*read_text(path))
            except AttainError as error:
                found[path] = error.problems
        return found

    @property
    def _declared(self) -> dict[Path, RecordType]:
        return {path: one for path, one in self._loaded.items() if isinstance(one, RecordType)}

    @property
    def _unreadable(self) -> dict[Path, tuple[Problem, ...]]:
        return {path: one for path, one in self._loaded.items() if isinstance(one, tuple)}

    @cached_property
    def _examined(self) -> tuple[Book, list[Problem]]:
        return examine(self._declared.values())

    @property
    def _book(self) -> Book:
        return self._examined[0]

    @cached_property
    def _problems(self) -> list[Problem]:
        return [*self._examined[1], *lint(self._book)]


def types_around(workspace: Workspace | None, asked: Iterable[str]) -> Types:
    """The record types of a workspace, with the files that are named besides."""
    return Types(workspace, [Path(one) for one in asked if is_record_file(Path(one))])


def is_record_file(path: Path) -> bool:
    """Whether a file declares a record type, as its first words say."""
    if not path.is_file() or path.suffix not in (".yaml", ".yml"):
        return False
    try:
        return _HEAD.search(read_text(path)[0]) is not None
    except AttainError:
        return False


def divided(types: Types, asked: Sequence[str]) -> tuple[list[Path], list[str]]:
    """What is asked for, as files of record types and as the rest, which are plans."""
    paths = types.paths(asked)
    plans = [one for one in asked if types.path(one) is None]
    return paths, plans


def plan_paths(
    book: Plans, others: Sequence[str], asked: Sequence[str], records: Sequence[Path]
) -> list[Path]:
    """The plans that are meant beside some record types.

    :raises AttainError: FILE_ABSENT; PLANS_ABSENT if there is neither a plan nor a record type.
    """
    if others or not (asked or records):
        return book.paths(others)
    return book.workspace.plans if book.workspace and not asked else []
