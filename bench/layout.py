"""Where the company that is measured on lies, and what its numbers are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from attain.lake import FileCatalog

HERE: Final = Path(__file__).parent
PLAN: Final = HERE / "plan.yaml"
BUILD: Final = HERE.parent / "build" / "bench"
SHELF: Final = BUILD / "shelf"
"""What runs keep for those that come after."""

YEAR: Final = 2026
MONTHS: Final = tuple(f"{YEAR}-{month:02}" for month in range(1, 13))
STARTS: Final = tuple(date(YEAR, month, 1) for month in range(1, 13))

COLUMNS: Final = (
    "sales",
    "gross",
    "returned",
    "milk",
    "ice",
    "deals",
    "goal",
    "sales_to_date",
    "goal_to_date",
    "team_sales",
    "team_goal",
    "attainment",
    "team_attainment",
    "return_rate",
    "earned",
    "override",
    "place",
    "completion_score",
    "team_score",
    "returns_score",
    "score",
    "commission",
)
"""The columns of the statement of a seller and month, in the order in which they are compared."""

RENAMED: Final[Mapping[str, str]] = {
    f"{row}_score": f"row_{row}_score" for row in ("completion", "team", "returns")
}
"""Columns that the engine calls otherwise."""

# A table of the plan once more, for the contenders that are written by hand.
FACTORS: Final = {
    "milk": Decimal("1"),
    "ice": Decimal("1.2"),
    "juice": Decimal("0.9"),
    "water": Decimal("0.75"),
    "tea": Decimal("1.05"),
    "beer": Decimal("0.8"),
    "snack": Decimal("1.15"),
    "other": Decimal("0.5"),
}


def company(rows: int) -> Path:
    """The folder of the company with so many orders."""
    return BUILD / f"company-{rows}"


def sellers_of(rows: int) -> int:
    """One seller for 500 orders a year."""
    return max(20, rows // 500)


def parts(folder: Path, dataset: str) -> list[str]:
    """The Parquet files of a dataset's present version, in the order of its months."""
    lake = FileCatalog(folder / "lake")
    version = lake.head(dataset)
    assert version is not None
    return [str(path) for path in lake.part_paths(version)]
