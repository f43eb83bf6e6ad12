"""The page on which columns of a file are said to be columns of a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from attain import lake
from attain.apps.data import providers
from attain.apps.data.mappings import DatabaseMappings
from attain.apps.data.pages.words import Told, column_name, name_of, told
from attain.apps.data.selectors import schemas
from attain.core.errors import AttainError, Severity, nearest
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.lake.headers import Header, column_letters, guess_header, header_at, is_own
from attain.lake.mapping import ColumnMapping, choose_table, mapping_problems
from attain.lake.reading.staging import StagedTable
from attain.lake.suggesting import NUMBERS

ALIASES: Final = "aliases"
PREVIEW_ROWS: Final = 6
WRITING: Final = ("accounting", "units", "in_wan", "in_full", "leading_point", "comma", "formulas")
_TIMES: Final = {"in_wan": 10_000, "in_full": 1}
DAYS: Final = ("", "day_first", "month_first")


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column of the file, and what it is taken for."""

    position: int
    letters: str
    header: str
    samples: tuple[str, ...]
    chosen: str
    """Column of the dataset, or "" to leave it out."""
    suggested: str
    """A column whose name is near, where none is chosen."""
    options: tuple[tuple[str, str], ...]
    """How its values may be written: key and label, for numbers."""
    checked: tuple[str, ...]
    is_date: bool
    days: str


@dataclass(frozen=True, slots=True)
class MappingPage:
    """All the page shows."""

    detected: lake.Detected
    table: StagedTable
    schema: DatasetSchema | None
    header_row: int
    columns: tuple[FileColumn, ...]
    targets: tuple[tuple[str, str], ...]
    preview: tuple[tuple[int, tuple[str, ...]], ...]
    problems: tuple[Told, ...]
    missing: tuple[str, ...]
    sheets: tuple[tuple[str, str], ...] = ()
    datasets: tuple[tuple[str, str], ...] = ()
    header_rows: tuple[tuple[int, str], ...] = ()
    mapping: ColumnMapping | None = field(default=None)


def mapping_page(
    detected: lake.Detected,
    *,
    dataset: str,
    sheet: str,
    header_row: int | None,
    kept: ColumnMapping | None = None,
    written: Mapping[str, Mapping[str, Any]] | None = None,
) -> MappingPage:
    """Work out what the page shows; nothing is changed."""
    table = table_named(detected, sheet)
    declared = open_datasets().get(dataset)
    mapping, problems = _proposed(detected, table, declared, header_row, kept)
    header = _header(table, mapping, header_row)
    if declared is not None and mapping is not None and not written:
        written = DatabaseMappings().recall_writing(mapping)
    shown = lake.preview(table, 50)
    rows = tuple((line, tuple(cells)) for line, cells in shown if line > header.row)
    return MappingPage(
        detected=detected,
        table=table,
        schema=declared,
        header_row=header.row,
        columns=_columns(table, header, declared, mapping, rows, written or {}),
        targets=_targets(declared),
        preview=rows[:PREVIEW_ROWS],
        problems=problems,
        missing=_missing(declared, mapping),
        sheets=tuple(
            (one.sheet or "", f"{one.sheet or detected.file} · {one.rows:,}")
            for one in detected.tables
        ),
        datasets=tuple((name, name_of(one)) for name, one in open_datasets().items()),
        header_rows=tuple(_header_rows(table)),
        mapping=mapping,
    )


def open_datasets() -> dict[str, DatasetSchema]:
    """The datasets that files may be imported into, by label."""
    found = {
        name: one
        for name, one in schemas().items()
        if providers.provider(name) is None and name != ALIASES
    }
    return dict(sorted(found.items(), key=lambda item: name_of(item[1])))


def table_named(detected: lake.Detected, sheet: str) -> StagedTable:
    """The sheet of a name; the first where there is none of it."""
    named = [one for one in detected.tables if (one.sheet or "") == sheet]
    return (named or list(detected.tables))[0]


def _proposed(
    detected: lake.Detected,
    table: StagedTable,
    declared: DatasetSchema | None,
    header_row: int | None,
    kept: ColumnMapping | None,
) -> tuple[ColumnMapping | None, tuple[Told, ...]]:
    if declared is None:
        return None, ()
    is_kept = kept is not None and kept.dataset == declared.dataset
    if is_kept and kept is not None and kept.sheet == table.sheet and header_row is None:
        return kept, tuple(told(one) for one in mapping_problems(detected, kept, declared))
    try:
        remembered = DatabaseMappings().recall(detected, declared, table.sheet)
        mapping = lake.propose_mapping(
            detected, declared, sheet=table.sheet, header_row=header_row, remembered=remembered
        )
    except AttainError as error:
        return None, tuple(told(one) for one in error.problems)
    found = list(mapping_problems(detected, mapping, declared))
    # Columns of no use are left out unless somebody says otherwise: the page shows them.
    shown = [one for one in found if one.severity is not Severity.note]
    return mapping, tuple(told(one) for one in shown if one.code not in _SEEN_IN_PLACE)


_SEEN_IN_PLACE: Final = frozenset({"UNKNOWN_COLUMN", "MISSING_COLUMN", "COLUMN_UNTITLED"})


def _header(table: StagedTable, mapping: ColumnMapping | None, row: int | None) -> Header:
    if mapping is not None:
        return header_at(table, mapping.header_row)
    if row is not None:
        try:
            return header_at(table, row)
        except KeyError:
            pass
    return guess_header(table)


