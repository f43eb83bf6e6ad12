"""Quick entry: few fields, the last customers first, and one record however often it is tapped."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from company import login, small_company
from django.urls import reverse
from django.utils import timezone

from attain.apps.accounts.actors import SYSTEM
from attain.apps.records import services
from attain.apps.records.models import Record

sys.path.insert(0, str(Path(__file__).parent))
from page_types import TYPES

pytestmark = pytest.mark.django_db
QUICK = "/records/stop/quick/"


@pytest.fixture
def company():
    found = small_company()
    at = timezone.now()
    services.install_types(TYPES, pack="", actor=SYSTEM(at, via="command"), at=at)
    return found


def begin(company, kind, who="rep", **values):
    actor = company.actor(who, timezone.now())
    return services.create(kind, values, actor=actor, at=actor.at)


def text(answer):
    return answer.content.decode()


def test_the_only_kind_with_quick_entry_opens_at_once(client, company):
    login(client, "rep")

    assert client.get("/records/quick/")["Location"] == QUICK


def test_the_last_shops_stand_first_and_once(client, company):
    first, second = (begin(company, "shop", name=name) for name in ("满格便利", "鲜邻便利"))
    for shop in (first, second, first):
        begin(company, "stop", shop=shop.key)
    begin(company, "stop", who="peer", shop=begin(company, "shop", who="peer", name="别人的").key)

    login(client, "rep")
    entry = next(one for one in client.get(QUICK).context["page"].first if one.name == "shop")

    assert [one.title for one in entry.recent] == ["满格便利", "鲜邻便利"]


def test_before_the_first_visit_ones_own_shops_are_offered(client, company):
    begin(company, "shop", name="鲜邻便利")
    begin(company, "shop", who="peer", name="别人的")
    login(client, "rep")
    entry = next(one for one in client.get(QUICK).context["page"].first if one.name == "shop")

    assert [one.title for one in entry.recent] == ["鲜邻便利"]


def test_two_taps_make_one_visit_with_its_defaults(client, company):
    shop = begin(company, "shop", name="鲜邻便利")
    login(client, "rep")
    today = timezone.localdate()
    sent = {
        "shop": shop.key,
        "result": "order",
        "said": "下单20箱",
        "visited_on": today.isoformat(),
        "next_on": (today + timedelta(days=7)).isoformat(),
        "token": "6be1",
    }

    answers = [client.post(QUICK, sent) for _ in range(2)]

    found = Record.objects.get(type__name="stop")
    address = reverse("records:record", args=["stop", found.number])
    assert [one["Location"] for one in answers] == [address, address]
    assert found.value("next_on") == today + timedelta(days=7)
    assert found.owner == company.key("rep")


def test_begun_from_a_shop_it_leads_back_there(client, company):
    shop = begin(company, "shop", name="鲜邻便利")
    login(client, "rep")
    back = reverse("records:record", args=["shop", shop.number])
    today = timezone.localdate().isoformat()

    answer = client.post(
        f"{QUICK}?shop={shop.key}&from={back}",
        {"shop": shop.key, "result": "follow", "visited_on": today},
    )

    assert answer["Location"] == back


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/login"])
def test_it_leads_nowhere_else(client, company, elsewhere):
    shop = begin(company, "shop", name="鲜邻便利")
    login(client, "rep")
    today = timezone.localdate().isoformat()
    sent = {"shop": shop.key, "result": "follow", "visited_on": today}

    answer = client.post(f"{QUICK}?from={elsewhere}", sent)

    assert answer["Location"].startswith("/records/stop/")


def test_a_mistake_opens_where_it_stands(client, company):
    login(client, "rep")
    answer = client.post(QUICK, {"said": "没有选门店", "visited_on": "昨天"})

    assert answer.status_code == 422
    assert "没有选门店" in text(answer)
    assert "<details" in text(answer)
    assert answer.context["page"].opens_further
