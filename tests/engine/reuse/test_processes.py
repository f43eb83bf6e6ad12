"""Several processes at one shelf, and processes that die: every run is that in full."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from changing import Shop, planned
from reused_plans import YEARLY

from attain.core.manifests import Manifest, RunRequest
from attain.engine.jobs import Job, job_of
from attain.engine.reuse.shelf import Shelf
from attain.engine.run import run


def asked(shop: Shop) -> RunRequest:
    plan = planned(YEARLY, shop.rate)
    inputs = {name: shop.versions[name].hash for name in plan.datasets if name in shop.rows}
    return RunRequest(plan=plan.text_hash, period="2026", inputs=inputs)


def test_two_processes_at_once_come_to_the_same(shop: Shop) -> None:
    shop.freeze()
    fresh = shop.run("fresh", reuse=False)

    def calculated(name: str) -> Manifest:
        plan = planned(YEARLY, shop.rate)
        return run(plan, asked(shop), shop, shop.folder / name, keep="all", reuse=shop.shelf)

    with ThreadPoolExecutor(2) as two:
        both = list(two.map(calculated, ["one", "other"]))
    assert {one.result_digest for one in both} == {fresh.result_digest}
    assert Shelf(shop.shelf.folder, 0).state().damaged == 0


@pytest.mark.parametrize("lines", [5, 25])
def test_a_process_that_is_killed_leaves_nothing_wrong(shop: Shop, lines: int) -> None:
    """Killed after some steps, when it has put a part of its work on the shelf."""
    shop.freeze()
    out = shop.folder / "killed"
    out.mkdir()
    plan = planned(YEARLY, shop.rate)
    job = job_of(plan, asked(shop), shop, out, keep="all", reuse=shop.shelf)
    _kill_after(job, lines)
    assert not (out / "manifest.json").exists()
    assert Shelf(shop.shelf.folder, 0).state().damaged == 0

    assert shop.run("again").result_digest == shop.run("fresh", reuse=False).result_digest


def _kill_after(job: Job, lines: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "attain.engine"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(job.model_dump_json())
    process.stdin.close()
    for _ in range(lines):
        assert process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


def test_a_shelf_too_small_for_anything_changes_nothing(shop: Shop) -> None:
    shop.freeze()
    fresh = shop.run("fresh", reuse=False)
    shop.shelf = shop.shelf.model_copy(update={"most": 10_000})
    for name in ("first", "second"):
        assert shop.run(name).result_digest == fresh.result_digest
        assert kept(shop.shelf.folder) <= 10_000


def kept(folder: Path) -> int:
    return sum({path.stat().st_ino: path.stat().st_size for path in folder.iterdir()}.values())
