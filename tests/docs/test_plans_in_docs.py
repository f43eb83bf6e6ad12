"""Plans in the documentation are run: what a page says comes out is what comes out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attain.engine.examples import run_examples
from attain.engine.plans.api import expand, load_plan, resolve

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```yaml\n(plan: .*?)^```", re.DOTALL | re.MULTILINE)


def _plans() -> list[pytest.ParameterSet]:
    found = []
    for page in sorted(DOCS.rglob("*.md")):
        for number, text in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), start=1):
            found.append(pytest.param(text, id=f"{page.relative_to(DOCS)}-{number}"))
    return found


@pytest.mark.parametrize("text", _plans())
def test_a_plan_in_the_documentation_gives_what_the_page_says(text: str) -> None:
    plan = expand(load_plan(text))

    results = run_examples(plan, resolve(plan))

    assert results, "a plan in the documentation has examples"
    for result in results:
        assert not result.problems, result.problems
        assert not result.failures, result.failures
        assert result.checked > 0


def test_the_documentation_has_plans() -> None:
    assert len(_plans()) >= 6
