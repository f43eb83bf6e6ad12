"""Spark as a backend: the same relations as Spark SQL, on one machine or a cluster.

Importing this needs no pyspark; starting it does.
"""

from __future__ import annotations

from attain.engine.backends.spark.examples import relations
from attain.engine.backends.spark.session import Report, SparkSteps
from attain.engine.backends.spark.starting import small_spark, start

__all__ = ["Report", "SparkSteps", "relations", "small_spark", "start"]
