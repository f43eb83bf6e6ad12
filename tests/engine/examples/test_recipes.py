"""The recipes of the documentation: every block is a whole plan, and does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attain.core.errors import Severity
from attain.engine.api import duckdb_runner
from attain.engine.examples import test_plan
from attain.engine.plans.api import examine, expand, load_plan
from attain.engine.reference import run_plan

DOCS = Path(__file__).parents[3] / "docs"
BLOCK = re.compile(r"^```yaml\n(plan: .*?)^```", re.DOTALL | re.MULTILINE)


def recipes(page: Path) -> dict[str, str]:
    """The plans of a page, by their names."""
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    return {text.partition("\n")[0].removeprefix("plan: "): text for text in blocks}


PAGES = [page for page in sorted(DOCS.rglob("*.md")) if recipes(page)]
WITH_RECORDS = "```yaml\nrecord: "
"""A plan on a page with record types reads their datasets: `tests/cli/test_records.py` runs it."""

RECIPES = {
    f"{page.stem}/{name}": text
    for page in PAGES
    if not page.name.endswith(".zh-CN.md") and WITH_RECORDS not in page.read_text(encoding="utf-8")
    for name, text in recipes(page).items()
}


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("runner", [run_plan, duckdb_runner], ids=["reference", "duckdb"])
def test_a_recipe_comes_to_the_numbers_beside_it(recipe: str, runner: object) -> None:
    found = test_plan(RECIPES[recipe], file=recipe, runner=runner)  # type: ignore[arg-type]

    assert found, "a recipe has an example"
    assert all(one.checked for one in found)
    assert [one.failures for one in found] == [()] * len(found)
    assert [one.problems for one in found] == [()] * len(found)


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_gives_the_linter_nothing_to_warn_of(recipe: str) -> None:
    found = examine(expand(load_plan(RECIPES[recipe], recipe)))

    # The company's own calendar comes with the example, as data.
    told = [one for one in found.problems if one.code != "CALENDAR_UNKNOWN"]
    assert [one for one in told if one.severity is not Severity.note] == []


IN_CHINESE = [page for page in PAGES if page.name.endswith(".zh-CN.md")]


@pytest.mark.parametrize("page", IN_CHINESE, ids=lambda page: page.stem)
def test_both_languages_have_the_same_recipes(page: Path) -> None:
    english = page.with_name(page.name.replace(".zh-CN", ""))

    assert recipes(page) == recipes(english)
