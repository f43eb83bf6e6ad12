"""The plan in Polars, lazy and streaming, money in whole fen of 64 bits.

python -m bench.contenders.polars_frames COMPANY OUT results|all
"""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import Final

import polars as pl

from bench.layout import COLUMNS, FACTORS, MONTHS, parts

_WIDE: Final = pl.Decimal(38, 18)
_POINTS: Final = {
    "completion": Decimal("0.60"),
    "team": Decimal("0.25"),
    "returns": Decimal("0.15"),
}


def calculate(folder: Path, out: Path, keep: str) -> None:
    """The statement, its lines and its long form; with `all` each order's credit as well."""
    out.mkdir(parents=True)
    orders = pl.scan_parquet(parts(folder, "orders")).with_columns(_credit())
    if keep == "all":
        credits = orders.select("order_id", "seller", "signed_on", _money(pl.col("credit"), 2))
        credits.sink_parquet(out / "credits.parquet")
    grid = _grid(folder, orders)
    grid = grid.join(_team(folder, grid), on=["seller", "m"], how="left")
    statement = _statement(grid)
    statement.write_parquet(out / "statement.parquet")
    _outcomes(statement).write_parquet(out / "outcomes.parquet")
    _lines(statement).write_parquet(out / "lines.parquet")


def _fen(column: str, scale: int) -> pl.Expr:
    """A decimal as whole fen: what is stored, without the zeros that fen do not need."""
    fen: pl.Expr = pl.col(column).to_physical() // 10 ** (scale - 2)
    return fen.cast(pl.Int64)


