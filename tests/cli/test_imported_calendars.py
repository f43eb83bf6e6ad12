"""A period of a calendar that came as rows is explained as it was calculated.

The starter's li sold 100,000.00 in January 2026, which the calendar of shops calls M01.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Call

PLAN = """plan: shops
label: {zh-Hans: 门店, en: Shops}
period: month
calendar: retail
currency: CNY
subjects: {seller: people}
measures: {sales: {sum: amount, from: orders}}
"""
HEAD = "calendar,kind,label,from,until\n"
RUN = "runs/shops/retail_M01"


@pytest.fixture
def ran(call: Call, filled: Path) -> Path:
    (filled / "plans/shops.yaml").write_text(PLAN, encoding="utf-8")
    imported(call, filled, "retail,month,M01,2026-01-01,2026-02-01\n")
    assert call("run", "shops", "--period", "retail:M01").code == 0
    return filled


def imported(call: Call, workspace: Path, row: str) -> None:
    (workspace / "calendars.csv").write_text(HEAD + row, encoding="utf-8")
    said = call("import", "calendars.csv", "--dataset", "calendars", "--yes")
    assert said.code == 0, said.err


def test_a_number_of_a_period_of_an_imported_calendar_is_explained(call: Call, ran: Path) -> None:
    said = call("explain", RUN, "--subject", "li", "--component", "sales")

    assert said.code == 0
    assert "sales · M01 · li" in said.out
    assert "2026-01-01 to 2026-01-31" in said.out
    assert "together ¥100,000.00" in said.out


def test_a_run_keeps_to_the_periods_as_they_were(call: Call, ran: Path) -> None:
    imported(call, ran, "retail,month,M01,2026-01-01,2026-01-29\n")

    said = call("explain", RUN, "--subject", "li", "--component", "sales")

    assert "2026-01-01 to 2026-01-31" in said.out
