"""Reconciling: rows in = accepted + rejected + skipped, and sums to the last digit (G31)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from attain.core.errors import problem
from attain.core.schemas import ColumnSchema
from attain.lake import sql
from attain.lake.checking.bench import REPEATED, ROW, SAME, Bench
from attain.lake.checking.columns import staged_sum
from attain.lake.errors import tables
from attain.lake.headers import column_letters
from attain.lake.reading.staging import HIDDEN
from attain.lake.stored import exact, summed_columns


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """The sum of one column over the file, and what became of it.

    `in_file` is added up from the staged text with more decimals than are stored, the others
    from the typed rows; the three parts make the whole, or nothing is committed. Cells that
    cannot be read are in no sum: `unread` counts them.
    """

    column: str
    in_file: Decimal
    accepted: Decimal
    rejected: Decimal
    skipped: Decimal
    unread: int

    @property
    def agrees(self) -> bool:
        return self.in_file == self.accepted + self.rejected + self.skipped


def control_totals(bench: Bench) -> list[ControlTotal]:
    """The control totals of every summed column that the file has."""
    return [
        _control_total(bench, column)
        for name, column in summed_columns(bench.schema)
        if name in bench.mapping.columns
    ]


def _control_total(bench: Bench, column: ColumnSchema) -> ControlTotal:
    own, place = sql.name(column.name), bench.place(column.name)
    skipped = f"(SELECT line FROM skipped WHERE reason IN ('{SAME}', '{REPEATED}'))"
    parts = {
        "rejected": f"_line IN {bench.rejected()}",
        "skipped": f"_line IN {skipped}",
        "accepted": f"_line NOT IN {bench.rejected()} AND _line NOT IN {skipped}",
    }
    picked = ", ".join(
        f"CAST(coalesce(sum({own}) FILTER ({condition}), 0) AS VARCHAR) AS {part}"
        for part, condition in parts.items()
    )
    values = bench.rows(f"SELECT {picked} FROM typed")[0]
    unread = bench.one(
        f"SELECT count(DISTINCT line) FROM found WHERE place = {place} AND severity = 'error' "
        f"AND line IN (SELECT _line FROM typed WHERE {own} IS NULL)"
    )
    sums = {part: exact(text) for part, text in zip(parts, values, strict=True)}
    return ControlTotal(column.name, exact(staged_sum(bench, place)), unread=unread, **sums)


def note_hidden(bench: Bench) -> None:
    """Warn of hidden rows with their part of the totals, and of hidden columns (B15)."""
    hidden_columns = {at for _, at in bench.mapped()} & set(bench.table.hidden_columns)
    if hidden_columns:
        letters = [column_letters(at) for at in sorted(hidden_columns)]
        bench.report([(0, ROW, problem(tables.HIDDEN_COLUMNS, columns=letters))])
    if not bench.table.hidden_rows:
        return
    is_hidden = f"SELECT line FROM raw WHERE contains(flags, '{HIDDEN}')"
    parts = []
    for name, column in summed_columns(bench.schema):
        own = sql.name(name)
        text = bench.one(
            f"SELECT CAST(coalesce(sum({own}), 0) AS VARCHAR) FROM typed "
            f"WHERE _line IN ({is_hidden})"
        )
        parts.append(f"{column.labels.zh or name} {exact(text):f}")
    count = bench.one(f"SELECT count(*) FROM ({is_hidden})")
    if count:
        totals = parts or "-"
        bench.report([(0, ROW, problem(tables.HIDDEN_ROWS, count=count, totals=totals))])
