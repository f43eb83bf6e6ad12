"""Trials on public data that nobody here made: imported as it is, calculated, and checked apart.

They run only where the environment variable ATTAIN_TRIAL_DATA names the folder of the data (or
its folder `adventureworks`). None of the data is part of this repository.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from trial_company import Company

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def trial_data() -> Callable[[str], Path]:
    """Where a folder of the data lies; skips the test where there is none."""
    given = os.environ.get("ATTAIN_TRIAL_DATA", "")
    root = Path(given).parent if given.rstrip("/").endswith("adventureworks") else Path(given)

    def find(name: str) -> Path:
        if not given or not (root / name).is_dir():
            pytest.skip("ATTAIN_TRIAL_DATA names no folder with this data")
        return root / name

    return find


@pytest.fixture(scope="session")
def company_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Company]:
    """A workspace with the declarations and plans of one trial, and nothing imported yet."""

    def make(name: str) -> Company:
        folder = tmp_path_factory.mktemp(name) / "company"
        shutil.copytree(HERE / name, folder)
        return Company(folder)

    return make


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """A packed file, unpacked byte for byte."""

    def unpack(packed: Path) -> Path:
        path = tmp_path_factory.mktemp("unpacked") / packed.stem
        path.write_bytes(gzip.decompress(packed.read_bytes()))
        return path

    return unpack
