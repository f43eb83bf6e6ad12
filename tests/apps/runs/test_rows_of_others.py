"""A row of facts is asked for by a number anybody can guess; it opens to whom it concerns."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from company import login
from django.test import Client
from django.urls import reverse
from world import World

pytestmark = pytest.mark.django_db(transaction=True)


def asked(run: int, relation: str, key: list[str], column: str) -> str:
    query = f"relation={relation}&key={quote(json.dumps(key))}&column={column}"
    return f"{reverse('runs:why', args=[run])}?{query}"


def test_an_order_opens_to_its_seller_their_manager_and_those_who_see_all(
    world: World, client: Client
) -> None:
    run = world.published().run.pk
    answered = {}
    for name in ("rep", "peer", "outsider", "manager", "other_manager", "finance", "auditor"):
        login(client, name)
        answered[name] = {
            order
            for order in ("A1", "B1", "C1")
            if client.get(asked(run, "orders", [order], "amount")).status_code == 200
        }

    assert answered == {
        "rep": {"A1"},
        "peer": {"B1"},
        "outsider": {"C1"},
        "manager": {"A1", "B1"},
        "other_manager": {"C1"},
        "finance": {"A1", "B1", "C1"},
        "auditor": {"A1", "B1", "C1"},
    }


def test_no_column_of_an_order_tells_a_colleague_anything(world: World, client: Client) -> None:
    run = world.published().run.pk
    login(client, "rep")

    for column in ("amount", "customer", "seller", "signed_on", "order_no"):
        answer = client.get(asked(run, "orders", ["B1"], column))
        assert answer.status_code == 404
        assert b"99,999.99" not in answer.content
