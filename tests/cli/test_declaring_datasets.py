"""What the page about datasets declares is what a workspace takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attain.cli.workspace import Workspace

DOCS = Path(__file__).parents[2] / "docs"
DATASET = re.compile(r"^```yaml\n(dataset: .*?)^```", re.DOTALL | re.MULTILINE)
DECLARED = DATASET.findall((DOCS / "how-to/declare-datasets.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", DECLARED, ids=lambda text: text.partition("\n")[0])
def test_a_declared_dataset_is_one_that_the_workspace_takes(text: str, tmp_path: Path) -> None:
    (tmp_path / "attain.yaml").write_text("company: 示例\ncurrency: CNY\n", encoding="utf-8")
    (tmp_path / "datasets").mkdir()
    name = text.partition("\n")[0].removeprefix("dataset: ")
    (tmp_path / "datasets" / f"{name}.yaml").write_text(text, encoding="utf-8")

    assert name in Workspace(tmp_path).schemas
