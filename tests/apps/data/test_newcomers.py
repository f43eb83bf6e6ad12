"""Whoever a file names and nobody knows joins the list of people with one press."""

from __future__ import annotations

import pytest
from company import AT, Company, login, small_company
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from attain.apps.data import services
from attain.apps.data.models import ImportBatch
from attain.apps.jobs.worker import run_until_empty
from attain.apps.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

ORDERS = """
dataset: sales
label: {zh-Hans: 销售, en: Sales}
key: [单号]
date: 日期
columns:
  单号: {type: code, label: 单号}
  日期: {type: date, label: 日期}
  业务员: {type: key, of: people, required: true, label: 业务员}
"""
FILE = "单号,日期,业务员\nA1,2026-09-01,E-1001\nA2,2026-09-02,新来的\nA3,2026-09-03,新来的\n"


@pytest.mark.parametrize(("name", "is_let"), [("hr", True), ("planner", False)])
def test_unknown_sellers_join_and_their_rows_can_be_loaded(
    client: Client, name: str, is_let: bool
) -> None:
    company: Company = small_company()
    services.freeze(["people", "aliases"], actor=company.actor("hr"), at=AT)
    services.declare(ORDERS, actor=company.actor("planner"), at=AT)
    file = SimpleUploadedFile("sales.csv", FILE.encode())
    services.start_imports([file], actor=company.actor(name), at=AT, dataset="sales")
    run_until_empty(AT)
    batch = ImportBatch.objects.get()
    login(client, name)
    address = f"/data/imports/{batch.pk}"
    page = client.get(address).content.decode()

    answer = client.post(f"{address}/correct", {"newcomers": "1", "version": batch.version})
    run_until_empty(timezone.now())

    batch.refresh_from_db()
    assert ('name="newcomers"' in page) is is_let
    assert answer.status_code == (302 if is_let else 403)
    assert Person.objects.filter(code="新来的").exists() is is_let
    assert batch.figures["rejected"] == (0 if is_let else 2)
