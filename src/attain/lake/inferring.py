"""A declaration for a table that nobody has declared: names, types, key and date, to be confirmed.

Somebody who drops a workbook of their own wants to see it, not to write YAML. What is proposed
here is read off the values themselves, and shown for correction before anything is stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from attain.core.keys import clean_code
from attain.core.labels import Labels
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema, normal_header
from attain.core.schemas.columns import MAX_NAME
from attain.core.schemas.writing import Written
from attain.core.units import FRACTION_SCALE
from attain.core.values import currency_of_sign
from attain.lake import header_words as words
from attain.lake import sql
from attain.lake.current import PEOPLE
from attain.lake.detecting import Detected, shown_cell
from attain.lake.headers import Header, column_letters, is_own
from attain.lake.reading.staging import BREAK, SEPARATOR, StagedTable
from attain.lake.titles import HUMP
from attain.lake.values import (
    BLANK_WORDS,
    POINT_ZERO,
    Reading,
    read_value,
    without_point_zero,
)

ROWS_LOOKED_AT: Final = 20_000
_VALUES_READ: Final = 1_000
"""Different values of a column from which its type is told; the check reads all of them."""
_MOST_KEY_COLUMNS: Final = 3
_KEY_CANDIDATES: Final = 10
"""With more, trying all combinations takes too long for what it finds."""
_KNOWN_SHARE: Final = 80
"""Percent of the values that must be known codes before a column is taken for a reference."""
_PERIOD: Final = re.compile(
    r"[0-9]{4}(-[QqHW]?[0-9]{1,2}|年([0-9]{1,2}月?|第?[1-4一二三四]季度?)?)"
)


@dataclass(frozen=True, slots=True)
class Guess:
    """One column as it is proposed."""

    position: int
    header: str
    schema: ColumnSchema
    samples: tuple[str, ...]
    values: frozenset[str]
    """What stands in it, as codes, without the words for nothing."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A declaration, and the columns of the file it was read off."""

    schema: DatasetSchema
    guesses: tuple[Guess, ...]

    @property
    def columns(self) -> dict[str, int]:
        """Column of the declaration to position in the file."""
        return {one.schema.name: one.position for one in self.guesses}


Cells = list[tuple[str, str]]
"""One column: kind and text of each row."""


def propose_schema(
    detected: Detected,
    table: StagedTable,
    header: Header,
    *,
    name: str,
    title: str,
    title_en: str = "",
    currency: str,
    known_codes: Mapping[str, frozenset[str]] | None = None,
) -> Proposal:
    """Declare what a table seems to hold.

    `known_codes` are the codes of things the company has, by kind; a column that speaks of
    them refers to them, so that rules can tell whose an order is.
    """
    columns = _columns(detected, table, header.row)
    above = words.times_said_above(
        text for row, cells in table.sample if row < header.row for text in cells
    )
    taken: set[str] = set()
    guesses = []
    for at, cells in enumerate(columns):
        title_of = header.names[at] if at < len(header.names) else ""
        if is_own(title_of) or not (title_of or _is_meant(cells, header)):
            continue
        own = _column_name(title_of or column_letters(at), at, taken)
        times = words.times_said(title_of) or above
        declared = _column(own, title_of, cells, table, currency, known_codes or {}, times)
        codes = frozenset(
            clean_code(text)
            for _, text in cells
            if text.strip() and text.strip() not in BLANK_WORDS
        )
        guesses.append(Guess(at, title_of, declared, _samples(cells, table), codes))
    key = _key(guesses, columns)
    required = {*key}
    days = (one.schema.name for one in guesses if _is_day(one, columns[one.position]))
    months = (one.schema.name for one in guesses if _is_period(one, columns[one.position]))
    day = next(days, None) or next(months, None)
    schema = DatasetSchema.model_validate(
        {
            "dataset": name,
            "label": Labels(zh=title, en=title_en or title),
            "key": key,
            "date": day,
            "columns": {
                one.schema.name: _said(one.schema, required=one.schema.name in required)
                for one in guesses
            },
        }
    )
    return Proposal(schema, tuple(guesses))


def _said(column: ColumnSchema, *, required: bool) -> dict[str, Any]:
    data = column.model_dump(exclude_defaults=True)
    return {**data, "required": True} if required else data


# --- reading the staged rows ---


def _columns(detected: Detected, table: StagedTable, header_row: int) -> list[Cells]:
    """The cells of each column, below the header."""
    found: list[Cells] = [[] for _ in range(table.width)]
    for kinds, values in _rows(detected, table, header_row):
        if words.is_total(values):
            continue
        for at in range(table.width):
            text = values[at] if at < len(values) else ""
            found[at].append((kinds[at : at + 1] or "t", text.replace(BREAK, "\n")))
    return found


def _rows(
    detected: Detected, table: StagedTable, header_row: int
) -> Iterator[tuple[str, list[str]]]:
    path = detected.folder / table.file
    if path.suffix == ".parquet":
        yield from _parquet_rows(path)
        return
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, row in enumerate(file):
            if number > ROWS_LOOKED_AT:
                return
            line, _, kinds, *values = row.rstrip("\n").split(SEPARATOR)
            if int(line) > header_row:
                yield kinds, values


