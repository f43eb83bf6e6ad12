"""Types and records for the tests of lists, boards, calendars, imports and the API."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from company import AT, Company

from attain.apps.records import services
from attain.apps.records.models import Record

ACCOUNT: Final = """
record: account
label: {zh-Hans: 客户, en: Account}
plural: {zh-Hans: 客户, en: Accounts}
group: {zh-Hans: 客户, en: Customers}
number: "KH-{n:4}"
title: "{name}"
owner: lead
fields:
  name: {type: text, label: {zh-Hans: 名称, en: Name}, required: true, search: true}
  lead: {type: person, label: {zh-Hans: 负责人, en: Lead}, default: author}
"""

PROJECT: Final = """
record: project
label: {zh-Hans: 项目, en: Project}
plural: {zh-Hans: 项目, en: Projects}
group: {zh-Hans: 客户, en: Customers}
number: "XM-{year}-{n:4}"
title: "{name}"
owner: lead
date: starts_on
create: [role:representative, role:manager, role:hr]
fields:
  name:      {type: text, label: {zh-Hans: 名称, en: Name}, required: true, search: true}
  account:   {type: record, of: account, label: {zh-Hans: 客户, en: Account}}
  amount:    {type: money, currency: CNY, label: {zh-Hans: 预计金额, en: Amount}, min: 0.01}
  share:     {type: ratio, label: {zh-Hans: 毛利率, en: Margin}}
  size:      {type: choice, label: {zh-Hans: 规模, en: Size},
    choices: {big: {zh-Hans: 大, en: Big}, small: {zh-Hans: 小, en: Small}}}
  topics:    {type: choices, label: {zh-Hans: 话题, en: Topics},
    choices: {price: {zh-Hans: 价格, en: Price}, goods: {zh-Hans: 货品, en: Goods}}}
  starts_on: {type: date, label: {zh-Hans: 开始, en: Starts on}, required: true}
  ends_on:   {type: date, label: {zh-Hans: 结束, en: Ends on}}
  urgent:    {type: boolean, label: {zh-Hans: 加急, en: Urgent}}
  note:      {type: long_text, label: {zh-Hans: 备注, en: Note}}
  lead:      {type: person, label: {zh-Hans: 负责人, en: Lead}, default: author}
  debts:     {type: text, label: {zh-Hans: 债务, en: Debts},
    confidential: {purpose: {zh-Hans: 授信, en: Credit}, read: [owner]}}
states:
  talk:  {label: {zh-Hans: 洽谈, en: Talking}, due: "entered + 3 days"}
  offer: {label: {zh-Hans: 报价, en: Offered}, tone: accent}
  won:   {label: {zh-Hans: 成交, en: Won}, locked: true, final: true}
  lost:  {label: {zh-Hans: 失单, en: Lost}, locked: true, final: true}
actions:
  offer: {label: {zh-Hans: 报价, en: Offer}, from: [talk], to: offer, by: [owner],
    gates: [{holds: "amount > 0",
      otherwise: {zh-Hans: 预计金额还没有写, en: the amount is not written}}]}
  win:   {label: {zh-Hans: 成交, en: Win}, from: [offer], to: won, by: [owner]}
  lose:  {label: {zh-Hans: 失单, en: Lose}, from: [talk, offer], to: lost, by: [owner],
    needs: [reason]}
cadences:
  contact: {label: {zh-Hans: 跟进, en: Contact},
    every: [{when: "state = 'talk'", is: 7 days}, {when: "state = 'offer'", is: 14 days}]}
views:
  list: {columns: [number, title, account, amount, owner, state, due], sort: -starts_on}
  board: {card: [account, amount, due], sum: amount}
  calendar: {from: starts_on, until: ends_on}
  charts: [{by: state, sum: amount}, {by: month, count: true}]
"""

REPORT: Final = """
record: weekly
label: {zh-Hans: 周报, en: Weekly report}
group: {zh-Hans: 计划, en: Plans}
date: for_day
fields:
  for_day: {type: date, label: {zh-Hans: 日期, en: Day}, required: true, default: today}
  done:    {type: long_text, label: {zh-Hans: 完成, en: Done}, required: true}
expected:
  weekly: {label: {zh-Hans: 周报, en: Weekly report},
    each: week, from: [role:representative], due: "period_end", since: 2026-09-28}
"""


def install(company: Company, *texts: str) -> None:
    """Install types as the plan administrator would."""
    services.install_types(
        {f"{number}.yaml": text for number, text in enumerate(texts)},
        actor=company.actor("planner"),
        at=AT,
    )


def project(company: Company, name: str, by: str = "rep", **values: Any) -> Record:
    """A project begun by somebody of the cast."""
    given = {"name": name, "starts_on": date(2026, 10, 20), "amount": Decimal("1000.00"), **values}
    return services.create("project", given, actor=company.actor(by), at=AT)
