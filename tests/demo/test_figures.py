"""The figures of the pictures are in the files: targets, attainment, totals, one statement."""

from __future__ import annotations

from decimal import Decimal

import pytest
from duckdb import DuckDBPyConnection

from attain.demo.story import Story

EAST = [f"E-10{place:02d}" for place in range(1, 25)]

# Read off the picture of the targets of 2026, in units of 10,000 yuan. Row by row: a person's
# year, then January to December.
TARGETS = {
    "E-1001": ("912.0", "95 53 68.5 70 76 80 72 74.5 76 77.5 85 84.5"),
    "E-1003": ("864.0", "90 50.5 65 66 72 75.5 68.5 70.5 72 73.5 80.5 80"),
    "E-1004": ("1080.5", "112.5 63 81 83 90 94.5 85.5 88 90 92 101 100"),
    "E-1005": ("815.5", "85 47.5 61 62.5 68 71.5 64.5 66.5 68 69.5 76 75.5"),
    "E-1006": ("936.0", "97.5 54.5 70 72 78 82 74 76.5 78 79.5 87.5 86.5"),
}
# The whole region by month, and the teams in the third quarter.
REGION = {"2026-07": "1765.0", "2026-08": "1820.5", "2026-09": "1792.0", "2026-10": "1895.5"}
TEAM_OF_THE_QUARTER = {"U-E1": "1371.0"}

# January to September 2026 in yuan, from the list of the first and the last five.
COLLECTED = {
    "E-1013": 9_641_583,
    "E-1007": 8_468_271,
    "E-1019": 8_165_974,
    "E-1008": 7_195_203,
    "E-1001": 7_130_504,
    "E-1011": 6_008_010,
    "E-1012": 5_515_166,
    "E-1006": 6_062_302,
    "E-1024": 4_713_407,
    "E-1003": 5_096_475,
}


def _target(database: DuckDBPyConnection, person: str, month: str) -> Decimal | None:
    found = database.execute("SELECT target_of(?, 'collections', [?])", [person, month]).fetchall()
    value: Decimal | None = found[0][0]
    return value


@pytest.mark.parametrize("person", TARGETS)
def test_targets_are_those_of_the_picture(database: DuckDBPyConnection, person: str) -> None:
    year, months = TARGETS[person]

    found = [_target(database, person, f"2026-{number:02d}") for number in range(1, 13)]

    assert found == [Decimal(month) * 10_000 for month in months.split()]
    assert sum(Decimal(month) for month in months.split()) == Decimal(year)


@pytest.mark.parametrize("month", REGION)
def test_the_targets_of_the_region_add_up(database: DuckDBPyConnection, month: str) -> None:
    found = [_target(database, person, month) for person in EAST]

    assert sum(target for target in found if target is not None) == Decimal(REGION[month]) * 10_000


def test_the_target_of_a_team_is_that_of_its_people(database: DuckDBPyConnection) -> None:
    found = database.execute(
        "SELECT subject, value FROM targets WHERE period = '2026-Q3' AND subject = 'U-E1' "
        "AND indicator = 'collections'"
    ).fetchall()

    assert {unit: value / 10_000 for unit, value in found} == {
        unit: Decimal(value) for unit, value in TEAM_OF_THE_QUARTER.items()
    }


def _shown(ratio: Decimal) -> Decimal:
    """As pages show it: whole percent half up, with a decimal where that would cross an edge."""
    percent = ratio * 100
    whole = percent.quantize(Decimal(1), "ROUND_HALF_UP")
    crosses = any(percent < edge <= whole for edge in (80, 90, 100, 110))
    return percent.quantize(Decimal("0.1"), "ROUND_DOWN") if crosses else whole


@pytest.mark.parametrize("person", EAST)
def test_attainment_is_shown_as_in_the_picture(
    database: DuckDBPyConnection, story: Story, person: str
) -> None:
    told = story.collections.people[person]

    for number, expected in enumerate(told.attained, 1):
        month = f"2026-{number:02d}"
        target = _target(database, person, month)
        if expected is not None and target is not None:
            credited = database.execute("SELECT credited_in(?, [?])", [person, month]).fetchall()
            assert _shown(credited[0][0] / target) == expected, month


@pytest.mark.parametrize("person", COLLECTED)
def test_nine_months_come_to_the_yuan_of_the_picture(
    database: DuckDBPyConnection, person: str
) -> None:
    months = [f"2026-{number:02d}" for number in range(1, 10)]

    (credited,) = database.execute("SELECT credited_in(?, ?)", [person, months]).fetchall()[0]

    assert credited.quantize(Decimal(1), "ROUND_HALF_UP") == COLLECTED[person]


def test_the_statement_of_september_has_its_receipts(database: DuckDBPyConnection) -> None:
    """186,400.00 + 97,350.00 + 126,000.00 + 143,868.00 + 88,212.40 + 64,927.20 = 706,757.60, and
    17 more come to 155,660.00: together 862,417.60."""
    rows = database.execute(
        """SELECT c.amount * coalesce(s.share, 1) FROM collections AS c
           LEFT JOIN order_splits AS s ON s.order_no = c.order_no AND s.person = 'E-1001'
           WHERE c.seller = 'E-1001' AND strftime(received_on, '%Y-%m') = '2026-09'
           ORDER BY 1 DESC"""
    ).fetchall()

    credited = [row[0] for row in rows]
    assert credited[:6] == [
        Decimal(amount)
        for amount in ("186400", "143868", "126000", "97350", "88212.40", "64927.20")
    ]
    assert len(credited[6:]) == 17
    assert sum(credited[6:]) == 155_660


def test_before_the_late_receipt_september_was_834_267_60(database: DuckDBPyConnection) -> None:
    found = database.execute(
        """SELECT sum(c.amount * coalesce(s.share, 1)) FROM collections AS c
           LEFT JOIN order_splits AS s ON s.order_no = c.order_no AND s.person = 'E-1001'
           WHERE c.seller = 'E-1001' AND strftime(received_on, '%Y-%m') = '2026-09'
             AND entered_on <= '2026-10-12'"""
    ).fetchall()

    assert found[0][0] == Decimal("834267.60")


def test_returns_of_the_quarter_are_1_46_percent(database: DuckDBPyConnection) -> None:
    """37,527.00 of 2,570,300.00 are 1.46002 %, and 1.50 / 1.46002 is 102.7 %."""
    signed, returned = database.execute(
        """SELECT signed_in('E-1001', q3()),
             (SELECT sum(amount) FROM returned
              WHERE person = 'E-1001' AND list_contains(q3(), month))
        """
    ).fetchall()[0]

    assert (signed, returned) == (Decimal("2570300.00"), Decimal("37527.00"))


def test_the_split_of_november_targets_goes_by_last_years_shares(
    database: DuckDBPyConnection,
) -> None:
    """24.4, 17.9, 24.1, 15.8 and 17.8 percent of 3,468,500.00, which together are 100."""
    people = ["E-1002", "E-1003", "E-1004", "E-1005", "E-1006"]
    found = [
        database.execute("SELECT credited_in(?, ['2025-11'])", [person]).fetchall()[0][0]
        for person in people
    ]

    shares = [(100 * one / sum(found)).quantize(Decimal("0.1")) for one in found]
    assert shares == [Decimal(share) for share in ("24.4", "17.9", "24.1", "15.8", "17.8")]
