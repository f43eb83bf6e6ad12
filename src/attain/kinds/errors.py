"""Why an action is refused."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

ACTION_UNKNOWN: Final = define(
    "ACTION_UNKNOWN",
    zh="没有“{action}”这个操作。",
    en="There is no action “{action}” here.",
    remedy_zh="刷新页面，从列出的操作中选择。",
    remedy_en="Reload the page and choose one of the actions it offers.",
)
ACTION_NOT_NOW: Final = define(
    "ACTION_NOT_NOW",
    zh="现在的状态是“{state}”，不能{action}。",
    en="It is in the state “{state}”, in which “{action}” is not possible.",
    remedy_zh="可以{action}的状态：{from_}。",
    remedy_en="“{action}” is possible in: {from_}.",
    http=409,
)
ACTION_NOT_YOURS: Final = define(
    "ACTION_NOT_YOURS",
    zh="你不能{action}。",
    en="You may not take the action “{action}”.",
    remedy_zh="这一步由以下人员办理：{who}。",
    remedy_en="This step is for {who}.",
    http=403,
)
SELF_APPROVAL: Final = define(
    "SELF_APPROVAL",
    zh="你是{relation}，不能同时{action}。",
    en="You are {relation} and cannot take the action “{action}” as well.",
    why_zh="同一个人既办理又批准，等于没有复核。",
    why_en="When one person prepares and approves, nobody has checked.",
    remedy_zh="让另一位有权限的同事办理。",
    remedy_en="Ask a colleague who has the right to do it.",
    http=403,
)
REASON_MISSING: Final = define(
    "REASON_MISSING",
    zh="没有写理由，不能{action}。",
    en="“{action}” needs a reason.",
    remedy_zh="写下理由，日后查看的人才能明白。",
    remedy_en="Write the reason, so that whoever looks at it later understands.",
)
FIELD_NEEDED: Final = define(
    "FIELD_NEEDED",
    zh="“{field}”没有填写，不能{action}。",
    en="“{action}” needs the field “{field}”.",
    remedy_zh="填写后再试。",
    remedy_en="Fill it in and try again.",
)
GATE_CLOSED: Final = define(
    "GATE_CLOSED",
    zh="还不能{action}：{gate}。",
    en="“{action}” is not possible yet: {gate}.",
    remedy_zh="满足这一条件后再试。",
    remedy_en="Try again when this condition is met.",
    http=409,
)
GATE_NO_DATA: Final = define(
    "GATE_NO_DATA",
    zh="还不能{action}：无法判断“{gate}”，所需的数据缺失。",
    en="“{action}” is not possible yet: data are missing to tell whether {gate}.",
    remedy_zh="补齐数据后再试。",
    remedy_en="Supply the data and try again.",
    http=409,
)
ACTION_TOO_EARLY: Final = define(
    "ACTION_TOO_EARLY",
    zh="{day}之后才能{action}。",
    en="“{action}” is possible only after {day}.",
    remedy_zh="到期后再办理。",
    remedy_en="Come back after that day.",
    http=409,
)
ACTION_TOO_LATE: Final = define(
    "ACTION_TOO_LATE",
    zh="{action}的期限是{day}，已经过了。",
    en="The deadline of “{action}” was {day}.",
    remedy_zh="联系负责人商定下一步。",
    remedy_en="Agree on the next step with whoever is in charge.",
    http=409,
)
ALREADY_SIGNED: Final = define(
    "ALREADY_SIGNED",
    zh="你已经表过态，不能再次{action}。",
    en="You have signed already; “{action}” is not possible twice.",
    remedy_zh="等其他人表态，或先撤回自己的意见。",
    remedy_en="Wait for the others.",
    http=409,
)
EFFECT_NO_DATA: Final = define(
    "EFFECT_NO_DATA",
    zh="不能{action}：“{what}”算不出来，所需的数据缺失。",
    en="“{action}” is not possible: data are missing to work out “{what}”.",
    remedy_zh="补齐数据后再试。",
    remedy_en="Supply the data and try again.",
    http=409,
)
DEADLINE_UNKNOWN: Final = define(
    "DEADLINE_UNKNOWN",
    zh="还不能{action}：期限取决于一个没有填写的日期。",
    en="“{action}” is not possible yet: its deadline depends on a date that is not filled in.",
    remedy_zh="填写日期后再试。",
    remedy_en="Fill in the date and try again.",
    http=409,
)
