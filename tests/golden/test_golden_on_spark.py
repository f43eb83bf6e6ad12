"""The golden cases on Spark: the authored numbers, and the digests of the other two engines.

One session of Spark serves all of them; a case asks it for all relations at once. Every rule of
the language stands there each time; of the forms, which are made of these, and of the published
cases every thirty-second, because each takes two seconds there. `ATTAIN_SPARK_SHARE=1` takes them
all, as `make campaign` does.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from golden_cases import on_spark, results, told
from trials.duck import Duck

from attain.core.digests import digest_rows
from attain.core.schemas import why_column
from attain.core.units import TEXT, Type
from attain.engine.api import spark_runner
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.reference import Inputs, run_plan
from attain.engine.standard import STANDARD

SHARE = int(os.environ.get("ATTAIN_SPARK_SHARE", "32"))

Relations = Mapping[str, Sequence[Mapping[str, Any]]]

pytestmark = [pytest.mark.xdist_group("spark"), pytest.mark.usefixtures("spark")]


@pytest.fixture(scope="module")
def duck() -> Duck:
    return Duck()


def digests(plan: ResolvedPlan, found: Relations) -> dict[str, str]:
    """The digest of every relation: its keys, its columns, and why a value is missing."""
    return {
        name: digest_rows(_values(columns, found[name]), list(columns.items()), list(columns))
        for name, columns in _columns(plan).items()
    }


def _columns(plan: ResolvedPlan) -> dict[str, dict[str, Type]]:
    columns: dict[str, dict[str, Type]] = {
        name: {column.name: column.type for column in schema.columns}
        for name, schema in STANDARD.items()
    }
    for name, relation in plan.relations.items():
        columns[name] = {part.name: part.type for part in relation.key}
        for column in relation.columns.values():
            # What is looked up beside the rows may be wider than what is told of them.
            columns[name][column.name] = column.type
            if column.type.may_be_missing:
                columns[name][why_column(column.name)] = TEXT
    return columns


def _values(columns: Mapping[str, Type], rows: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    return [[row.get(name) for name in columns] for row in rows]


@pytest.mark.parametrize("case", on_spark(SHARE), ids=lambda case: case.stem)
def test_spark_comes_to_the_authored_numbers_and_the_same_digests(case: Path, duck: Duck) -> None:
    def on_all(plan: ResolvedPlan, inputs: Inputs) -> Relations:
        found = spark_runner(plan, inputs)
        mine = digests(plan, found)
        assert mine == digests(plan, duck.run(plan, inputs))
        assert mine == digests(plan, run_plan(plan, inputs))
        return found

    [found] = results(case, on_all)

    assert not told(found)
