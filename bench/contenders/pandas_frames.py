"""The plan in pandas over pyarrow, money in whole fen of 64 bits.

python -m bench.contenders.pandas_frames COMPANY OUT results|all
"""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.layout import COLUMNS, FACTORS, MONTHS, STARTS, YEAR, parts

Whole = np.ndarray[Any, np.dtype[np.int64]]
_POINTS: Final = {"completion": 60, "team": 25, "returns": 15}
_SOLD: Final = ["sales", "gross", "returned", "milk", "ice", "deals"]
_WIDE: Final = 18


def calculate(folder: Path, out: Path, keep: str) -> None:
    """The statement, its lines and its long form; with `all` each order's credit as well."""
    out.mkdir(parents=True)
    grid = _grid(folder, _orders(folder, out, keep))
    grid = grid.merge(_team(folder, grid), on=["seller", "m"], how="left")
    statement = _statement(grid.fillna({"below": 0, "goal_below": 0}))
    columns = {name: _money(statement[name], _SCALES.get(name, 2)) for name in COLUMNS}
    keys = {"seller": statement["seller"], "month": statement["month"]}
    pq.write_table(pa.table(keys | columns), out / "statement.parquet", compression="zstd")
    _write_outcomes(statement, columns, out / "outcomes.parquet")
    _write_lines(statement, out / "lines.parquet")


