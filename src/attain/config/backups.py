"""A backup: database, lake, files and runs in one archive, with a manifest of hashes.

Made while the product runs. The database is copied first, in one consistent reading; what it
names in the folders is never changed afterwards, only added, so the archive fits together.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any, Final

from attain import __version__
from attain.config import dumps, errors
from attain.core.errors import AttainError, problem

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
LEFT_OUT: Final = frozenset({"static", "tmp", "mail", "reuse"})
"""Made anew when it is needed, or of no use elsewhere."""
_OWN: Final = (".lock", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup holds."""

    path: Path
    files: int
    bytes: int


def write(target: Path, data: Path, database: dict[str, Any]) -> Saved:
    """Write a backup and read it back; a backup that was not read back is a hope.

    :raises AttainError: BACKUP_TARGET_EXISTS, TOOL_MISSING, BACKUP_DAMAGED.
    """
    if target.exists():
        raise AttainError(problem(errors.BACKUP_TARGET_EXISTS, path=str(target)))
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            dump = Path(folder) / dumps.name_of(database)
            dumps.dump(database, dump)
            _archive(draft, dump, data, database)
        saved = verify(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return Saved(target, saved.files, saved.bytes)


def _archive(draft: Path, dump: Path, data: Path, database: dict[str, Any]) -> None:
    listed: dict[str, dict[str, Any]] = {}
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name, path in [(dump.name, dump), *_files(data, database)]:
            with path.open("rb") as content:
                digest = file_digest(content, "sha256").hexdigest()
                size = content.seek(0, io.SEEK_END)
                content.seek(0)
                entry = tarfile.TarInfo(name)
                entry.size, entry.mode = size, 0o600
                archive.addfile(entry, content)
            listed[name] = {"sha256": digest, "bytes": size}
        said = {
            "format": FORMAT,
            "program": __version__,
            "database": database["ENGINE"].rpartition(".")[2],
            "files": listed,
        }
        text = json.dumps(said, ensure_ascii=False, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode = len(text), 0o600
        archive.addfile(entry, io.BytesIO(text))
        archive.close()
        file.flush()
        os.fsync(file.fileno())


def _files(data: Path, database: dict[str, Any]) -> Iterator[tuple[str, Path]]:
    """What belongs to the installation besides its database."""
    own = Path(str(database["NAME"]))
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data)
        is_made_anew = name.parts[0] in LEFT_OUT or path.name.endswith(_OWN)
        if path.is_file() and not path.is_symlink() and not is_made_anew and path != own:
            yield f"data/{name.as_posix()}", path


def verify(path: Path) -> Saved:
    """Read every byte of a backup and compare it with the manifest.

    :raises AttainError: BACKUP_UNREADABLE, BACKUP_DAMAGED.
    """
    said = _manifest(path)
    with _reading(path) as archive:
        for entry in archive:
            if entry.name == MANIFEST:
                continue
            expected = said["files"].pop(entry.name, None)
            content: Any = archive.extractfile(entry) if entry.isfile() else None
            if expected is None or content is None:
                raise AttainError(problem(errors.BACKUP_DAMAGED, path=entry.name))
            if file_digest(content, "sha256").hexdigest() != expected["sha256"]:
                raise AttainError(problem(errors.BACKUP_DAMAGED, path=entry.name))
    if said["files"]:
        raise AttainError(problem(errors.BACKUP_DAMAGED, path=sorted(said["files"])[0]))
    return Saved(path, said["count"], path.stat().st_size)


def restore(path: Path, data: Path, database: dict[str, Any]) -> Saved:
    """Bring a verified backup back into an empty place.

    :raises AttainError: BACKUP_UNREADABLE, BACKUP_DAMAGED, BACKUP_OTHER_DATABASE,
        RESTORE_NOT_EMPTY.
    """
    saved = verify(path)
    here, there = database["ENGINE"].rpartition(".")[2], _manifest(path)["database"]
    if here != there:
        raise AttainError(problem(errors.BACKUP_OTHER_DATABASE, there=there, here=here))
    if any(data.iterdir()) or dumps.is_used(database):
        raise AttainError(problem(errors.RESTORE_NOT_EMPTY, place=str(data)))
    with _reading(path) as archive, tempfile.TemporaryDirectory(dir=data) as folder:
        for entry in archive:
            # The filter refuses names that lead out of the folder.
            archive.extract(entry, folder, filter="data")
        dumps.load(database, Path(folder) / dumps.name_of(database))
        for found in sorted((Path(folder) / "data").glob("*")):
            found.rename(data / found.name)
    return saved


def _manifest(path: Path) -> dict[str, Any]:
    try:
        with _reading(path) as archive:
            content = archive.extractfile(MANIFEST)
            said: dict[str, Any] = json.loads(content.read()) if content else {}
    except (KeyError, ValueError):
        said = {}
    if said.get("format") != FORMAT:
        raise AttainError(problem(errors.BACKUP_UNREADABLE, path=str(path)))
    said["count"] = len(said["files"])
    return said


@contextmanager
def _reading(path: Path) -> Iterator[tarfile.TarFile]:
    """An archive that may be cut, harmed or something else.

    :raises AttainError: BACKUP_UNREADABLE.
    """
    try:
        with tarfile.open(path, mode="r:gz") as archive:
            yield archive
    except (OSError, EOFError, tarfile.TarError, zlib.error):
        raise AttainError(problem(errors.BACKUP_UNREADABLE, path=str(path))) from None
