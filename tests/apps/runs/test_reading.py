"""Asking a run costs as little for many rows as for few, and what is published is at hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries
from world import PERIOD, World

from attain.apps.runs import reading
from attain.apps.runs.reading import cells_of, explain_cell, open_published, opened
from attain.apps.runs.viewing import Names, viewer_for
from attain.apps.runs.why import panel
from attain.core.kept import Kept
from attain.core.keys import key_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Kept[Any, Any]:
    """A process that has opened no run yet."""
    kept = Kept[Any, Any](reading.KEPT)
    monkeypatch.setattr(reading, "_opened", kept)
    return kept


def test_names_of_an_explanation_are_asked_for_at_once(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run = world.run()
    (cell,) = cells_of(run, "commission", world.key("rep"), PERIOD)
    told = explain_cell(run, cell, world.actor("finance"), "zh-hans", 3)

    with django_assert_num_queries(1):  # what the plan is called
        shown = panel(told)

    assert "沈佳宁" in shown.line


def test_many_things_are_looked_up_with_as_few_questions_as_one(world: World) -> None:
    """People, records, and what is neither, such as customers of an order."""
    run = world.run()

    def asked(count: int) -> int:
        keys = [key_for("customers", f"K-{number}") for number in range(count)]
        names = Names(opened(run).stored, "zh-Hans", world.actor("finance"))
        with CaptureQueriesContext(connection) as queries:
            names.learn([world.key("rep"), world.key("manager"), *keys])
            assert [names[key] for key in keys] == keys
        return len(queries)

    asked(1)  # the codes of this installation, read once in a process

    assert asked(2) == asked(40)


@pytest.mark.parametrize(
    ("role", "language", "said"),
    [
        ("finance", "zh-hans", "逐行明细：在“数据”中打开“订单”，按日期筛选后导出。"),
        ("finance", "en", "Every row: under Data, open “Orders”, filter by date, and export."),
        ("rep", "zh-hans", "逐行明细可由财务在“数据”中导出。"),
    ],
)
def test_a_page_says_what_its_reader_can_do_about_too_many_rows(
    world: World, role: str, language: str, said: str
) -> None:
    """Nobody who reads a page has the command line."""
    stored = opened(world.run()).stored
    with override(language):
        viewer = viewer_for(world.actor(role), stored, language)
        assert viewer.whole_rows is not None
        assert viewer.whole_rows("orders") == said
        # what a plan makes lies in no list: the command that writes it is told as before
        assert viewer.whole_rows("seller_month") == ""


def test_a_web_process_opens_what_is_published(world: World, fresh: Kept[Any, Any]) -> None:
    published = world.published().run

    open_published()

    assert (published.pk, published.digest) in fresh
    assert len(fresh) == 1


def test_nothing_is_opened_where_nothing_is_published(world: World, fresh: Kept[Any, Any]) -> None:
    world.run()

    open_published()

    assert len(fresh) == 0
