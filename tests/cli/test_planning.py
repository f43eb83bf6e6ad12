"""Plans are found among the files of a workspace and read once each."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain.cli import planning
from attain.cli.planning import Plans
from attain.cli.workspace import Workspace

WORKSPACE = "company: Demo\ntime_zone: Asia/Shanghai\ncurrency: CNY\n"
PLAN = "plan: {name}\nperiod: month\nsubjects: {{seller: people}}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "attain.yaml").write_text(WORKSPACE, encoding="utf-8")
    (tmp_path / "plans").mkdir()
    for file, name in (("a.yaml", "first"), ("b.yaml", "second"), ("c.yaml", "third")):
        (tmp_path / "plans" / file).write_text(PLAN.format(name=name), encoding="utf-8")
    return Workspace.find(tmp_path)


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    load = planning.load_plan

    def noted(text: str, file: str | None = None) -> object:
        found.append(Path(file or "").name)
        return load(text, file)

    monkeypatch.setattr(planning, "load_plan", noted)
    return found


@pytest.mark.parametrize("asked", ["b", "b.yaml"])
def test_a_plan_called_by_its_file_is_read_alone_and_once(
    workspace: Workspace, read_files: list[str], asked: str
) -> None:
    plans = Plans(workspace)

    assert plans.read(plans.path(asked)).name == "second"
    assert read_files == ["b.yaml"]


def test_a_plan_called_by_its_name_is_not_read_again(
    workspace: Workspace, read_files: list[str]
) -> None:
    plans = Plans(workspace)

    assert plans.read(plans.path("second")).name == "second"
    assert read_files == ["a.yaml", "b.yaml"]
