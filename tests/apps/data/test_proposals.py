"""A table that nobody has declared: what its page proposes for the columns."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.models import User
from attain.apps.data import services
from attain.apps.jobs.worker import run_until_empty

from .conftest import Bring

pytestmark = pytest.mark.django_db

CLIENTS = """\
dataset: clients
label: {zh-Hans: 客户名单, en: Clients}
key: [client]
columns:
  client: {type: code, label: {zh-Hans: 客户, en: Client}}
  name: {type: text, label: {zh-Hans: 名称, en: Name}}
"""


def test_codes_of_a_list_to_which_nothing_refers_yet_are_proposed_and_offered(
    bring: Bring, clerk: Actor, at: datetime, client: Client
) -> None:
    services.declare(CLIENTS, actor=clerk, at=at)
    listed = bring("client,name\nacme,Acme Inc.\nother,Other LLC\n", "clients.csv", "clients")
    services.ask_to_load(listed, actor=clerk, at=at, version=listed.version)
    run_until_empty(timezone.now())
    batch = bring("payment_no,paid_by,memo\np1,acme,x1\np2,other,y2\n", "payments.csv")
    client.force_login(User.objects.get(pk=clerk.user_id))

    page = client.get(f"/data/imports/{batch.pk}/new").content.decode()

    choices = dict(re.findall(r'<select[^>]*name="type-(\d)"[^>]*>(.*?)</select>', page, re.DOTALL))
    assert all('value="key:clients"' in one for one in choices.values())
    chosen = {at: re.findall(r'value="([^"]+)"[^>]*\sselected', one) for at, one in choices.items()}
    assert chosen["1"] == ["key:clients"]
    assert chosen["2"] != ["key:clients"]
