"""Plans in the documentation are run: what a page says comes out is what comes out."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from attain.core.schemas import DatasetSchema, load_dataset_schema
from attain.core.systems import SYSTEM_DATASETS
from attain.engine.examples import test_plan as check_plan
from attain.kinds.records import assemble, facts, load_record_type

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```yaml\n(plan: .*?)^```", re.DOTALL | re.MULTILINE)
RECORDS = re.compile(r"^```yaml\n(record: .*?)^```", re.DOTALL | re.MULTILINE)
STARTER = load_dataset_schema((files("attain.cli.starter") / "orders.yaml").read_text("utf-8"))
"""The dataset that `attain init` brings; pages that begin with it need not repeat it."""


def _plans() -> list[pytest.ParameterSet]:
    found = []
    for page in sorted(DOCS.rglob("*.md")):
        said = page.read_text(encoding="utf-8")
        schemas = _schemas(said)
        for number, text in enumerate(BLOCK.findall(said), start=1):
            found.append(pytest.param(text, schemas, id=f"{page.relative_to(DOCS)}-{number}"))
    return found


def _schemas(page: str) -> dict[str, DatasetSchema] | None:
    """The datasets of a page that declares records; plans on other pages stand alone."""
    records = RECORDS.findall(page)
    if not records:
        return None
    book = assemble(load_record_type(text) for text in records)
    return {**SYSTEM_DATASETS, STARTER.dataset: STARTER, **facts.schemas(book)}


@pytest.mark.parametrize(("text", "schemas"), _plans())
def test_a_plan_in_the_documentation_gives_what_the_page_says(
    text: str, schemas: dict[str, DatasetSchema] | None
) -> None:
    results = check_plan(text, schemas=schemas)

    assert results, "a plan in the documentation has examples"
    for result in results:
        assert not result.problems, result.problems
        assert not result.failures, result.failures
        assert result.checked > 0


def test_the_documentation_has_plans() -> None:
    assert len(_plans()) >= 6
