"""A plan that counts records, and the way from its number back to a record."""

from __future__ import annotations

from datetime import date

import pytest
from company import AT, login
from django.test import Client
from django.urls import reverse
from world import World, put_in_force, put_on

from attain.apps.accounts.actors import SYSTEM
from attain.apps.jobs.worker import run_until_empty
from attain.apps.records import lineage, services
from attain.apps.records.models import Record
from attain.apps.runs.models import Run
from attain.apps.runs.pages.results import why_url
from attain.apps.runs.services import start

pytestmark = pytest.mark.django_db

TYPES = {
    "shop.yaml": "record: shop\ntitle: '{name}'\nfields: {name: {type: text}}\n",
    "walk.yaml": """\
record: walk
title: "{shop}"
date: on_day
fields:
  shop: {type: record, of: shop, required: true}
  on_day: {type: date, required: true}
""",
}
PLAN = """\
plan: walks
label: {zh-Hans: 拜访数, en: Walks}
period: month
subjects:
  seller: {from: people, label: {zh-Hans: 业务员, en: Seller}}
measures:
  shops: {distinct: shop, from: walk, link: {seller: owner}, label: {zh-Hans: 门店数, en: Shops}}
examples:
  - name: none yet
    given: {shops: {seller: li, is: 0}}
    expect: {shops: 0}
"""


@pytest.fixture
def walk(world: World) -> Record:
    """Two shops, one of them visited twice: two distinct ones."""
    rep = world.actor("rep")
    services.install_types(TYPES, actor=SYSTEM(AT, via="command"), at=AT)
    shops = [services.create("shop", {"name": name}, actor=rep, at=AT) for name in ("悦邻", "禾木")]
    for shop in (shops[0], shops[0], shops[1]):
        values = {"shop": shop.key, "on_day": date(2026, 10, 5)}
        made = services.create("walk", values, actor=rep, at=AT)
    put_on(put_in_force(PLAN, world.company, AT).plan, world.company, "rep")
    return made


@pytest.fixture
def run(world: World, walk: Record) -> Run:
    found = start("walks", "2026-10", Run.LIVE, actor=world.actor("finance"), at=AT)
    run_until_empty(AT)
    found.refresh_from_db()
    return found


def test_a_number_made_of_records_is_recomputed_and_names_them(
    world: World, run: Run, walk: Record, client: Client
) -> None:
    login(client, "planner")

    answer = client.get(why_url(run.pk, "shops", world.key("rep"), "2026-10"))

    text = answer.content.decode()
    assert answer.status_code == 200
    # The records are complete from the month of their installation on, without an end.
    assert "重新计算" not in text
    assert walk.number in text


def test_who_may_not_see_a_record_reads_its_number_only(world: World, walk: Record) -> None:
    page = reverse("records:of", args=[walk.key])

    own = lineage.named([walk.key], world.actor("rep"))[walk.key]
    planner = lineage.named([walk.key, "people-nobody"], world.actor("planner"))

    assert (own.name, own.url) == ("禾木", page)
    assert planner == {walk.key: lineage.Named(walk.number)}
