"""What a run imports: a process that starts for each run must not read what it does not need.

Each of these costs every run of every user a part of a second, and comes in unseen: one import at
the top of a module is enough.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lakeside import Lakeside
from test_runs import bonus_plan

from attain.engine.jobs import job_of

FOR_READING_PLANS = (
    "lark",
    "ruamel",
    "attain.engine.forms",
    "attain.engine.plans",
    "attain.expressions.check",
    "attain.expressions.parse",
)
FOR_CALCULATING = (
    "duckdb",
    "nanoarrow",
    "sqlglot",
    "attain.engine.backends.duckdb",
    "attain.engine.compiler",
    "attain.expressions.sql",
)
FOR_OTHERS = (
    "django",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "pyspark",
    "rich",
    "typer",
    "attain.apps",
    "attain.cli",
    "attain.engine.backends.spark",
    "attain.engine.distributed",
    "attain.engine.examples",
    "attain.engine.judging",
    "attain.engine.provenance",
    "attain.engine.reference",
    "attain.kinds",
    "attain.ui",
)


def test_the_calculating_process_reads_no_plan_and_no_yaml(tmp_path: Path) -> None:
    side, plan = Lakeside(tmp_path), bonus_plan()
    out = tmp_path / "out"
    out.mkdir()
    job = job_of(plan, side.request(plan), side, out)

    imported = imported_by(["-m", "attain.engine"], job.model_dump_json())

    assert (out / "manifest.json").exists()
    assert {"duckdb", "attain.engine.calculate"} <= imported, "the list is that of the run"
    assert among(imported, (*FOR_READING_PLANS, *FOR_OTHERS, "attain.lake")) == []


def test_the_asking_process_knows_no_database_and_no_sql() -> None:
    asking = (
        "from attain.engine.api import expand, load_plan, resolve, run\n"
        "from attain.lake import FileCatalog\n"
    )

    imported = imported_by(["-c", asking])

    assert {"lark", "attain.engine.jobs"} <= imported
    assert among(imported, (*FOR_CALCULATING, *FOR_OTHERS)) == []


def imported_by(arguments: list[str], given: str = "") -> set[str]:
    """All modules that a Python process has imported by its end."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


def among(imported: set[str], unwanted: tuple[str, ...]) -> list[str]:
    """The unwanted ones, by the packages they are in."""
    return sorted(
        {package for package in unwanted for one in imported if f"{one}.".startswith(f"{package}.")}
    )
