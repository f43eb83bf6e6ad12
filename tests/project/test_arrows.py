"""Each arrow of the house is checked, and a breach of it is caught."""

from __future__ import annotations

import json
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


# Lints one folder after another, which is twenty times faster than a process for each.
LINT_ALL = """
import json, os, sys
from importlinter.cli import lint_imports

config, *houses = json.loads(sys.stdin.read())
for folder, contract in houses:
    os.chdir(folder)
    sys.path[0] = folder
    limit = (contract,) if contract else ()
    code = lint_imports(config_filename=config, limit_to_contracts=limit, no_cache=True)
    print("HOUSE", folder, code)
"""


def _lint(root: Path, houses: list[tuple[Path, str]]) -> dict[Path, tuple[bool, str]]:
    """Whether each house keeps the contract named beside it (all, for ""), and what was said.

    In a process of its own, so that the planted house is found and not the installed one.
    """
    question = [str(root / "pyproject.toml"), *((str(folder), name) for folder, name in houses)]
    result = subprocess.run(
        [sys.executable, "-c", LINT_ALL],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = re.split(r"^HOUSE (.*) (\d)\n", result.stdout, flags=re.MULTILINE)
    said, folders, codes = answers[0::3], answers[1::3], answers[2::3]
    return {
        Path(folder): (code == "0", text)
        for folder, code, text in zip(folders, codes, said, strict=False)
    }


@pytest.fixture(scope="module")
def breached(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str, str], tuple[bool, str]]:
    """What the linter says about a house with one breach in it, for every breach."""
    folders = {breach: tmp_path_factory.mktemp("house") for breach in BREACHES}
    for (_, importer, imported), folder in folders.items():
        _build(folder, [(importer, imported)])
    answers = _lint(root, [(folder, breach[0]) for breach, folder in folders.items()])
    return {breach: answers[folder] for breach, folder in folders.items()}


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: f"{breach[1]}->{breach[2]}")
def test_a_breach_is_caught(
    breached: dict[tuple[str, str, str], tuple[bool, str]], breach: tuple[str, str, str]
) -> None:
    is_kept, said = breached[breach]

    assert not is_kept, said
    assert "0 kept, 1 broken" in said


def test_what_is_allowed_passes(root: Path, tmp_path: Path) -> None:
    _build(tmp_path, ALLOWED)

    is_kept, said = _lint(root, [(tmp_path, "")])[tmp_path]

    assert is_kept, said


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
