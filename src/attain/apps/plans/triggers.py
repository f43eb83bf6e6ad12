"""The database's own guard: the text of a version that was signed never changes (INV-P1)."""

from __future__ import annotations

from typing import Any, Final

NAME: Final = "plans_signed_text"

_SQLITE: Final = (
    f"CREATE TRIGGER IF NOT EXISTS {NAME} BEFORE UPDATE OF text, text_hash ON plans_planversion "
    "WHEN OLD.signed_hash <> '' AND NEW.signed_hash <> '' "
    "AND (NEW.text <> OLD.text OR NEW.text_hash <> OLD.text_hash) "
    "BEGIN SELECT RAISE(ABORT, 'the text of a signed version never changes'); END",
)
_POSTGRESQL: Final = (
    f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger AS $$ BEGIN "
    "IF OLD.signed_hash <> '' AND NEW.signed_hash <> '' "
    "AND (NEW.text <> OLD.text OR NEW.text_hash <> OLD.text_hash) THEN "
    "RAISE EXCEPTION 'the text of a signed version never changes'; END IF; "
    "RETURN NEW; END; $$ LANGUAGE plpgsql",
    f"CREATE OR REPLACE TRIGGER {NAME} BEFORE UPDATE ON plans_planversion "
    f"FOR EACH ROW EXECUTE FUNCTION {NAME}()",
)


def install(connection: Any) -> None:
    """Put the guard up."""
    texts = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        for text in texts:
            cursor.execute(text)


def remove(connection: Any) -> None:
    """Take the guard down: for tests, and for a migration that has to."""
    where = " ON plans_planversion" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {NAME}{where}")
