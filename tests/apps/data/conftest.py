"""A finance clerk who imports, a colleague who approves, and files as a browser sends them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from attain.apps.accounts.actors import SYSTEM, Actor, actor_of
from attain.apps.accounts.models import User
from attain.apps.accounts.roles import Role
from attain.apps.accounts.services import create_user, grant_role
from attain.apps.data import services
from attain.apps.data.models import ImportBatch
from attain.apps.jobs.worker import run_until_empty

ORDERS = """\
dataset: orders
label: {zh-Hans: 订单, en: Orders}
key: [order_no]
date: order_date
columns:
  order_no: {type: code, label: {zh-Hans: 单号, en: Order no.}}
  order_date: {type: date, label: {zh-Hans: 日期, en: Date}}
  customer: {type: text, label: {zh-Hans: 客户, en: Customer}}
  amount: {type: money, currency: CNY, required: true, label: {zh-Hans: 金额, en: Amount}}
"""
HEAD = "单号,日期,客户,金额\n"
GOOD = HEAD + "A1,2026-09-01,悦邻,100.00\nA2,2026-09-02,禾木,250.50\n"
WITH_LETTERS = GOOD + "A3,2026-09-03,满格,12O.00\n"


def user(name: str, role: Role, at: datetime) -> User:
    """Somebody with one role."""
    made = create_user(
        username=name, name=name, password="harvest-lantern-42", actor=SYSTEM(at), at=at
    )
    grant_role(user=made, role=role, scope="all", actor=SYSTEM(at), at=at, effective_from=at.date())
    return made


@pytest.fixture
def clerk(db: None, at: datetime) -> Actor:
    return actor_of(user("luowen", Role.finance, at), at)


@pytest.fixture
def colleague(db: None, at: datetime) -> Actor:
    return actor_of(user("guming", Role.finance, at), at)


@pytest.fixture
def orders(clerk: Actor, at: datetime) -> str:
    """The dataset orders, declared."""
    services.declare(ORDERS, actor=clerk, at=at)
    return "orders"


Bring = Callable[..., ImportBatch]


@pytest.fixture
def bring(clerk: Actor, at: datetime) -> Bring:
    """Upload a file and let the jobs run as far as they go by themselves."""

    def bring(content: str | bytes, name: str = "orders.csv", dataset: str = "") -> ImportBatch:
        data = content.encode() if isinstance(content, str) else content
        upload = SimpleUploadedFile(name, data)
        (batch,) = services.start_imports([upload], actor=clerk, at=at, dataset=dataset)
        run_until_empty(at)
        batch.refresh_from_db()
        return batch

    return bring


def workbook(**sheets: list[list[Any]]) -> bytes:
    """A workbook with rows by sheet."""
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()
