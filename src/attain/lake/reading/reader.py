"""The parent's side: start the child, wait so long and no longer, believe only its files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attain
from attain.core.errors import AttainError, Where, problem
from attain.lake.errors import files
from attain.lake.reading.child import ANSWER
from attain.lake.reading.limits import Limits
from attain.lake.reading.staging import Staged, StagedTable

_PACKAGE_ROOT: Final = Path(attain.__file__).resolve().parent.parent
_PASSED_ON: Final = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


def read(
    path: Path,
    folder: Path,
    *,
    options: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    name: str | None = None,
) -> Staged:
    """Stage a file in a child process of its own.

    `folder` must exist and be empty. Options: `encoding`, `delimiter`. `name` is the name
    by which problems call the file.

    :raises AttainError: the one problem why the file as a whole cannot be read.
    """
    bounds = limits or Limits()
    request = {
        "path": str(path.resolve()),
        "folder": str(folder.resolve()),
        "options": dict(options or {}),
        "limits": bounds.as_data(),
    }
    where = Where(file=name or path.name)
    _run(json.dumps(request), bounds, where)
    said = folder / ANSWER
    if not said.exists():
        raise AttainError(problem(files.FILE_READER_STOPPED, where))
    return accepted(json.loads(said.read_text(encoding="utf-8")), where.file or "")


def _run(request: str, limits: Limits, where: Where) -> None:
    """Run the child to its end. Its death is an answer; only its slowness is refused here."""
    try:
        ended = subprocess.run(
            [sys.executable, "-s", "-m", "attain.lake.reading.child"],
            input=request,
            text=True,
            encoding="utf-8",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limits.wall_seconds,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as error:
        late = problem(files.FILE_TOO_SLOW, where, seconds=limits.wall_seconds)
        raise AttainError(late) from error
    if ended.returncode == -getattr(signal, "SIGXCPU", 0) != 0:
        raise AttainError(problem(files.FILE_TOO_SLOW, where, seconds=limits.cpu_seconds))


def _environment() -> dict[str, str]:
    """Nothing of the parent's environment but what starting a process needs."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return kept | {"PYTHONPATH": str(_PACKAGE_ROOT), "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}


def accepted(data: dict[str, Any], name: str) -> Staged:
    """The answer of a child for a file of this name.

    :raises AttainError: the file was refused.
    """
    refused = data["refused"]
    if refused is not None:
        place = Where(file=name, **refused["where"])
        raise AttainError(problem(refused["code"], place, **refused["values"]))
    return staged_from(data)


def staged_from(data: dict[str, Any]) -> Staged:
    """What `Staged.as_data` gave."""
    return Staged(**{**data, "tables": [_table(table) for table in data["tables"]]})


def _table(data: dict[str, Any]) -> StagedTable:
    table = StagedTable(**data)
    table.sample = [(line, list(cells)) for line, cells in table.sample]
    return table
