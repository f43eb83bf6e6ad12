"""What is doubtful is looked for once, by the worker, and read by everybody in their language."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation

from attain.apps.accounts.actors import Actor
from attain.apps.data import doubts, services
from attain.apps.data.doubts import Doubt, Stored
from attain.apps.data.pages import quality
from attain.apps.jobs.worker import run_until_empty

from .conftest import GOOD, Bring

TWIN = "A3,2026-09-02,禾木,250.50\n"
"""The second order once more under another number."""


@pytest.fixture(autouse=True)
def forget(db: None) -> None:
    doubts._seen.clear()
    cache.clear()


def store(bring: Bring, clerk: Actor, at: datetime, content: str) -> None:
    batch = bring(content)
    services.ask_to_load(batch, actor=clerk, at=at, version=batch.version, reason="test")
    run_until_empty(at)


def nobody_looks(*given: Any) -> None:
    raise AssertionError("rows are read again")


def test_what_the_worker_found_is_read_without_looking(
    orders: str, bring: Bring, clerk: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(bring, clerk, at, GOOD + TWIN)

    assert doubts.keep_all() > 0
    assert doubts.keep_all() == 0

    monkeypatch.setattr(doubts, "_session", nobody_looks)
    (report,) = (one for one in quality.quality_reports() if one.name == "orders")
    assert ("twin", 1) in [(one.kind, one.count) for one in report.doubts]


def test_a_reader_who_is_first_looks_once_and_writes_nothing(
    orders: str, bring: Bring, clerk: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(bring, clerk, at, GOOD)
    first = quality.quality_reports()

    monkeypatch.setattr(doubts, "_session", nobody_looks)

    assert quality.quality_reports() == first
    stored = Stored.now()
    assert not cache.get_many([stored.place(name) for name in stored.examined()])


def test_only_what_depends_on_new_rows_is_looked_at_again(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    services.declare(OTHER, actor=clerk, at=at)
    store(bring, clerk, at, GOOD)
    before = {name: Stored.now().place(name) for name in Stored.now().examined()}

    batch = bring("品名,日期,金额\n水,2026-09-01,3.00\n", name="goods.csv", dataset="goods")
    services.ask_to_load(batch, actor=clerk, at=at, version=batch.version)
    run_until_empty(at)

    after = {name: Stored.now().place(name) for name in Stored.now().examined()}
    assert after["orders"] == before["orders"]
    assert "goods" not in before
    assert "goods" in after


OTHER = """\
dataset: goods
key: [good]
date: day
columns:
  good: {type: code, label: {zh-Hans: 品名}}
  day: {type: date, label: {zh-Hans: 日期}}
  amount: {type: money, currency: CNY, required: true, label: {zh-Hans: 金额}}
"""


def test_a_declaration_that_changed_is_looked_at_again(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    store(bring, clerk, at, GOOD)
    before = Stored.now().place("orders")

    services.declare(OTHER, actor=clerk, at=at)

    assert Stored.now().place("orders") != before


def test_columns_are_called_as_each_reader_calls_them(
    orders: str, bring: Bring, clerk: Actor, at: datetime
) -> None:
    """What is kept names columns as they are declared, so that no reader's language sticks."""
    store(bring, clerk, at, GOOD)
    stored = Stored.now()
    kept = [{"kind": "reference", "column": "customer", "count": 1, "examples": ["悦邻"]}]
    cache.set(stored.place("orders"), json.dumps(kept), timeout=None)

    with translation.override("zh-hans"):
        assert _orders() == (Doubt("reference", "客户", 1, ("悦邻",)),)
    with translation.override("en"):
        assert _orders() == (Doubt("reference", "Customer", 1, ("悦邻",)),)


def _orders() -> doubts.Doubts:
    return next(one for one in quality.quality_reports() if one.name == "orders").doubts
