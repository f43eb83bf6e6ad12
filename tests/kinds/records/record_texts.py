"""Record types for tests: a campaign that uses nearly everything, and shorter ones."""

from __future__ import annotations

from attain.kinds.records import Book, Kind, assemble, load_record_type

CAMPAIGN = """
record: campaign
label: {zh-Hans: 营销活动, en: Campaign}
plural: {zh-Hans: 营销活动, en: Campaigns}
number: "HD-{year}-{n:4}"
title: "{purpose} · {starts_on}"
owner: lead
date: starts_on
see: [role:finance]
fields:
  purpose: {type: text, label: {zh-Hans: 活动目的, en: Purpose}, required: true, max: 20}
  starts_on: {type: date, required: true, default: "today + 30", min: "created_on"}
  ends_on: {type: date}
  audience: {type: choice, choices: {new: {zh-Hans: 新客户, en: New}, old: {}}, default: "'new'"}
  channels: {type: choices, choices: {store: {zh-Hans: 门店, en: Store}, radio: {}}}
  budget:
    {type: money, currency: CNY, min: 0.01, max: 100000.00, label: {zh-Hans: 预算, en: Budget}}
  lead: {type: person, default: author, label: {zh-Hans: 负责人, en: Lead}}
  department: {type: unit}
  costs:
    type: table
    min_rows: 1
    fields:
      item: {type: text, required: true}
      quantity: {type: count, min: 1}
      price: {type: money, currency: CNY}
      amount: {type: money, currency: CNY, is: "quantity * price"}
  cost_total: {type: money, currency: CNY, is: "sum(costs.amount)"}
  share: {type: ratio, is: "cost_total / budget", scale: 4}
  motive: {type: long_text, required: true, when: "audience = 'old'", was: cause}
  hobby: {type: text, confidential: {purpose: gifts, read: [owner], keep: 24 months, off: true}}
checks:
  - holds: "ends_on >= starts_on"
    otherwise: {zh-Hans: "结束早于{starts_on}", en: "it ends before {starts_on}"}
states:
  draft: {label: {zh-Hans: 草稿, en: Draft}}
  submitted:
    label: {zh-Hans: 已提交, en: Submitted}
    locked: true
    due: "entered + 2 working days"
    escalate: {to: [manager], when: "due + 1 day"}
  consulted:
    locked: true
    consult:
      parties: {finance: {who: [unit_head:U-FIN]}, legal: {who: [unit_head:U-LAW, role:hr]}}
  done: {locked: true, final: true}
actions:
  submit:
    label: {zh-Hans: 提交, en: Submit}
    from: draft
    to: submitted
    by: [owner]
    needs: [purpose, costs]
    gates:
      - {holds: "budget > 0", otherwise: {zh-Hans: 预算还没有写, en: the budget is not written}}
    until: "starts_on - 1 month"
    effects: [{reserve: budget, amount: cost_total}, {notify: [manager], say: "{purpose}"}]
  pass:
    from: submitted
    to: consulted
    by: [[role:manager, manager], role:hr]
    never: [author, field:lead]
  agree:
    from: consulted
    to: done
    by: [unit_head:U-FIN, unit_head:U-LAW]
    verdict: agree
    effects:
      - {spend: budget, amount: cost_total}
      - {create: evaluation, with: {campaign: record, due_on: "ends_on + 7"}}
  object:
    from: consulted
    to: draft
    by: [unit_head:U-FIN, unit_head:U-LAW]
    verdict: object
    effects: [{release: budget, amount: cost_total}]
  expire: {from: submitted, to: draft, by: [clock], after: "entered + 10 days"}
allowances:
  budget: {label: {zh-Hans: 活动预算, en: Budget}, limit: budget, currency: CNY}
cadences:
  contact:
    last: [evaluation.campaign]
    every: [{when: "state = 'draft'", is: 7 days}, {when: "state = 'submitted'", is: 2 weeks}]
    remind: {to: [owner], before: 1 day}
    escalate: {to: [manager], after: 3 days}
reminders:
  start:
    on: starts_on
    before: [7 days, 2 days, 0 days]
    to: [owner]
    when: "state = 'draft'"
    say: "{purpose}"
    countdown: true
views: {list: {columns: [number, title, budget, state, contact], sort: -starts_on}}
"""

EVALUATION = """
record: evaluation
fields:
  campaign: {type: record, of: campaign, required: true}
  due_on: {type: date}
  score: {type: points, is: "if(campaign_is_big, 2, 1)"}
  campaign_is_big: {type: boolean, default: "campaign.budget > 1000"}
"""


def book(*texts: str) -> Book:
    """The book of some texts."""
    return assemble(load_record_type(text, f"{n}.yaml") for n, text in enumerate(texts))


def campaign() -> Kind:
    """The campaign, with the evaluation it begins."""
    return book(CAMPAIGN, EVALUATION).kind("campaign")


def kind(text: str) -> Kind:
    """The one type of a text."""
    (found,) = book(text).kinds.values()
    return found
