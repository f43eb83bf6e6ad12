"""What can stop a calculation that only the reference notices."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

REQUIRED_VALUE_MISSING: Final = define(
    "REQUIRED_VALUE_MISSING",
    zh="{relation}.{column} 必须有值，但没有算出来：{reason}。",
    en="{relation}.{column} must have a value and has none: {reason}.",
    why_zh="方案按数据声明认定它总有值，后面的规则没有考虑缺失。",
    why_en="The data is declared complete, so no rule after it reckons with a missing value.",
    remedy_zh="补上所读的必填数据，或在数据集声明里去掉 required。date 所写的日期也是必填："
    "有的行还没有日期的，来源不写 date，归集时写 dated。",
    remedy_en="Fill in the required data it reads, or declare the column without required. The "
    "column `date` names is required, too: where some rows have no date yet, leave `date` out of "
    "the source and say `dated` where the rows are gathered.",
)