def _parquet_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    folder = path.parent.resolve()
    connection = sql.Connection([folder], folder / "spill")
    try:
        found = connection.rows(
            f"SELECT * EXCLUDE (line, flags) FROM {sql.parquet([path.resolve()])} "
            f"ORDER BY line LIMIT {ROWS_LOOKED_AT}"
        )
    finally:
        connection.close()
    for kinds, *values in found:
        yield kinds or "", [value or "" for value in values]


def _samples(cells: Cells, table: StagedTable) -> tuple[str, ...]:
    shown = (shown_cell(kind.lower(), text, is_1904=table.is_1904) for kind, text in cells if text)
    return tuple(dict.fromkeys(text for text, _ in zip(shown, range(40), strict=False)))[:3]


# --- one column ---


def _column_name(header: str, at: int, taken: set[str]) -> str:
    plain = HUMP.sub("_", unicodedata.normalize("NFKC", header).strip())
    joined = re.sub(r"\W+", "_", plain).strip("_")[: MAX_NAME - 4]
    base = joined if joined.isidentifier() and not joined.startswith("_") else f"column_{at + 1}"
    base = base.lower() if base.isascii() else base
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}_{number}"
    taken.add(name)
    return name


def _column(
    name: str,
    header: str,
    cells: Cells,
    table: StagedTable,
    currency: str,
    known_codes: Mapping[str, frozenset[str]],
    times: int | None,
) -> ColumnSchema:
    label = header or name
    base: dict[str, Any] = {"name": name, "labels": Labels(zh=label, en=label)}
    different = dict.fromkeys((kind, text) for kind, text in cells if text.strip())
    nothing = sorted({text.strip() for _, text in different} & BLANK_WORDS)
    blank: dict[str, Any] = {"blank": nothing} if nothing else {}
    base["written"] = blank
    filled = [one for one in different if one[1].strip() not in nothing][:_VALUES_READ]
    reading = Reading(is_1904=table.is_1904)
    has_zeros = bool(filled) and all(POINT_ZERO.fullmatch(text) for _, text in filled)
    whole: dict[str, Any] = {"point_zero": True} if has_zeros else {}
    kind = _referred(header, filled, known_codes)
    if kind is not None:
        base["written"] = {**blank, **whole}
        return ColumnSchema(**base, type=ColumnType.key, of=kind)
    if filled and words.PERSON_WORDS.fullmatch(header.strip()):
        return ColumnSchema(**base, type=ColumnType.key, of=PEOPLE)
    for options in _choices(header, filled, currency, is_money=times is not None):
        written = {**blank, **options.get("written", {})}
        if options["type"] is ColumnType.code:
            written |= whole
        if times and options["type"] is ColumnType.money:
            written["times"] = times
        column = ColumnSchema(**{**base, **options, "written": written})
        if filled and all(
            read_value(column, each, text, reading).fault is None for each, text in filled
        ):
            return column
    return ColumnSchema(**base, type=ColumnType.text)


def _referred(header: str, filled: Cells, known_codes: Mapping[str, frozenset[str]]) -> str | None:
    """The kind of thing whose codes stand here, if nearly all of them do.

    Bare numbers are codes of many things at once, and quantities besides: there the header must
    speak of the kind, too, and not of how many they are.
    """
    values = {clean_code(text) for _, text in filled}
    if all(map(POINT_ZERO.fullmatch, values)):
        values = {without_point_zero(value) for value in values}
    are_bare = all(value.isdecimal() for value in values)
    is_one = not words.HOW_MANY.search(header)
    for kind, known in known_codes.items():
        is_near = values and len(values & known) * 100 >= len(values) * _KNOWN_SHARE
        if is_near and (not are_bare or (is_one and _speaks_of(header, kind))):
            return kind
    return None


def _speaks_of(header: str, kind: str) -> bool:
    """True for `customerID` of customers, and for a salesperson of people."""
    plain = normal_header(header)
    if kind == PEOPLE and words.SOMEBODY.search(plain):
        return True
    return re.sub(r"(ies|s)$", "", kind).replace("_", "") in re.sub(r"[\W_]", "", plain)


