"""A list as its template draws it: every cell is already in words, every link already made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import pgettext

from attain.core.labels import Labels
from attain.ui import formats
from attain.ui.attaining import USUAL, tone_of
from attain.ui.tables.columns import Column
from attain.ui.tables.exports import currency_of
from attain.ui.tables.query import Filter, Query, operators
from attain.ui.tables.sources import Page


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell in words."""

    column: Column
    text: str
    kind: str
    url: str | None = None
    tone: str = ""
    subtitle: Any = ""
    why: str | None = None
    is_missing: bool = False
    reason: Any = ""
    classes: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.text


class Cells(tuple[Cell, ...]):
    """The cells of one row; `key` is what a form gets when the row is chosen."""

    key: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """One column's head: where a click on it leads, and how it is sorted now."""

    column: Column
    sorted: str
    """"ascending", "descending" or nothing."""
    address: str
    align: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition that is in force, and the address without it."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class TableView:
    """Everything a template needs to draw a list."""

    name: str
    label: Any
    page: Page
    heads: tuple[Head, ...]
    rows: tuple[Cells, ...]
    sums: tuple[str | None, ...]
    chips: tuple[Chip, ...]
    columns: tuple[Column, ...]
    """All that may be chosen, shown or not."""
    shown: frozenset[str]
    path: str = ""
    empty: Any = ""
    bare: bool = field(default=False)
    picks: str = ""
    """The form that rows are chosen for; empty where nothing is done to several at once."""

    @property
    def id(self) -> str:
        return f"table-{self.name}"

    @property
    def query(self) -> Query:
        return self.page.query

    @property
    def has_sums(self) -> bool:
        return any(text is not None for text in self.sums)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query.filters or self.query.search)

    @property
    def is_searchable(self) -> bool:
        return any(column.searchable for column in self.columns)

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """What a form of the list hands on: all but the page, for a new condition begins at 1."""
        return self.query.pairs(page=1)

    @property
    def carried_for_search(self) -> tuple[tuple[str, str], ...]:
        """The same without the old search text."""
        return self.query.pairs(page=1, search="")

    @property
    def filter_choices(self) -> dict[str, Any]:
        """The filter menu's contents, with its words."""
        return {
            "columns": self.filterable,
            "missing": [
                ["missing", pgettext("filter", "missing")],
                ["present", pgettext("filter", "present")],
            ],
            "answers": [["true", pgettext("answer", "Yes")], ["false", pgettext("answer", "No")]],
        }

    @property
    def filterable(self) -> list[dict[str, Any]]:
        """What the filter menu offers: columns, their operators and choices."""
        return [
            {
                "name": column.name,
                "label": str(column.label),
                "type": column.type,
                "unit": column.unit,
                "operators": [[word, operator_name(column, word)] for word in operators(column)],
                "choices": [[str(choice[0]), str(choice[1])] for choice in column.choices],
            }
            for column in self.columns
            if column.filterable and column.path is not None
        ]

    @property
    def cleared(self) -> str:
        return self.query.address(filters=(), search="", page=1)

    @property
    def previous(self) -> str:
        return self.query.address(page=self.query.page - 1) if self.query.page > 1 else ""

    @property
    def next(self) -> str:
        more = self.query.page < self.page.pages
        return self.query.address(page=self.query.page + 1) if more else ""

    @property
    def exports(self) -> tuple[tuple[str, str], ...]:
        base = self.query.address(page=1)
        join = "&" if len(base) > 1 else ""
        return tuple((name, f"{base}{join}export={name}") for name in ("xlsx", "csv"))

    @property
    def current(self) -> str:
        return self.path + self.query.address()


def make_view(
    *,
    name: str,
    label: Any,
    page: Page,
    columns: Sequence[Column],
    chosen: Sequence[str] | None,
    path: str,
    empty: Any = "",
    key: Callable[[Any], str] | None = None,
) -> TableView:
    """A page of a list in words; `chosen` are the columns the reader wants to see. With `key`
    rows can be chosen for the form `pick-<name>`."""
    shown = shown_columns(columns, chosen)
    return TableView(
        name=name,
        label=label,
        page=page,
        heads=tuple(_head(column, page.query) for column in shown),
        rows=_rows(shown, page, key),
        sums=tuple(_sum_text(column, page.sums) for column in shown),
        chips=tuple(_chip(condition, page.query) for condition in page.query.filters),
        columns=tuple(columns),
        shown=frozenset(column.name for column in shown),
        path=path,
        empty=empty,
        picks=f"pick-{name}" if key else "",
    )


def _rows(
    shown: Sequence[Column], page: Page, key: Callable[[Any], str] | None
) -> tuple[Cells, ...]:
    """The cells of a page. On a phone one column leads and one figure stands at the right."""
    lead = next((column for column in shown if column.primary), shown[0] if shown else None)
    figure = _key_figure(shown)
    classes = {
        column.name: " ".join(
            word
            for word, applies in (
                ("at-end", column.is_numeric),
                ("at-code", column.type == "code"),
                ("at-nowrap", column.type in ("date", "datetime", "status", "person")),
                ("at-lead", column is lead),
                ("at-key-figure", column is figure and column is not lead),
            )
            if applies
        )
        for column in shown
    }
    found = []
    for row in page.rows:
        cells = Cells(make_cell(column, row, classes[column.name]) for column in shown)
        cells.key = key(row) if key else ""
        found.append(cells)
    return tuple(found)


