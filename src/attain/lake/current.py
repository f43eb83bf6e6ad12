"""What is in the lake now, as the checks see it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from attain.core.manifests import DatasetVersion
from attain.core.schemas import DatasetSchema
from attain.lake import sql
from attain.lake.catalog import Lake

PEOPLE: Final = "people"
ALIASES: Final = "aliases"
KEYED: Final = "keyed"
"""In a receipt: the code column that is stored as a key because other datasets refer to it."""


class Current:
    """The current versions of all datasets, read once: a check sees one state throughout."""

    def __init__(
        self,
        lake: Lake,
        schemas: Mapping[str, DatasetSchema],
        versions: Mapping[str, DatasetVersion | None] | None = None,
    ) -> None:
        """`versions` are those that are known already."""
        self._lake = lake
        self._schemas = schemas
        self._versions = dict(versions or {})

    def version(self, dataset: str) -> DatasetVersion | None:
        """The current version; None for a dataset without any."""
        if dataset not in self._versions:
            self._versions[dataset] = self._lake.head(dataset)
        return self._versions[dataset]

    def paths(self, dataset: str) -> list[Path]:
        """The files of the current version."""
        version = self.version(dataset)
        return [] if version is None else [p.resolve() for p in self._lake.part_paths(version)]

    def schema(self, dataset: str) -> DatasetSchema | None:
        return self._schemas.get(dataset)

    def schemas(self) -> list[DatasetSchema]:
        """All declared datasets, by their names."""
        return [self._schemas[name] for name in sorted(self._schemas)]

    def folders(self, datasets: set[str]) -> set[Path]:
        """The folders that have to be readable for these datasets."""
        return {path.parent for dataset in datasets for path in self.paths(dataset)}

    def relation(self, dataset: str) -> str | None:
        """SQL of a dataset's rows; None if there are none."""
        paths = self.paths(dataset)
        return sql.parquet(paths) if paths else None

    def referred(self) -> set[str]:
        """The kinds of things that some dataset refers to."""
        return {kind for schema in self._schemas.values() for one in schema for kind in one.kinds}

    def identity_column(self, dataset: str) -> str | None:
        """The column with the keys of a dataset's own things, such as `person` of people.

        That is also the code which alone identifies rows that others refer to; once it was
        stored as a key it stays one.
        """
        schema = self.schema(dataset)
        if schema is None:
            return None
        for name in schema.key:
            if schema.columns[name].of == dataset:
                return name
        own = schema.own_code
        is_key = own is not None and (dataset in self.referred() or self.keyed(dataset))
        return own if is_key else None

    def keyed(self, dataset: str) -> str:
        """The code column that is stored as a key in the current version, or ""."""
        version = self.version(dataset)
        return version.receipt.get(KEYED, "") if version else ""

    def outdated(self, dataset: str) -> str | None:
        """A code column that is still stored as a code, although others refer to it by now."""
        schema, name = self.schema(dataset), self.identity_column(dataset)
        if schema is None or name is None or schema.columns[name].kinds:
            return None
        has_rows = bool(self.paths(dataset))
        return name if has_rows and self.keyed(dataset) != name else None
