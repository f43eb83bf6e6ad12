"""All contenders in turn, round after round, on the same files; results first, times second.

    python -m bench.compare --rows 1000000 --rounds 3

After a warm-up in which every result is compared to the last digit, each round runs every
contender once, as a whole process. Printed are medians over the rounds, and medians of the
ratios taken round by round, because the machine may be busier in one round than in another.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

import duckdb
import pandas
import polars

from bench.data import make
from bench.equal import must_agree
from bench.layout import BUILD, sellers_of
from bench.processes import Cost, cost_of


@dataclass(frozen=True)
class Contender:
    """One way to calculate the plan."""

    module: str
    said: str
    most_rows: int | None = None
    """It is not run on more orders than this: it would take too long."""
    is_calculating: bool = True

    def takes_part(self, rows: int) -> bool:
        return self.most_rows is None or rows <= self.most_rows


ENGINE: Final = Contender("engine", "Attain")
BY_HAND: Final = Contender("handwritten", "DuckDB SQL by hand")
CONTENDERS: Final = (
    ENGINE,
    BY_HAND,
    Contender("polars_frames", "Polars"),
    Contender("pandas_frames", "pandas"),
    Contender("loop", "Python loop, Decimal", most_rows=1_000_000),
    Contender("limit", "read and write only", is_calculating=False),
)
KEEPS: Final = ("results", "all")

Entry = tuple[str, str]
"""A contender's module and what it keeps."""
Costs = dict[Entry, list[Cost]]


def measure(rows: int, rounds: int, contenders: Sequence[Contender]) -> Costs:
    """Warm up and compare results, then measure."""
    company = make(rows)
    own = [one for one in contenders if one.takes_part(rows)]
    for keep in KEEPS:
        for one in own:
            cost_of(one.module, company, _out(one, keep), keep)
            if one.is_calculating and one is not ENGINE:
                compared = must_agree(_out(ENGINE, keep), _out(one, keep), keep)
                _say(f"{rows:,} orders, keep {keep}: {one.said} equals Attain in {compared:,} rows")
    costs: Costs = {}
    for _ in range(rounds):
        for keep in KEEPS:
            for one in own:
                found = cost_of(one.module, company, _out(one, keep), keep)
                costs.setdefault((one.module, keep), []).append(found)
    return costs


def _out(contender: Contender, keep: str) -> Path:
    return BUILD / f"out-{contender.module}-{keep}"


def table(costs: Costs) -> Iterator[str]:
    """Lines of Markdown: a row for each contender and what it keeps."""
    yield "| keeps | contender | wall s | CPU s | MB | wall to by hand | CPU to by hand |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for keep in KEEPS:
        for one in CONTENDERS:
            found = costs.get((one.module, keep))
            if found is None:
                continue
            base = costs[BY_HAND.module, keep]
            yield (
                f"| {keep} | {one.said} | {median(c.wall for c in found):.2f} "
                f"| {median(c.cpu for c in found):.2f} | {median(c.memory for c in found):.0f} "
                f"| {ratio(found, base, _wall):.2f} | {ratio(found, base, _cpu):.2f} |"
            )


def ratio(costs: Sequence[Cost], base: Sequence[Cost], what: Callable[[Cost], float]) -> float:
    """The median of the ratios taken round by round."""
    return median(what(one) / what(other) for one, other in zip(costs, base, strict=True))


def growth(small: Costs, large: Costs) -> Iterator[str]:
    """What ten times the orders and sellers cost."""
    yield "| keeps | contender | wall, ten times the rows | CPU, ten times the rows |"
    yield "| --- | --- | ---: | ---: |"
    for keep in KEEPS:
        for one in CONTENDERS:
            entry = (one.module, keep)
            if entry in small and entry in large:
                wall, cpu = (
                    median(map(what, large[entry])) / median(map(what, small[entry]))
                    for what in (_wall, _cpu)
                )
                yield f"| {keep} | {one.said} | {wall:.1f} | {cpu:.1f} |"


def _wall(cost: Cost) -> float:
    return cost.wall


def _cpu(cost: Cost) -> float:
    return cost.cpu


def _say(text: str) -> None:
    print(text, flush=True)


def _machine() -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}, "
        f"Polars {polars.__version__}, pandas {pandas.__version__}; load {load}"
    )


def main() -> None:
    """Measure at a tenth of the size and at the size, and print both and the growth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-growth", action="store_true", help="the one size only")
    asked = parser.parse_args()
    _say(_machine())
    measured = {}
    sizes = [asked.rows] if asked.no_growth else [max(1000, asked.rows // 10), asked.rows]
    for rows in sizes:
        measured[rows] = measure(rows, asked.rounds, CONTENDERS)
        _say(f"\n{rows:,} orders of {sellers_of(rows):,} sellers, {asked.rounds} rounds\n")
        _say("\n".join(table(measured[rows])))
    if not asked.no_growth:
        _say("\n" + "\n".join(growth(*measured.values())))
    _say("\n" + _machine())


if __name__ == "__main__":
    main()
