"""What a table is called: its title, and the name that its dataset could have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from attain.core.schemas.columns import MAX_NAME
from attain.lake.detecting import Detected
from attain.lake.reading.staging import StagedTable

HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WHEN: Final = re.compile(
    r"[0-9]{4}年?度?(第?[1-4一二三四]季度|[上下]半年|[0-9]{1,2}月份?)?|第?[1-4一二三四]季度|"
    r"(1[0-2]|0?[1-9])月份?"
)
_ENGLISH: Final = {
    "销售明细": "sales", "销售记录": "sales", "销售流水": "sales", "订单": "orders",
    "回款": "receipts", "收款": "receipts",
    "发票": "invoices", "开票": "invoices", "出库": "shipments", "发货": "shipments",
    "退货": "returns", "退费": "refunds", "退款": "refunds", "目标": "targets",
    "客户": "customers", "合同": "contracts", "拜访": "visits", "考勤": "attendance",
    "产品": "products", "商品": "products", "价格": "prices", "门店": "stores",
    "库存": "stock", "保单": "policies", "项目": "projects", "费用": "costs",
    "工资": "wages", "考核": "appraisals", "进货": "purchases",
}  # fmt: skip


def table_title(detected: Detected, table: StagedTable) -> str:
    """What a table is called: its sheet, or its file where the sheet has no name of its own."""
    file = Path(detected.file).stem
    title = table.sheet or file
    return without_period(file if title.lower().startswith("sheet") else title)


def without_period(title: str) -> str:
    """What a table holds, without when: `9月订单` and `2026 Orders` are orders every month."""
    bare = _WHEN.sub("", unicodedata.normalize("NFKC", title)).strip(" -_·()[]")
    return bare if any(sign.isalpha() for sign in bare) else title


def english_words(title: str) -> str:
    """The English words in a title, and those of the Chinese ones that every company uses."""
    plain = HUMP.sub(" ", unicodedata.normalize("NFKC", title)).lower()
    for chinese, english in _ENGLISH.items():
        plain = plain.replace(chinese, f" {english} ")
    return " ".join(re.findall(r"[a-z][a-z0-9]*", plain))


def dataset_name(title: str, taken: Sequence[str]) -> str:
    """A free name of small ASCII letters for a table: `2026 Orders` is `orders`."""
    base = english_words(title).replace(" ", "_")[: MAX_NAME - 4] or "facts"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}_{number}"
    return name
