"""What every command of the product does first: settings, data folder, database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from attain.config import errors
from attain.config.environment import Environment, read_environment
from attain.core.errors import AttainError, problem

SETTINGS: Final = "attain.config.settings"
_FOLDER_MODE: Final = 0o700
"""Nobody else on the machine reads a company's pay."""
_MASK: Final = 0o077


def start(data: Path | None = None) -> Environment:
    """Read the environment, make the data folder, and wake Django.

    :raises AttainError: what is wrong with the environment; DATA_NOT_WRITABLE.
    """
    # Whatever is written from here on, by this process and those it starts, is the owner's.
    os.umask(_MASK)
    if data is not None:
        os.environ["ATTAIN_DATA"] = str(data.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    folder = read_environment().data
    make_folder(folder)

    import django

    django.setup()
    # Once more: the folder's own key is there by now.
    return read_environment()


def make_folder(folder: Path) -> None:
    """The data folder, for its owner alone.

    :raises AttainError: DATA_NOT_WRITABLE.
    """
    try:
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    except OSError:
        raise AttainError(problem(errors.DATA_NOT_WRITABLE, folder=str(folder))) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise AttainError(problem(errors.DATA_NOT_WRITABLE, folder=str(folder)))


def migrate() -> None:
    """Bring the database to this program's shape.

    :raises AttainError: DATABASE_UNREACHABLE, DATABASE_NEWER.
    """
    from django.core.management import call_command

    from attain.apps.audit import sealing

    check_not_newer()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    # What a crash left unsealed.
    sealing.seal(everything=True)


def check_not_newer() -> None:
    """Refuse a database that a newer program has changed.

    :raises AttainError: DATABASE_UNREACHABLE, DATABASE_NEWER.
    """
    from django.db import DatabaseError, connection
    from django.db.migrations.loader import MigrationLoader

    try:
        loader = MigrationLoader(connection)
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise AttainError(problem(errors.DATABASE_UNREACHABLE, reason=reason)) from None
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
    if unknown:
        raise AttainError(problem(errors.DATABASE_NEWER, migration=".".join(unknown[-1])))
