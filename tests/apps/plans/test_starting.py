"""A stranger with one workbook gets a plan in their own names, ready to be calculated."""

from __future__ import annotations

from decimal import Decimal

import pytest
from company import AT, Company, login
from django.test import Client
from django.urls import reverse

from attain.apps.data.services import declare
from attain.apps.plans import examinations
from attain.apps.plans.models import Plan
from attain.apps.plans.starters import STARTERS, Facts, Targets, Terms, write_plan
from attain.apps.plans.surroundings import surroundings
from attain.core.labels import labels
from attain.core.systems import load_dataset
from attain.engine.examples import run_examples
from attain.engine.plans.api import check_plan, load_plan

ORDERS = """\
dataset: my_orders
label: {zh-Hans: 我的订单, en: My orders}
key: [编号]
date: 签单日期
columns:
  编号: {type: code}
  签单日期: {type: date}
  业务员: {type: key, of: people, label: 业务员}
  含税金额: {type: money, currency: CNY, label: 含税金额}
  状态: {type: text}
"""

QUOTAS = """
dataset: my_targets
label: {zh-Hans: 销售目标, en: Targets}
key: [业务员, 月份]
columns:
  业务员: {type: key, of: people, label: 业务员}
  月份: {type: period, label: 月份}
  目标金额: {type: money, currency: CNY, label: 目标金额}
"""

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", list(STARTERS))
@pytest.mark.parametrize("period", ["month", "quarter"])
@pytest.mark.parametrize(
    "targets",
    [
        Targets(),
        Targets("my_orders", "含税金额", "业务员"),
        Targets("my_targets", "目标金额", "业务员", "月份"),
    ],
)
def test_every_starter_is_sound_and_its_examples_hold(
    name: str, period: str, targets: Targets
) -> None:
    starter = STARTERS[name]
    schema = load_dataset(ORDERS)
    facts = Facts(
        "my_orders", "含税金额", "业务员", labels("含税金额", "Amount"), "CNY", ("状态", "已签")
    )
    rates = tuple((Decimal(a[:-1]) / 100, Decimal(b[:-1]) / 100) for a, b in starter.rates)
    terms = Terms("mine", labels("提成", "Mine"), rates, period, targets=targets)

    quotas = load_dataset(QUOTAS)
    schemas = {**surroundings().schemas, "my_orders": schema, "my_targets": quotas}
    checked = check_plan(load_plan(write_plan(starter, facts, terms)), schemas)

    assert checked.problems == ()
    assert checked.resolved is not None
    results = run_examples(checked.plan, checked.resolved, schemas=schemas)
    assert results
    assert all(one.passed for one in results)


def given(**further: str) -> dict[str, str]:
    return {
        "dataset": "my_orders",
        "amount": "含税金额",
        "seller": "业务员",
        "where": "状态",
        "where_text": "已签",
        "starter": "flat",
        "flat.rate.0": "3.5%",
        "label": "我的提成",
        "period": "month",
        "pay_day": "15",
        "pay_months": "2",
        "members": "all",
        **further,
    }


def test_the_form_writes_a_plan_in_the_names_of_the_data(client: Client, company: Company) -> None:
    declare(ORDERS, actor=company.actor("planner"), at=AT)
    login(client, "planner")

    answer = client.post(reverse("plans:start"), given())

    plan = Plan.objects.get()
    version = plan.versions.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("plans:ready", args=[plan.code, 1])
    assert plan.label_zh == "我的提成"
    for word in ("含税金额", "my_orders", "业务员", "状态 = '已签'", "3.5%", "day 15 of month + 2"):
        assert word in version.text
    found = examinations.findings(version.text, surroundings())
    assert found is not None
    assert (found.errors, found.failed, found.passed) == (0, 0, 1)
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("flat.rate.0", "", "START_RATES"),
        ("flat.rate.0", "viel", "START_RATES"),
        ("where_text", "it's", "START_FILTER"),
        ("amount", "状态", "START_DATASET"),
    ],
)
def test_what_is_filled_in_wrongly_is_said_and_kept(
    client: Client, company: Company, field: str, value: str, code: str
) -> None:
    declare(ORDERS, actor=company.actor("planner"), at=AT)
    login(client, "planner")

    answer = client.post(reverse("plans:start"), given(**{field: value}))

    assert answer.status_code == 422
    assert [one.code for one in answer.context["refused"]] == [code]
    assert "我的提成" in answer.content.decode()
    assert not Plan.objects.exists()


def test_without_data_the_page_says_where_to_begin(client: Client, company: Company) -> None:
    login(client, "planner")

    answer = client.get(reverse("plans:start"))

    assert answer.status_code == 200
    assert reverse("data:import") in answer.content.decode()


def test_a_list_of_targets_by_month_is_offered_first(client: Client, company: Company) -> None:
    declare(ORDERS, actor=company.actor("planner"), at=AT)
    declare(QUOTAS, actor=company.actor("planner"), at=AT)
    login(client, "planner")

    page = client.get(reverse("plans:start")).content.decode()
    answer = client.post(
        reverse("plans:start"),
        given(
            starter="bands",
            targets="my_targets",
            **{"bands.edge.0": "80%", "bands.rate.0": "2%"},
        ),
    )

    assert '<option value="my_targets" selected' in page
    assert answer.status_code == 302
    version = Plan.objects.get().versions.get()
    assert "月份_from >= this.period_from" in version.text
