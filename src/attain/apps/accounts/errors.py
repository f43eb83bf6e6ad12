"""What accounts refuse, in both languages."""

from __future__ import annotations

from attain.core.errors import define

NOT_ALLOWED = define(
    "NOT_ALLOWED",
    zh="您没有办理这件事的权限。",
    en="You are not allowed to do this.",
    remedy_zh="如果工作需要，请联系系统管理员为您授予相应角色。",
    remedy_en="If your work needs it, ask a system administrator for the role.",
    http=403,
)
SIGN_IN_NEEDED = define(
    "SIGN_IN_NEEDED",
    zh="请先登录。",
    en="Please log in first.",
    remedy_zh="请登录后重试；通过接口访问时，请在 Authorization 中给出有效的令牌。",
    remedy_en="Log in and try again; through the API, send a valid token in Authorization.",
    http=401,
)
SELF_GRANT = define(
    "SELF_GRANT",
    zh="不能给自己授予“{role}”角色。",
    en="Nobody can give themselves the role “{role}”.",
    why_zh="有权审批薪酬的角色必须由他人授予。",
    why_en="A role that approves pay must be given by somebody else.",
    remedy_zh="请另一位系统管理员授予。",
    remedy_en="Ask another system administrator to grant it.",
    http=403,
)
USERNAME_TAKEN = define(
    "USERNAME_TAKEN",
    zh="用户名“{username}”已被使用。",
    en="The user name “{username}” is taken.",
    remedy_zh="请换一个用户名。",
    remedy_en="Choose another one.",
    http=409,
)
PERSON_TAKEN = define(
    "PERSON_TAKEN",
    zh="这位员工已有账号“{username}”。",
    en="This person already has the account “{username}”.",
    remedy_zh="一人只能有一个账号，请修改原有账号。",
    remedy_en="One person has one account: change the existing one.",
    http=409,
)
GRANT_UNIT_MISSING = define(
    "GRANT_UNIT_MISSING",
    zh="按部门授权时必须指明部门，其他范围则不能指明部门。",
    en="A grant for a unit must name the unit, and no other grant may name one.",
    remedy_zh="请选择部门，或改用其他范围。",
    remedy_en="Choose the unit, or another scope.",
)
DATES_REVERSED = define(
    "DATES_REVERSED",
    zh="结束日期 {until} 不晚于开始日期 {start}。",
    en="The end {until} is not after the start {start}.",
    remedy_zh="结束日期不含在内，请填写更晚的日期。",
    remedy_en="The end is exclusive: give a later date.",
)
DELEGATION_TO_SELF = define(
    "DELEGATION_TO_SELF",
    zh="不能委托给自己。",
    en="Nobody can delegate to themselves.",
    remedy_zh="请选择另一位同事。",
    remedy_en="Choose a colleague.",
)
DELEGATION_ROLE_NOT_HELD = define(
    "DELEGATION_ROLE_NOT_HELD",
    zh="您没有“{role}”角色，无法委托。",
    en="You do not hold the role “{role}”, so you cannot delegate it.",
    remedy_zh="只能委托自己直接拥有的角色；受托得来的角色不能转委托。",
    remedy_en="Delegate only roles given to you; a delegated role goes no further.",
    http=403,
)
USER_UNKNOWN = define(
    "USER_UNKNOWN",
    zh="没有用户“{username}”。",
    en="There is no user “{username}”.",
    remedy_zh="请核对用户名。",
    remedy_en="Check the user name.",
    http=404,
)
LAST_ADMINISTRATOR = define(
    "LAST_ADMINISTRATOR",
    zh="“{username}”是最后一位系统管理员，不能停用或收回其角色。",
    en="“{username}” is the last system administrator and cannot be disabled or lose the role.",
    remedy_zh="请先授权另一位系统管理员。",
    remedy_en="Make somebody else a system administrator first.",
    http=409,
)
IDEMPOTENCY_KEY_REUSED = define(
    "IDEMPOTENCY_KEY_REUSED",
    zh="Idempotency-Key “{key}”已用于另一个请求。",
    en="The Idempotency-Key “{key}” was used for another request.",
    remedy_zh="不同的请求请使用不同的值。",
    remedy_en="Use another key for another request.",
    http=422,
)
IDEMPOTENCY_IN_PROGRESS = define(
    "IDEMPOTENCY_IN_PROGRESS",
    zh="同一 Idempotency-Key “{key}”的请求正在处理。",
    en="A request with the Idempotency-Key “{key}” is still being answered.",
    remedy_zh="请稍后用同一个值重试。",
    remedy_en="Try again with the same key in a moment.",
    http=409,
)