def _header_rows(table: StagedTable) -> list[tuple[int, str]]:
    if table.columns:
        return []
    rows = [(line, " | ".join(cell for cell in cells if cell)[:60]) for line, cells in table.sample]
    named = [(line, f"{line}: {text}") for line, text in rows[:15]]
    return [*named, (0, _("No header row"))]


def _targets(declared: DatasetSchema | None) -> tuple[tuple[str, str], ...]:
    if declared is None:
        return ()
    marked = ((one.name, f"{column_name(one)}{' *' if one.required else ''}") for one in declared)
    return tuple(marked)


def _missing(declared: DatasetSchema | None, mapping: ColumnMapping | None) -> tuple[str, ...]:
    if declared is None:
        return ()
    mapped = mapping.columns if mapping else {}
    return tuple(column_name(one) for one in declared if one.required and one.name not in mapped)


def _columns(
    table: StagedTable,
    header: Header,
    declared: DatasetSchema | None,
    mapping: ColumnMapping | None,
    rows: tuple[tuple[int, tuple[str, ...]], ...],
    written: Mapping[str, Mapping[str, Any]],
) -> tuple[FileColumn, ...]:
    by_position = {at: name for name, at in mapping.columns.items()} if mapping else {}
    found = []
    for at in range(table.width):
        name = header.names[at] if at < len(header.names) else ""
        if is_own(name):
            continue
        samples = tuple(cells[at] for _, cells in rows if at < len(cells) and cells[at])
        chosen = by_position.get(at, "")
        column = declared.columns.get(chosen) if declared else None
        said = written.get(chosen, {})
        found.append(
            FileColumn(
                position=at,
                letters=column_letters(at),
                header=name,
                samples=tuple(dict.fromkeys(samples))[:3],
                chosen=chosen,
                suggested="" if chosen else _near(name, declared, set(by_position.values())),
                options=_options(column),
                checked=_checked(said),
                is_date=column is not None and column.type is ColumnType.date,
                days=_days(said),
            )
        )
    return tuple(found)


def _near(header: str, declared: DatasetSchema | None, taken: set[str]) -> str:
    """The column whose name is nearest to a header that names none."""
    if declared is None or not header:
        return ""
    words = {
        word: one.name
        for one in declared
        if one.name not in taken
        for word in (one.labels.zh, one.labels.en, one.name, *one.aliases)
        if word
    }
    near = nearest(header, list(words))
    return words[near[0]] if near else ""


def _options(column: ColumnSchema | None) -> tuple[tuple[str, str], ...]:
    if column is None or column.type not in NUMBERS:
        return ()
    named = (
        ("accounting", _("(200.00) and 200.00- mean −200.00")),
        ("units", _("1.2万 and 3亿 are numbers with a unit")),
        ("in_wan", _("Amounts are in 万元: 6.5 means 65,000")),
        ("in_full", _("Amounts are in full, whatever the header says")),
        ("leading_point", _(".0120 means 0.0120")),
        ("comma", _("The comma is the decimal sign: 1.234,50")),
    )
    formulas = ("formulas", _("Take results of formulas"))
    return (*named, formulas) if column.type is ColumnType.money else named


def _checked(said: Mapping[str, Any]) -> tuple[str, ...]:
    flags = ("accounting", "units", "leading_point", "formulas")
    found = [name for name in flags if said.get(name)]
    found += [name for name, times in _TIMES.items() if said.get("times") == times]
    return tuple([*found, "comma"] if said.get("decimal") == "," else found)


def _days(said: Mapping[str, Any]) -> str:
    first = said.get("day_first")
    return "" if first is None else ("day_first" if first else "month_first")


# --- what was sent ---


def sent_mapping(
    detected: lake.Detected, sent: QueryDict, declared: DatasetSchema
) -> ColumnMapping:
    """The mapping as the form says it; what is mapped to nothing is left out on purpose.

    :raises AttainError: HEADER_NOT_FOUND.
    """
    table = choose_table(detected, declared, table_named(detected, sent.get("sheet", "")).sheet)
    text = str(sent.get("header_row", ""))
    row = int(text) if text.isdecimal() else 0
    try:
        header = header_at(table, row)
    except KeyError:
        header = guess_header(table)
    positions: dict[str, int] = {}
    ignored = []
    for at in range(table.width):
        name = sent.get(f"column-{at}", "")
        if name in declared.columns and name not in positions:
            positions[name] = at
        elif not is_own(header.names[at] if at < len(header.names) else ""):
            ignored.append(at)
    return ColumnMapping(
        dataset=declared.dataset,
        sheet=table.sheet,
        header_row=header.row,
        headers=header.names,
        columns=positions,
        ignored=tuple(ignored),
        signature=header.signature,
    )


def sent_writing(
    sent: QueryDict, mapping: ColumnMapping, declared: DatasetSchema
) -> dict[str, dict[str, Any]]:
    """How the form says that values are written, by column; only what is not as declared."""
    found: dict[str, dict[str, Any]] = {}
    for name, at in mapping.columns.items():
        said = set(sent.getlist(f"written-{at}"))
        options: dict[str, Any] = {}
        if "accounting" in said:
            options["accounting"] = True
        if "units" in said:
            options["units"] = ["万", "亿"]
        if times := next((_TIMES[one] for one in _TIMES if one in said), None):
            options["times"] = times
        if "leading_point" in said:
            options["leading_point"] = True
        if "comma" in said:
            options |= {"decimal": ",", "thousands": None}
        if "formulas" in said and declared.columns[name].type is ColumnType.money:
            options["formulas"] = True
        days = sent.get(f"days-{at}", "")
        if days in ("day_first", "month_first"):
            options["day_first"] = days == "day_first"
        if options:
            found[name] = options
    return found
