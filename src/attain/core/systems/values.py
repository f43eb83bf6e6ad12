"""Targets, parameters, rates, calendars, ratings, decisions and balances."""

from __future__ import annotations

from typing import Final

from attain.core.schemas import DatasetSchema
from attain.core.systems.declaring import SUBJECTS, column, dataset

VALUES: Final[tuple[DatasetSchema, ...]] = (
    # The unit of a target, a parameter or a decided value is that of the indicator, the
    # plan's parameter or the component it belongs to; all are kept with 18 decimals.
    dataset(
        "targets",
        "目标",
        "Targets",
        key=["subject", "indicator", "period", "dimension"],
        columns={
            "subject": column("key", "对象", "Subject", of=SUBJECTS),
            "indicator": column("text", "指标", "Indicator"),
            "period": column("period", "期间", "Period"),
            "dimension": column("text", "维度", "Dimension", required=False),
            "value": column("ratio", "目标值", "Value", required=True),
        },
    ),
    dataset(
        "parameters",
        "参数",
        "Parameters",
        key=["name", "subject", "effective_from"],
        dated=True,
        columns={
            "name": column("text", "参数名", "Name"),
            "subject": column("key", "对象", "Subject", of=SUBJECTS, required=False),
            "value": column("ratio", "数值", "Value", required=True),
        },
    ),
    dataset(
        "rates",
        "汇率",
        "Exchange rates",
        key=["kind", "currency", "to_currency", "date"],
        date="date",
        columns={
            "kind": column("text", "汇率类型", "Kind"),
            "currency": column("text", "币种", "Currency"),
            "to_currency": column("text", "目标币种", "To currency"),
            "date": column("date", "日期", "Date"),
            "rate": column("ratio", "汇率", "Rate", required=True),
        },
    ),
    dataset(
        "calendars",
        "日历",
        "Calendars",
        key=["calendar", "label"],
        load="replace",
        columns={
            "calendar": column("text", "日历", "Calendar"),
            "kind": column("text", "期间类型", "Kind", required=True),
            "label": column("text", "期间", "Label"),
            "from": column("date", "起日", "From", required=True),
            "until": column("date", "止日（不含）", "Until (exclusive)", required=True),
            "parent": column("text", "上级期间", "Parent"),
        },
    ),
    dataset(
        "days",
        "工作日",
        "Working days",
        key=["calendar", "date"],
        date="date",
        columns={
            "calendar": column("text", "日历", "Calendar"),
            "date": column("date", "日期", "Date"),
            "is_working": column("boolean", "是否工作日", "Is working", required=True),
        },
    ),
    dataset(
        "ratings",
        "评分",
        "Ratings",
        key=["subject", "item", "rater", "rater_group", "period"],
        columns={
            "subject": column(
                "key", "被评对象", "Subject", of=SUBJECTS, aliases=["对象", "被评人", "被考核人"]
            ),
            "item": column("text", "评分项", "Item", aliases=["项目", "指标", "考核项"]),
            "rater": column("key", "评分人", "Rater", of=["people", "customers"]),
            "rater_group": column("text", "评分人类别", "Rater group"),
            "period": column("period", "期间", "Period"),
            "score": column("points", "得分", "Score", aliases=["分数", "评分"]),
            "choice": column("text", "评语等级", "Rating in words", aliases=["等级", "评价"]),
            "comment": column("text", "评语", "Comment", personal=True),
        },
    ),
    dataset(
        "interventions",
        "人工决定",
        "Interventions",
        key=["id"],
        columns={
            "id": column("code", "编号", "Number"),
            "kind": column("text", "类型", "Kind", required=True),
            "subject": column("key", "对象", "Subject", of=SUBJECTS, required=True),
            "component": column("text", "项目", "Component", required=True),
            "period": column("period", "期间", "Period", required=True),
            "value": column("ratio", "数值", "Value"),
            "text_value": column("text", "文字", "Text"),
            "reason": column("text", "理由", "Reason", required=True),
            "by": column("key", "提出人", "By", of="people", required=True),
            "approved_by": column("key", "批准人", "Approved by", of="people"),
        },
    ),
    dataset(
        "balances",
        "账户余额",
        "Balances",
        key=["subject", "account", "as_of", "currency"],
        date="as_of",
        columns={
            "subject": column("key", "对象", "Subject", of=SUBJECTS),
            "account": column("text", "账户", "Account"),
            "as_of": column("date", "截止日", "As of"),
            "amount": column("money", "金额", "Amount", currency_from="currency", required=True),
            "currency": column("text", "币种", "Currency"),
        },
    ),
)
