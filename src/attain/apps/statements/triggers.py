"""The database's own guard: what was posted is corrected by further lines, never changed."""

from __future__ import annotations

from typing import Any, Final

TABLES: Final = ("statements_postedline",)

_MESSAGE: Final = "a posted line is written once"
_VERBS: Final = ("update", "delete")
_SQLITE: Final = (
    "CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
)
_FUNCTION: Final = (
    "CREATE OR REPLACE FUNCTION statements_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = '23001'; END $$"
)
_POSTGRESQL: Final = (
    "CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
    "ON {table} FOR EACH STATEMENT EXECUTE FUNCTION statements_append_only()"
)


def install(connection: Any) -> None:
    """Put the guard up."""
    with connection.cursor() as cursor:
        for text in _installing(connection.vendor):
            cursor.execute(text)


def remove(connection: Any) -> None:
    """Take it down: for tests, and for a migration that has to."""
    with connection.cursor() as cursor:
        for text in _removing(connection.vendor):
            cursor.execute(text)


def _installing(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [_FUNCTION, *(_POSTGRESQL.format(table=table) for table in TABLES)]
    return [_SQLITE.format(table=table, verb=verb) for table in TABLES for verb in _VERBS]


def _removing(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}" for table in TABLES]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for table in TABLES for verb in _VERBS]
