"""Killed at any moment, a run is there or it is not; and nothing of the machine changes a digit."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from handmade import ORDERS, context
from lakeside import Lakeside
from test_runs import bonus_plan

from attain.core.manifests import Manifest
from attain.engine.compiler import compile_plan
from attain.engine.jobs import Limits

HERE = Path(__file__).parent
SCRIPT = """
import sys
sys.path[:0] = [{here!r}, {handmade!r}]
from pathlib import Path
from lakeside import Lakeside
from test_runs import bonus_plan
Lakeside(Path({folder!r})).run(bonus_plan())
"""


def start(folder: Path) -> subprocess.Popen[bytes]:
    """A process group of its own that runs the plan, as a worker does."""
    handmade = str(HERE.parent / "compiler")
    script = SCRIPT.format(here=str(HERE), handmade=handmade, folder=str(folder))
    return subprocess.Popen([sys.executable, "-c", script], start_new_session=True)


def test_a_run_that_is_killed_is_whole_or_not_there(tmp_path: Path) -> None:
    began = time.monotonic()
    assert start(tmp_path).wait() == 0
    took = time.monotonic() - began
    whole = (tmp_path / "run" / "manifest.json").read_bytes()
    chance = random.Random(20260101)

    for number in range(5):
        folder = tmp_path / str(number)
        folder.mkdir()
        process = start(folder)
        # The later part of the time, because the process has to start before it can calculate.
        time.sleep(took * chance.uniform(0.4, 1.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

        run = folder / "run"
        if run.exists():
            assert (run / "manifest.json").read_bytes() == whole
            files = {f for one in Manifest.from_json(whole).relations for f in one.files}
            assert files <= {path.name for path in run.iterdir()}

        assert start(folder).wait() == 0
        assert (run / "manifest.json").read_bytes() == whole
        assert not list(folder.glob(".run*"))


@pytest.mark.parametrize(
    ("zone", "hash_seed", "threads"), [("UTC", "0", 1), ("Asia/Shanghai", "1", 2), ("UTC", "2", 4)]
)
def test_nothing_of_the_machine_changes_a_digit(
    lake: Lakeside,
    monkeypatch: pytest.MonkeyPatch,
    zone: str,
    hash_seed: str,
    threads: int,
) -> None:
    """Order of rows, zone, hash seed and threads: one digest, written here to be compared."""
    monkeypatch.setenv("TZ", zone)
    monkeypatch.setenv("PYTHONHASHSEED", hash_seed)
    rows = [
        (f"{n:04}", f"2026-0{1 + n % 3}-{1 + n % 28:02}", ["li", "wang"][n % 2], f"{n}.{n % 97:02}")
        for n in range(400)
    ]
    random.Random(hash_seed).shuffle(rows)
    lake.put("orders", ORDERS, [(*row, "signed") for row in rows], month="2026-01")

    manifest = lake.run(rounded_plan(), limits=Limits(threads=threads))

    # Even numbers are Li's: sum of n + (n mod 97)/100 over 0, 2, … 398, and Wang's odd ones.
    sums = lake.rows(manifest, "seller_quarter", "seller, CAST(sales AS VARCHAR)")
    assert sums == [("li", str(total(0))), ("wang", str(total(1)))]
    assert manifest.result_digest == DIGEST


def total(first: int) -> object:
    from decimal import Decimal

    amounts = (Decimal(f"{n}.{n % 97:02}") for n in range(first, 400, 2))
    return sum(amounts, Decimal("0.000000"))


def rounded_plan() -> object:
    from dataclasses import replace

    made = bonus_plan()
    return replace(made, lines=(), components=made.components[:1])


DIGEST = "a65a489a33a305a96de8b9925d8dee92715d2f269a2ab6a3667e5812cdf5afa7"
"""Of the rows above; recorded when relations last changed shape (0041), the same for ever."""


def test_compiling_twice_prints_the_same_sql() -> None:
    first, second = (compile_plan(bonus_plan(), context()) for _ in range(2))

    assert [step.query.sql() for step in first] == [step.query.sql() for step in second]
