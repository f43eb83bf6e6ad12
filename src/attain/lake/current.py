"""What is in the lake now, as the checks see it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attain.core.manifests import DatasetVersion
from attain.core.schemas import ColumnType, DatasetSchema
from attain.lake import sql
from attain.lake.catalog import Lake


class Current:
    """The current versions of all datasets, read once: a check sees one state throughout."""

    def __init__(self, lake: Lake, schemas: Mapping[str, DatasetSchema]) -> None:
        self._lake = lake
        self._schemas = schemas
        self._versions: dict[str, DatasetVersion | None] = {}

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
        """The column with the keys of a dataset's own things, such as `person` of people."""
        schema = self.schema(dataset)
        if schema is None:
            return None
        for name in schema.key:
            if schema.columns[name].of == dataset:
                return name
        is_sole = len(schema.key) == 1 and schema.columns[schema.key[0]].type is ColumnType.code
        return schema.key[0] if is_sole and dataset in self.referred() else None
