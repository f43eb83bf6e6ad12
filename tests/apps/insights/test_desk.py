"""The desk and the list of attainment: where everybody stands, and no colleague's pay."""

from __future__ import annotations

from decimal import Decimal

import pytest
from company import login
from django.test import Client
from world import World

from attain.apps.insights.desks import average, desk_of
from attain.apps.insights.standings import boards
from attain.apps.runs.models import Run
from attain.core.periods import parse_period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("runs_once")]

SEPTEMBER = parse_period("2026-09")
ALL = ("rep", "peer", "outsider", "manager", "other_manager", "hr", "finance", "planner",
       "auditor", "sysadmin")  # fmt: skip


@pytest.fixture
def published(world: World) -> World:
    world.published()
    return world


@pytest.mark.parametrize("who", ALL)
def test_everybody_lands_on_a_desk(client: Client, published: World, who: str) -> None:
    login(client, who)

    assert client.get("/").status_code == 200


def test_a_desk_stands_before_anything_was_calculated(client: Client, world: World) -> None:
    login(client, "rep")

    assert "还没有核算结果" in client.get("/").content.decode()


def test_a_representative_sees_their_own_attainment_and_pay(
    client: Client, published: World
) -> None:
    login(client, "rep")

    text = client.get("/").content.decode()

    assert "100.0%" in text
    assert "¥5,000.00" in text
    assert "周亦凡" not in text


def test_a_manager_sees_the_attainment_of_their_people_without_pay(
    client: Client, published: World
) -> None:
    login(client, "manager")

    text = client.get("/").content.decode()

    assert "周亦凡" in text
    assert "沈佳宁" not in text, "who has reached the target needs no looking after"
    assert "99.9%" in text
    assert "何敏" not in text
    assert "5,000.00" not in text


def test_who_runs_the_machine_sees_nobody_s_results(client: Client, published: World) -> None:
    login(client, "sysadmin")

    text = client.get("/").content.decode()

    assert "沈佳宁" not in text
    assert client.get("/insights/").status_code in (403, 404)


def test_a_board_holds_whom_the_reader_may_see(published: World) -> None:
    def seen(who: str) -> set[str]:
        (board,) = boards(published.actor(who), SEPTEMBER)
        return {one.name.code for one in board.standings}

    assert seen("manager") == {"E-1001", "E-1002"}
    assert seen("rep") == {"E-1001"}
    assert seen("finance") == {"E-1001", "E-1002"}  # E-1003 has no target: withheld
    assert boards(published.actor("sysadmin"), SEPTEMBER) == []


def test_places_are_not_told_of_small_groups(published: World) -> None:
    (board,) = boards(published.actor("manager"), SEPTEMBER)

    assert board.size == 2
    assert not board.tells_places


def test_together_is_actual_over_target_not_the_mean_of_ratios(published: World) -> None:
    (board,) = boards(published.actor("manager"), SEPTEMBER)

    # (100,000.00 + 99,999.99) / (100,000 + 100,000) = 199,999.99 / 200,000
    assert average(board) == Decimal("0.99999995")


def test_an_estimate_on_the_desk_is_labelled(client: Client, world: World) -> None:
    world.run(kind=Run.PROVISIONAL)
    login(client, "rep")

    assert desk_of(world.actor("rep"), SEPTEMBER).is_estimate
    assert "预估" in client.get("/?month=2026-09").content.decode()


def test_the_list_exports_what_it_shows(client: Client, published: World) -> None:
    login(client, "manager")

    answer = client.get("/insights/?month=2026-09&export=csv")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "沈佳宁" in text
    assert "何敏" not in text


@pytest.mark.parametrize("query", ["month=2026-13", "month=x", "board=nothing.here"])
def test_addresses_that_name_nothing_lead_nowhere(
    client: Client, published: World, query: str
) -> None:
    login(client, "manager")

    assert client.get(f"/insights/?{query}").status_code == 404
