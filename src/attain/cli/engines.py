"""What calculates: DuckDB, Spark, or the slow and obvious reference that judges them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attain.engine.api import duckdb_runner, spark_runner
from attain.engine.examples import Runner
from attain.engine.reference import run_plan


class Engine(StrEnum):
    """What calculates."""

    duckdb = "duckdb"
    spark = "spark"
    reference = "reference"


RUNNERS: Final[dict[Engine, Runner]] = {
    Engine.duckdb: duckdb_runner,
    Engine.spark: spark_runner,
    Engine.reference: run_plan,
}
"""For examples: a plan and rows in, relations as rows out."""

ALWAYS_HERE: Final = (Engine.duckdb, Engine.reference)
"""Engines that every installation has; Spark is an extra."""
