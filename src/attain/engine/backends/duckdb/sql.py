"""Names, texts and files in SQL that is written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def quoted(name: str) -> str:
    """A name as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    """A text as a constant."""
    return "'" + value.replace("'", "''") + "'"


def rows_in(paths: Sequence[Path]) -> str:
    """The rows of Parquet files, ready for FROM."""
    return f"read_parquet([{', '.join(literal(str(path)) for path in paths)}])"
