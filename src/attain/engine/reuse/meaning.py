"""What decides, besides the SQL of a plan, which rows come out: another engine, other addresses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

from attain import __version__

_ENGINE: Final = Path(__file__).parent.parent
_DECIDING: Final = (
    "backends/duckdb",
    "reuse",
    "calculate.py",
    "digesting.py",
    "results.py",
    "../core/digests.py",
    "../expressions/sql/duckdb_macros.py",
)
"""The code that makes rows of SQL and files of rows; what writes SQL speaks through the SQL."""


@cache
def meaning() -> str:
    """A hash over the engine's version, DuckDB's, and the code of macros and of running them."""
    told = [f"attain {__version__}", f"duckdb {version('duckdb')}"]
    told += [path.read_text(encoding="utf-8") for path in _code()]
    return sha256("\0".join(told).encode()).hexdigest()


def _code() -> list[Path]:
    found: list[Path] = []
    for name in _DECIDING:
        place = _ENGINE / name
        found += sorted(place.glob("*.py")) if place.is_dir() else [place]
    return found


def hash_of(told: Sequence[object]) -> str:
    """A hash of texts and lists of texts, which stay apart."""
    return sha256(json.dumps(told, ensure_ascii=True).encode()).hexdigest()
