"""Why a step is refused by flow, besides what the life cycle itself says."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define
from attain.kinds.errors import SELF_APPROVAL as SELF_APPROVAL

STATE_STALE: Final = define(
    "STATE_STALE",
    zh="{who}在你之前改动过这一项，现在的状态是“{state}”。",
    en="{who} changed this before you did; it is now in the state “{state}”.",
    why_zh="你看到的是旧内容，照旧内容办理会盖掉别人的改动。",
    why_en="You saw it as it was before; acting on that would overrule what was done since.",
    remedy_zh="刷新页面，看过现在的内容再决定。",
    remedy_en="Reload the page, look at it as it is now, and decide again.",
    http=409,
)
VERSION_MISSING: Final = define(
    "VERSION_MISSING",
    zh="请求里没有版本号，无法确认你看到的是最新内容。",
    en="The request names no version, so nobody can tell whether you saw the latest one.",
    remedy_zh="刷新页面后再办理；通过接口访问时，给出 version。",
    remedy_en="Reload the page and try again; through the API, give version.",
    http=428,
)
ROLES_CLASH: Final = define(
    "ROLES_CLASH",
    zh="“{first}”和“{second}”不能由同一个人担任。",
    en="“{first}” and “{second}” cannot be held by the same person.",
    why_zh="原因是：{why}。",
    why_en="The reason: {why}.",
    remedy_zh="授予另一位同事，或先收回其中一个角色。"
    "只有一两个人的公司：系统管理交给不参与核算的人，人事、方案和财务可以在同一个账号。",
    remedy_en="Grant it to somebody else, or take one of the roles away first. In a company of one"
    " or two: let somebody who calculates nothing administer the system; HR, plans and finance"
    " may share one account.",
    http=403,
)
