"""Lock files name exact files by hash, and no place to get them from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("core", "dev", "spark")


def _entries(root: Path, lock: str) -> list[str]:
    """One text an entry: the pinned package with its hashes."""
    text = (root / f"requirements/{lock}.lock").read_text(encoding="utf-8")
    return text.replace("\\\n", " ").splitlines()


def _pins(root: Path, lock: str) -> dict[str, str]:
    """Package to version; a package that only some systems need counts as well."""
    found = {}
    for entry in _entries(root, lock):
        requirement = Requirement(entry.split("--hash")[0])
        (specifier,) = requirement.specifier
        assert specifier.operator == "=="
        found[canonicalize_name(requirement.name)] = specifier.version
    return found


def _wanted(pyproject: dict[str, Any], lock: str) -> list[Requirement]:
    texts: list[str] = [*pyproject["project"]["dependencies"]]
    texts += pyproject["dependency-groups"]["build"]
    if lock != "core":
        texts += pyproject["dependency-groups"]["dev"]
    if lock == "spark":
        texts += pyproject["project"]["optional-dependencies"]["spark"]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_file_is_known_by_its_hash(root: Path, lock: str) -> None:
    for entry in _entries(root, lock):
        assert re.fullmatch(
            r"[a-z0-9-]+==[^ ;]+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+ *", entry
        ), entry[:80]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_address(root: Path, lock: str) -> None:
    text = (root / f"requirements/{lock}.lock").read_text(encoding="utf-8")

    for sign in ("://", " @ ", "index-url", "find-links", "trusted-host", "/"):
        assert sign not in text


@pytest.mark.parametrize("lock", LOCKS)
def test_every_lock_fits_the_ranges_we_promise(
    root: Path, pyproject: dict[str, Any], lock: str
) -> None:
    pins = _pins(root, lock)

    for requirement in _wanted(pyproject, lock):
        version = pins.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement} is missing: run make lock"
        assert requirement.specifier.contains(version), f"{requirement}, locked {version}"


@pytest.mark.parametrize(("smaller", "larger"), [("core", "dev"), ("dev", "spark")])
def test_a_package_has_one_version_in_all_locks(root: Path, smaller: str, larger: str) -> None:
    assert _pins(root, smaller).items() <= _pins(root, larger).items()


def test_what_we_depend_on_we_use(
    root: Path, texts: dict[Path, str], pyproject: dict[str, Any]
) -> None:
    imported_as = {
        "chinesecalendar": "chinese_calendar",
        "python-calamine": "python_calamine",
        "ruamel.yaml": "ruamel.yaml",
    }
    code = "\n".join(
        text
        for path, text in texts.items()
        if path.is_relative_to(root / "src") and path.suffix == ".py"
    )
    names = [Requirement(text).name for text in pyproject["project"]["dependencies"]]

    unused = [
        name
        for name in names
        if re.search(rf"(?m)^\s*(import|from) {imported_as.get(name, name)}\b", code) is None
    ]

    assert unused == []