def _key_figure(shown: Sequence[Column]) -> Column | None:
    chosen = [column for column in shown if column.key_figure]
    figures = [column for column in shown if column.is_numeric]
    states = [column for column in shown if column.type == "status"]
    return next((found[-1] for found in (chosen, figures, states) if found), None)


def shown_columns(columns: Sequence[Column], chosen: Sequence[str] | None) -> tuple[Column, ...]:
    """The columns to be seen: those chosen, or all that are not hidden at first."""
    if chosen is not None:
        found = tuple(column for column in columns if column.name in chosen)
        if found:
            return found
    return tuple(column for column in columns if not column.hidden)


def _head(column: Column, query: Query) -> Head:
    state = next(
        ("descending" if down else "ascending" for one, down in query.sort if one is column), ""
    )
    sortable = column.sortable and column.path is not None
    wanted = (column, state == "ascending" or (not state and column.is_numeric))
    address = query.address(sort=(wanted,), page=1) if sortable else ""
    return Head(column, state, address, "end" if column.is_numeric else "start")


def make_cell(column: Column, row: Any, classes: str = "") -> Cell:
    """One cell in words; a missing value is a word with its reason, never an empty place."""
    value = column.read(row)
    url = column.url(row) if column.url else None
    subtitle = column.subtitle(row) if column.subtitle else ""
    if value is None or value == "":
        reason = column.missing(row) if column.missing else ""
        plain = not reason and (column.blank or not column.is_numeric)
        text = "" if plain else formats.missing()
        return Cell(column, text, column.type, None, "", subtitle, None, not plain, reason, classes)
    tone = _tone(column, value)
    why = column.why(row) if column.why else None
    text = in_words(column, value, row)
    return Cell(column, text, column.type, url, tone, subtitle, why, classes=classes)


def _tone(column: Column, value: Any) -> str:
    if column.type == "attainment":
        return tone_of(value, column.thresholds or USUAL)
    return column.choice(value)[1] if column.type == "status" else ""


def in_words(column: Column, value: Any, row: Any = None) -> str:
    """A value of a column as it is shown in a list."""
    if isinstance(value, Labels):
        return value.get(formats.language())
    if column.type == "money":
        return _money(column, value, row)
    if column.type in ("choice", "status"):
        return str(column.choice(value)[0])
    if column.type == "boolean":
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    return _SHOWN.get(column.type, str)(value)


_SHOWN: dict[str, Any] = {
    "ratio": formats.ratio,
    "attainment": formats.ratio,
    "points": formats.points,
    "number": formats.number,
    "date": formats.day_table,
    "datetime": formats.moment_table,
    "person": formats.person_name,
}


def _money(column: Column, value: Any, row: Any) -> str:
    if column.currency_from and row is not None:
        currency = currency_of(column, row)
        amount = formats.minor_amount(value, currency) if column.minor else value
        return formats.money(amount, currency, coded=True)
    amount = formats.minor_amount(value, column.unit or "CNY") if column.minor else value
    return formats.money(amount, column.unit or "CNY")


def _sum_text(column: Column, sums: Any) -> str | None:
    if column.name not in sums:
        return None
    value = sums[column.name]
    return formats.missing() if value is None else in_words(column, value)


def operator_name(column: Column, operator: str) -> str:
    """An operator in words: dates are before and after, amounts at least and at most."""
    is_time = column.type in ("date", "datetime")
    return {
        "eq": pgettext("filter", "is"),
        "ne": pgettext("filter", "is not"),
        "ge": pgettext("filter", "from") if is_time else pgettext("filter", "at least"),
        "gt": pgettext("filter", "after") if is_time else pgettext("filter", "more than"),
        "le": pgettext("filter", "until") if is_time else pgettext("filter", "at most"),
        "lt": pgettext("filter", "before") if is_time else pgettext("filter", "less than"),
        "in": pgettext("filter", "is one of"),
        "has": pgettext("filter", "contains"),
        "is": pgettext("filter", "is recorded"),
    }[operator]


def _chip(condition: Filter, query: Query) -> Chip:
    column, operator = condition.column, condition.operator
    if operator == "is":
        word = (
            pgettext("filter", "missing")
            if condition.values[0] == "missing"
            else pgettext("filter", "present")
        )
        said = f"{column.label}: {word}"
    else:
        values = _list_mark().join(_value_text(column, value) for value in condition.values)
        said = f"{column.label} {operator_name(column, operator)} {values}"
    others = tuple(other for other in query.filters if other is not condition)
    return Chip(said, query.address(filters=others, page=1))


def _list_mark() -> str:
    return "、" if formats.is_chinese() else ", "


def _value_text(column: Column, value: Any) -> str:
    if column.type == "money":
        return formats.money(value, column.unit or "CNY")
    return in_words(column, value)
