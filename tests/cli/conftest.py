"""The program as somebody at a terminal meets it: 80 columns, one workspace, either language."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))

from terminal import Call, Said

from attain.cli.app import app
from attain.cli.importing.flow import Importing, Wishes
from attain.cli.language import language, use_language
from attain.cli.starter import write_starter
from attain.cli.workspace import Workspace
from attain.core.labels import ENGLISH


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    """Call `attain` in this process; faults of the program are raised, not reported."""
    before = language()
    monkeypatch.setenv("ATTAIN_TRACE", "1")
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str | Path, answers: str = "", lang: str = "en") -> Said:
        words = [str(word) for word in arguments]
        result = CliRunner().invoke(app, [*words, "--lang", lang], input=answers)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    yield run
    use_language(before)


@pytest.fixture(scope="session")
def made_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `attain init` writes."""
    folder = tmp_path_factory.mktemp("starter") / "company"
    write_starter(folder, ENGLISH)
    return folder


@pytest.fixture
def workspace(made_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of it, as the current folder."""
    folder = tmp_path / "company"
    shutil.copytree(made_workspace, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def imported_workspace(made_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with its workbook imported."""
    folder = tmp_path_factory.mktemp("imported") / "company"
    shutil.copytree(made_workspace, folder)
    outcome = Importing(Workspace(folder), Wishes(yes=True, as_json=True)).run(
        [folder / "company.xlsx"]
    )
    assert not outcome.failed
    return folder


@pytest.fixture
def filled(imported_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of the imported workspace, as the current folder."""
    folder = tmp_path / "filled"
    shutil.copytree(imported_workspace, folder)
    monkeypatch.chdir(folder)
    return folder
