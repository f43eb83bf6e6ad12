"""What can go wrong with statements and posting."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

POSTING_PERIOD_CLOSED: Final = define(
    "POSTING_PERIOD_CLOSED",
    zh="{period}已经关账。",
    en="{period} is closed.",
    why_zh="关账之后，这个月的结算单不再变动。",
    why_en="Once a month is closed its statements do not change any more.",
    remedy_zh="差额会计入下一个未关账的月份，并注明更正哪个月。",
    remedy_en="Differences go to the next open month, marked as a correction.",
    http=423,
)
POSTING_CURRENCY_UNKNOWN: Final = define(
    "POSTING_CURRENCY_UNKNOWN",
    zh="明细{line}没有币种。",
    en="Line {line} has no currency.",
    why_zh="没有币种的金额无法入账。",
    why_en="An amount without a currency cannot be posted.",
    remedy_zh="在方案里写明币种，重新核算。",
    remedy_en="Name the currency in the plan and run it again.",
    http=409,
)
PERIODS_STAY_OPEN: Final = define(
    "PERIODS_STAY_OPEN",
    zh="{period}之前还有没有关账的月份：{open}。",
    en="A month before {period} is still open: {open}.",
    why_zh="按顺序关账，更正才知道该计入哪个月。",
    why_en="Months are closed in order, so that a correction knows where it belongs.",
    remedy_zh="先关账{open}。",
    remedy_en="Close {open} first.",
    http=409,
)
