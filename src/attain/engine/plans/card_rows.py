"""The columns of a scorecard's rows, as people call them: `row(sales).score`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

_ROW: Final = re.compile(r"row\((?:(\w+), ?)?(\w+)\)(?:\.(score|points|weight))?")
_MEMBERS: Final = ("score", "points", "weight")
_FIRST: Final = "score"
"""The card whose rows are called without its name."""


def column_named(component: str, columns: Collection[str]) -> str:
    """The column that is meant: `row(sales).score` is `row_sales_score`, `score` is itself.

    >>> column_named("row(sales).score", ["card_row_sales_score"])
    'card_row_sales_score'
    """
    found = _ROW.fullmatch(component)
    if found is None:
        return component
    card, row, member = found.groups()
    return row_column(card, row, member or "points", columns)


def row_column(card: str | None, row: str, member: str, columns: Collection[str]) -> str:
    """The column of a card's row; a row that only one card has needs no name of a card."""
    name = f"row_{row}_{member}"
    if card not in (None, _FIRST):
        return f"{card}_{name}"
    others = [one for one in columns if one.endswith(f"_{name}")]
    return others[0] if card is None and name not in columns and len(others) == 1 else name


def rows_called(forms: Mapping[str, str | None]) -> list[str]:
    """How the columns that scorecards wrote are called, of all columns with their forms.

    >>> rows_called({"card_row_sales_score": "scorecard/card/rows/0", "card": "scorecard/card"})
    ['row(card, sales).score']
    """
    found = []
    for name, form in forms.items():
        card = (form or "").removeprefix("scorecard/").partition("/")[0]
        row, _, member = name.removeprefix(f"{card}_").removeprefix("row_").rpartition("_")
        if (form or "").startswith("scorecard/") and row and member in _MEMBERS:
            found.append(
                f"row({row}).{member}" if card == _FIRST else f"row({card}, {row}).{member}"
            )
    return found
