"""Words of headers from which it is told what a column holds."""

from __future__ import annotations

import re
from typing import Final

CODE_WORDS: Final = re.compile(
    r"编号|编码|代码|单号|号码|号$|工号|[订退工运保提货库]单$|"
    r"(?i:条码|\bno\.?$|\bid$|_(id|no|key)$|\b(upc|ean)$|_(upc|ean)$|barcode|code|number$|sku)|"
    r"[a-z](I[dD]|N[oO]|Key)$|(?i:^|[a-z)] ?)#$"
)
PERSON_WORDS: Final = re.compile(
    r"(?i)^(销售|销售员|销售人员|业务员|业务人员|业务代表|客户经理|销售代表|销售顾问|负责人|归属人|"
    r"员工|人员|姓名|工号|员工编号|员工姓名|"
    r"seller|sales ?(person|rep|representative|associate)|rep|"
    r"((deal|opportunity|account) )?owner|account (executive|manager)|agent|producer|loan officer|"
    r"(service )?advis[eo]r|consultant|technician|stylist|employee( (no\.?|id|name))?)$"
)
SOMEBODY: Final = re.compile(
    r"员|人|工号|经理|代表|顾问|employee|person|people|seller|sales ?rep|staff|manager|agent"
)
MONEY_WORDS: Final = re.compile(
    r"(?i)(金额|价|额$|费|款|成本|毛利|利润|奖金|提成|工资|"
    r"amount|price|sales|revenue|cost|profit|freight|quota|target|bonus|salary|disc(ount)?$|fee|value|total|amt$)"
)
COUNT_WORDS: Final = re.compile(r"(?i)(数量|件数|台数|个数|人数|次数|qty|quantity|count|units?)")
RATIO_WORDS: Final = re.compile(
    r"(?i)(率|占比|比例|折扣|rate|ratio|share|percent|%|discount(?!.*am))"
)