def _orders(folder: Path, out: Path, keep: str) -> pd.DataFrame:
    """What the sums of a seller and month need of each order."""
    names = ["seller", "signed_on", "line", "is_return", "amount"]
    if keep == "all":
        names.append("order_id")
    table = pq.ParquetDataset(parts(folder, "orders"), read_dictionary=["seller", "line"])
    orders = table.read(columns=names).unify_dictionaries()
    line = orders["line"].combine_chunks()
    percent = np.array([int(FACTORS[one] * 100) for one in line.dictionary.to_pylist()])
    product = _fen(orders["amount"]) * percent[line.indices.to_numpy()]
    credit = np.sign(product) * ((np.abs(product) + 50) // 100)
    if keep == "all":
        kept = orders.select(["order_id", "seller", "signed_on"])
        kept = kept.append_column("credit", _money(credit, 2))
        pq.write_table(kept, out / "credits.parquet", compression="zstd")
    return pd.DataFrame(
        {
            "seller": orders["seller"].to_pandas(),
            "m": pc.month(orders["signed_on"]).to_numpy().astype(np.int8),
            "line": line.to_pandas(),
            "is_return": orders["is_return"].to_numpy(),
            "sales": credit,
        }
    )


def _fen(column: pa.ChunkedArray) -> Whole:
    """A decimal as whole fen."""
    hundred = pa.scalar(Decimal(100), pa.decimal128(3, 0))
    found: Whole = pc.cast(pc.multiply(column, hundred), pa.int64()).to_numpy()
    return found


def _grid(folder: Path, orders: pd.DataFrame) -> pd.DataFrame:
    """Every seller in every month with sums and goal."""
    credit, is_return, line = orders["sales"], orders["is_return"], orders["line"]
    orders["gross"] = credit.where(~is_return, 0)
    orders["returned"] = -credit.where(is_return, 0)
    orders["milk"] = credit.where(line == "milk", 0)
    orders["ice"] = credit.where(line == "ice", 0)
    orders["deals"] = ~is_return
    sums = orders.groupby(["seller", "m"], observed=True)[_SOLD].sum().reset_index()
    sums["seller"] = sums["seller"].astype("str")
    read = pq.read_table(
        parts(folder, "targets"),
        columns=["subject", "period_from", "value"],
        filters=(pc.field("indicator") == "sales") & pc.field("dimension").is_null(),
    )
    goals = pd.DataFrame(
        {
            "seller": read["subject"].to_pandas(),
            "m": pc.month(read["period_from"]).to_numpy().astype(np.int8),
            "goal": _fen(pc.cast(read["value"], pa.decimal128(24, 2))),
        }
    )
    people = pd.read_parquet(parts(folder, "people"), columns=["person"])
    grid = people.rename(columns={"person": "seller"}).merge(goals, on="seller")
    grid = grid.merge(sums, on=["seller", "m"], how="left")
    grid[_SOLD] = grid[_SOLD].fillna(0).astype(np.int64)
    return grid.sort_values(["seller", "m"], ignore_index=True)


def _team(folder: Path, grid: pd.DataFrame) -> pd.DataFrame:
    """Sales and goals of everybody below, level by level; the tree does not change in a year."""
    edges = pd.read_parquet(
        parts(folder, "edges"),
        columns=["child", "parent"],
        filters=[("hierarchy", "==", "reporting")],
    )
    level, above = edges, []
    while len(level):
        above.append(level)
        level = level.merge(edges, left_on="parent", right_on="child", suffixes=("", "_above"))
        level = level[["child", "parent_above"]].rename(columns={"parent_above": "parent"})
    own = grid[["seller", "m", "sales", "goal"]]
    below = pd.concat(above).merge(own, left_on="child", right_on="seller")
    sums = below.groupby(["parent", "m"])[["sales", "goal"]].sum().reset_index()
    return sums.set_axis(["seller", "m", "below", "goal_below"], axis=1)


def _ratio(above: Whole, below: Whole) -> Whole:
    """Eighteen exact decimals, half up, by long division six digits at a time.

    Numbers of 64 bits hold a ratio below nine, and no plan is met nine times over here.
    """
    top = np.abs(above)
    found, rest = np.divmod(top, below)
    assert found.max() < 9
    for _ in range(3):
        digits, rest = np.divmod(rest * 10**6, below)
        found = found * 10**6 + digits
    rounded: Whole = np.sign(above) * (found + (2 * rest >= below))
    return rounded


def _completion(ratio: pd.Series) -> Whole:
    edges = [12 * 10**17, 10**18, 9 * 10**17, 7 * 10**17]
    return np.select([ratio >= edge for edge in edges], [120, 100, 85, 60], 20)


def _returns(rate: pd.Series) -> Whole:
    return np.select([rate < 0, rate < 10**16, rate < 3 * 10**16], [0, 100, 80], 50)


def _earned(grid: pd.DataFrame) -> pd.Series:
    """Slices of the month's goal, each at its own rate, in ten-thousandths of a fen."""
    goal, sales = grid["goal"] * 10, grid["sales"].clip(lower=0) * 10
    edges, rates = (0, 8, 10, 12), (10, 20, 35, 50)
    earned = sales * 0
    for at, (edge, rate) in enumerate(zip(edges, rates, strict=True)):
        top = np.minimum(sales, goal * edges[at + 1] // 10) if at < 3 else sales
        earned = earned + (top - goal * edge // 10).clip(lower=0) * rate
    return earned


def _statement(grid: pd.DataFrame) -> pd.DataFrame:
    """Each seller and month with every column of the plan, as whole numbers of `_SCALES`."""
    made = grid.assign(month=np.array(MONTHS)[grid["m"] - 1])
    by_seller = made.groupby("seller")
    made["sales_to_date"] = by_seller["sales"].cumsum()
    made["goal_to_date"] = by_seller["goal"].cumsum()
    made["team_sales"] = made["sales"] + made["below"].astype(np.int64)
    made["team_goal"] = made["goal"] + made["goal_below"].astype(np.int64)
    made["attainment"] = _rated(made, "sales_to_date", "goal_to_date")
    made["team_attainment"] = _rated(made, "team_sales", "team_goal")
    made["return_rate"] = _rated(
        made.assign(gross=made["gross"].replace(0, 1)), "returned", "gross"
    )
    made["earned"] = _earned(made)
    made["override"] = (made["team_sales"] - made["sales"]).clip(lower=0) * 50
    places = made.groupby("m")["attainment"].rank("min", ascending=False)
    made["place"] = places.astype(np.int64)
    made["completion_score"] = _completion(made["attainment"])
    made["team_score"] = _completion(made["team_attainment"])
    made["returns_score"] = _returns(made["return_rate"])
    made["score"] = sum(made[f"{row}_score"] * points for row, points in _POINTS.items())
    # Capped, then half up to the fen; the product has eight decimals of a fen.
    product = ((made["earned"] + made["override"]) * made["score"]).clip(upper=6 * 10**13)
    made["commission"] = (product + 5 * 10**7) // 10**8
    return made


def _rated(made: pd.DataFrame, above: str, below: str) -> Whole:
    return _ratio(made[above].to_numpy(), made[below].to_numpy())


_SCALES: Final = {
    "earned": 6,
    "override": 6,
    "score": 2,
    **dict.fromkeys(("attainment", "team_attainment", "return_rate"), _WIDE),
    **dict.fromkeys(("deals", "place", "completion_score", "team_score", "returns_score"), 0),
}


def _money(value: pd.Series | Whole, scale: int) -> pa.Array:
    """Whole numbers of the smallest unit as decimals, exactly: of 128 bits half are the sign."""
    low = np.asarray(value, dtype=np.int64)
    bits = np.column_stack([low, low >> 63])
    return pa.Array.from_buffers(pa.decimal128(38, scale), len(low), [None, pa.py_buffer(bits)])


def _write_outcomes(statement: pd.DataFrame, columns: dict[str, pa.Array], target: Path) -> None:
    """One row for each seller, month and column, by seller and month."""
    points = {
        f"row({row})": _money(statement[f"{row}_score"] * weight, 2)
        for row, weight in _POINTS.items()
    }
    others = [name for name in COLUMNS if name.removesuffix("_score") not in _POINTS]
    values = {name: columns[name] for name in others}
    values |= points
    wide = pa.decimal128(38, _WIDE)
    stacked = pa.concat_arrays([pc.cast(one, wide) for one in values.values()])
    rows, kinds = len(statement), len(values)
    order = np.arange(rows * kinds).reshape(kinds, rows).T.ravel()
    names = pa.DictionaryArray.from_arrays(np.tile(np.arange(kinds), rows), list(values))
    each = np.repeat(np.arange(rows), kinds)
    long = {
        "subject": pa.array(statement["seller"]).dictionary_encode().take(pa.array(each)),
        "period": pa.array(statement["month"]).dictionary_encode().take(pa.array(each)),
        "component": names,
        "value": stacked.take(pa.array(order)),
    }
    pq.write_table(pa.table(long), target, compression="zstd")


def _write_lines(statement: pd.DataFrame, target: Path) -> None:
    """What is paid, in whole fen, on the tenth of the month after."""
    following = (*STARTS[1:], STARTS[0].replace(year=YEAR + 1))
    days = np.array([one.replace(day=10) for one in following], dtype="datetime64[D]")
    lines = {
        "participant": statement["seller"],
        "earned": statement["month"],
        "amount_minor": statement["commission"],
        "pay_on": pa.array(days[statement["m"] - 1]),
    }
    pq.write_table(pa.table(lines), target, compression="zstd")


if __name__ == "__main__":
    calculate(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
