"""Datasets as files: immutable parts and versions, and one small HEAD that moves at once.

    <dataset>/parts/<sha256>.parquet     named by their content
    <dataset>/versions/<sha256>.json     canonical JSON, named by its hash
    <dataset>/HEAD                       the hash of the current version

Whatever is killed and whenever: HEAD names either the old or the new version, and everything
it names is on disk, because parts and versions are synced before HEAD is renamed over.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Final, Protocol

from attain.core.errors import AttainError, codes, problem
from attain.core.manifests import DatasetVersion, Part
from attain.core.stores import Catalog, Store
from attain.lake.errors import flow
from attain.lake.locking import locked

HEAD: Final = "HEAD"


class Lake(Catalog, Store, Protocol):
    """A catalog whose parts are files that an import may add to."""

    def new_part(self, name: str) -> Path:
        """Where to write a part before it is kept."""
        ...

    def keep_part(self, name: str, written: Path, month: str, rows: int) -> Part:
        """Take over a written Parquet file under the name of its content, synced to disk."""
        ...


class PartFiles:
    """The immutable parts of a lake. Which of them belong together, a catalog says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def part_paths(self, version: DatasetVersion) -> list[Path]:
        """The Parquet files of a version, in the order of its parts.

        :raises AttainError: PART_DAMAGED if one is not there.
        """
        folder = self._parts(version.dataset)
        paths = [folder / part.file for part in version.parts]
        for path in paths:
            if not path.is_file():
                raise self._damaged(version.dataset, path.name)
        return paths

    def verify(self, version: DatasetVersion) -> None:
        """Read every part and compare it with its name.

        :raises AttainError: PART_DAMAGED.
        """
        for part, path in zip(version.parts, self.part_paths(version), strict=True):
            if _sha256(path) != part.sha256:
                raise self._damaged(version.dataset, part.file)

    def new_part(self, name: str) -> Path:
        """Where to write a part before it is kept."""
        folder = self._parts(name)
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{os.getpid()}-{os.urandom(8).hex()}.writing"

    def keep_part(self, name: str, written: Path, month: str, rows: int) -> Part:
        """Take over a written Parquet file under the name of its content, synced to disk."""
        _sync(written)
        sha256 = _sha256(written)
        target = self._parts(name) / f"{sha256}.parquet"
        written.replace(target)
        _sync_folder(target.parent)
        return Part(month=month, file=target.name, rows=rows, sha256=sha256)

    def _parts(self, name: str) -> Path:
        return self.folder / name / "parts"

    def _damaged(self, dataset: str, file: str) -> AttainError:
        return AttainError(problem(flow.PART_DAMAGED, dataset=dataset, name=file))


class FileCatalog(PartFiles):
    """The lake of a workspace. Safe with several processes on one machine."""

    # --- reading ---

    def head(self, name: str) -> DatasetVersion | None:
        """The current version, or None for a dataset without any."""
        found = self._head_hash(name)
        return None if found is None else self.version(name, found)

    def history(self, name: str) -> Sequence[DatasetVersion]:
        """All versions, the current one first."""
        return list(self._ancestors(name))

    def version(self, name: str, hash: str) -> DatasetVersion:
        """
        :raises AttainError: VERSION_UNKNOWN.
        """
        path = self._versions(name) / f"{hash}.json"
        is_hash = len(hash) == 64 and hash.isalnum()
        if not is_hash or not path.is_file():
            raise AttainError(problem(codes.VERSION_UNKNOWN, dataset=name, version=hash[:12]))
        return DatasetVersion.from_json(path.read_bytes())

    def datasets(self) -> list[str]:
        """The datasets that have a version."""
        found = self.folder.glob(f"*/{HEAD}") if self.folder.is_dir() else ()
        return sorted(path.parent.name for path in found)

    def sweep(self, name: str) -> list[Path]:
        """Delete what imports that were killed left behind; says what. History is kept.

        An import that is under way at the same moment is refused and can be repeated.
        """
        named = {
            part.file
            for path in self._versions(name).glob("*.json")
            for part in DatasetVersion.from_json(path.read_bytes()).parts
        }
        parts = self._parts(name)
        left = [path for path in parts.glob("*") if path.name not in named]
        left += self._versions(name).glob("*.writing")
        for path in left:
            path.unlink()
        return left

    # --- writing ---

    def commit(self, version: DatasetVersion, expected_parent: str | None) -> None:
        """Make a version current, if the current one is still the expected.

        :raises AttainError: VERSION_CONFLICT if somebody else has committed meanwhile,
            IMPORT_BUSY if somebody is committing right now, STORAGE_FULL.
        """
        name = version.dataset
        self.part_paths(version)
        folder = self._versions(name)
        folder.mkdir(parents=True, exist_ok=True)
        with storage_errors(), locked(self.folder / name / "LOCK", name):
            found = self._head_hash(name)
            if found != expected_parent:
                raise conflict(name, found, expected_parent)
            _write_whole(folder / f"{version.hash}.json", version.to_json())
            _write_whole(self.folder / name / HEAD, version.hash.encode("ascii"))

    # --- files ---

    def _versions(self, name: str) -> Path:
        return self.folder / name / "versions"

    def _head_hash(self, name: str) -> str | None:
        try:
            return (self.folder / name / HEAD).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None

    def _ancestors(self, name: str) -> Iterator[DatasetVersion]:
        hash = self._head_hash(name)
        while hash is not None:
            version = self.version(name, hash)
            yield version
            hash = version.parent


def conflict(name: str, found: str | None, expected: str | None) -> AttainError:
    """VERSION_CONFLICT: somebody else has committed meanwhile."""
    return AttainError(
        problem(
            codes.VERSION_CONFLICT,
            dataset=name,
            found=(found or "-")[:12],
            expected=(expected or "-")[:12],
        )
    )


@contextmanager
def storage_errors() -> Iterator[None]:
    """A full disk is said in words.

    :raises AttainError: STORAGE_FULL.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise AttainError(problem(flow.STORAGE_FULL)) from error
        raise


def _write_whole(target: Path, content: bytes) -> None:
    """Write a small file so that it is there whole or not at all."""
    writing = target.with_name(f"{target.name}.{os.getpid()}.writing")
    with writing.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    writing.replace(target)
    _sync_folder(target.parent)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a rename durable, where the system lets folders be synced."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
