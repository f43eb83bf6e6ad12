"""What can be wrong with the question put to a list."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

FILTER_NOT_ALLOWED: Final = define(
    "FILTER_NOT_ALLOWED",
    zh="这个列表不能按“{name}”筛选。",
    en="This list cannot be filtered by “{name}”.",
    remedy_zh="去掉这个条件，或从筛选菜单里选一列。",
    remedy_en="Remove the condition, or choose a column from the filter menu.",
)
FILTER_VALUE_INVALID: Final = define(
    "FILTER_VALUE_INVALID",
    zh="“{name}”的筛选值“{value}”读不懂。",
    en="The value “{value}” cannot be read as a filter of “{name}”.",
    remedy_zh="日期写成2026-09-30，数字写成1000.00，选项从菜单里选。",
    remedy_en="Write dates as 2026-09-30 and numbers as 1000.00; take choices from the menu.",
)
FILTER_REPEATED: Final = define(
    "FILTER_REPEATED",
    zh="“{name}”在地址里写了两次。",
    en="“{name}” stands in the address twice.",
    remedy_zh="只留一个；几个取值用逗号分开。",
    remedy_en="Keep one of them; put commas between several values.",
)
SORT_NOT_ALLOWED: Final = define(
    "SORT_NOT_ALLOWED",
    zh="这个列表不能按“{name}”排序。",
    en="This list cannot be sorted by “{name}”.",
    remedy_zh="点列名排序，最多按3列。",
    remedy_en="Sort by clicking a column's name, by three columns at most.",
)
PAGE_INVALID: Final = define(
    "PAGE_INVALID",
    zh="页码或每页行数“{value}”不对。",
    en="The page or page size “{value}” is not valid.",
    remedy_zh="页码从1开始；每页1至200行。",
    remedy_en="Pages count from 1; a page holds 1 to 200 rows.",
)
EXPORT_TOO_LARGE: Final = define(
    "EXPORT_TOO_LARGE",
    zh="有{rows}行，一次最多导出{limit}行。",
    en="There are {rows} rows; one export holds {limit} at most.",
    remedy_zh="先筛选，再分几次导出。",
    remedy_en="Filter first, and export in several parts.",
)
EXPORT_FORMAT_UNKNOWN: Final = define(
    "EXPORT_FORMAT_UNKNOWN",
    zh="不能导出为“{value}”。",
    en="There is no export to “{value}”.",
    remedy_zh="选xlsx或csv。",
    remedy_en="Choose xlsx or csv.",
)
