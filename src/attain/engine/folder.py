"""The folder of a run: its files by name, and the manifest that makes it a whole run or none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Literal

from attain.core.manifests import Manifest

Keep = Literal["all", "results"]
"""`results` leaves what grows with people and periods; `all` the rows of facts as well."""

MANIFEST: Final = "manifest.json"


def finish(folder: Path, manifest: Manifest) -> None:
    """Bring everything to the disk, the manifest last: without it there is no run."""
    for path in sorted(folder.iterdir()):
        _sync(path)
    path = folder / MANIFEST
    path.write_bytes(manifest.to_json())
    _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a run, or None where there is no whole run."""
    path = folder / MANIFEST
    return Manifest.from_json(path.read_bytes()) if path.is_file() else None
