"""The datasets of the company as they are declared in its workspace."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from attain.core.schemas import ColumnSchema, DatasetSchema
from attain.core.systems import SYSTEM_DATASETS, load_dataset
from attain.demo.rows import DATASETS, columns


def told_files() -> Iterator[tuple[str, str]]:
    """The files written by hand: settings, coverage, declarations, records to begin with, plans."""
    workspace = files("attain.demo").joinpath("workspace")
    for name in ("attain.yaml", "coverage.yaml"):
        yield name, workspace.joinpath(name).read_text("utf-8")
    for folder in ("datasets", "entries", "plans"):
        texts = workspace.joinpath(folder)
        for name in sorted(one.name for one in texts.iterdir()):
            yield f"{folder}/{name}", texts.joinpath(name).read_text("utf-8")


@cache
def schemas() -> dict[str, DatasetSchema]:
    """Every dataset that has a file: the system's, as extended here, and the company's own.

    :raises AttainError: a declaration that is not well written, with its line.
    """
    own = [load_dataset(text, file) for file, text in told_files() if file.startswith("datasets/")]
    known = {**SYSTEM_DATASETS, **{schema.dataset: schema for schema in own}}
    return {dataset: known[dataset] for dataset in DATASETS.values()}


def written_columns(dataset: str) -> list[ColumnSchema]:
    """The declared columns that the dataset's file has; optional ones may be left out."""
    kind = next(kind for kind, name in DATASETS.items() if name == dataset)
    return [schemas()[dataset].columns[name] for name in columns(kind)]