def _credit() -> pl.Expr:
    """Amount times factor, half up to the fen."""
    percent = pl.col("line").replace_strict(
        {line: int(factor * 100) for line, factor in FACTORS.items()}, return_dtype=pl.Int64
    )
    product = _fen("amount", 6) * percent
    return (product.sign() * ((product.abs() + 50) // 100)).alias("credit")


def _money(value: pl.Expr, scale: int) -> pl.Expr:
    """A whole number of the smallest unit as a decimal, exactly."""
    unit = pl.lit(Decimal(1).scaleb(-scale), dtype=pl.Decimal(38, scale))
    return value.cast(pl.Decimal(38, 0)) * unit


def _grid(folder: Path, orders: pl.LazyFrame) -> pl.DataFrame:
    """Every seller in every month with sums and goal."""
    credit, is_return = pl.col("credit"), pl.col("is_return")
    sums = orders.group_by("seller", pl.col("signed_on").dt.month().alias("m")).agg(
        credit.sum().alias("sales"),
        credit.filter(~is_return).sum().alias("gross"),
        (-credit.filter(is_return).sum()).alias("returned"),
        credit.filter(pl.col("line") == "milk").sum().alias("milk"),
        credit.filter(pl.col("line") == "ice").sum().alias("ice"),
        (~is_return).sum().cast(pl.Int64).alias("deals"),
    )
    goals = (
        pl.scan_parquet(parts(folder, "targets"))
        .filter(pl.col("indicator") == "sales", pl.col("dimension").is_null())
        .select(
            pl.col("subject").alias("seller"),
            pl.col("period_from").dt.month().alias("m"),
            _fen("value", 18).alias("goal"),
        )
    )
    people = pl.scan_parquet(parts(folder, "people")).select(pl.col("person").alias("seller"))
    sold = ["sales", "gross", "returned", "milk", "ice", "deals"]
    return (
        people.join(goals, on="seller")
        .join(sums, on=["seller", "m"], how="left")
        .with_columns(pl.col(sold).fill_null(0))
        .sort("seller", "m")
        .collect(engine="streaming")
    )


def _team(folder: Path, grid: pl.DataFrame) -> pl.DataFrame:
    """Sales and goals of everybody below, level by level; the tree does not change in a year."""
    edges = pl.read_parquet(parts(folder, "edges")).filter(pl.col("hierarchy") == "reporting")
    up = edges.select("child", "parent")
    level, above = up, []
    while level.height:
        above.append(level)
        level = level.join(up, left_on="parent", right_on="child", suffix="_above").select(
            "child", pl.col("parent_above").alias("parent")
        )
    return (
        pl.concat(above)
        .join(grid.select("seller", "m", "sales", "goal"), left_on="child", right_on="seller")
        .group_by(pl.col("parent").alias("seller"), "m")
        .agg(pl.col("sales").sum().alias("below"), pl.col("goal").sum().alias("goal_below"))
    )


def _ratio(above: str, below: str) -> pl.Expr:
    """Eighteen exact decimals, half up, in 128 bits."""
    top, bottom = pl.col(above).cast(pl.Int128), pl.col(below).cast(pl.Int128)
    shifted = top.abs() * pl.lit(2 * 10**18, dtype=pl.Int128)
    return _money(top.sign() * ((shifted + bottom) // (2 * bottom)), 18)


def _completion(ratio: str) -> pl.Expr:
    found = pl.lit(20)
    for edge, score in (("0.7", 60), ("0.9", 85), ("1", 100), ("1.2", 120)):
        found = pl.when(pl.col(ratio) >= Decimal(edge)).then(score).otherwise(found)
    return found


def _earned() -> pl.Expr:
    """Slices of the month's goal, each at its own rate, in ten-thousandths of a fen."""
    goal, sales = pl.col("goal") * 10, pl.max_horizontal(pl.lit(0), pl.col("sales")) * 10
    edges, rates = (0, 8, 10, 12), (10, 20, 35, 50)
    earned = pl.lit(0, dtype=pl.Int64)
    for at, (edge, rate) in enumerate(zip(edges, rates, strict=True)):
        top = pl.min_horizontal(sales, goal * edges[at + 1] // 10) if at < 3 else sales
        earned = earned + pl.max_horizontal(pl.lit(0), top - goal * edge // 10) * rate
    return earned


def _statement(grid: pl.DataFrame) -> pl.DataFrame:
    """Each seller and month with every column of the plan."""
    month = pl.col("m").replace_strict(dict(enumerate(MONTHS, 1)), return_dtype=pl.String)
    made = (
        grid.with_columns(
            month.alias("month"),
            pl.col("sales").cum_sum().over("seller").alias("sales_to_date"),
            pl.col("goal").cum_sum().over("seller").alias("goal_to_date"),
            (pl.col("sales") + pl.col("below").fill_null(0)).alias("team_sales"),
            (pl.col("goal") + pl.col("goal_below").fill_null(0)).alias("team_goal"),
        )
        .with_columns(
            _ratio("sales_to_date", "goal_to_date").alias("attainment"),
            _ratio("team_sales", "team_goal").alias("team_attainment"),
            pl.when(pl.col("gross") == 0)
            .then(pl.lit(Decimal(0), dtype=_WIDE))
            .otherwise(_ratio("returned", "gross"))
            .alias("return_rate"),
            _earned().alias("earned"),
            (pl.max_horizontal(pl.lit(0), pl.col("team_sales") - pl.col("sales")) * 50).alias(
                "override"
            ),
        )
        .with_columns(
            pl.col("attainment")
            .rank("min", descending=True)
            .over("m")
            .cast(pl.Int64)
            .alias("place"),
            _completion("attainment").alias("completion_score"),
            _completion("team_attainment").alias("team_score"),
            pl.when(pl.col("return_rate") < 0)
            .then(0)
            .when(pl.col("return_rate") < Decimal("0.01"))
            .then(100)
            .when(pl.col("return_rate") < Decimal("0.03"))
            .then(80)
            .otherwise(50)
            .alias("returns_score"),
        )
        .with_columns(
            (
                60 * pl.col("completion_score")
                + 25 * pl.col("team_score")
                + 15 * pl.col("returns_score")
            )
            .cast(pl.Int64)
            .alias("score")
        )
        .with_columns(_commission().alias("commission"))
    )
    return made.select("seller", "month", *(_shown(name) for name in COLUMNS))


def _commission() -> pl.Expr:
    """Capped, then half up to the fen; the product has eight decimals of a fen."""
    product = (pl.col("earned") + pl.col("override")).cast(pl.Int128) * pl.col("score")
    kept = pl.min_horizontal(product, pl.lit(60_000_000_000_000, dtype=pl.Int128))
    return ((kept + 50_000_000) // 100_000_000).cast(pl.Int64)


_SCALES: Final = {"earned": 6, "override": 6, "score": 2}
_PLAIN: Final = ("deals", "place", "completion_score", "team_score", "returns_score")


def _shown(name: str) -> pl.Expr:
    if name in _PLAIN or name in ("attainment", "team_attainment", "return_rate"):
        return pl.col(name)
    return _money(pl.col(name), _SCALES.get(name, 2)).alias(name)


def _outcomes(statement: pl.DataFrame) -> pl.DataFrame:
    """One row for each seller, month and column."""
    values = [name for name in COLUMNS if name.removesuffix("_score") not in _POINTS]
    points = [
        (pl.col(f"{row}_score").cast(_WIDE) * pl.lit(weight)).cast(_WIDE).alias(f"row({row})")
        for row, weight in _POINTS.items()
    ]
    wide = statement.select("seller", "month", *(pl.col(n).cast(_WIDE) for n in values), *points)
    long = wide.unpivot(index=["seller", "month"], variable_name="component")
    return long.rename({"seller": "subject", "month": "period"}).sort("subject", "period")


def _lines(statement: pl.DataFrame) -> pl.DataFrame:
    """What is paid, in whole fen."""
    first = pl.col("month").str.to_date("%Y-%m")
    return statement.select(
        pl.col("seller").alias("participant"),
        pl.col("month").alias("earned"),
        pl.col("commission").to_physical().cast(pl.Int64).alias("amount_minor"),
        first.dt.offset_by("1mo").dt.offset_by("9d").alias("pay_on"),
    )


if __name__ == "__main__":
    calculate(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
