"""One sheet as a stream: every cell with its kind, nothing assumed (B10, B11, B15, B19 to B22)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO, Final
from xml.parsers import expat

from attain.lake.reading import xml
from attain.lake.reading.limits import Limits
from attain.lake.reading.refusal import Refused
from attain.lake.reading.staging import HIDDEN, STRUCK, Stage, StagedTable
from attain.lake.reading.workbook import Workbook, unescape

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MERGES_KEPT: Final = 10_000
_DATE_TEXT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+)?Z?")


def column_index(letters: str) -> int:
    """Column letters as a number from 0.

    >>> column_index("A"), column_index("Z"), column_index("AA"), column_index("XFD")
    (0, 25, 26, 16383)
    """
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


class SheetReader:
    """Handlers of one sheet's XML. Attributes are those of the row and cell being read."""

    def __init__(self, book: Workbook, table: StagedTable, limits: Limits) -> None:
        self._book = book
        self._table = table
        self._limits = limits
        self._columns: dict[str, int] = {}
        self._rows: list[tuple[int, str, dict[int, tuple[str, str]]]] = []
        self._row = 0
        self._is_hidden = self._is_struck = False
        self._cells: dict[int, tuple[str, str]] = {}
        self._column = -1
        self._type = ""
        self._style = 0
        self._has_formula = self._has_value = False
        self._text: list[str] = []
        self._depth_skipped = 0
        self._stage: Stage | None = None
        self._width = 0

    def read(self, stream: BinaryIO, part: str, stage: Stage) -> None:
        """Stage every row that holds something.

        Rows wait until the width is known from the first thousand, so that most sheets are
        written once; a wider row later on only widens what follows.
        """
        self._stage = stage
        made = xml.parser(part)
        made.StartElementHandler = self._start
        made.EndElementHandler = self._end
        self._parser = made
        xml.feed(stream, made, part)
        self._write_waiting()
        self._table.width = self._width

    # --- structure ---

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = xml.local(name)
        if name == "c":
            self._start_cell(attributes)
        elif name == "v":
            self._has_value = True
            self._parser.CharacterDataHandler = self._text.append
        elif name == "t":
            if not self._depth_skipped:
                self._has_value = True
                self._parser.CharacterDataHandler = self._text.append
        elif name == "row":
            self._start_row(attributes)
        elif name == "f":
            self._has_formula = True
        else:
            self._start_other(name, attributes)

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if name == "rPh":
            self._depth_skipped += 1
        elif name == "strike":
            self._is_struck = True
        elif name == "mergeCell" and len(self._table.merged) < _MERGES_KEPT:
            self._table.merged.append(attributes.get("ref", ""))
        elif name == "autoFilter":
            self._table.is_filtered = True
        elif name == "col" and attributes.get("hidden", "0") in ("1", "true"):
            self._hide_columns(int(attributes["min"]), int(attributes["max"]))

    def _hide_columns(self, first: int, last: int) -> None:
        upper = min(last, self._limits.columns)
        self._table.hidden_columns.extend(range(first - 1, upper))

    def _end(self, name: str) -> None:
        if ":" in name:
            name = xml.local(name)
        if name in ("v", "t"):
            self._parser.CharacterDataHandler = None
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._depth_skipped -= 1

    # --- rows ---

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes["r"]) if "r" in attributes else self._row + 1
        if number <= self._row:
            # Readers disagree on which of two equal rows counts, so none is believed.
            raise self._refused("FILE_AMBIGUOUS", number, reference=str(number))
        self._row = number
        self._column = -1
        self._is_hidden = attributes.get("hidden", "0") in ("1", "true")
        self._is_struck = False
        self._cells = {}

    def _end_row(self) -> None:
        if not self._cells:
            return
        if self._table.rows + len(self._rows) >= self._limits.rows:
            raise self._refused("TOO_MANY_ROWS", self._row, limit=self._limits.rows)
        flags = (HIDDEN if self._is_hidden else "") + (STRUCK if self._is_struck else "")
        self._table.hidden_rows += self._is_hidden
        self._table.struck_rows += self._is_struck
        self._rows.append((self._row, flags, self._cells))
        if len(self._rows) >= 1000:
            self._write_waiting()

    def _write_waiting(self) -> None:
        assert self._stage is not None
        width = self._width
        for row, flags, cells in self._rows:
            values = [""] * width
            kinds = ["-"] * width
            for column, (kind, value) in cells.items():
                values[column] = value
                kinds[column] = kind
            self._stage.write(row, values, "".join(kinds), flags)
        self._rows.clear()

    # --- cells ---

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._place_cell(attributes.get("r"))
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._has_formula = self._has_value = False
        self._text.clear()

    def _place_cell(self, reference: str | None) -> None:
        if reference is None:
            column = self._column + 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters, -1)
            if column < 0:
                column = self._new_column(reference, letters)
            if reference[len(letters) :] != str(self._row):
                raise self._refused("FILE_AMBIGUOUS", self._row, reference=reference[:20])
        if column <= self._column:
            raise self._refused("FILE_AMBIGUOUS", self._row, reference=reference or "")
        self._column = column

    def _new_column(self, reference: str, letters: str) -> int:
        if not _REFERENCE.fullmatch(reference):
            raise self._refused("FILE_DAMAGED", self._row, reason="reference")
        column = self._columns[letters] = column_index(letters)
        return column

    def _end_cell(self) -> None:
        kind, value = self._judge()
        if self._has_formula:
            self._table.formulas += 1
            kind = kind.upper() if self._has_value else "F"
        if kind == "-" or (kind == "t" and not value):
            return
        column = self._column
        if column >= self._limits.columns:
            raise self._refused(
                "SHEET_TOO_WIDE", self._row, width=column + 1, limit=self._limits.columns
            )
        if column >= self._width:
            self._width = column + 1
        if self._style in self._book.struck_styles:
            self._is_struck = True
        self._cells[column] = (kind, value)

    def _judge(self) -> tuple[str, str]:
        """Kind and text of the cell that has just ended."""
        if not self._has_value:
            return "-", ""
        text = "".join(self._text)
        kind = self._type
        if kind == "s":
            return self._shared(text)
        if kind == "n":
            return self._number(text.strip())
        if kind in ("str", "inlineStr"):
            return "t", unescape(text)
        if kind == "b":
            return "b", "TRUE" if text.strip() in ("1", "true") else "FALSE"
        if kind == "d" and _DATE_TEXT.fullmatch(text.strip()):
            return "d", text.strip()
        return "e", text[:40]

    def _shared(self, text: str) -> tuple[str, str]:
        index = int(text) if text.strip().isdecimal() else -1
        if not 0 <= index < len(self._book.texts):
            raise self._refused("FILE_DAMAGED", self._row, reason="text")
        if index in self._book.struck_texts:
            self._is_struck = True
        return "t", self._book.texts[index]

    def _number(self, text: str) -> tuple[str, str]:
        """The number exactly as the file has it; what it means is read by core alone."""
        if not text:
            return "-", ""
        if text.strip("0123456789.-+eE"):
            return "e", text[:40]
        return ("d" if self._style in self._book.date_styles else "n"), text

    def _refused(self, code: str, row: int, **values: str | int) -> Refused:
        return Refused(code, {"sheet": self._table.sheet or "", "row": row}, **values)

    _parser: expat.XMLParserType


def read_sheet(
    stream: BinaryIO, part: str, book: Workbook, path: Path, sheet: str, limits: Limits
) -> StagedTable:
    """Stage one sheet.

    :raises Refused: SHEET_TOO_WIDE, TOO_MANY_ROWS, FILE_AMBIGUOUS, FILE_DAMAGED,
        FILE_XML_FORBIDDEN.
    """
    table = StagedTable(sheet=sheet, has_kinds=True, is_1904=book.is_1904)
    with Stage(path, table) as stage:
        SheetReader(book, table, limits).read(stream, part, stage)
    return table
