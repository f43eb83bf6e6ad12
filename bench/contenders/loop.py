"""The plan row by row, with Decimal: what one writes without a database.

    python -m bench.contenders.loop COMPANY OUT results|all

It leaves CSV files. DuckDB is its reader of Parquet and nothing else.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, setcontext
from pathlib import Path
from typing import Any, Final

import duckdb

from bench.layout import COLUMNS, FACTORS, MONTHS, STARTS, YEAR, parts

ZERO: Final = Decimal(0)
_FEN, _ATTO = Decimal("0.01"), Decimal(1).scaleb(-18)
_WEIGHTS: Final = {
    "completion": Decimal("0.6"),
    "team": Decimal("0.25"),
    "returns": Decimal("0.15"),
}
_SLABS: Final = tuple(
    (Decimal(edge), Decimal(rate))
    for edge, rate in (("0", "0.01"), ("0.8", "0.02"), ("1", "0.035"), ("1.2", "0.05"))
)
_COMPLETION: Final = tuple(
    (Decimal(edge), score) for edge, score in (("1.2", 120), ("1", 100), ("0.9", 85), ("0.7", 60))
)


@dataclass
class Month:
    """What a seller has in a month."""

    sales: Decimal = ZERO
    gross: Decimal = ZERO
    returned: Decimal = ZERO
    milk: Decimal = ZERO
    ice: Decimal = ZERO
    deals: int = 0
    goal: Decimal = ZERO
    further: dict[str, Any] = field(default_factory=dict)

    def add(self, credit: Decimal, line: str, *, is_return: bool) -> None:
        """One order more."""
        self.sales += credit
        if is_return:
            self.returned -= credit
        else:
            self.gross += credit
            self.deals += 1
        if line == "milk":
            self.milk += credit
        elif line == "ice":
            self.ice += credit


Grid = dict[tuple[str, int], Month]


def calculate(folder: Path, out: Path, keep: str) -> None:
    """The statement, its lines and its long form; with `all` each order's credit as well."""
    out.mkdir(parents=True)
    # Enough digits for every product before it is rounded; half away from zero when it is.
    setcontext(Context(prec=60, rounding=ROUND_HALF_UP))
    grid: Grid = {}
    for subject, month, goal in _rows(folder, "targets", "subject, month(period_from), value"):
        grid[subject, month] = Month(goal=goal)
    credits = _credited(folder, grid)
    if keep == "all":
        _write(out / "credits.csv", ("order_id", "seller", "signed_on", "credit"), credits)
    else:
        for _ in credits:
            pass
    _roll_up(folder, grid)
    for seller in {seller for seller, _ in grid}:
        _to_date([grid[seller, month] for month in range(1, 13)])
    for month in range(1, 13):
        _rank([found for (_, number), found in grid.items() if number == month])
    _leave(out, grid)


def _rows(folder: Path, dataset: str, columns: str) -> Iterator[tuple[Any, ...]]:
    query = f"SELECT {columns} FROM read_parquet({parts(folder, dataset)!r})"
    reading = duckdb.connect().execute(query)
    while batch := reading.fetchmany(10_000):
        yield from batch


def _credited(folder: Path, grid: Grid) -> Iterator[tuple[str, str, date, Decimal]]:
    columns = "order_id, seller, signed_on, line, is_return, amount"
    for order, seller, day, line, is_return, amount in _rows(folder, "orders", columns):
        if day.year == YEAR:
            credit = (amount * FACTORS[line]).quantize(_FEN)
            grid[seller, day.month].add(credit, line, is_return=is_return)
            yield order, seller, day, credit


def _roll_up(folder: Path, grid: Grid) -> None:
    """Sales and goals to everybody above, walking up from each seller."""
    above = dict(_rows(folder, "edges", "child, parent"))
    sales: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    goals: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for (seller, month), found in grid.items():
        who: str | None = seller
        while who is not None:
            sales[who, month] += found.sales
            goals[who, month] += found.goal
            who = above.get(who)
    for key, found in grid.items():
        found.further |= {"team_sales": sales[key], "team_goal": goals[key]}


def _to_date(months: list[Month]) -> None:
    sales = goal = ZERO
    for month in months:
        sales, goal = sales + month.sales, goal + month.goal
        month.further |= {"sales_to_date": sales, "goal_to_date": goal}
        _pay(month)


def _pay(month: Month) -> None:
    """Ratios, scores and the commission of one seller and month."""
    own = month.further
    own["attainment"] = (own["sales_to_date"] / own["goal_to_date"]).quantize(_ATTO)
    own["team_attainment"] = (own["team_sales"] / own["team_goal"]).quantize(_ATTO)
    rate = month.returned / month.gross if month.gross else ZERO
    own["return_rate"] = rate.quantize(_ATTO)
    own["earned"] = _marginal(max(ZERO, month.sales), month.goal)
    own["override"] = max(ZERO, own["team_sales"] - month.sales) * Decimal("0.005")
    own["completion_score"] = _completion(own["attainment"])
    own["team_score"] = _completion(own["team_attainment"])
    own["returns_score"] = _returns(own["return_rate"])
    own["score"] = sum((own[f"{row}_score"] * weight for row, weight in _WEIGHTS.items()), ZERO)
    product = (own["earned"] + own["override"]) * own["score"] / 100
    own["commission"] = min(Decimal(6000), product).quantize(_FEN)


def _marginal(sales: Decimal, goal: Decimal) -> Decimal:
    edges = [edge * goal for edge, _ in _SLABS]
    earned = ZERO
    for at, (_, rate) in enumerate(_SLABS):
        top = min(sales, edges[at + 1]) if at + 1 < len(edges) else sales
        earned += max(ZERO, top - edges[at]) * rate
    return earned


def _completion(ratio: Decimal) -> int:
    return next((score for edge, score in _COMPLETION if ratio >= edge), 20)


def _returns(rate: Decimal) -> int:
    if rate < 0:
        return 0
    return 100 if rate < Decimal("0.01") else 80 if rate < Decimal("0.03") else 50


def _rank(months: list[Month]) -> None:
    months.sort(key=lambda month: month.further["attainment"], reverse=True)
    place, last = 0, None
    for number, month in enumerate(months, 1):
        if month.further["attainment"] != last:
            place, last = number, month.further["attainment"]
        month.further["place"] = place


def _leave(out: Path, grid: Grid) -> None:
    rows = [
        (seller, MONTHS[month - 1], month, {**vars(found), **found.further})
        for (seller, month), found in sorted(grid.items())
    ]
    _write(
        out / "statement.csv",
        ("seller", "month", *COLUMNS),
        ((seller, label, *(own[name] for name in COLUMNS)) for seller, label, _, own in rows),
    )
    _write(
        out / "outcomes.csv",
        ("subject", "period", "component", "value"),
        (
            (seller, label, f"row({row})" if row in _WEIGHTS else name, value)
            for seller, label, _, own in rows
            for name in COLUMNS
            for row in (name.removesuffix("_score"),)
            for value in (own[name] * _WEIGHTS.get(row, 1),)
        ),
    )
    following = (*STARTS[1:], date(YEAR + 1, 1, 1))
    _write(
        out / "lines.csv",
        ("participant", "earned", "amount_minor", "pay_on"),
        (
            (seller, label, int(own["commission"] * 100), following[month - 1].replace(day=10))
            for seller, label, month, own in rows
        ),
    )


def _write(target: Path, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    calculate(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
