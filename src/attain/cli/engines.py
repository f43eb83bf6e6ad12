"""What calculates: DuckDB, Spark, or the slow and obvious reference that judges them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from attain.engine.examples import Runner


class Engine(StrEnum):
    """What calculates."""

    duckdb = "duckdb"
    spark = "spark"
    reference = "reference"


def runner(engine: Engine) -> Runner:
    """For examples: a plan and rows in, relations as rows out. Only this engine is read."""
    from attain.engine import api, reference

    match engine:
        case Engine.duckdb:
            return api.duckdb_runner
        case Engine.spark:
            return api.spark_runner
        case Engine.reference:
            return reference.run_plan


ALWAYS_HERE: Final = (Engine.duckdb, Engine.reference)
"""Engines that every installation has; Spark is an extra."""
