"""The page on which a checked file is corrected, reconciled and let in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from attain import lake
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.pages.words import Told, column_name, said, span_name, told
from attain.core.errors import Problem, Severity
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.core.values import minor_digits
from attain.lake import sql
from attain.lake.checked import ACCEPTED, ALIASES_FOUND, REJECTED
from attain.lake.checking.bench import restored
from attain.lake.checking.totals import ControlTotal
from attain.lake.current import ALIASES
from attain.lake.detecting import shown_cell
from attain.lake.errors import flow as flow_codes
from attain.lake.headers import column_letters
from attain.lake.reading.staging import BREAK
from attain.lake.suggesting import NUMBERS, suggestion
from attain.lake.values import Reading, read_value
from attain.ui import formats

ROWS_SHOWN: Final = 100
ROWS_MENDED: Final = 2_000
"""Rejected rows for which corrections are looked for at once."""
_ROW: Final = -1


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a rejected row."""

    place: int
    text: str
    is_wrong: bool
    is_number: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell or its row, and the one click that mends it."""

    place: str
    """`line:position`, "" for the row as a whole."""
    header: str
    told: Told
    text: str
    suggestion: str
    hint: str
    """What to choose with the columns, where the whole file is written so."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that cannot be loaded as it stands."""

    line: int
    cells: tuple[Cell, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """One line of the reconciliation: rows, or one amount."""

    label: str
    in_file: str
    accepted: str
    rejected: str
    skipped: str
    unread: int


@dataclass(frozen=True, slots=True)
class Remark:
    """What was noticed of many rows at once, said once."""

    told: Told
    count: int


@dataclass(frozen=True, slots=True)
class CheckPage:
    """All the page shows."""

    checked: lake.Checked
    heads: tuple[tuple[int, str, bool], ...]
    """Position, title and whether it is a number, of each mapped column in the file's order."""
    rejected: tuple[RejectedRow, ...]
    file_problems: tuple[Told, ...]
    was_imported: Told | None
    remarks: tuple[Remark, ...]
    rows: Sum
    sums: tuple[Sum, ...]
    covers: tuple[str, ...]
    spoiled: tuple[str, ...]
    suggestions: Mapping[str, str]
    is_blocked: bool
    """True while something of the file as a whole stands in the way: then nothing is summed up."""

    @property
    def more(self) -> int:
        """Rejected rows beyond those that are shown."""
        return self.checked.rows.rejected - len(self.rejected)

    @property
    def share_until_bad(self) -> int:
        """Rows that can be loaded or corrected, for the bar."""
        return self.checked.rows.accepted + self.checked.rows.rejected

    @property
    def can_load_good(self) -> bool:
        return bool(self.checked.rows.accepted) and not self.checked.file_errors


def check_page(checked: lake.Checked) -> CheckPage:
    """Read what a check left, and find the suggestions."""
    heads = _heads(checked)
    rejected = tuple(_rejected(checked, heads))
    whole = [one for one in checked.errors if _of_file(one)]
    again = [one for one in whole if one.code == flow_codes.FILE_ALREADY_IMPORTED]
    return CheckPage(
        checked=checked,
        heads=heads,
        rejected=rejected[:ROWS_SHOWN],
        file_problems=tuple(told(one) for one in whole if one not in again),
        was_imported=told(again[0]) if again else None,
        remarks=tuple(_remarks(checked)),
        rows=_rows(checked),
        sums=tuple(_sum(checked.schema, one) for one in checked.totals),
        covers=tuple(span_name(one) for one in checked.covers),
        spoiled=tuple(span_name(one) for one in checked.spoiled),
        suggestions={
            fault.place: fault.suggestion
            for row in rejected
            for fault in row.faults
            if fault.suggestion
        },
        is_blocked=bool(checked.file_errors),
    )


def _of_file(one: Problem) -> bool:
    """True for what concerns the file, its header or a column, not one row of it."""
    return one.where is None or one.where.row is None or one.code in _OF_HEADER


_OF_HEADER: Final = frozenset(
    {"DUPLICATE_HEADER", "MISSING_COLUMN", "UNKNOWN_COLUMN", "COLUMN_UNTITLED", "PERIOD_MISMATCH"}
)


def _heads(checked: lake.Checked) -> tuple[tuple[int, str, bool], ...]:
    found = sorted((at, name) for name, at in checked.mapping.columns.items())
    return tuple(
        (
            at,
            checked.mapping.header(at) or column_letters(at),
            checked.schema.columns[name].type in NUMBERS,
        )
        for at, name in found
    )


# --- rejected rows ---


def _rejected(
    checked: lake.Checked, heads: tuple[tuple[int, str, bool], ...]
) -> Iterator[RejectedRow]:
    column_of = {at: name for name, at in checked.mapping.columns.items()}
    for line, kinds, *cells, problems in _stored_rejected(checked):
        letters = (kinds or "").ljust(len(cells), "t").lower()
        texts = [
            shown_cell(kind, (text or "").replace(BREAK, "\n"))
            for kind, text in zip(letters, cells, strict=True)
        ]
        faults = [_fault(checked, line, texts, column_of, one) for one in problems]
        wrong = {int(one["place"]) for one in problems}
        yield RejectedRow(
            line=line,
            cells=tuple(Cell(at, texts[at], at in wrong, is_number) for at, _, is_number in heads),
            faults=tuple(faults),
        )


def _stored_rejected(checked: lake.Checked) -> list[tuple[Any, ...]]:
    folder = checked.folder.resolve()
    connection = sql.Connection([folder], folder / "spill")
    try:
        return connection.rows(
            f"SELECT * FROM {sql.parquet([folder / REJECTED])} ORDER BY line LIMIT {ROWS_MENDED}"
        )
    finally:
        connection.close()


def _fault(
    checked: lake.Checked,
    line: int,
    texts: list[str],
    column_of: Mapping[int, str],
    found: Mapping[str, Any],
) -> Fault:
    one = restored(str(found["code"]), str(found["severity"]), str(found["data"]))
    at = int(found["place"])
    if at == _ROW or at >= len(texts):
        return Fault("", "", told(one), "", "", "")
    column = checked.schema.columns.get(column_of.get(at, ""))
    return Fault(
        place=f"{line}:{at}",
        header=checked.mapping.header(at) or column_letters(at),
        told=told(one),
        text=texts[at],
        suggestion=(suggestion(column, one, texts[at]) or "") if column is not None else "",
        hint=writing_hint(column, one, texts[at]) if column is not None else "",
    )


def writing_hint(column: ColumnSchema, found: Problem, text: str) -> str:
    """The option of the column under which the cell would be read as it stands, in words."""
    if found.code == "FORMULA_NOT_ALLOWED":
        return _("Take results of formulas")
    if found.code == "DATE_AMBIGUOUS":
        return _("Day first: 30/09/2026")
    if column.type not in NUMBERS:
        return ""
    for options, words in (
        ({"accounting": True}, _("(200.00) and 200.00- mean −200.00")),
        ({"units": ("万", "亿")}, _("1.2万 and 3亿 are numbers with a unit")),
        ({"leading_point": True}, _(".0120 means 0.0120")),
        ({"decimal": ",", "thousands": None}, _("The comma is the decimal sign: 1.234,50")),
    ):
        written = column.written.model_copy(update=options)
        otherwise = column.model_copy(update={"written": written})
        if read_value(otherwise, "t", text, Reading()).fault is None:
            return words
    return ""


# --- what else was noticed ---


def _remarks(checked: lake.Checked) -> Iterator[Remark]:
    """Warnings, then notes, each code and column once with how often."""
    counts: Counter[tuple[str, str | None]] = Counter()
    first: dict[tuple[str, str | None], Problem] = {}
    for one in checked.problems:
        if one.severity is Severity.error:
            continue
        place = one.code, one.where.column if one.where else None
        counts[place] += 1
        first.setdefault(place, one)
    for place, one in first.items():
        yield Remark(told(one), counts[place])


# --- the reconciliation ---


def _rows(checked: lake.Checked) -> Sum:
    rows = checked.rows
    skipped = sum(rows.skipped.values())
    return Sum(
        label="",
        in_file=formats.count(rows.in_file),
        accepted=formats.count(rows.accepted),
        rejected=formats.count(rows.rejected),
        skipped=formats.count(skipped),
        unread=0,
    )


def _sum(schema: DatasetSchema, one: ControlTotal) -> Sum:
    column = schema.columns[one.column]
    digits = minor_digits(column.currency or "") or 0
    unit = f" {column.currency}" if column.currency else ""
    return Sum(
        label=column_name(column) + unit,
        in_file=_shown(one.in_file, digits),
        accepted=_shown(one.accepted, digits),
        rejected=_shown(one.rejected, digits),
        skipped=_shown(one.skipped, digits),
        unread=one.unread,
    )


def _shown(value: Decimal, least: int) -> str:
    """A sum with all its digits, and at least those of its currency."""
    exponent = value.normalize().as_tuple().exponent
    places = max(least, -exponent if isinstance(exponent, int) and exponent < 0 else 0)
    return str(formats.number(value, places))


# --- the good rows ---


def good_rows(checked: lake.Checked, limit: int = ROWS_SHOWN) -> list[tuple[int, tuple[str, ...]]]:
    """The first rows that can be loaded, as they will be stored; keys as their codes."""
    folder = checked.folder.resolve()
    names = [name for name, _ in sorted(checked.mapping.columns.items(), key=lambda one: one[1])]
    listed = ", ".join(_as_text(checked.schema, name) for name in names)
    catalog = DatabaseCatalog()
    head = catalog.head(ALIASES)
    stored = [path.resolve() for path in catalog.part_paths(head)] if head else []
    folders = sorted({folder, *(path.parent for path in stored)})
    connection = sql.Connection(folders, folder / "spill")
    try:
        connection.run(
            "CREATE TABLE codes AS SELECT key, min(code) AS code "
            f"FROM {sql.parquet([folder / ALIASES_FOUND, *stored])} GROUP BY 1"
        )
        found = connection.rows(
            f"SELECT _line, {listed} FROM {sql.parquet([folder / ACCEPTED])} "
            f"ORDER BY _line LIMIT {limit}"
        )
    finally:
        connection.close()
    return [(line, tuple(_plain(text) for text in texts)) for line, *texts in found]


def _as_text(schema: DatasetSchema, name: str) -> str:
    """SQL of a cell; a key is shown as files call it."""
    cell = f"CAST({sql.name(name)} AS VARCHAR)"
    if schema.columns[name].type is not ColumnType.key:
        return cell
    return f"coalesce((SELECT code FROM codes WHERE codes.key = {cell}), {cell})"


def _plain(text: str | None) -> str:
    """A stored decimal without zeros at the end."""
    if text and "." in text and text.replace(".", "").lstrip("-").isdecimal():
        return text.rstrip("0").rstrip(".")
    return text or ""


def dataset_title(schema: DatasetSchema) -> str:
    """What the dataset is called in the head of the page."""
    return said(schema.labels, schema.dataset)
