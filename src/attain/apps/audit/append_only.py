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
    until: str = ""
    """A condition in SQL while which a row may still come, change and go: `{row}` stands for the
    row. Tables that are filled in many transactions are closed when the last of them is done."""

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
        return [name for table in self.tables for name in self._names_of(table, vendor)]

    def _names_of(self, table: str, vendor: str) -> list[str]:
        by_verb = [f"{table}_no_{verb}" for verb in self._verbs]
        if vendor == "postgresql":
            return [f"{table}_append_only", *(by_verb if self.until else ())]
        return by_verb

    @property
    def _verbs(self) -> tuple[str, ...]:
        return ("insert", *_VERBS) if self.until else _VERBS

    def _installing(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            return [
                self._function("append_only", "", "RETURN NULL"),
                *(self._trigger(table) for table in self.tables),
                *self._installing_until(),
            ]
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table} "
            f"{self._when(verb)}BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            for table in self.tables
            for verb in self._verbs
        ]

    def _when(self, verb: str) -> str:
        row = "NEW" if verb == "insert" else "OLD"
        return f"WHEN NOT ({self.until.format(row=row)}) " if self.until else ""

    def _trigger(self, table: str) -> str:
        verbs = "TRUNCATE" if self.until else "UPDATE OR DELETE OR TRUNCATE"
        return (
            f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE {verbs} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {self.app}_append_only()"
        )

    def _function(self, name: str, condition: str, otherwise: str) -> str:
        refused = f"RAISE EXCEPTION '{self.message}' USING ERRCODE = '23001';"
        body = f"IF {condition} THEN {refused} END IF;" if condition else refused
        return (
            f"CREATE OR REPLACE FUNCTION {self.app}_{name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {body} {otherwise}; END $$"
        )

    def _installing_until(self) -> list[str]:
        """On PostgreSQL a condition is asked row by row, by a function for each verb."""
        found = []
        for verb in self._verbs if self.until else ():
            row = "NEW" if verb == "insert" else "OLD"
            condition = f"NOT ({self.until.format(row=row)})"
            back = "OLD" if verb == "delete" else "NEW"
            found.append(self._function(f"no_{verb}", condition, f"RETURN {back}"))
            found += [
                f"CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {self.app}_no_{verb}()"
                for table in self.tables
            ]
        return found

    def _removing(self, vendor: str) -> list[str]:
        on = vendor == "postgresql"
        return [
            f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on else "")
            for table in self.tables
            for name in self._names_of(table, vendor)
        ]
