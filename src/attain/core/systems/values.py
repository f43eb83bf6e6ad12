"""Targets, parameters, rates, calendars, ratings, decisions and balances."""

from __future__ import annotations

from typing import Final

from attain.core.schemas import DatasetSchema
from attain.core.systems.declaring import declared

VALUES: Final[tuple[DatasetSchema, ...]] = declared(
    # The unit of a target, a parameter or a decided value is that of the indicator, the
    # plan's parameter or the component it belongs to; all are kept with 18 decimals.
    """
dataset: targets
label: {zh-Hans: 目标, en: Targets}
key: [subject, indicator, period, dimension]
columns:
  subject: {type: key, of: [people, units, positions], label: {zh-Hans: 对象, en: Subject}}
  indicator: {type: text, label: {zh-Hans: 指标, en: Indicator}}
  period: {type: period, label: {zh-Hans: 期间, en: Period}}
  dimension: {type: text, required: false, label: {zh-Hans: 维度, en: Dimension}}
  value: {type: ratio, required: true, label: {zh-Hans: 目标值, en: Value}}
""",
    """
dataset: parameters
label: {zh-Hans: 参数, en: Parameters}
key: [name, subject, effective_from]
dated: true
columns:
  name: {type: text, label: {zh-Hans: 参数名, en: Name}}
  subject:
    type: key
    of: [people, units, positions]
    required: false
    label: {zh-Hans: 对象, en: Subject}
  value: {type: ratio, required: true, label: {zh-Hans: 数值, en: Value}}
""",
    """
dataset: rates
label: {zh-Hans: 汇率, en: Exchange rates}
key: [kind, currency, to_currency, date]
date: date
columns:
  kind: {type: text, label: {zh-Hans: 汇率类型, en: Kind}}
  currency: {type: text, label: {zh-Hans: 币种, en: Currency}}
  to_currency: {type: text, label: {zh-Hans: 目标币种, en: To currency}}
  date: {type: date, label: {zh-Hans: 日期, en: Date}}
  rate: {type: ratio, required: true, label: {zh-Hans: 汇率, en: Rate}}
""",
    """
dataset: calendars
label: {zh-Hans: 日历, en: Calendars}
key: [calendar, label]
load: replace
columns:
  calendar: {type: text, label: {zh-Hans: 日历, en: Calendar}}
  kind: {type: text, required: true, label: {zh-Hans: 期间类型, en: Kind}}
  label: {type: text, label: {zh-Hans: 期间, en: Label}}
  from: {type: date, required: true, label: {zh-Hans: 起日, en: From}}
  until: {type: date, required: true, label: {zh-Hans: 止日（不含）, en: Until (exclusive)}}
  parent: {type: text, label: {zh-Hans: 上级期间, en: Parent}}
""",
    """
dataset: days
label: {zh-Hans: 工作日, en: Working days}
key: [calendar, date]
date: date
columns:
  calendar: {type: text, label: {zh-Hans: 日历, en: Calendar}}
  date: {type: date, label: {zh-Hans: 日期, en: Date}}
  is_working: {type: boolean, required: true, label: {zh-Hans: 是否工作日, en: Is working}}
""",
    """
dataset: ratings
label: {zh-Hans: 评分, en: Ratings}
key: [subject, item, rater, rater_group, period]
columns:
  subject: {type: key, of: [people, units, positions], label: {zh-Hans: 被评对象, en: Subject}}
  item: {type: text, label: {zh-Hans: 评分项, en: Item}}
  rater: {type: key, of: [people, customers], label: {zh-Hans: 评分人, en: Rater}}
  rater_group: {type: text, label: {zh-Hans: 评分人类别, en: Rater group}}
  period: {type: period, label: {zh-Hans: 期间, en: Period}}
  score: {type: points, label: {zh-Hans: 得分, en: Score}}
  choice: {type: text, label: {zh-Hans: 评语等级, en: Rating in words}}
  comment: {type: text, personal: true, label: {zh-Hans: 评语, en: Comment}}
""",
    """
dataset: interventions
label: {zh-Hans: 人工决定, en: Interventions}
key: [id]
columns:
  id: {type: code, label: {zh-Hans: 编号, en: Number}}
  kind: {type: text, required: true, label: {zh-Hans: 类型, en: Kind}}
  subject:
    type: key
    of: [people, units, positions]
    required: true
    label: {zh-Hans: 对象, en: Subject}
  component: {type: text, required: true, label: {zh-Hans: 项目, en: Component}}
  period: {type: period, required: true, label: {zh-Hans: 期间, en: Period}}
  value: {type: ratio, label: {zh-Hans: 数值, en: Value}}
  text_value: {type: text, label: {zh-Hans: 文字, en: Text}}
  reason: {type: text, required: true, label: {zh-Hans: 理由, en: Reason}}
  by: {type: key, of: people, required: true, label: {zh-Hans: 提出人, en: By}}
  approved_by: {type: key, of: people, label: {zh-Hans: 批准人, en: Approved by}}
""",
    """
dataset: balances
label: {zh-Hans: 账户余额, en: Balances}
key: [subject, account, as_of, currency]
date: as_of
columns:
  subject: {type: key, of: [people, units, positions], label: {zh-Hans: 对象, en: Subject}}
  account: {type: text, label: {zh-Hans: 账户, en: Account}}
  as_of: {type: date, label: {zh-Hans: 截止日, en: As of}}
  amount:
    type: money
    currency_from: currency
    required: true
    label: {zh-Hans: 金额, en: Amount}
  currency: {type: text, label: {zh-Hans: 币种, en: Currency}}
""",
)
