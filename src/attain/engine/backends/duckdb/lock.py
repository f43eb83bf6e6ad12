"""A connection that can touch nothing but the files of its run.

The second wall, not the first: no text of a user ever becomes SQL. Should it happen all the
same, no statement reads another file, loads an extension or changes a setting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from attain.engine.backends.duckdb.sql import literal

DISABLED: Final = "SET disabled_optimizers = 'partial_aggregate_pushdown'"
"""It puts the expressions of a chain of views into the sum over them, each as often as it is
named: a share of a quotient of a quotient took minutes and gigabytes to plan, whatever the rows."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use: memory and spill in DuckDB's own notation, and threads."""

    memory: str = "2GB"
    spill: str = "20GB"
    threads: int = 2


def connect(
    files: Sequence[Path],
    spill: Path,
    macros: Sequence[str],
    limits: Limits,
    *,
    in_order: bool = False,
) -> duckdb.DuckDBPyConnection:
    """A connection in memory, with the engine's own macros, locked to these files.

    `in_order` gives the rows of a file as they lie in it, which costs memory; else only a query
    that says an order has one.
    """
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "allow_unsigned_extensions": "false",
            "allow_persistent_secrets": "false",
            "python_enable_replacements": "false",
            "memory_limit": limits.memory,
            "threads": str(limits.threads),
            "temp_directory": str(spill),
            "max_temp_directory_size": limits.spill,
        },
    )
    for macro in macros:
        connection.execute(macro)
    for setting in (
        # Business days are dates: the machine's zone must not matter anywhere.
        "SET TimeZone = 'UTC'",
        f"SET preserve_insertion_order = {str(in_order).lower()}",
        DISABLED,
        f"SET allowed_paths = [{', '.join(literal(str(path)) for path in files)}]",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        connection.execute(setting)
    return connection
