"""Staged rows: what a reader hands over, as plain text that cannot be misread.

One line a row: `line, flags, kinds, values...`, separated by U+001F and without any quoting.
A line break inside a value is U+001E. The same characters in a source become U+FFFD, which the
checks report as BAD_CHARACTER.

Kinds are one letter a cell: t text, n number, d date, b boolean, e error, - blank, in upper
case where a formula made the value, and F for a formula without a value. A text file has no
kinds: all its cells are text. Numbers stand as in the file; a date is the serial number of a
cell that shows a day, or ISO text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final

from attain.lake.reading.refusal import Plain

SEPARATOR: Final = "\x1f"
BREAK: Final = "\x1e"
_BATCH: Final = 4096
_UNWANTED: Final = str.maketrans({SEPARATOR: "\ufffd", BREAK: "\ufffd", "\0": "\ufffd"})
_BREAKS: Final = str.maketrans({"\n": BREAK, "\r": None})
_BLANKS: Final = "\x1f\x1e \t\u3000\xa0\u200b\ufeff"

HIDDEN: Final = "h"
STRUCK: Final = "s"

SAMPLE_ROWS: Final = 50


@dataclass(slots=True)
class StagedTable:
    """One table of a file: a sheet, or the whole of a text or Parquet file."""

    sheet: str | None = None
    file: str = ""
    """Name inside the staging folder."""
    has_kinds: bool = False
    width: int = 0
    rows: int = 0
    """Rows that are not blank, the header among them."""
    last_line: int = 0
    sample: list[tuple[int, list[str]]] = field(default_factory=list)
    sample_kinds: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    """Names that are certain (Parquet); else the header is looked for."""
    hidden_rows: int = 0
    hidden_columns: list[int] = field(default_factory=list)
    is_filtered: bool = False
    struck_rows: int = 0
    formulas: int = 0
    merged: list[str] = field(default_factory=list)
    is_1904: bool = False
    encoding: str = ""
    is_encoding_guessed: bool = False
    delimiter: str = ""

    def as_data(self) -> dict[str, object]:
        return asdict(self)


@dataclass(slots=True)
class Staged:
    """All that a reader found in a file."""

    kind: str
    tables: list[StagedTable] = field(default_factory=list)
    hidden_sheets: list[str] = field(default_factory=list)
    remarks: list[dict[str, object]] = field(default_factory=list)
    refused: dict[str, object] | None = None
    seconds: dict[str, Plain] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        return asdict(self)


def clean(value: str) -> str:
    """A value that fits on one line of a staged file."""
    return value.translate(_UNWANTED).replace("\r\n", BREAK).replace("\r", BREAK).translate(_BREAKS)


class Stage:
    """Writes staged rows; blank rows are left out, their numbers stay visible as gaps."""

    def __init__(self, path: Path, table: StagedTable) -> None:
        self.table = table
        table.file = path.name
        # surrogatepass is not wanted: a lone surrogate has been replaced before.
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._lines: list[str] = []

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._flush()
        self._file.close()

    def write(self, line: int, values: Sequence[str], kinds: str = "", flags: str = "") -> None:
        """Stage one row, padded by the caller to the table's width."""
        joined = SEPARATOR.join(values)
        if _needs_cleaning(joined, len(values)):
            values = [clean(value) for value in values]
            joined = SEPARATOR.join(values)
        if not joined.strip(_BLANKS) and not kinds.strip("-tT"):
            return
        self._note(line, values, kinds)
        self._lines.append(f"{line}{SEPARATOR}{flags}{SEPARATOR}{kinds}{SEPARATOR}{joined}")
        if len(self._lines) == _BATCH:
            self._flush()

    def _note(self, line: int, values: Sequence[str], kinds: str) -> None:
        table = self.table
        table.rows += 1
        table.last_line = line
        if len(table.sample) < SAMPLE_ROWS:
            table.sample.append((line, [value[:200] for value in values]))
            table.sample_kinds.append(kinds)

    def _flush(self) -> None:
        if self._lines:
            self._file.write("\n".join(self._lines))
            self._file.write("\n")
            self._lines.clear()


def _needs_cleaning(joined: str, fields: int) -> bool:
    return (
        joined.count(SEPARATOR) != fields - 1
        or "\n" in joined
        or "\r" in joined
        or BREAK in joined
        or "\0" in joined
    )
