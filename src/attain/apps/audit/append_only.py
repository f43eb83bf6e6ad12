"""Tables that are written once: the database itself refuses to change them, whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

_VERBS: Final = ("update", "delete")


@dataclass(frozen=True, slots=True)
class AppendOnly:
    """The guards of an app's tables; `message` is what the database answers."""

    app: str
    tables: tuple[str, ...]
    message: str

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Put the guards up."""
        self._run(connection, self._installing(connection.vendor))

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        """Take them down: for migrations that must change the tables, and for tests."""
        self._run(connection, self._removing(connection.vendor))

    def is_installed(self, connection: BaseDatabaseWrapper) -> bool:
        """Whether every guard stands: asked by `attain doctor`."""
        names = self._names(connection.vendor)
        places = ", ".join(["%s"] * len(names))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                asked = f"pg_trigger WHERE tgenabled = 'O' AND tgname IN ({places})"
            else:
                asked = f"sqlite_master WHERE type = 'trigger' AND name IN ({places})"
            cursor.execute(f"SELECT count(*) FROM {asked}", names)
            return bool(cursor.fetchone()[0] == len(names))

    def _run(self, connection: BaseDatabaseWrapper, statements: list[str]) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _names(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            return [f"{table}_append_only" for table in self.tables]
        return [f"{table}_no_{verb}" for table in self.tables for verb in _VERBS]

    def _installing(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            function = f"{self.app}_append_only()"
            return [
                f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{self.message}' USING ERRCODE = '23001'; END $$",
                *(
                    f"CREATE OR REPLACE TRIGGER {table}_append_only "
                    f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION {function}"
                    for table in self.tables
                ),
            ]
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            for table in self.tables
            for verb in _VERBS
        ]

    def _removing(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            return [
                f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}" for table in self.tables
            ]
        return [f"DROP TRIGGER IF EXISTS {name}" for name in self._names(vendor)]
