"""What calculates has no binary float and asks no clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

EXACT = ("core", "expressions", "engine", "lake", "kinds")
CLOCKS = {
    "datetime": {"now", "utcnow", "today", "fromtimestamp"},
    "date": {"today", "fromtimestamp"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime"},
}


def _modules(root: Path, packages: tuple[str, ...]) -> Iterator[tuple[Path, ast.Module]]:
    for package in packages:
        for path in sorted((root / "src/attain" / package).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _refusals(tree: ast.Module) -> set[int]:
    """Names that stand in a type test or an annotation: naming float in order to refuse it."""
    allowed: set[int] = set()
    for node in ast.walk(tree):
        asked: list[ast.AST | None] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in {"isinstance", "issubclass"}:
                asked = [node.args[1]]
        elif isinstance(node, ast.arg | ast.AnnAssign):
            asked = [node.annotation]
        allowed |= {id(inner) for each in asked if each for inner in ast.walk(each)}
    return allowed


def floats(tree: ast.Module) -> list[int]:
    """Lines on which a float is written down or made."""
    allowed = _refusals(tree)
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float" and id(node) not in allowed)
    ]


def clocks(tree: ast.Module) -> list[int]:
    """Lines on which the machine is asked what time it is."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and node.attr
        in CLOCKS.get(node.value.id if isinstance(node.value, ast.Name) else node.value.attr, set())
    ]


@pytest.mark.parametrize("package", EXACT)
def test_no_float_touches_a_rule_or_an_amount(root: Path, package: str) -> None:
    found = [
        f"{path.relative_to(root)}:{line}"
        for path, tree in _modules(root, (package,))
        for line in floats(tree)
    ]

    assert found == []


@pytest.mark.parametrize("package", EXACT)
def test_time_is_passed_in(root: Path, package: str) -> None:
    found = [
        f"{path.relative_to(root)}:{line}"
        for path, tree in _modules(root, (package,))
        for line in clocks(tree)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("x = 1.5", [1]),
        ("y = 2\nx = float(y)", [2]),
        ("def f(x): return [float][0](x)", [1]),
        ("def f(x):\n    if isinstance(x, float):\n        raise TypeError", []),
        ("def f(x: int | float) -> None: ...", []),
        ("x = 15", []),
    ],
)
def test_the_search_for_floats_finds_them(code: str, lines: list[int]) -> None:
    assert floats(ast.parse(code)) == lines


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("import datetime\nx = datetime.datetime.now()", [2]),
        ("from datetime import date\nx = date.today()", [2]),
        ("import time\nx = time.time()", [2]),
        ("import time\nx = time.perf_counter()", []),
        ("x = today.date", []),
    ],
)
def test_the_search_for_clocks_finds_them(code: str, lines: list[int]) -> None:
    assert clocks(ast.parse(code)) == lines
