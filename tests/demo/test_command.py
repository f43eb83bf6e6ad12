"""`python -m attain.demo` says what it does, and refuses a folder that is not its own."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
import typer
from typer.testing import CliRunner

from attain.demo.command import demo
from attain.demo.files import INBOX

APP = typer.Typer()
APP.command()(demo)


def _run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(APP, list(arguments), env={"COLUMNS": "100"})
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    code, output = _run("--out", str(tmp_path_factory.mktemp("demo") / "new"), "--lang", "zh-Hans")
    assert code == 0
    return output


@pytest.mark.parametrize("words", ["人员", "客户代表", "最近12个月的事实", "目标", "边界情形"])
def test_it_shows(shown: str, words: str) -> None:
    assert words in shown


def test_it_says_how_long_each_step_took(shown: str) -> None:
    assert len(re.findall(r"✓ .* \d+\.\d s", shown)) >= 4


def test_it_speaks_english(tmp_path: Path) -> None:
    code, output = _run("--out", str(tmp_path), "--lang", "en")

    assert code == 0
    assert "Boundary cases, each proved on the files" in output
    assert re.search("[一-鿿]", output.replace(str(tmp_path), "")) is None


def test_it_writes_again_over_what_it_made(tmp_path: Path) -> None:
    _run("--out", str(tmp_path))

    code, _ = _run("--out", str(tmp_path))

    assert code == 0


def test_it_leaves_a_folder_with_other_things_alone(tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")

    code, output = _run("--out", str(tmp_path), "--lang", "en")

    assert code == 1
    assert "SAMPLE_FOLDER" in output
    assert list(tmp_path.iterdir()) == [mine]


def test_it_writes_parquet_with_exact_amounts(tmp_path: Path) -> None:
    code, _ = _run("--out", str(tmp_path), "--format", "parquet")

    assert code == 0
    assert not list((tmp_path / INBOX).glob("*.csv"))
    orders = duckdb.read_parquet(str(tmp_path / INBOX / "orders.parquet"))
    types = dict(zip(orders.columns, map(str, orders.types), strict=True))
    assert types["金额"] == "DECIMAL(18,2)"
    assert types["签单日期"] == "DATE"


def test_it_refuses_a_factor_below_one(tmp_path: Path) -> None:
    code, _ = _run("--out", str(tmp_path), "--factor", "0")

    assert code == 2
