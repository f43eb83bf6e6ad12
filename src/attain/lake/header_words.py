"""Words of headers from which it is told what a column holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

CODE_WORDS: Final = re.compile(
    r"编号|编码|代码|单号|号码|号$|工号|[订退工运保提货库]单$|"
    r"(?i:条码|\bno\.?$|\bid$|_(id|no|key)$|\b(upc|ean)$|_(upc|ean)$|barcode|code|number$|sku)|"
    r"[a-z](I[dD]|N[oO]|Key)$|(?i:^|[a-z)] ?)#$"
)
PERSON_WORDS: Final = re.compile(
    r"(?i)^(销售|销售员|销售人员|业务员|业务人员|业务代表|客户经理|销售代表|销售顾问|负责人|归属人|"
    r"员工|人员|姓名|员工编号|员工姓名|[^\W\d]{0,6}工号|"
    r"导购|导购员|主播|设计师|经纪人|骑手|坐席|课程顾问|置业顾问|"
    r"seller|sales ?(person|rep|representative|associate)|rep|"
    r"((deal|opportunity|account) )?owner|account (executive|manager)|agent|producer|loan officer|"
    r"(service )?advis[eo]r|consultant|technician|stylist|employee( (no\.?|id|name))?)$"
)
SOMEBODY: Final = re.compile(
    r"员|人|工号|经理|代表|顾问|employee|person|people|seller|sales ?rep|staff|manager|agent"
)
MONEY_WORDS: Final = re.compile(
    r"(?i)(金额|价|额($|[（(])|费|款|成本|毛利|利润|奖金|提成|工资|薪|津贴|补贴|佣金|返利|扣除|业绩$|"
    r"amount|price|sales|revenue|cost|profit|freight|quota|target|bonus|salary|disc(ount)?$|fee|value|total|amt$)"
)
COUNT_WORDS: Final = re.compile(r"(?i)(数量|件数|台数|个数|人数|次数|qty|quantity|count|units?)")
HOW_MANY: Final = re.compile(
    r"(?i)^num(ber)?[_ ]?(of[_ ]?)?[a-z]+s$|[a-z][_ ]?(count|qty)$|[人个次]数"
)
"""What says how many of a kind there are, and names none of them."""
FLAG_WORDS: Final = re.compile(r"是否|(?i:[_ ]flag$|^(is|has)[_ ])|[a-z]Flag$|^([iI]s|[hH]as)[A-Z]")
"""What says of each row whether something holds."""
RATIO_WORDS: Final = re.compile(
    r"(?i)(率|占比|比例|折扣|rate|ratio|share|percent|%|discount(?!.*am))"
)
PERIOD_WORDS: Final = re.compile(r"(?i)月份|年月|期间|季度|^(month|period|quarter)$")
DATE_WORDS: Final = re.compile(r"(?i)日期|时间|日$|(^|[ _])(date|day)$|date$")
TOTAL_WORDS: Final = (
    r"([^\x1f]{0,20}(合\s*计|总\s*计|小\s*计|共\s*计)|汇\s*总|(grand |sub-? ?)?totals?|sum)"
)
"""What a row of totals says in one of its cells."""
_TOTAL: Final = re.compile(rf"\s*{TOTAL_WORDS}\s*[:：]?\s*", re.IGNORECASE)
_NOT_EACH: Final = r"(?<![每满0-9０-９千])"
_ENDS: Final = r"元?\s*([)）\]】/／、，,]|$)"
_MANY: Final = (
    (100_000_000, re.compile(rf"{_NOT_EACH}亿{_ENDS}")),
    (1_000_000, re.compile(rf"{_NOT_EACH}百万{_ENDS}|(?i:\bin millions\b)")),
    (10_000, re.compile(rf"{_NOT_EACH}(?<!百)万{_ENDS}")),
    (1_000, re.compile(rf"{_NOT_EACH}千{_ENDS}|(?i:\bin thousands\b)|'000\b|\(000s?\)")),
)
_FOR_A_TABLE: Final = re.compile(r"单位\s*[:：]?\s*(?:人民币)?\s*(\S+)")


def times_said(header: str) -> int | None:
    """What one stands for under a header: 10000 under 销售额（万元）, not under 每万元提成."""
    title = header.strip()
    return next((times for times, said in _MANY if said.search(title)), None)


def times_said_above(cells: Iterable[str]) -> int | None:
    """What a line above the header says for the whole table: 单位：万元."""
    found = (_FOR_A_TABLE.search(cell) for cell in cells)
    return next((times for one in found if one and (times := times_said(one[1]))), None)


def is_total(values: Sequence[str]) -> bool:
    """True for a row that says 合计 or Total, and leaves other cells blank."""
    return "" in (text.strip() for text in values) and any(map(_TOTAL.fullmatch, values))
