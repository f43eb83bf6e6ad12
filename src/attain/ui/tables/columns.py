"""What one column of a list is: its type, who may read it, and how a row gives its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from attain.ui.attaining import Thresholds

ColumnType = Literal[
    "text", "code", "person", "number", "money", "ratio", "points", "date", "datetime",
    "boolean", "choice", "status", "link", "attainment",
]  # fmt: skip

NUMERIC: frozenset[str] = frozenset({"number", "money", "ratio", "points", "attainment"})
TEXTUAL: frozenset[str] = frozenset({"text", "code", "person", "link"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    - `name` is the field it reads, and its word in addresses (`sort=-amount`).
    - `source` names the ORM path or the mapping's key where that is not `name`.
    - money: `minor=True` for BIGINT minor units; the currency is `unit`, or stands in the
      row's field `currency_from`.
    - attainment is a ratio that is shown with its colour and shape; `thresholds` of the board.
    - `choices` are (value, label) or (value, label, tone) for types choice and status.
    - `allowed(actor)` is False where the actor must not read the column: it can then not be
      shown, filtered, sorted, searched or counted, as if it did not exist.
    - `value(row)` computes what is shown; such a column is not sorted or filtered unless a
      `source` says by which field.
    - `missing(row)` says in words why there is no value.
    """

    name: str
    label: Any
    type: ColumnType = "text"
    unit: str = ""
    currency_from: str = ""
    minor: bool = True
    choices: Sequence[tuple] = ()
    sortable: bool = True
    filterable: bool = True
    searchable: bool = False
    allowed: Callable[[Any], bool] | None = None
    value: Callable[[Any], Any] | None = None
    url: Callable[[Any], str | None] | None = None
    missing: Callable[[Any], Any] | None = None
    total: bool = False
    hidden: bool = False
    source: str = ""
    subtitle: Callable[[Any], Any] | None = None
    why: Callable[[Any], str | None] | None = None
    """Address of the panel that explains the number of this row."""
    thresholds: Thresholds | None = None
    drawer: bool = False
    """The link opens in the drawer beside the list; its address stays a page of its own."""
    key_figure: bool = False
    """The one figure at the right of that card; else the last column of figures, or of states."""
    blank: bool = False
    """An empty value is simply empty: nobody waits for data."""
    primary: bool = False
    """The name of the row: it leads the card on a phone."""

    @property
    def path(self) -> str | None:
        """By which field rows are sorted and filtered; None for a value computed here."""
        return self.source or (None if self.value else self.name)

    @property
    def is_numeric(self) -> bool:
        return self.type in NUMERIC

    def readable_by(self, actor: Any) -> bool:
        """Whether the actor may read the column at all."""
        return self.allowed is None or bool(self.allowed(actor))

    def read(self, row: Any) -> Any:
        """The value of one row, None where there is none."""
        if self.value is not None:
            return self.value(row)
        return read_path(row, self.source or self.name)

    def choice(self, value: Any) -> tuple[Any, str]:
        """Label and tone of a value of the types choice and status."""
        for key, label, *tone in self.choices:
            if str(key) == str(value):
                return label, tone[0] if tone else "neutral"
        return value, "neutral"


def read_path(row: Any, path: str) -> Any:
    """Follow `person__name` through objects or mappings; None where the path ends early."""
    for step in path.split("__"):
        # A plain dict first: asking whether something is a mapping takes ten times as long.
        is_mapping = type(row) is dict or isinstance(row, Mapping)
        row = row.get(step) if is_mapping else getattr(row, step, None)
        if row is None:
            return None
    return row


def readable(columns: Sequence[Column], actor: Any) -> tuple[Column, ...]:
    """The columns that exist for this actor."""
    return tuple(column for column in columns if column.readable_by(actor))
