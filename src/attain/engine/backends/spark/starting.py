"""Starting Spark: where its cluster is, is Spark's own setting; how exact it is, is ours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, Final

from attain.core.errors import AttainError, problem
from attain.engine.backends import errors
from attain.expressions.sql.spark_functions import SETTINGS

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXACT: Final = {
    **SETTINGS,
    # Names may differ in nothing but their case, and quoted names are what they are.
    "spark.sql.caseSensitive": "true",
    # Business days are dates: the machine's zone must not matter anywhere.
    "spark.sql.session.timeZone": "UTC",
    # A tree or a year of orders is walked to its end, however long that is.
    "spark.sql.cteRecursionLevelLimit": "-1",
    "spark.sql.cteRecursionRowLimit": "-1",
    # A power is a product of many, one inside the other: it is resolved in as many rounds.
    "spark.sql.analyzer.maxIterations": "2000",
}
"""What a session must be set to for results to be exact."""

PLANNED: Final = {
    # A plan is long formulas over few relations; what these look for in formulas they never find.
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.lightweightPlanChangeValidation": "false",
}
"""Settings that keep planning short."""

SMALL: Final = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.subexpressionElimination.enabled": "false",
    "spark.sql.ui.retainedExecutions": "0",
}
"""Settings for a handful of rows in one process: no plan is worth optimising or compiling."""


def start(settings: Mapping[str, str] | None = None, master: str | None = None) -> SparkSession:
    """A session of Spark, a running one if there is one.

    Without a `master` it is the one of Spark's own configuration (`spark-defaults.conf`), or
    this machine.

    :raises AttainError: SPARK_ABSENT, if pyspark or its Java is not installed.
    """
    if find_spec("pyspark") is None:
        raise AttainError(problem(errors.SPARK_ABSENT, lacking="pyspark"))
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder.appName("attain")
    if master is not None:
        builder = builder.master(master)
    # Nothing is ever kept in tables of Spark's own, but it makes the folder for them.
    aside = {"spark.sql.warehouse.dir": str(Path(gettempdir()) / "attain-spark")}
    for name, value in {**aside, **PLANNED, **(settings or {}), **EXACT}.items():
        builder = builder.config(name, value)
    try:
        session: SparkSession = builder.getOrCreate()
    except PySparkRuntimeError:
        # Its process ended before it answered: there is no Java, or one that is too old.
        raise AttainError(problem(errors.SPARK_ABSENT, lacking="Java 17")) from None
    return session


@cache
def small_spark() -> SparkSession:
    """A session of Spark in this process, for rows by the handful: examples of plans, and tests.

    :raises AttainError: SPARK_ABSENT.
    """
    return start(SMALL, master="local[1]")
