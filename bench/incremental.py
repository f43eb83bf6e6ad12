"""What a run costs after a change, against calculating everything, in the same round.

    python -m bench.incremental --rows 1000000 --rounds 3

First a run of the unchanged company leaves what it made. Then each round calculates every
kind of change in full and with what was left, each as a whole process and each time from the
same state, and compares the digests. Printed are medians of the ratios taken round by round.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

from attain.core.manifests import Manifest
from attain.engine.folder import read_manifest
from bench.changes import CHANGES, ChangedLake
from bench.compare import _machine as machine
from bench.data import make
from bench.equal import ResultsDiffer
from bench.layout import BUILD, SHELF, sellers_of
from bench.processes import Cost, cost_of

_KEPT: Final = BUILD / "shelf-as-it-was"
Costs = dict[tuple[str, str], list[Cost]]


def measure(rows: int, rounds: int, kinds: list[str]) -> Costs:
    """The costs of every kind in full and with reuse, and of the first run that keeps."""
    company = make(rows)
    for kind in kinds:
        ChangedLake(company, kind)
    costs: Costs = {}
    for _ in range(rounds):
        shutil.rmtree(SHELF, ignore_errors=True)
        costs.setdefault(("first", "keeping"), []).append(_cost(company, "nothing", "keeping"))
        _copy(SHELF, _KEPT)
        for kind in kinds:
            costs.setdefault((kind, "fresh"), []).append(_cost(company, kind, "fresh"))
            _copy(_KEPT, SHELF)
            costs.setdefault((kind, "reusing"), []).append(_cost(company, kind, "reusing"))
            _must_agree(kind)
    return costs


def _cost(company: Path, kind: str, how: str) -> Cost:
    return cost_of("again", company, _out(how), f"{kind}/{how}")


def _out(how: str) -> Path:
    return BUILD / f"out-again-{how}"


def _copy(source: Path, to: Path) -> None:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(source, to)


def _must_agree(kind: str) -> None:
    fresh, reusing = _manifest("fresh"), _manifest("reusing")
    if fresh.result_digest != reusing.result_digest:
        raise ResultsDiffer(f"{kind}: {fresh.result_digest} and {reusing.result_digest}")
    told = reusing.reused
    assert told is not None
    print(f"{kind}: equal; {told.parts} parts not read, {told.read} read", flush=True)


def _manifest(how: str) -> Manifest:
    found = read_manifest(_out(how))
    assert found is not None
    return found


def table(costs: Costs, kinds: list[str]) -> Iterator[str]:
    """Lines of Markdown: a row for each kind of change."""
    yield "| changed | in full, CPU s | with reuse, CPU s | CPU, % of full | wall, % of full |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for kind in kinds:
        full, again = costs[kind, "fresh"], costs[kind, "reusing"]
        cpu = median(100 * b.cpu / a.cpu for a, b in zip(full, again, strict=True))
        wall = median(100 * b.wall / a.wall for a, b in zip(full, again, strict=True))
        yield (
            f"| {CHANGES[kind].said} | {median(c.cpu for c in full):.2f} "
            f"| {median(c.cpu for c in again):.2f} | {cpu:.0f} | {wall:.0f} |"
        )
    first, full = costs["first", "keeping"], costs[kinds[0], "fresh"]
    more = median(100 * b.cpu / a.cpu for a, b in zip(full, first, strict=True))
    yield f"\nThe first run, which finds nothing and keeps what it makes: {more:.0f} % of full, CPU"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kinds", nargs="*", choices=[*CHANGES], default=[*CHANGES])
    asked = parser.parse_args()
    print(machine(), flush=True)
    costs = measure(asked.rows, asked.rounds, asked.kinds)
    print(f"\n{asked.rows:,} orders of {sellers_of(asked.rows):,} sellers, {asked.rounds} rounds\n")
    print("\n".join(table(costs, asked.kinds)))
    print("\n" + machine())


if __name__ == "__main__":
    main()
