"""How many rows an explanation reads: of a million facts few, or it says that they are too many.

Whoever asks why waits for the answer. Rows that a number is known to stand on are read as long as
they are few enough to be calculated again at once; otherwise the number is told with its rule and
without its rows.
"""

from __future__ import annotations

from typing import Final

MOST_ROWS: Final = 20_000
"""So many rows of a dataset are read for one explanation, and so many pairs made of them."""

MOST_ITEMISED: Final = 200
"""Of so many rows behind a sum is told how each was calculated; readers are shown a few."""


class TooManyRows(Exception):
    """A number stands on more rows than an explanation reads."""

    def __init__(self, relation: str, rows: int) -> None:
        super().__init__(relation, rows)
        self.relation = relation
        """The dataset, or the pairs, of which there are too many."""
        self.rows = rows
