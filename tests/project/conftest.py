"""The tree itself, as the tests of this folder read it."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
MADE_BY_TOOLS = {".git", ".venv", "__pycache__", "node_modules", "build", "dist"}


def _listed_by_git() -> list[Path] | None:
    """Files that are committed or about to be; None where this is no git work tree."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode != 0 or not (ROOT / ".git").exists():
        return None
    return [ROOT / name for name in listing.stdout.split("\0") if name]


def _found_on_disk() -> list[Path]:
    """The same for an unpacked source archive, which has no git."""
    return [
        path for path in ROOT.rglob("*") if not MADE_BY_TOOLS & set(path.relative_to(ROOT).parts)
    ]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def files() -> list[Path]:
    """Every file of the project, in a stable order."""
    listed = _listed_by_git()
    candidates = _found_on_disk() if listed is None else listed
    return sorted(path for path in set(candidates) if path.is_file())


@pytest.fixture(scope="session")
def texts(files: list[Path]) -> dict[Path, str]:
    """Every file that is text in UTF-8."""
    found = {}
    for path in files:
        try:
            found[path] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


@pytest.fixture(scope="session")
def pages(texts: dict[Path, str]) -> dict[Path, str]:
    """Every Markdown page."""
    return {path: text for path, text in texts.items() if path.suffix == ".md"}


@pytest.fixture(scope="session")
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def rejected_words() -> list[str]:
    """The words we decided not to say, from the page that gives the reasons."""
    page = (ROOT / "docs/contributing/words.md").read_text(encoding="utf-8")
    table = page.partition("## What we do not say")[2]
    rows: list[str] = re.findall(r"^\| ([^|]+?) \|", table, re.MULTILINE)
    assert rows[:2] == ["rejected", "---"]
    return rows[2:]
