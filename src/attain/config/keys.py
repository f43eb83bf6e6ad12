"""The secret key of an installation: it protects sessions and seals the audit trail."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from attain.config import errors
from attain.core.errors import AttainError, problem

KEY_FILE: Final = "secret-key"
LENGTH_MIN: Final = 40
_DIFFERENT_SIGNS_MIN: Final = 10
_FROM_EXAMPLES: Final = ("django-insecure", "changeme", "change-me", "secret", "for tests")


def read_key(said: Mapping[str, str], data: Path, is_production: bool) -> str:
    """The key that is given, or in demo mode the installation's own, made at its first start.

    :raises AttainError: SECRET_KEY_MISSING, SECRET_KEY_WEAK, SECRET_KEY_OPEN,
        SECRET_KEY_UNREADABLE.
    """
    key = said.get("ATTAIN_SECRET_KEY", "").strip()
    named = said.get("ATTAIN_SECRET_KEY_FILE", "").strip()
    if named:
        key = _read(Path(named))
    elif not key:
        if is_production:
            raise AttainError(problem(errors.SECRET_KEY_MISSING))
        key = _own(data)
    if is_weak(key):
        raise AttainError(problem(errors.SECRET_KEY_WEAK))
    return key


def is_weak(key: str) -> bool:
    """Whether somebody could guess it."""
    is_example = key.lower().startswith(_FROM_EXAMPLES)
    return is_example or len(key) < LENGTH_MIN or len(set(key)) < _DIFFERENT_SIGNS_MIN


def _own(data: Path) -> str:
    path = data / KEY_FILE
    if path.is_file():
        return _read(path)
    key = secrets.token_urlsafe(50)
    if not data.is_dir():
        # Tools that only look at the settings leave no trace.
        return key
    try:
        _write(path, key)
    except FileExistsError:
        # Another process starts at this moment, and was first.
        return _read(path)
    except OSError:
        raise AttainError(problem(errors.DATA_NOT_WRITABLE, folder=str(data))) from None
    return key


def _write(path: Path, key: str) -> None:
    """Put a whole file in place, or none, and never over another."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    finally:
        draft.unlink()


def _read(path: Path) -> str:
    try:
        key = path.read_text(encoding="utf-8").strip()
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError):
        raise AttainError(problem(errors.SECRET_KEY_UNREADABLE, path=str(path))) from None
    # Windows knows no such bits.
    if os.name == "posix" and mode & 0o077:
        raise AttainError(problem(errors.SECRET_KEY_OPEN, path=str(path)))
    return key
