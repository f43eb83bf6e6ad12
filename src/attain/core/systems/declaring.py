"""How the system datasets are written down here: as YAML, like everybody's."""

from __future__ import annotations

from attain.core.schemas import DatasetSchema, load_dataset_schema


def declared(*texts: str) -> tuple[DatasetSchema, ...]:
    """The schemas of some declarations."""
    return tuple(load_dataset_schema(text) for text in texts)
