"""The sample company, made once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from attain.demo.making import SEED, Made, make
from attain.demo.reading import open_workspace
from attain.demo.story import Story
from attain.demo.story import story as read_story


@pytest.fixture(scope="session")
def story() -> Story:
    return read_story()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("company"), 1, SEED)


@pytest.fixture(scope="session")
def _opened(made: Made) -> DuckDBPyConnection:
    return open_workspace(made.folder)


@pytest.fixture
def database(_opened: DuckDBPyConnection) -> Iterator[DuckDBPyConnection]:
    """The written files as tables; what a test does to them is undone."""
    _opened.execute("BEGIN")
    yield _opened
    _opened.execute("ROLLBACK")


@pytest.fixture(scope="session")
def committed() -> Path:
    """The sample company as it lies in the repository."""
    return Path(__file__).resolve().parents[2] / "examples" / "company"
