"""The database an installation uses: SQLite in its data folder, or PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from attain.config import errors
from attain.core.errors import AttainError, problem

SQLITE_FILE: Final = "attain.sqlite3"
_OPTIONS: Final = frozenset({"sslmode", "sslrootcert", "connect_timeout", "application_name"})


def database_of(address: str, data: Path) -> dict[str, Any]:
    """The database of an address; without one, SQLite in the data folder.

    :raises AttainError: DATABASE_URL_MALFORMED.
    """
    if not address:
        return _sqlite(data / SQLITE_FILE)
    try:
        parts = urlsplit(address)
        if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
            return _sqlite(Path(unquote(parts.path)))
        if parts.scheme in ("postgresql", "postgres") and len(parts.path) > 1:
            return _postgresql(parts)
    except ValueError:
        pass
    raise AttainError(problem(errors.DATABASE_URL_MALFORMED))


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # Who writes waits for its turn at once, instead of failing in the middle.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    # `host` as an option names the folder of a local socket.
    host = options.pop("host", parts.hostname or "")
    if not options.keys() <= _OPTIONS:
        raise ValueError("unknown options")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10, **options},
    }
