"""The words of the command and of the README, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attain.core.labels import CHINESE, ENGLISH, Labels, Language, labels

ROLES: Final[dict[str, Labels]] = {
    "representative": labels("客户代表", "Account representatives"),
    "team_manager": labels("主管", "Team managers"),
    "region_manager": labels("大区经理", "Region managers"),
    "executive": labels("高管", "Executives"),
    "specialist": labels("品类专员", "Specialists"),
    "promoter": labels("推广员", "Promoters"),
    "hr": labels("人力资源", "Human resources"),
    "finance": labels("财务", "Finance"),
    "plan_administrator": labels("方案管理员", "Plan administrator"),
    "auditor": labels("审计", "Auditor"),
    "system_administrator": labels("系统管理员", "System administrator"),
    "outsider": labels("外部人员", "Outsider"),
}

INDICATORS: Final[dict[str, Labels]] = {
    "collections": labels("回款", "Collections"),
    "sales": labels("销售额", "Sales"),
    "sales_of_line": labels("产品线销售额", "Sales by product line"),
    "sales_growth": labels("销售增长率", "Sales growth"),
    "market_share_change": labels("市场份额变化", "Change of market share"),
    "new_customers": labels("新客户", "New customers"),
    "listed_stores": labels("新品铺货门店", "New-product stores"),
    "qualified_displays": labels("合格陈列", "Qualified displays"),
    "return_ratio": labels("退货率", "Return ratio"),
}


def language_of(asked: str | None, environment: Mapping[str, str]) -> Language:
    """The reader's language: as asked for, else as the terminal speaks.

    >>> language_of(None, {"LANG": "zh_CN.UTF-8"})
    'zh-Hans'
    >>> language_of("en", {"LANG": "zh_CN.UTF-8"})
    'en'
    """
    names = ("ATTAIN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    spoken = asked or next((environment[name] for name in names if environment.get(name)), "")
    return CHINESE if spoken.lower().startswith("zh") else ENGLISH
