"""Each arrow of the house is checked, and a breach of it is caught."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

# Every package the contracts name, so that each breach is planted in a house that is complete.
HOUSE = [
    "core", "expressions", "engine", "engine.compiler", "engine.backends", "engine.reference",
    "lake", "kinds", "demo", "cli", "ui", "apps", "apps.audit", "apps.accounts", "apps.people",
    "apps.jobs", "apps.notices", "apps.files", "apps.flow", "apps.documents", "apps.data",
    "apps.records", "apps.plans", "apps.targets", "apps.runs", "apps.statements",
    "apps.appraisals", "apps.pay", "apps.insights", "config",
]  # fmt: skip

# (contract, who imports, what): one line for every arrow that must not be drawn.
BREACHES = [
    ("house", "core", "attain.expressions"),
    ("house", "core", "attain.lake"),
    ("house", "expressions", "attain.engine"),
    ("house", "expressions", "attain.kinds"),
    ("house", "engine", "attain.lake"),
    ("house", "engine", "attain.kinds"),
    ("house", "lake", "attain.engine"),
    ("house", "lake", "attain.kinds"),
    ("house", "kinds", "attain.engine"),
    ("house", "kinds", "attain.lake"),
    ("house", "engine", "attain.cli"),
    ("house", "engine", "attain.ui"),
    ("house", "demo", "attain.cli"),
    ("house", "cli", "attain.apps"),
    ("house", "cli", "attain.ui"),
    ("house", "apps.plans", "attain.config"),
    ("house", "stranger", "attain.core"),
    ("lake-knows-core-only", "lake", "attain.expressions"),
    ("components-never-query", "ui", "attain.engine"),
    ("components-never-query", "ui", "attain.expressions"),
    ("web-stays-in-the-web", "core", "django"),
    ("web-stays-in-the-web", "expressions", "django"),
    ("web-stays-in-the-web", "engine", "django.db"),
    ("web-stays-in-the-web", "lake", "django"),
    ("web-stays-in-the-web", "kinds", "django"),
    ("web-stays-in-the-web", "cli", "django"),
    ("core-is-pure", "core", "duckdb"),
    ("core-is-pure", "core", "urllib.request"),
    ("expressions-are-pure", "expressions", "duckdb"),
    ("calculation-has-no-network", "engine", "socket"),
    ("calculation-has-no-network", "lake", "http.client"),
    ("only-backends-run-sql", "engine.compiler", "duckdb"),
    ("judge-apart", "engine.reference", "attain.engine.compiler"),
    ("judge-apart", "engine.reference", "attain.engine.backends"),
    ("judged-apart", "engine.compiler", "attain.engine.reference"),
    ("app-stack", "apps.audit", "attain.apps.accounts"),
    ("app-stack", "apps.jobs", "attain.apps.files"),
    ("app-stack", "apps.appraisals", "attain.apps.pay"),
    ("app-stack", "apps.statements", "attain.apps.insights"),
]

# What the same contracts must let pass.
ALLOWED = [
    ("expressions", "attain.core"),
    ("engine", "attain.expressions"),
    ("engine.backends", "duckdb"),
    ("engine.backends", "attain.engine.compiler"),
    ("kinds", "attain.expressions"),
    ("lake", "attain.core"),
    ("lake", "duckdb"),
    ("demo", "attain.lake"),
    ("cli", "attain.engine"),
    ("cli", "attain.demo"),
    ("ui", "attain.core"),
    ("ui", "django"),
    ("apps.accounts", "attain.apps.audit"),
    ("apps.plans", "attain.engine"),
    ("apps.plans", "attain.ui"),
    ("apps.data", "urllib.request"),
    ("apps.insights", "attain.apps.pay"),
    ("config", "attain.apps"),
]


def _contracts(pyproject: dict[str, Any]) -> list[dict[str, Any]]:
    contracts: list[dict[str, Any]] = pyproject["tool"]["importlinter"]["contracts"]
    return contracts


def _build(folder: Path, imports: list[tuple[str, str]]) -> None:
    """A house of empty packages with the given imports in it."""
    modules = {"attain": "", **{f"attain.{name}": "" for name in HOUSE}}
    for importer, imported in imports:
        name = f"attain.{importer}"
        modules[name] = modules.get(name, "") + f"import {imported}\n"
    for name, text in modules.items():
        package = folder.joinpath(*name.split("."))
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").write_text(text, encoding="utf-8")


def _lint(root: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    # In a process of its own and from that folder, so that the planted house is found, not ours.
    command = "from importlinter.cli import lint_imports_command as c; c()"
    config = ["--config", str(root / "pyproject.toml"), "--no-cache", "--no-logo"]
    return subprocess.run(
        [sys.executable, "-c", command, *config, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("contract", "importer", "imported"), BREACHES, ids=[f"{b}->{c}" for _, b, c in BREACHES]
)
def test_a_breach_is_caught(
    root: Path, tmp_path: Path, contract: str, importer: str, imported: str
) -> None:
    _build(tmp_path, [(importer, imported)])

    result = _lint(root, tmp_path, "--contract", contract)

    assert result.returncode == 1, result.stdout + result.stderr
    assert "0 kept, 1 broken" in result.stdout


def test_what_is_allowed_passes(root: Path, tmp_path: Path) -> None:
    _build(tmp_path, ALLOWED)

    result = _lint(root, tmp_path)

    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_every_contract_has_a_breach_that_proves_it(pyproject: dict[str, Any]) -> None:
    contracts = [contract["id"] for contract in _contracts(pyproject)]

    assert sorted(set(contracts)) == sorted({contract for contract, _, _ in BREACHES})
    assert len(contracts) == len(set(contracts))


def test_every_app_says_where_it_stands(root: Path, pyproject: dict[str, Any]) -> None:
    stack = next(c for c in _contracts(pyproject) if c["id"] == "app-stack")
    named = set(re.findall(r"apps\.(\w+)", " ".join(stack["layers"])))

    built = {path.parent.name for path in (root / "src/attain/apps").glob("*/__init__.py")}

    assert built <= named, f"add to the app-stack in pyproject.toml: {sorted(built - named)}"


def test_the_page_about_the_house_draws_the_same_stack(
    root: Path, pyproject: dict[str, Any]
) -> None:
    stack = next(c for c in _contracts(pyproject) if c["id"] == "app-stack")
    page = (root / "docs/explanation/house.md").read_text(encoding="utf-8")

    drawn = re.search(r"```text\n(insights\n.*?)```", page, re.DOTALL)

    assert drawn is not None
    assert [sorted(line.split()) for line in drawn[1].splitlines()] == [
        sorted(re.findall(r"apps\.(\w+)", layer)) for layer in stack["layers"]
    ]


def test_packs_are_data(files: list[Path], root: Path) -> None:
    python = [path for path in files if path.is_relative_to(root / "src/attain/packs")]

    assert [path for path in python if path.suffix == ".py"] == []
