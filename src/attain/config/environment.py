"""What the environment says about this installation, checked before anything starts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Environment:
    """One installation: where its data lie, which database, and who may reach it."""

    data: Path
    database: dict[str, Any]
    secret_key: str
    debug: bool
    hosts: tuple[str, ...]
    time_zone: str


def read_environment() -> Environment:
    """Read the variables that begin with ATTAIN_."""
    data = Path(os.environ.get("ATTAIN_DATA", "data")).resolve()
    return Environment(
        data=data,
        database=_sqlite(data),
        secret_key=os.environ.get("ATTAIN_SECRET_KEY", "for tests and trials only"),
        debug=os.environ.get("ATTAIN_DEBUG") == "1",
        hosts=("localhost", "127.0.0.1", "testserver"),
        time_zone="Asia/Shanghai",
    )


def _sqlite(data: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": data / "attain.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
