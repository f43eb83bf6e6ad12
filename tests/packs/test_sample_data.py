"""What a README tells a newcomer to type works: install, import the sample data, calculate."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from opening import Opened
from typer.testing import CliRunner

from attain.cli.app import app
from attain.cli.language import language, use_language
from attain.engine.forms.contexts import expand

TELLING = ("score", "grade", "incentive")
"""Kinds of components that a plan is written for."""


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    before = language()
    monkeypatch.setenv("ATTAIN_TRACE", "1")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    use_language(before)


def test_the_sample_data_can_be_calculated(
    pack: Opened, typed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = _commands(pack)
    assert [line.split()[1] for line in commands if line.startswith("attain run")]

    for line in commands:
        program, *words = line.split()
        if program == "cd":
            monkeypatch.chdir(words[0])
        elif words[0] != "test":
            _type(words)

    runs = sorted((typed / pack.said.pack).glob("runs/*/*"))
    assert {run.parent.name for run in runs} == {*pack.said.plans}
    for run in runs:
        telling = _telling(pack, run.parent.name)
        assert telling
        assert telling - _with_some_value(run) == set(), run.parent.name


def _commands(pack: Opened) -> list[str]:
    """The lines to type, of the last block of a README."""
    return pack.fences("README.md")[-1][1].splitlines()


def _type(words: list[str]) -> None:
    if words[0] == "import":
        files = sorted(str(path) for path in Path().glob(words[1]))
        words = ["import", *files, "--yes"]
    result = CliRunner().invoke(app, [*words, "--lang", "en"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output


def _telling(pack: Opened, plan: str) -> set[str]:
    """The scores, grades and incentives of a plan."""
    expanded = expand(pack.plans[plan], pack.schemas)
    return {one.name or one.column for one in expanded.components if one.kind in TELLING}


def _with_some_value(run: Path) -> set[str]:
    """Components that came to a value for somebody."""
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    files = {one["name"]: one["files"] for one in manifest["relations"]}
    outcomes = [str(run / name) for name in files["outcomes"]]
    told = duckdb.execute(
        "SELECT DISTINCT component FROM read_parquet($1) WHERE status = 'value'", [outcomes]
    )
    return {name for (name,) in told.fetchall()}
