"""The bank's workbook has the rows, sums and faults of the picture."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from attain.demo.making import SEED, Made
from attain.demo.rows import CustomerOwner
from attain.demo.workbook import SAID, SHEET, WORKBOOK, lines, write_workbook

WRONG = (17, 58, 112, 203, 311)
TWICE = (145, 146)


@pytest.fixture(scope="module")
def rows(made: Made, tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[Any]]:
    """The cells of each line, as a spreadsheet numbers them."""
    path: Path = tmp_path_factory.mktemp("bank") / WORKBOOK
    write_workbook(path, made.company, SEED)
    found = CalamineWorkbook.from_path(path).get_sheet_by_name(SHEET).to_python()
    return dict(enumerate(found, 1))


def _amount(cell: Any) -> Decimal:
    text = cell.replace("O", "0").replace(",", "") if isinstance(cell, str) else repr(cell)
    return Decimal(text).quantize(Decimal("0.01"))


def test_it_has_486_rows(rows: dict[int, list[Any]]) -> None:
    assert len(rows) - 1 == 486


def test_its_sums_are_those_of_the_picture(rows: dict[int, list[Any]]) -> None:
    """7,391,204.15 + 68,312.20 + 23,400.00 = 7,482,916.35"""
    amounts = {line: _amount(row[4]) for line, row in rows.items() if line > 1}

    wrong = sum(amounts[line] for line in WRONG)
    twice = sum(amounts[line] for line in TWICE)
    assert (wrong, twice) == (Decimal("68312.20"), Decimal("23400.00"))
    assert sum(amounts.values()) == Decimal("7482916.35")
    assert sum(amounts.values()) - wrong - twice == Decimal("7391204.15")


@pytest.mark.parametrize(
    ("line", "column", "cell"),
    [(17, 3, "KH-0O82"), (58, 0, "2026/13/05"), (112, 4, "12,8OO.00"), (203, 7, "何思琪")],
)
def test_a_fault_stands_where_the_picture_has_it(
    rows: dict[int, list[Any]], line: int, column: int, cell: str
) -> None:
    assert rows[line][column] == cell


@pytest.mark.parametrize(("first", "again"), [(92, 145), (93, 146)])
def test_a_repeated_line_says_the_same(rows: dict[int, list[Any]], first: int, again: int) -> None:
    assert rows[again] == rows[first]


def test_no_other_number_stands_twice(rows: dict[int, list[Any]]) -> None:
    numbers = [row[1] for line, row in rows.items() if line not in TWICE]

    assert len(set(numbers)) == len(numbers)


def test_every_right_line_is_of_a_customer_and_who_has_it_now(made: Made) -> None:
    owners = {
        (one.customer, one.person)
        for one in made.company.of(CustomerOwner)
        if one.effective_until is None
    }
    drawn = [line for place, line in lines(made.company, SEED).items() if place not in SAID]

    assert [line for line in drawn if (line.customer, line.seller) not in owners] == []
