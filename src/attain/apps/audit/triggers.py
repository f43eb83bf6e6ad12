"""The database itself refuses to change what was audited, whoever asks."""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES: Final = ("audit_auditentry", "audit_auditseal")

_SQLITE: Final = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
"""
_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = '23001'; END $$
"""
_POSTGRESQL: Final = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the tables of the audit trail append-only."""
    with connection.cursor() as cursor:
        for statement in _installing(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the refusal away: for migrations that must change the tables, and for tests."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")


def are_installed(connection: BaseDatabaseWrapper) -> bool:
    """Whether every refusal stands: asked by `attain doctor`."""
    if connection.vendor == "postgresql":
        ask = "SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O' AND tgname IN (%s, %s)"
        names = [f"{table}_append_only" for table in TABLES]
    else:
        ask = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN (%s,%s,%s,%s)"
        names = [f"{table}_no_{verb}" for table in TABLES for verb in ("update", "delete")]
    with connection.cursor() as cursor:
        cursor.execute(ask, names)
        return cursor.fetchone()[0] == len(names)


def _installing(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [_FUNCTION, *(_POSTGRESQL.format(table=table) for table in TABLES)]
    return [
        _SQLITE.format(table=table, verb=verb) for table in TABLES for verb in ("update", "delete")
    ]
