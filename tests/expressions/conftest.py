"""What tests of expressions share: a row of columns, a checker's verdict, a value."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import duckdb
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from expression_row import COLUMNS, Row, stored_value

from attain.core.errors import Severity
from attain.core.units import Type
from attain.expressions.check import Checked, check
from attain.expressions.evaluate import Result, evaluate
from attain.expressions.sql import macros

Formula = Callable[..., Result]


@pytest.fixture
def checked() -> Callable[[str], Checked]:
    """Checks a formula over the sample row's columns."""
    return lambda text, expected=None: check(text, Row(), expected)


@pytest.fixture
def codes() -> Callable[..., list[str]]:
    """The codes of the errors in a formula; notes are left out."""

    def found(text: str, expected: Type | None = None) -> list[str]:
        problems = check(text, Row(), expected).problems
        return [one.code for one in problems if one.severity is Severity.error]

    return found


@pytest.fixture
def value() -> Formula:
    """The exact value of a formula, with some columns of the row given by name."""

    def computed(text: str, given: Mapping[str, object] | None = None) -> Result:
        row = {name: stored_value(name, one) for name, one in (given or {}).items()}
        node = check(text, Row()).required()
        return evaluate(node, lambda reference: row[reference.column])

    return computed


@pytest.fixture(scope="session")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB in memory with the macros, and a table of rows full of edge cases."""
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    for statement in macros("duckdb"):
        connection.execute(statement)
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def columns() -> Mapping[str, Type]:
    return COLUMNS
