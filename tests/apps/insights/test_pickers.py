"""The month and the unit of the top bar: kept while moving about, and never more than one sees.

上海一组 has 林知远 with 沈佳宁 and 周亦凡, 上海二组 has 唐越 with 何敏; both hang under 华东大区.
"""

from __future__ import annotations

from typing import Any

import pytest
from company import AT, login
from django.http import HttpRequest
from django.test import Client
from world import World

from attain.apps.people import focus
from attain.core.keys import key_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("runs_once")]

FIRST, SECOND, REGION = (key_for("units", code) for code in ("U-SH1", "U-SH2", "U-E"))
TODAY = AT.date()


@pytest.fixture
def published(world: World) -> World:
    world.published()
    return world


def choose(client: Client, what: str, value: str, to: str = "/statements/") -> Any:
    return client.post(f"/people/focus/{what}", {what: value, "next": to})


def text(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_month_chosen_on_one_page_is_the_month_of_the_others(
    client: Client, published: World
) -> None:
    login(client, "finance")

    choose(client, "month", "2026-08")

    for address in ("/", "/insights/", "/statements/"):
        assert "月份: 2026年8月" in text(client, address)


def test_the_address_says_more_than_the_choice(client: Client, published: World) -> None:
    login(client, "finance")
    choose(client, "month", "2026-08")

    shown = text(client, "/statements/2026-09/")

    assert "月份: 2026年9月" in shown
    assert "¥5,000.00" in shown


def test_a_statement_is_read_on_in_the_month_chosen(client: Client, published: World) -> None:
    login(client, "rep")
    here = f"/statements/2026-09/{published.key('rep')}/"

    answer = choose(client, "month", "2026-08", here.replace("2026-09", focus.MONTH))

    assert answer.url == here.replace("2026-09", "2026-08")


def test_the_newest_month_is_followed_again(client: Client, published: World) -> None:
    login(client, "finance")
    choose(client, "month", "2026-08")

    answer = client.post("/people/focus/month", {"month": "", "next": "/statements/"})

    assert answer.url == "/statements/"
    assert "月份: 2026年9月" in text(client, "/statements/")


def test_a_unit_narrows_the_list_of_statements(client: Client, published: World) -> None:
    login(client, "finance")
    assert "沈佳宁" in text(client, "/statements/2026-09/")

    choose(client, "unit", SECOND)
    shown = text(client, "/statements/2026-09/")

    assert "范围: 上海二组" in shown
    assert "沈佳宁" not in shown
    choose(client, "unit", REGION)
    assert "沈佳宁" in text(client, "/statements/2026-09/")


def test_a_unit_narrows_the_results_of_a_run(client: Client, published: World) -> None:
    login(client, "finance")
    address = f"/runs/{published.run().pk}"
    assert "沈佳宁" in text(client, address)

    choose(client, "unit", SECOND)
    assert "沈佳宁" not in text(client, address)
    choose(client, "unit", FIRST)
    assert "沈佳宁" in text(client, address)


def test_a_unit_narrows_attainment_and_the_file_of_it(client: Client, published: World) -> None:
    login(client, "hr")
    choose(client, "unit", FIRST)

    assert "周亦凡" in text(client, "/insights/?month=2026-09")
    choose(client, "unit", SECOND)
    assert "周亦凡" not in text(client, "/insights/?month=2026-09")


def test_only_units_somebody_sees_are_offered(world: World) -> None:
    own = {one.key for one in focus.offers(world.actor("manager"), TODAY)}
    everything = [(one.code, one.depth) for one in focus.offers(world.actor("hr"), TODAY)]

    assert own == {FIRST}
    assert everything == [
        ("U-HQ", 0), ("U-FI", 1), ("U-MS", 1), ("U-E", 2), ("U-SH1", 3), ("U-SH2", 3),
    ]  # fmt: skip


def test_a_unit_somebody_does_not_see_is_not_followed(client: Client, published: World) -> None:
    login(client, "manager")

    choose(client, "unit", SECOND)
    shown = text(client, "/statements/2026-09/")

    assert "上海二组" not in shown
    assert "沈佳宁" in shown


def test_a_choice_never_shows_more_than_one_sees(world: World) -> None:
    request = HttpRequest()
    request.session = {focus.SESSION: {"unit": SECOND}}  # type: ignore[assignment]

    assert focus.unit_of(request, world.actor("manager"), TODAY) == ""
    assert focus.unit_of(request, world.actor("hr"), TODAY) == SECOND
    assert set(focus.members(SECOND, TODAY).keys) == {
        world.key("outsider"), world.key("other_manager"),
    }  # fmt: skip


@pytest.mark.parametrize("month", ["2026-13", "x", "2026-Q1", "2026-9"])
def test_another_word_is_no_month(client: Client, world: World, month: str) -> None:
    login(client, "rep")

    assert choose(client, "month", month).status_code == 404
    assert client.get("/people/focus/months", {"year": month}).status_code == 404


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "x"])
def test_a_choice_leads_to_our_own_pages_alone(client: Client, world: World, to: str) -> None:
    login(client, "rep")

    assert choose(client, "month", "2026-08", to).url == "/"
    assert choose(client, "unit", "", to).url == "/"
