"""Every boundary case is in the files, and its loss is noticed."""

from __future__ import annotations

import pytest
from duckdb import DuckDBPyConnection

from attain.core.errors import render
from attain.demo.boundaries import Boundary, boundaries, failures, prove
from attain.demo.making import Made
from attain.demo.story import Story


@pytest.mark.parametrize("case", boundaries(), ids=lambda case: case.id)
def test_the_case_is_there(case: Boundary, database: DuckDBPyConnection, story: Story) -> None:
    (proof,) = [one for one in prove(database, story) if one.boundary is case]

    assert proof.found == case.expect


def test_a_lost_case_is_told_with_what_was_found(
    database: DuckDBPyConnection, story: Story
) -> None:
    database.execute("UPDATE orders SET amount = amount + 0.01 WHERE order_no = 'SO-260818-021'")
    database.execute("UPDATE collections SET entered_on = received_on")

    lost = [fault.values["case"] for fault in failures(prove(database, story))]

    assert lost == ["late_receipts", "late_receipt_of_july"]


def test_a_lost_case_is_told_in_both_languages(database: DuckDBPyConnection, story: Story) -> None:
    database.execute("DELETE FROM rates")
    database.execute("DELETE FROM surveys WHERE person = 'E-1022'")

    (fault,) = failures(prove(database, story))

    assert "90 80 70" in render(fault, "en").message
    assert "边界情形" in render(fault, "zh-Hans").message


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_tells_every_case(made: Made, readme: str) -> None:
    text = (made.folder / readme).read_text("utf-8")

    assert [case.id for case in boundaries() if f"`{case.id}`" not in text] == []
