"""Lock files name exact files by hash, and no place to get them from."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("core", "web", "dev", "bench", "spark")


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
        texts += pyproject["project"]["optional-dependencies"]["web"]
        texts += pyproject["project"]["optional-dependencies"]["pg"]
    if lock not in ("core", "web"):
        texts += pyproject["dependency-groups"]["dev"]
    if lock == "bench":
        texts += pyproject["dependency-groups"]["bench"]
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


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [("core", "web"), ("web", "dev"), ("dev", "bench"), ("dev", "spark")],
)
def test_a_package_has_one_version_in_all_locks(root: Path, smaller: str, larger: str) -> None:
    assert _pins(root, smaller).items() <= _pins(root, larger).items()


# pydantic's other half: pydantic pins it to the very version.
IMPLIED = {"pydantic_core"}
IMPORTED_AS = {
    "chinesecalendar": "chinese_calendar",
    "django-allauth": "allauth",
    "django-htmx": "django_htmx",
    "django-ninja": "ninja",
    "markdown-it-py": "markdown_it",
    "noto-cjk-sans-otc": "noto_cjk_sans_otc",
    "ruamel.yaml": "ruamel",
}


def _imported(root: Path, texts: dict[Path, str]) -> set[str]:
    """Top-level names of everything the package imports that is neither ours nor Python's."""
    found = set()
    for path, text in texts.items():
        if path.suffix != ".py" or not path.is_relative_to(root / "src"):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"attain"}


def _names(requirements: list[str]) -> set[str]:
    names = (Requirement(text).name for text in requirements)
    return {IMPORTED_AS.get(name, name) for name in names}


def test_what_we_depend_on_we_use(
    root: Path, texts: dict[Path, str], pyproject: dict[str, Any]
) -> None:
    unused = _names(pyproject["project"]["dependencies"]) - _imported(root, texts)

    assert sorted(unused) == []


def test_what_we_use_we_depend_on(
    root: Path, texts: dict[Path, str], pyproject: dict[str, Any]
) -> None:
    optional = pyproject["project"]["optional-dependencies"].values()
    promised = _names(
        [*pyproject["project"]["dependencies"], *(one for extra in optional for one in extra)]
    )

    assert sorted(_imported(root, texts) - promised - IMPLIED) == []
