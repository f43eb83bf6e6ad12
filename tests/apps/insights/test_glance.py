"""A board at a glance: the last periods as a heat map, both ends of the ranking, and together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from company import AT, login
from django.test import Client
from world import HEAD, World

from attain.apps.data import services as data
from attain.apps.insights.glance import PEOPLE, UNITS, heat_map, ranking
from attain.apps.insights.standings import Board, boards
from attain.apps.insights.trends import falling, together, trends
from attain.core.periods import parse_period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("runs_once")]

SEPTEMBER = parse_period("2026-09")
AUGUST = HEAD + "P1,2026-08-03,E-1001,悦邻,80000.00\nP2,2026-08-09,E-1002,满格,50000.00\n"
TARGETS = "对象,指标,期间,目标值\nE-1001,sales,2026-08,100000\nE-1002,sales,2026-08,300000\n"


@pytest.fixture
def two_months(world: World) -> World:
    """80,000 of 100,000 and 50,000 of 300,000; in September 100,000 and 99,999.99 of 100,000."""
    path = world.folder / "august.csv"
    path.write_text(AUGUST, encoding="utf-8")
    covers = ((date(2026, 8, 1), date(2026, 9, 1)),)
    data.import_file(path, "orders", actor=world.actor("finance"), at=AT, covers=covers)
    world.bring("targets", TARGETS)
    world.published(world.run(period="2026-08"))
    world.published()
    return world


def _board(world: World, who: str) -> Board:
    (board,) = boards(world.actor(who), SEPTEMBER)
    return board


@pytest.mark.parametrize(
    ("trend", "times"),
    [
        ((), 0),
        (("1",), 0),
        (("0.9", "0.8", "0.7"), 2),
        (("0.7", "0.9", "0.8", "0.7"), 2),
        (("0.9", None, "0.7"), 0),
        (("0.8", "0.8"), 0),
        (("0.9", "0.8", None), 0),
    ],
)
def test_falling_counts_back_from_the_newest_without_a_gap(
    trend: tuple[str | None, ...], times: int
) -> None:
    assert falling(tuple(None if one is None else Decimal(one) for one in trend)) == times


def test_a_trend_ends_with_the_board_s_own_period(two_months: World) -> None:
    board = _board(two_months, "finance")
    rep = two_months.key("rep")

    *before, august, september = trends(board, [rep])[rep]

    assert before == [None] * 4
    assert august == Decimal("0.8")
    assert september == 1


def test_people_together_are_actual_over_target_in_every_period(two_months: World) -> None:
    board = _board(two_months, "finance")
    groups = dict.fromkeys((two_months.key("rep"), two_months.key("peer")), "both")

    found = together(board, groups)["both"]

    # August (80,000 + 50,000) / (100,000 + 300,000); the mean of 80 % and 16.7 % would be 48.3 %.
    # September (100,000 + 99,999.99) / 200,000
    assert found == (None, None, None, None, Decimal("0.325"), Decimal("0.99999995"))


def test_who_counts_in_no_group_counts_nowhere(two_months: World) -> None:
    board = _board(two_months, "finance")

    found = together(board, {two_months.key("rep"): "alone"})

    assert found == {"alone": (None, None, None, None, Decimal("0.8"), Decimal(1))}


def test_a_heat_map_holds_only_whom_the_reader_may_see(two_months: World) -> None:
    def names(who: str) -> set[str]:
        found = heat_map(_board(two_months, who), PEOPLE, opens=True)
        return {line.name for group in found.groups for line in group.lines}

    assert names("rep") == {"沈佳宁"}
    assert names("manager") == {"沈佳宁", "周亦凡"}


def test_units_stand_for_their_people(two_months: World) -> None:
    found = heat_map(_board(two_months, "finance"), UNITS, opens=False)

    ((line,),) = (group.lines for group in found.groups)
    assert line.trend[-2:] == (Decimal("0.325"), Decimal("0.99999995"))


def test_a_ranking_tells_how_many_have_reached_their_target(two_months: World) -> None:
    found = ranking(_board(two_months, "finance"), opens=True)

    # 99.999990 % is not reached, however it is rounded for reading.
    assert "1" in found.title
    assert "2" in found.title
    assert [row.name for row in found.rows] == ["沈佳宁", "周亦凡"]
    assert not found.has_places


def test_a_ranking_of_nobody_says_so(two_months: World) -> None:
    """Nobody has reached anything where nothing is known: that is no news about anybody."""
    board = _board(two_months, "finance")
    nothing = tuple(replace(one, ratio=None, actual=None) for one in board.measures)

    found = ranking(replace(board, measures=nothing), opens=True)

    assert found.rows == ()
    assert "0" not in found.title


def test_who_is_known_stands_in_a_ranking_once(two_months: World) -> None:
    """Of many people with results for two only, the two are not shown at both ends."""
    board = _board(two_months, "finance")
    unknown = replace(board.measures[0], ratio=None, actual=None)

    found = ranking(replace(board, measures=(*board.measures, *[unknown] * 20)), opens=True)

    assert [row.name for row in found.rows] == ["沈佳宁", "周亦凡"]


def test_the_page_can_be_laid_out_both_ways_and_no_other(client: Client, two_months: World) -> None:
    login(client, "manager")

    assert "按部门" in client.get("/insights/?month=2026-09").content.decode()
    assert client.get("/insights/?month=2026-09&by=units").status_code == 200
    assert client.get("/insights/?month=2026-09&by=colour").status_code == 404


def test_a_manager_s_desk_shows_how_their_people_stand_together(
    client: Client, two_months: World
) -> None:
    login(client, "manager")

    text = client.get("/").content.decode()

    assert "2人中1人达成" in text
    assert 'data-chart="line"' in text
