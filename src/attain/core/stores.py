"""The doors behind which datasets are kept; the lake and the product each have their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from attain.core.manifests import DatasetVersion


class Store(Protocol):
    """Reads versions that exist; all that an engine needs of a lake."""

    def version(self, name: str, hash: str) -> DatasetVersion:
        """
        :raises AttainError: VERSION_UNKNOWN.
        """
        ...

    def part_paths(self, version: DatasetVersion) -> list[Path]:
        """The Parquet files of a version, in the order of its parts."""
        ...


class Catalog(Protocol):
    """Knows which version of each dataset is current."""

    def head(self, name: str) -> DatasetVersion | None:
        """The current version, or None for a dataset without any."""
        ...

    def history(self, name: str) -> Sequence[DatasetVersion]:
        """All versions, the current one first."""
        ...

    def commit(self, version: DatasetVersion, expected_parent: str | None) -> None:
        """Make a version current, if the current one is still the expected.

        :raises AttainError: VERSION_CONFLICT if somebody else has committed meanwhile.
        """
        ...
