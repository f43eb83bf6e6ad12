"""Types for the tests of the store: a campaign with a budget, its expenses, a card with secrets."""

from __future__ import annotations

from typing import Final

CAMPAIGN: Final = """
record: campaign
label: {zh-Hans: 营销活动, en: Campaign}
number: "HD-{year}-{n:4}"
title: "{purpose} · {starts_on}"
owner: lead
date: starts_on
see: [role:finance]
fields:
  purpose: {type: text, label: {zh-Hans: 目的, en: Purpose}, required: true, search: true,
    unique: true}
  starts_on: {type: date, label: {zh-Hans: 开始, en: Starts on}, required: true}
  group: {type: choice, choices: {new: {zh-Hans: 新客户, en: New}, old: {zh-Hans: 老客户,
    en: Old}}, default: "'new'"}
  why_old: {type: text, when: "group = 'old'"}
  budget: {type: money, currency: CNY, min: 0.01, required: true}
  lead: {type: person, default: author}
  guests: {type: count}
  costs:
    type: table
    fields:
      item: {type: text}
      amount: {type: money, currency: CNY}
  cost_total: {type: money, currency: CNY, is: "sum(costs.amount)"}
  decided_by: {type: text}
states:
  draft: {label: {zh-Hans: 草稿, en: Draft}}
  submitted: {label: {zh-Hans: 已提交, en: Submitted}, locked: true,
    due: "entered + 2 working days",
    escalate: {to: [manager], when: "due + 1 day"}}
  running: {label: {zh-Hans: 进行中, en: Running}, locked: true}
  done: {label: {zh-Hans: 已结束, en: Done}, locked: true, final: true}
  dropped: {label: {zh-Hans: 已作废, en: Dropped}, locked: true, final: true}
actions:
  submit: {label: {zh-Hans: 提交, en: Submit}, from: [draft], to: submitted, by: [owner],
    needs: [reason],
    gates: [{holds: "budget > 0", otherwise: {zh-Hans: 预算还没有写,
      en: the budget is not written}}]}
  approve:
    label: {zh-Hans: 批准, en: Approve}
    from: [submitted]
    to: running
    by: [manager]
    never: [owner]
    asks: [decided_by]
    effects:
      - {create: report, with: {campaign: "record", due_on: "starts_on + 7"}}
      - {notify: [owner], say: {zh-Hans: "{number}批准了", en: "{number} is approved"}}
  withdraw: {label: {zh-Hans: 撤回, en: Withdraw}, from: [submitted], to: draft, by: [owner]}
  finish: {label: {zh-Hans: 结束, en: Finish}, from: [running], to: done, by: [owner]}
  expire: {label: {zh-Hans: 到期作废, en: Expire}, from: [submitted], to: dropped, by: [clock],
    after: "entered + 10 days"}
allowances:
  budget: {label: {zh-Hans: 活动预算, en: Budget}, limit: "budget", currency: CNY}
"""

REPORT: Final = """
record: report
label: {zh-Hans: 总结, en: Report}
number: "ZJ-{year}-{n:4}"
fields:
  campaign: {type: record, of: campaign, required: true}
  due_on: {type: date}
  text: {type: long_text}
"""

EXPENSE: Final = """
record: expense
label: {zh-Hans: 费用, en: Expense}
number: "FY-{year}-{n:4}"
create: [role:representative, role:finance]
fields:
  campaign: {type: record, of: campaign, required: true}
  amount: {type: money, currency: CNY, required: true}
  actual: {type: money, currency: CNY}
states:
  draft: {}
  reserved: {locked: true}
  spent: {locked: true, final: true}
  released: {locked: true, final: true}
actions:
  apply: {from: [draft], to: reserved, by: [author], effects: [{reserve: campaign.budget,
    amount: amount}]}
  pay: {from: [reserved], to: spent, by: ["role:finance", author], asks: [actual],
    effects: [{spend: campaign.budget, amount: "if_missing(actual, amount)"}]}
  give_back: {from: [reserved], to: released, by: [author], effects: [{release: campaign.budget,
    amount: amount}]}
"""

CARD: Final = """
record: card
label: {zh-Hans: 客户卡, en: Card}
number: "KP-{n:4}"
title: "{name}"
fields:
  name: {type: text, required: true, search: true}
  phone: {type: code, personal: true}
  marriage: {type: text, sensitive: true, confidential: {purpose: {zh-Hans: 节日问候,
    en: Greetings},
    read: [owner], consent: true, keep: 24 months}}
  faith: {type: text, sensitive: true, confidential: {purpose: {zh-Hans: 招待, en: Meals},
    read: [owner],
    off: true}}
cadences:
  contact:
    label: {zh-Hans: 跟进, en: Contact}
    last: [visit.card]
    every: [{is: 7 days}]
    since: created_on
    remind: {to: [owner], before: 1 day}
    escalate: {to: [manager], after: 3 days}
"""

VISIT: Final = """
record: visit
label: {zh-Hans: 拜访, en: Visit}
number: "BF-{year}{month}-{n:4}"
date: visited_on
fields:
  card: {type: record, of: card, required: true}
  visited_on: {type: date, required: true, default: today}
"""

TYPES: Final = {
    "campaign.yaml": CAMPAIGN,
    "report.yaml": REPORT,
    "expense.yaml": EXPENSE,
    "card.yaml": CARD,
    "visit.yaml": VISIT,
}
