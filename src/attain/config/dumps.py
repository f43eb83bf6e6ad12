"""A consistent copy of the database while others write, and bringing it back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any, Final

from attain.config import errors
from attain.core.errors import AttainError, problem

_PAGES_AT_ONCE: Final = 2000
"""SQLite copies so many pages before writers get a turn."""

NOT_KEPT: Final = ("django_session", "usersessions_usersession", "accounts_idempotencykey", "cache")
"""Ways in that are open now, and answers of minutes: whoever reads a backup is nobody by them."""


def is_sqlite(database: dict[str, Any]) -> bool:
    """Whether the database is a file in the data folder."""
    return str(database["ENGINE"]).endswith("sqlite3")


def name_of(database: dict[str, Any]) -> str:
    """What the copy is called inside a backup."""
    return "database.sqlite3" if is_sqlite(database) else "database.pgdump"


def dump(database: dict[str, Any], target: Path) -> None:
    """Copy the database as it is at one moment.

    :raises AttainError: TOOL_MISSING, DATABASE_UNREACHABLE.
    """
    if not is_sqlite(database):
        without = (f"--exclude-table-data={table}" for table in NOT_KEPT)
        _run("pg_dump", database, "--format=custom", "--no-owner", *without, f"--file={target}")
        return
    source = sqlite3.connect(f"file:{database['NAME']}?mode=ro", uri=True)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy, pages=_PAGES_AT_ONCE)
        _forget(copy)
        [(said,)] = copy.execute("PRAGMA integrity_check").fetchall()[:1]
        if said != "ok":
            raise AttainError(problem(errors.BACKUP_DAMAGED, path=target.name))
    except sqlite3.Error as error:
        raise AttainError(problem(errors.DATABASE_UNREACHABLE, reason=str(error))) from None
    finally:
        source.close()
        copy.close()


def _forget(copy: sqlite3.Connection) -> None:
    """Empty what no backup keeps, so that not even the free pages of the file have it."""
    there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
    copy.execute("PRAGMA secure_delete = ON")
    for table in sorted(there.intersection(NOT_KEPT)):
        copy.execute(f"DELETE FROM {table}")
    copy.commit()


def load(database: dict[str, Any], dumped: Path) -> None:
    """Bring a copy back into an empty database.

    :raises AttainError: TOOL_MISSING, DATABASE_UNREACHABLE.
    """
    if is_sqlite(database):
        shutil.move(dumped, database["NAME"])
        return
    options = ("--no-owner", "--exit-on-error", "--single-transaction")
    _run("pg_restore", database, *options, f"--dbname={database['NAME']}", str(dumped))


def is_used(database: dict[str, Any]) -> bool:
    """Whether there is anything in it."""
    if is_sqlite(database):
        return Path(database["NAME"]).exists()
    from django.db import connection

    return bool(connection.introspection.table_names())


def _run(tool: str, database: dict[str, Any], *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise AttainError(problem(errors.TOOL_MISSING, tool=tool))
    said = {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"]),
        "PGUSER": database["USER"],
        "PGDATABASE": database["NAME"],
        # Not as an argument: those are seen by everybody on the machine.
        "PGPASSWORD": database["PASSWORD"],
        "PGSSLMODE": database["OPTIONS"].get("sslmode", ""),
    }
    environment = {**os.environ, **{name: value for name, value in said.items() if value}}
    done = subprocess.run(
        [program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [tool])[-1]
        raise AttainError(problem(errors.DATABASE_UNREACHABLE, reason=reason))
