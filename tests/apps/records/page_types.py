"""Types of records for the tests of pages: a shop that asks for a place, its visits, its campaign.

`shop` has a life with gates, a cadence, confidential fields and a table with sums; `stop` is a
visit of it, written down on a phone; `promotion` has a budget and a consultation.
"""

from __future__ import annotations

from typing import Final

SHOP: Final = """
record: shop
version: 1
label: {zh-Hans: 门店进场, en: Shop}
plural: {zh-Hans: 门店进场, en: Shops}
icon: building-store
number: "MD-{year}-{n:4}"
title: "{name}"
owner: keeper
fields:
  name: {type: text, label: {zh-Hans: 门店, en: Name}, required: true, max: 60, search: true}
  keeper: {type: person, label: {zh-Hans: 负责人, en: Keeper}, default: author}
  origin: {type: choice, label: {zh-Hans: 来源, en: Origin}, default: "'fair'", required: true,
    choices: {fair: {zh-Hans: 展会, en: Fair}, referral: {zh-Hans: 转介绍, en: Referral}}}
  referrer: {type: text, label: {zh-Hans: 介绍人, en: Referrer}, required: true,
    when: "origin = 'referral'"}
  channels: {type: choices, label: {zh-Hans: 渠道, en: Channels},
    choices: {shelf: {zh-Hans: 货架, en: Shelf}, cold: {zh-Hans: 冷柜, en: Cooler}}}
  margin: {type: ratio, label: {zh-Hans: 毛利率, en: Margin}}
  opens_on: {type: date, label: {zh-Hans: 开业日期, en: Opens on}}
  is_chain: {type: boolean, label: {zh-Hans: 连锁, en: Chain}}
  unit_in_charge: {type: unit, label: {zh-Hans: 归口部门, en: Unit in charge}}
  items:
    type: table
    label: {zh-Hans: 报价, en: Quotation}
    fields:
      item: {type: text, label: {zh-Hans: 品项, en: Item}, required: true}
      pieces: {type: count, label: {zh-Hans: 数量, en: Pieces}}
      price: {type: money, currency: CNY, label: {zh-Hans: 单价, en: Price}}
      amount: {type: money, currency: CNY, is: "pieces * price", label: {zh-Hans: 金额, en: Amount}}
  total: {type: money, currency: CNY, is: "sum(items.amount)",
    label: {zh-Hans: 报价合计, en: Total}}
  remark: {type: long_text, label: {zh-Hans: 备注, en: Remark}}
  papers: {type: files, label: {zh-Hans: 资料, en: Papers}}
  approved_by: {type: person, label: {zh-Hans: 批准人, en: Approved by}}
  birthday: {type: date, label: {zh-Hans: 采购生日, en: Buyer's birthday}, personal: true,
    confidential: {purpose: {zh-Hans: 生日问候, en: Birthday greetings}, read: [owner]}}
states:
  talk: {label: {zh-Hans: 洽谈, en: Talks}}
  quoted: {label: {zh-Hans: 报价, en: Quoted}, tone: accent}
  contract: {label: {zh-Hans: 合同审批, en: Contract}, tone: accent, locked: true}
  placed: {label: {zh-Hans: 已进场, en: Placed}, locked: true, final: true}
  lost: {label: {zh-Hans: 已放弃, en: Given up}, tone: problem, locked: true, final: true}
actions:
  quote: {label: {zh-Hans: 报价, en: Quote}, from: [talk], to: quoted, by: [owner],
    needs: [margin]}
  ask:
    label: {zh-Hans: 送审, en: Send for approval}
    from: [quoted]
    to: contract
    by: [owner]
    asks: [opens_on]
    needs: [opens_on, reason]
    gates:
      - holds: "margin >= 12%"
        label: {zh-Hans: 毛利率不低于12%, en: Margin of 12% at least}
        otherwise: {zh-Hans: 毛利率低于12%, en: the margin is below 12%}
      - holds: "total > 0"
        otherwise: {zh-Hans: 报价合计还是0, en: the quotation adds up to nothing}
  approve: {label: {zh-Hans: 同意, en: Approve}, from: [contract], to: placed, by: [manager],
    never: [owner], effects: [{set: approved_by, to: "actor"}]}
  drop: {label: {zh-Hans: 放弃, en: Give up}, from: [talk, quoted], to: lost, by: [owner],
    needs: [reason]}
cadences:
  contact:
    label: {zh-Hans: 联系, en: Contact}
    last: [stop.shop]
    every: [{when: "state = 'talk' or state = 'quoted'", is: 7 days}]
    since: entered
views:
  form:
    - section: {zh-Hans: 门店, en: Shop}
      fields: [name, keeper, origin, referrer, channels, is_chain]
    - {section: {zh-Hans: 报价, en: Quotation}, fields: [margin, opens_on, items, total]}
    - {fields: [unit_in_charge, remark, papers, birthday]}
"""

STOP: Final = """
record: stop
version: 1
label: {zh-Hans: 巡店, en: Visit}
plural: {zh-Hans: 巡店, en: Visits}
icon: map-pin
number: "XD-{year}{month}-{n:4}"
title: "{shop}"
date: visited_on
fields:
  shop: {type: record, of: shop, label: {zh-Hans: 门店, en: Shop}, required: true}
  visited_on: {type: date, label: {zh-Hans: 日期, en: Date}, required: true, default: today}
  result: {type: choice, label: {zh-Hans: 结果, en: Result}, required: true,
    choices: {order: {zh-Hans: 下单, en: Order}, follow: {zh-Hans: 继续跟进, en: Follow up}},
    default: "'follow'"}
  said: {type: long_text, label: {zh-Hans: 谈了什么, en: What was said}}
  next_on: {type: date, label: {zh-Hans: 下次日期, en: Next date}, default: "today + 7"}
views:
  quick: [shop, result, said]
"""

PROMOTION: Final = """
record: promotion
version: 1
label: {zh-Hans: 促销, en: Promotion}
plural: {zh-Hans: 促销, en: Promotions}
icon: flag
number: "CX-{year}-{n:3}"
title: "{purpose}"
fields:
  purpose: {type: text, label: {zh-Hans: 目的, en: Purpose}, required: true}
  budget: {type: money, currency: CNY, label: {zh-Hans: 预算, en: Budget}, required: true,
    min: "0.01"}
states:
  draft: {label: {zh-Hans: 草稿, en: Draft}}
  consulted:
    label: {zh-Hans: 会商中, en: Consulted}
    tone: accent
    locked: true
    consult:
      rule: all
      parties:
        finance: {label: {zh-Hans: 财务部, en: Finance}, who: ["role:finance"]}
        hr: {label: {zh-Hans: 人事部, en: HR}, who: ["role:hr"]}
  agreed: {label: {zh-Hans: 已同意, en: Agreed}, locked: true, final: true}
actions:
  ask: {label: {zh-Hans: 提交会商, en: Ask for consent}, from: [draft], to: consulted, by: [author]}
  agree: {label: {zh-Hans: 同意, en: Agree}, from: [consulted], to: agreed, verdict: agree,
    by: ["role:finance", "role:hr"]}
  object: {label: {zh-Hans: 不同意, en: Object}, from: [consulted], to: draft, verdict: object,
    by: ["role:finance", "role:hr"], needs: [reason]}
allowances:
  budget: {label: {zh-Hans: 活动预算, en: Budget}, limit: "budget", currency: CNY}
"""

TYPES: Final = {"shop.yaml": SHOP, "stop.yaml": STOP, "promotion.yaml": PROMOTION}
