"""Delimited text: delimiter found, quotes taken seriously, every record numbered (B42, B43).

The number of a record is the row a spreadsheet would show, blank records counted.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Final

from attain.lake.reading.encoding import Encoding
from attain.lake.reading.limits import Limits
from attain.lake.reading.refusal import Refused
from attain.lake.reading.staging import Stage, StagedTable

DELIMITERS: Final = (",", "\t", ";", "|")
_LOOKED_AT: Final = 1000
"""Records that decide on delimiter and width."""
_HINT: Final = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_FIELDS_FLAG: Final = "f"


class _Lines:
    """The physical lines of a file, keeping those of the record being read."""

    def __init__(self, file: IO[str], limit: int) -> None:
        self._file = file
        self._limit = limit
        self.record: list[str] = []
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self.count += 1
            if len(line) > self._limit:
                raise Refused("FIELD_TOO_LONG", {"row": self.count}, limit=self._limit)
            self.record.append(line)
            yield line


def find_delimiter(path: Path, encoding: Encoding) -> str:
    """The delimiter that cuts most records into the same number of two or more fields.

    A file of a single column has none; a comma then does no harm.
    """
    with _open(path, encoding) as file:
        lines = list(islice(file, _LOOKED_AT))
    hint = _HINT.fullmatch(lines[0]) if lines else None
    if hint:
        return hint[1]
    return max(DELIMITERS, key=lambda delimiter: _agreement(lines, delimiter))


def _agreement(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many records agree on a number of fields, and on how many."""
    try:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        return 0, 0
    if not counts:
        return 0, 0
    fields, records = max(counts.items(), key=lambda item: (item[1], item[0]))
    return records, fields


def _open(path: Path, encoding: Encoding) -> IO[str]:
    return path.open(encoding=encoding.name, newline="")


def read_delimited(
    path: Path, encoding: Encoding, delimiter: str, target: Path, limits: Limits
) -> StagedTable:
    """Stage a delimited file.

    A record with more or fewer fields than the widest usual one is staged with the flag
    `f<count>`, and judged when the header is known.

    :raises Refused: CSV_QUOTE, FIELD_TOO_LONG, TOO_MANY_ROWS, SHEET_TOO_WIDE.
    """
    width = _width(path, encoding, delimiter)
    if width > limits.columns:
        raise Refused("SHEET_TOO_WIDE", width=width, limit=limits.columns)
    table = StagedTable(
        encoding=encoding.name,
        is_encoding_guessed=encoding.is_guessed,
        delimiter=delimiter,
        width=width,
    )
    csv.field_size_limit(limits.line_characters)
    with _open(path, encoding) as file, Stage(target, table) as stage:
        lines = _Lines(file, limits.line_characters)
        _stage_records(lines, delimiter, stage, limits)
    return table


def _width(path: Path, encoding: Encoding, delimiter: str) -> int:
    with _open(path, encoding) as file:
        records = csv.reader(islice(file, _LOOKED_AT), delimiter=delimiter)
        try:
            return max((len(record) for record in records), default=1) or 1
        except csv.Error:
            return 1


def _stage_records(lines: _Lines, delimiter: str, stage: Stage, limits: Limits) -> None:
    width = stage.table.width
    records = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    try:
        for record in records:
            number += 1
            if len(lines.record) > 1:
                _check_breaks(lines.record, record, delimiter, number)
            if number > limits.rows:
                raise Refused("TOO_MANY_ROWS", {"row": number}, limit=limits.rows)
            flags = ""
            if len(record) != width:
                record, flags = _fitted(record, width)
            elif '"' in "".join(lines.record):
                flags = _quote_flag(lines.record, delimiter)
            lines.record.clear()
            if record and not (number == 1 and _HINT.fullmatch(delimiter.join(record).strip())):
                stage.write(number, record, "", flags)
    except csv.Error as error:
        if "field larger" in str(error):
            raise Refused(
                "FIELD_TOO_LONG", {"row": number + 1}, limit=limits.line_characters
            ) from error
        raise Refused("CSV_QUOTE", {"row": number + 1}) from error


def _fitted(record: list[str], width: int) -> tuple[list[str], str]:
    """A ragged record, cut or padded; trailing blank fields are nobody's mistake."""
    if not any(record):
        return [], ""
    if len(record) > width and not any(record[width:]):
        return record[:width], ""
    flag = f"{_FIELDS_FLAG}{len(record)}"
    return [*record[:width], *[""] * (width - len(record))], flag


def _check_breaks(lines: list[str], record: list[str], delimiter: str, number: int) -> None:
    """Refuse a record over several lines, each of which would be a whole record by itself.

    That is how a quote that was never closed looks when another one follows later: it has
    swallowed rows, and no count of fields would show it.
    """
    delimiters = {line.count(delimiter) for line in lines}
    looks_whole = len(record) > 2 and delimiters == {len(record) - 1}
    if looks_whole or any(len(field) > 32_767 for field in record):
        raise Refused("CSV_QUOTE", {"row": number})


def _quote_flag(lines: list[str], delimiter: str) -> str:
    """`q` when a quote stands in the middle of an unquoted field."""
    raw = "".join(lines).rstrip("\r\n")
    sign = re.escape(delimiter)
    whole = rf'(?:"(?:[^"]|"")*"|[^"{sign}]*)'
    return "" if re.fullmatch(rf"{whole}(?:{sign}{whole})*", raw) else "q"
