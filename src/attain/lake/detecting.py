"""The first step of an import: what kind of file this is and what stands in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final

from attain.core.dates import date_of_serial
from attain.core.errors import AttainError, Problem, Where, problem
from attain.core.numbers import parse_cell_number
from attain.lake.errors import tables as codes
from attain.lake.reading.limits import Limits
from attain.lake.reading.reader import read, staged_from
from attain.lake.reading.staging import Staged, StagedTable

_MEMORY: Final = "detected.json"


@dataclass(frozen=True, slots=True)
class Detected:
    """A file that was read into a staging folder.

    The folder belongs to whoever started the import and is deleted with it; while it is
    there, the next steps can be taken by another process (`Detected.load`).
    """

    file: str
    """The name under which it was given, without its folder."""
    sha256: str
    size: int
    folder: Path
    staged: Staged

    @property
    def kind(self) -> str:
        return self.staged.kind

    @property
    def tables(self) -> tuple[StagedTable, ...]:
        """The sheets that hold something; one nameless table for text and Parquet."""
        return tuple(table for table in self.staged.tables if table.rows)

    def table(self, sheet: str | None) -> StagedTable:
        """
        :raises KeyError: a sheet it does not have.
        """
        for table in self.tables:
            if table.sheet == sheet:
                return table
        raise KeyError(sheet)

    def notes(self) -> tuple[Problem, ...]:
        """What anybody should know of the file, whatever it is imported as."""
        where = Where(file=self.file)
        notes = []
        if self.staged.hidden_sheets:
            hidden = self.staged.hidden_sheets
            notes.append(problem(codes.HIDDEN_SHEETS, where, hidden=hidden))
        for table in self.tables:
            if table.is_encoding_guessed:
                encoding = table.encoding.upper()
                notes.append(problem(codes.ENCODING_GUESSED, where, encoding=encoding))
        return tuple(notes)

    def save(self) -> None:
        """Leave a description in the staging folder."""
        data = {"file": self.file, "sha256": self.sha256, "size": self.size}
        data_of_all = {**data, "staged": self.staged.as_data()}
        text = json.dumps(data_of_all, ensure_ascii=False)
        (self.folder / _MEMORY).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Detected:
        """What `save` left."""
        data: dict[str, Any] = json.loads((folder / _MEMORY).read_text(encoding="utf-8"))
        return cls(folder=folder, **{**data, "staged": staged_from(data["staged"])})


def detect(
    path: Path,
    folder: Path,
    *,
    name: str | None = None,
    options: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Detected:
    """Read a file in a process of its own and say what it holds.

    `folder` is an empty staging folder; `name` the name shown to people where the path is a
    temporary one; options are `encoding` and `delimiter`, where they should not be found.

    :raises AttainError: the file as a whole cannot be read: FILE_EMPTY, FILE_TYPE_MISMATCH,
        FILE_DAMAGED and so on (`lake.errors.files`), or NO_DATA_ROWS.
    """
    # A name that is no text on this system is shown as far as it is.
    shown = (name or path.name).encode("utf-8", "replace").decode("utf-8")
    with path.open("rb") as file:
        sha256 = file_digest(file, "sha256").hexdigest()
    staged = read(path, folder, options=options, limits=limits, name=shown)
    detected = Detected(shown, sha256, path.stat().st_size, folder, staged)
    if not detected.tables:
        raise AttainError(problem(codes.NO_DATA_ROWS, Where(file=shown)))
    detected.save()
    return detected


def preview(table: StagedTable, rows: int = 10) -> list[tuple[int, list[str]]]:
    """The first rows as a spreadsheet would show them: serial numbers become dates."""
    shown = []
    kinds = table.sample_kinds or [""] * len(table.sample)
    for (line, cells), letters in list(zip(table.sample, kinds, strict=True))[:rows]:
        kind_of = letters.ljust(len(cells), "t").lower()
        row = [
            shown_cell(kind, cell, is_1904=table.is_1904)
            for kind, cell in zip(kind_of, cells, strict=True)
        ]
        shown.append((line, row))
    return shown


def shown_cell(kind: str, text: str, *, is_1904: bool = False) -> str:
    """A staged cell as its author saw it; what cannot be read is shown as it is."""
    try:
        if kind == "n":
            return format(parse_cell_number(text).value, "f")
        if kind == "d" and "-" not in text[1:]:
            return date_of_serial(text, date1904=is_1904).value.isoformat()
    except AttainError:
        return text
    return text
