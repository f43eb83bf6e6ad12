"""Plans of whole workspaces on Spark: their data imported from files, digests as on DuckDB.

What is typed is what a README tells a newcomer to type. The rows are few, so that one session of
Spark in this process takes seconds; `--engine spark` is said as on a cluster.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attain.cli.app import app
from attain.cli.language import language, use_language
from attain.engine.backends.spark.starting import SMALL

COMPANY = Path(__file__).resolve().parents[3] / "examples" / "company"

pytestmark = [pytest.mark.xdist_group("spark"), pytest.mark.usefixtures("spark")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place to type in, with a Spark of this machine for a handful of rows."""
    settings = {**SMALL, "spark.master": "local[1]"}
    told = "".join(f"{name} {value}\n" for name, value in settings.items())
    (tmp_path / "spark-defaults.conf").write_text(told)
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path))
    monkeypatch.setenv("ATTAIN_TRACE", "1")
    monkeypatch.chdir(tmp_path)
    before = language()
    yield tmp_path
    use_language(before)


def test_a_plan_of_the_gallery(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed("packs install marginal-commission here")
    monkeypatch.chdir(folder / "here")
    typed("import", *files("data"), "--yes")

    assert_same_on_spark("marginal-per-deal", "2026-03")


def test_the_collection_commission_of_the_sample_company(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(COMPANY, folder / "company")
    monkeypatch.chdir(folder / "company")
    typed("import", *files("inbox"), "--yes")

    assert_same_on_spark("collection-commission", "2026-09")


def assert_same_on_spark(plan: str, period: str) -> None:
    """Every relation of a run has the digest that DuckDB gives it."""
    typed(f"run {plan} --period {period} --out on_duckdb")
    typed(f"run {plan} --period {period} --out on_spark --engine spark")

    expected, found = digests("on_duckdb"), digests("on_spark")

    assert found == expected
    assert {"outcomes", "lines"} <= expected.keys()


def digests(run: str) -> dict[str, str]:
    manifest = json.loads((Path(run) / "manifest.json").read_text(encoding="utf-8"))
    return {one["name"]: one["digest"] for one in manifest["relations"]}


def files(folder: str) -> list[str]:
    return sorted(str(path) for path in Path(folder).iterdir() if path.is_file())


def typed(line: str, *more: str) -> None:
    result = CliRunner().invoke(app, [*line.split(), *more, "--lang", "en"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
