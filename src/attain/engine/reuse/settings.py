"""How runs take from each other: where, how much of it stays, and what is worth it."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Reuse(BaseModel):
    """Where what was calculated before is kept, and what is worth keeping."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Path
    most: int = 5_000_000_000
    """Bytes; what was used longest ago is let go of beyond that."""
    dear: int = 200
    """Milliseconds of processor from which on a step is worth keeping."""
    value: int = 600
    """Nanoseconds of processor that a value must have cost to be worth writing and reading: some
    five times what these take, because few of the steps that are kept are ever asked for."""
    cut_from: int = 500_000
    """Rows of a dataset from which on a pass goes month by month."""
    slice_from: int = 100_000
    """Rows of people and periods from which on what is made of them goes period by period."""
