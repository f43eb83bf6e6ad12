"""Percentages that are written without their sign: 15 in a column of ratios is 1,500 %."""

from __future__ import annotations

from typing import Final

from attain.core.errors import problem
from attain.core.schemas import ColumnType
from attain.core.systems import SYSTEM_DATASETS
from attain.lake import sql
from attain.lake.checking.bench import Bench
from attain.lake.errors import cells

_LARGE: Final = 5
"""Factors of two or three are none of percentages; from here on hardly anything is a ratio."""


def note_plain_ratios(bench: Bench) -> None:
    """Warn of columns of ratios in which every number without a sign is one or more."""
    if bench.schema.dataset in SYSTEM_DATASETS:
        return
    for column, place in bench.mapped():
        if column.type is not ColumnType.ratio:
            continue
        own = f"resolved.{sql.name(column.name)}"
        least, most = bench.rows(
            f"SELECT min(abs({own})), max(abs({own})) FROM resolved JOIN raw "
            f"ON raw.line = resolved._line WHERE {own} <> 0 "
            f"AND NOT regexp_matches({bench.value(place)}, '[%％‰]')"
        )[0]
        if least is not None and least >= 1 and most >= _LARGE:
            plain, read = (f"{one.normalize():f}" for one in (most, most * 100))
            found = problem(cells.RATIO_PLAIN, value=plain, read=read)
            bench.report([(0, place, found)])
