"""What calculates: DuckDB, or the slow and obvious reference that judges it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attain.engine.api import duckdb_runner
from attain.engine.examples import Runner
from attain.engine.reference import run_plan


class Engine(StrEnum):
    """What calculates."""

    duckdb = "duckdb"
    reference = "reference"


RUNNERS: Final[dict[Engine, Runner]] = {
    Engine.duckdb: duckdb_runner,
    Engine.reference: run_plan,
}
"""For examples: a plan and rows in, relations as rows out."""
