"""Every code of a plan's error has the smallest plan that provokes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from attain.core.errors import Problem, Severity, catalogue, render
from attain.engine.errors import names, rows, tables, texts

CASES = sorted((Path(__file__).parent / "refused").glob("*.yaml"))
OF_RUNS = {"PLAN_VERSION_CHANGE", "PLAN_VALUE_CHANGE", "PLAN_TOO_MANY", "LOOKUP_KEY_TWICE"}
"""Codes that need a period or very long plans; they have tests of their own."""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_smallest_plan_that_is_refused_for_it(
    path: Path, problems: Callable[[str], tuple[Problem, ...]]
) -> None:
    found = problems(path.read_text(encoding="utf-8"))

    errors = [one for one in found if one.severity is Severity.error]
    assert path.stem in {one.code for one in errors}
    for one in errors:
        assert one.where is not None
        assert one.where.file == "plan.yaml"
        assert one.where.line is not None
        for language in ("zh-Hans", "en"):
            assert render(one, language).remedy


def test_every_code_has_such_a_plan() -> None:
    known = {kind.code: kind.severity for kind in catalogue()}
    ours = {
        value
        for module in (names, rows, tables, texts)
        for value in vars(module).values()
        if isinstance(value, str) and value in known and known[value] is Severity.error
    }

    assert ours - OF_RUNS <= {path.stem for path in CASES}
