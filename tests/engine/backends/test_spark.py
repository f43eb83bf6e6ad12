"""Spark as a backend: how its steps are spelled, and what it says when it is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlglot import exp

from attain.core.errors import AttainError, render
from attain.engine.backends.spark import SparkSteps, start, starting
from attain.engine.backends.spark.spelling import spelled
from attain.engine.compiler import Compiled, Input, Keeping, Origin, Step, StepColumn
from attain.engine.primitives import sql
from attain.engine.primitives.frames import Cell

A, B = sql.column("a", None), sql.column("b", None)


@pytest.mark.parametrize(
    ("made", "text"),
    [
        # Spark's DIV ends at 19 digits; what is left after the remainder divides exactly.
        (
            exp.IntDiv(this=A, expression=sql.power_of_ten(8)),
            "CAST((`a` - `a` % CAST(100000000 AS DECIMAL(9, 0))) "
            "/ CAST(100000000 AS DECIMAL(9, 0)) AS DECIMAL(38, 0))",
        ),
        (sql.integer(A), "CAST(`a` AS DECIMAL(38, 0))"),
        # The engine's own sign and trunc are a float and a date.
        (exp.Sign(this=A), "CASE WHEN `a` > 0 THEN 1 WHEN `a` < 0 THEN -1 WHEN `a` = 0 THEN 0 END"),
        (sql.function("trunc", A), "(`a` - `a` % 1)"),
        (sql.function("row", A, B), "STRUCT(`a`, `b`)"),
        (sql.function("date_diff", sql.text("day"), A, B), "DATEDIFF(`b`, `a`)"),
        (sql.function("rtrim", A, sql.text("0")), "TRIM(TRAILING '0' FROM `a`)"),
        (
            sql.over(
                exp.Filter(
                    this=exp.ArgMin(this=A, expression=B),
                    expression=exp.Where(this=sql.is_there(A)),
                ),
                [B],
            ),
            "MIN_BY(`a`, CASE WHEN `a` IS NOT NULL THEN `b` END) OVER (PARTITION BY `b`)",
        ),
    ],
)
def test_what_spark_calls_otherwise_is_spelled_exactly(made: exp.Expr, text: str) -> None:
    assert spelled(made) == text


def test_where_missing_values_stand_is_said() -> None:
    by = [sql.ordered(A), sql.ordered(B, descending=True)]

    assert spelled(sql.over(exp.RowNumber(), [], by)) == (
        "ROW_NUMBER() OVER (ORDER BY `a` ASC NULLS LAST, `b` DESC NULLS LAST)"
    )


def test_without_pyspark_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "find_spec", lambda _: None)

    with pytest.raises(AttainError) as refused:
        start()

    [found] = refused.value.problems
    assert found.code == "SPARK_ABSENT"
    assert "tools/setup.sh spark" in render(found, "en").remedy
    assert "tools/setup.sh spark" in render(found, "zh-Hans").remedy


def orders(storage: str) -> Compiled:
    """A plan that reads one column of a dataset."""
    read = Input("data:orders", Origin.DATASET, "orders", {"amount": Cell(storage)})
    return Compiled("trial", (read,), (), {})


@pytest.mark.xdist_group("spark")
def test_floats_in_a_file_are_refused(spark: Any, tmp_path: Path) -> None:
    spark.sql("SELECT CAST(1 AS DOUBLE) AS amount").write.parquet(str(tmp_path / "orders"))

    with pytest.raises(AttainError, match="DATA_NOT_EXACT"):
        SparkSteps(spark, orders("DECIMAL(24,6)"), {"data:orders": [tmp_path / "orders"]})


@pytest.mark.xdist_group("spark")
def test_a_required_column_must_be_in_the_files(spark: Any, tmp_path: Path) -> None:
    spark.sql("SELECT 'x' AS note").write.parquet(str(tmp_path / "orders"))

    with pytest.raises(AttainError, match="DATA_COLUMN_ABSENT"):
        SparkSteps(spark, orders("DECIMAL(24,6)"), {"data:orders": [tmp_path / "orders"]})


@pytest.mark.xdist_group("spark")
def test_too_many_digits_are_one_coded_error(spark: Any) -> None:
    steps = SparkSteps(spark, Compiled("trial", (), (), {}), {})
    large = sql.cast(sql.text("9" * 38), "DECIMAL(38,0)")
    query = exp.select(sql.named(exp.Mul(this=large, expression=sql.whole(10)), "x"))
    try:
        with pytest.raises(AttainError, match="AMOUNT_OVERFLOW"):
            steps.rows(query, "x")
    finally:
        steps.close()


@pytest.mark.xdist_group("spark")
def test_no_step_may_make_a_float(spark: Any) -> None:
    steps = SparkSteps(spark, Compiled("trial", (), (), {}), {})
    query = exp.select(sql.named(exp.Sqrt(this=sql.whole(2)), "x"))
    step = Step("t#1", "t", (), (StepColumn("x", "BIGINT"),), query, "A float.", Keeping.VIEW)
    try:
        with pytest.raises(AttainError, match="RUN_FAULT"):
            steps.make(step)
    finally:
        steps.close()


class Waiting:
    """Rows of a step that say whether they were computed when the step was made."""

    dtypes = (("x", "bigint"),)
    columns = ("x",)

    def __init__(self) -> None:
        self.eager: bool | None = None

    def localCheckpoint(self, *, eager: bool) -> Waiting:  # noqa: N802
        self.eager = eager
        return self

    def toDF(self, *columns: str) -> Waiting:  # noqa: N802
        assert columns == self.columns
        return self


@pytest.mark.parametrize("keeping", [Keeping.TABLE, Keeping.VIEW])
def test_steps_that_pile_up_are_computed_at_once(
    monkeypatch: pytest.MonkeyPatch, keeping: Keeping
) -> None:
    """Each step reads the one before: every fourth is computed, with all below it."""
    made: list[Waiting] = []

    def asked(*_: object) -> Waiting:
        made.append(Waiting())
        return made[-1]

    monkeypatch.setattr(SparkSteps, "_asked", asked)
    monkeypatch.setattr(SparkSteps, "_name", lambda *_: None)
    nothing: Any = None
    steps = SparkSteps(nothing, Compiled("trial", (), (), {}), {})

    for number in range(1, 18):
        query = exp.select(sql.column("x", None)).from_(sql.table(f"step{number - 1}", "t"))
        column = StepColumn("x", "BIGINT")
        steps.make(Step(f"step{number}", "r", (), (column,), query, "", keeping))

    assert [number for number, one in enumerate(made, start=1) if one.eager] == [4, 8, 12, 16]