def _choices(
    header: str, filled: Cells, currency: str, *, is_money: bool
) -> Iterator[dict[str, Any]]:
    """Types to try, the likeliest first; the first that reads every value is taken."""
    texts = [text for _, text in filled]
    if words.FLAG_WORDS.search(header):
        yield {"type": ColumnType.boolean}
    is_code = bool(words.CODE_WORDS.search(header)) or any(
        len(text) > 1 and text.startswith("0") and text.isdecimal() for text in texts
    )
    if is_code:
        yield {"type": ColumnType.code}
    if any(text.strip().endswith(("%", "‰")) for text in texts) or words.RATIO_WORDS.search(header):
        yield {"type": ColumnType.ratio}
    if words.COUNT_WORDS.search(header):
        yield {"type": ColumnType.count}
    said = _currency_said(texts)
    if said or is_money or words.MONEY_WORDS.search(header):
        currency = said or currency
        yield {"type": ColumnType.money, "currency": currency}
        for scale in (3, 4, 6):
            yield {"type": ColumnType.money, "currency": currency, "scale": scale}
        yield {"type": ColumnType.money, "currency": currency, "written": {"accounting": True}}
    # A number like 20260101 could be a date; what a header does not call one must look like one.
    is_called = words.DATE_WORDS.search(header.strip()) is not None
    if is_called or all(kind.lower() == "d" or not text.isdecimal() for kind, text in filled):
        yield {"type": ColumnType.date}
        yield {"type": ColumnType.date, "written": {"earliest": "1900-01-01"}}
        yield from _days_or_months_first(filled)
    is_called = words.PERIOD_WORDS.search(header.strip()) is not None
    if texts and (is_called or all(_PERIOD.fullmatch(text.strip()) for text in texts)):
        yield {"type": ColumnType.period}
    yield {"type": ColumnType.count}
    yield {"type": ColumnType.count, "scale": FRACTION_SCALE}
    yield {"type": ColumnType.boolean}


def _currency_said(texts: Sequence[str]) -> str | None:
    """The currency whose sign stands at amounts, $1,200.00; None without one, or with several."""
    signs = {text.strip("0123456789.,()+- ") for text in texts} - {""}
    found = {currency_of_sign(sign) for sign in signs}
    return found.pop() if len(found) == 1 else None


def _is_meant(cells: Cells, header: Header) -> bool:
    """A column without a header beside some that have one counts if most rows fill it: commas
    without quotes shift a few fields beyond the last."""
    filled = sum(1 for _, text in cells if text)
    return filled * 2 > len(cells) or (filled > 0 and not any(header.names))


def _is_day(one: Guess, cells: Cells) -> bool:
    """What is blank for what is still open is no day that every row has."""
    return one.schema.type is ColumnType.date and _is_filled(cells)


def _is_period(one: Guess, cells: Cells) -> bool:
    """Where rows have no day, the period they say counts them, by its first day."""
    return one.schema.type is ColumnType.period and _is_filled(cells)


def _is_filled(cells: Cells) -> bool:
    return all(text.strip() and text.strip() not in BLANK_WORDS for _, text in cells)


def _days_or_months_first(filled: Cells) -> Iterator[dict[str, Any]]:
    """Dates such as 12/30/2024 tell which comes first as soon as one day is beyond the twelfth."""
    for first in (False, True):
        column = ColumnSchema(
            name="day", type=ColumnType.date, written=Written(day_first=not first)
        )
        if any(read_value(column, kind, text, Reading()).fault for kind, text in filled):
            yield {"type": ColumnType.date, "written": {"day_first": first}}


# --- the key ---


def _key(guesses: Sequence[Guess], columns: Sequence[Cells]) -> tuple[str, ...]:
    """The fewest columns that tell the rows apart; codes before names, never amounts."""
    able = (one for one in guesses if _may_be_key(one, columns[one.position]))
    ranked = sorted(able, key=_rank)
    candidates = ranked[:_KEY_CANDIDATES]
    values = {one.position: [text for _, text in columns[one.position]] for one in candidates}
    if not candidates or not _are_apart(candidates, values):
        return tuple(one.schema.name for one in (candidates or guesses)[:_MOST_KEY_COLUMNS])
    for size in range(1, min(_MOST_KEY_COLUMNS, len(candidates)) + 1):
        for chosen in combinations(candidates, size):
            if _are_apart(chosen, values):
                return tuple(one.schema.name for one in _with_periods(chosen, candidates))
    needed = candidates
    for least in reversed(candidates):
        rest = [one for one in needed if one is not least]
        needed = rest if _are_apart(rest, values) else needed
    return tuple(one.schema.name for one in needed)


def _are_apart(chosen: Sequence[Guess], values: Mapping[int, list[str]]) -> bool:
    rows = list(zip(*(values[one.position] for one in chosen), strict=True))
    return len(set(rows)) == len(rows)


def _with_periods(chosen: Sequence[Guess], candidates: Sequence[Guess]) -> Sequence[Guess]:
    """A list of one month's targets has each person once; the next month's has them again."""
    if any(one.schema.type is ColumnType.code for one in chosen):
        return chosen
    periods = [one for one in candidates if one.schema.type is ColumnType.period]
    return [*chosen, *(one for one in periods if one not in chosen)]


def _rank(one: Guess) -> tuple[int, bool, int]:
    """A number before a name: of 姓名 and 员工编号, both of people, the second."""
    is_number = bool(words.CODE_WORDS.search(one.header.strip()))
    return _RANKS.index(one.schema.type), not is_number, one.position


def _may_be_key(one: Guess, cells: Cells) -> bool:
    return one.schema.type in _RANKS and _is_filled(cells)


_RANKS: Final = (
    ColumnType.code, ColumnType.key, ColumnType.period, ColumnType.date, ColumnType.text,
)  # fmt: skip
