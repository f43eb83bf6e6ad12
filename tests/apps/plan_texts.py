"""Plans for tests, and the way of one into force."""

from __future__ import annotations

from datetime import date

from company import AT, Company

from attain.apps.plans import services
from attain.apps.plans.models import PlanVersion

SIMPLE = """\
plan: simple
language: 1
label: {zh-Hans: 简单提成, en: Simple commission}
period: month
currency: CNY

subjects:
  seller: {from: people, label: {zh-Hans: 业务员, en: Seller}}

sources:
  sales_lines:
    key: [line_no]
    date: sold_on
    links: {seller: people}
    columns: {line_no: code, sold_on: date, seller: people, amount: {type: money, required: true}}

parameters:
  rate: {label: {zh-Hans: 提成比例, en: Rate}, is: 3%}

measures:
  sales: {label: {zh-Hans: 销售额, en: Sales}, sum: amount, from: sales_lines}

incentives:
  commission:
    label: {zh-Hans: 提成, en: Commission}
    steps: [{base: "sales * rate"}]
    pay: [{on: day 10 of month + 1}]

examples:
  - name: 三个点 · Three per cent
    period: 2026-03
    given: {sales: {seller: li, is: 1000.00}}
    expect: {commission: {seller: li, is: 30.00}}
"""

BROKEN = SIMPLE.replace("sales * rate", "sales * rat")
"""Names a parameter that is not there."""

FAILING = SIMPLE.replace("is: 30.00", "is: 31.00")
"""Expects a fen too much."""

FIVE = SIMPLE.replace("is: 3%", "is: 5%").replace("is: 30.00", "is: 50.00")
"""The next version: five per cent."""


def approved(company: Company, text: str = SIMPLE) -> PlanVersion:
    """A version that one planner wrote and HR approved."""
    writer = company.actor("planner")
    version = services.create_plan(text=text, actor=writer, at=AT)
    return approve(company, version)


def approve(company: Company, version: PlanVersion) -> PlanVersion:
    """Take a draft to approved: one planner submits, HR approves."""
    version = services.submit(
        version=version, seen=version.version, actor=company.actor("planner"), at=AT
    )
    return services.approve(
        version=version,
        seen=version.version,
        reviewed=version.text_hash,
        actor=company.actor("hr"),
        at=AT,
    )


def in_force(company: Company, text: str = SIMPLE, since: date = date(2026, 1, 1)) -> PlanVersion:
    """A version that holds since a day."""
    version = approved(company, text)
    return put_in_force(company, version, since)


def put_in_force(company: Company, version: PlanVersion, since: date) -> PlanVersion:
    """The other planner puts an approved version in force."""
    return services.put_in_force(
        version=version,
        seen=version.version,
        effective_from=since,
        actor=company.actor("planner2"),
        at=AT,
    )
