"""What accounts refuse, in both languages."""

from __future__ import annotations

from attain.core.errors import define

NOT_ALLOWED = define(
    "NOT_ALLOWED",
    zh="你没有办理这件事的权限。",
    en="You are not allowed to do this.",
    remedy_zh="如果工作需要，向系统管理员申请相应角色。",
    remedy_en="If your work needs it, ask a system administrator for the role.",
    http=403,
)
SIGN_IN_NEEDED = define(
    "SIGN_IN_NEEDED",
    zh="先登录。",
    en="Please log in first.",
    remedy_zh="登录后重试；通过接口访问时，在 Authorization 中给出有效的令牌。",
    remedy_en="Log in and try again; through the API, send a valid token in Authorization.",
    http=401,
)
SELF_GRANT = define(
    "SELF_GRANT",
    zh="不能给自己授予“{role}”角色。",
    en="Nobody can give themselves the role “{role}”.",
    why_zh="角色打开薪酬、数据和方案，必须由他人授予。",
    why_en="Roles open pay, data and plans, so they are given by somebody else.",
    remedy_zh="由另一位系统管理员授予。",
    remedy_en="Ask another system administrator to grant it.",
    http=403,
)
USERNAME_TAKEN = define(
    "USERNAME_TAKEN",
    zh="用户名“{username}”已被使用。",
    en="The user name “{username}” is taken.",
    remedy_zh="换一个用户名。",
    remedy_en="Choose another one.",
    http=409,
)
PERSON_TAKEN = define(
    "PERSON_TAKEN",
    zh="这位员工已有账号“{username}”。",
    en="This person already has the account “{username}”.",
    remedy_zh="一人只能有一个账号，修改原有账号。",
    remedy_en="One person has one account: change the existing one.",
    http=409,
)
GRANT_UNIT_MISSING = define(
    "GRANT_UNIT_MISSING",
    zh="按部门授权时必须指明部门，其他范围则不能指明部门。",
    en="A grant for a unit must name the unit, and no other grant may name one.",
    remedy_zh="选择部门，或改用其他范围。",
    remedy_en="Choose the unit, or another scope.",
)
DATES_REVERSED = define(
    "DATES_REVERSED",
    zh="结束日期 {until} 不晚于开始日期 {start}。",
    en="The end {until} is not after the start {start}.",
    remedy_zh="结束日期不含在内，填写更晚的日期。",
    remedy_en="The end is exclusive: give a later date.",
)
DELEGATION_TO_SELF = define(
    "DELEGATION_TO_SELF",
    zh="不能委托给自己。",
    en="Nobody can delegate to themselves.",
    remedy_zh="选择另一位同事。",
    remedy_en="Choose a colleague.",
)
DELEGATION_ROLE_NOT_HELD = define(
    "DELEGATION_ROLE_NOT_HELD",
    zh="你没有“{role}”角色，无法委托。",
    en="You do not hold the role “{role}”, so you cannot delegate it.",
    remedy_zh="只能委托自己直接拥有的角色；受托得来的角色不能转委托。",
    remedy_en="Delegate only roles given to you; a delegated role goes no further.",
    http=403,
)
USER_UNKNOWN = define(
    "USER_UNKNOWN",
    zh="没有用户“{username}”。",
    en="There is no user “{username}”.",
    remedy_zh="核对用户名。",
    remedy_en="Check the user name.",
    http=404,
)
LAST_ADMINISTRATOR = define(
    "LAST_ADMINISTRATOR",
    zh="“{username}”是最后一位系统管理员，不能停用或收回其角色。",
    en="“{username}” is the last system administrator and cannot be disabled or lose the role.",
    remedy_zh="先授权另一位系统管理员。",
    remedy_en="Make somebody else a system administrator first.",
    http=409,
)
IDEMPOTENCY_KEY_REUSED = define(
    "IDEMPOTENCY_KEY_REUSED",
    zh="Idempotency-Key “{key}”已用于另一个请求。",
    en="The Idempotency-Key “{key}” was used for another request.",
    remedy_zh="不同的请求使用不同的值。",
    remedy_en="Use another key for another request.",
    http=422,
)
IDEMPOTENCY_IN_PROGRESS = define(
    "IDEMPOTENCY_IN_PROGRESS",
    zh="同一 Idempotency-Key “{key}”的请求正在处理。",
    en="A request with the Idempotency-Key “{key}” is still being answered.",
    remedy_zh="稍后用同一个值重试。",
    remedy_en="Try again with the same key in a moment.",
    http=409,
)
IDEMPOTENCY_KEY_MISSING = define(
    "IDEMPOTENCY_KEY_MISSING",
    zh="请求缺少 Idempotency-Key，或其写法不对。",
    en="The request has no Idempotency-Key, or none that can be used.",
    why_zh="没有它，网络中断后重发的请求可能被办理两次。",
    why_en="Without it a request sent again after a broken connection might be done twice.",
    remedy_zh="为每个请求生成一个不超过 100 个字符的唯一值（如 UUID），重发时保持不变。",
    remedy_en="Send a unique text of at most 100 characters, such as a UUID, and repeat it.",
    http=428,
)
TOKEN_READS_ONLY = define(
    "TOKEN_READS_ONLY",
    zh="这个令牌只能读取。",
    en="This token may only read.",
    remedy_zh="换用可写入的令牌。",
    remedy_en="Use a token that may write.",
    http=403,
)
CSRF_FAILED = define(
    "CSRF_FAILED",
    zh="无法确认这个请求来自你打开的页面。",
    en="It could not be confirmed that this request comes from a page you opened.",
    remedy_zh="刷新页面后重试，并允许本站使用 Cookie。",
    remedy_en="Reload the page and try again; let this site keep cookies.",
    http=403,
)
NOT_FOUND = define(
    "NOT_FOUND",
    zh="没有这个页面，或者你无权查看。",
    en="There is no such page, or it is not yours to see.",
    remedy_zh="核对地址，或从首页重新进入。",
    remedy_en="Check the address, or start again from the home page.",
    http=404,
)
METHOD_NOT_ALLOWED = define(
    "METHOD_NOT_ALLOWED",
    zh="这个地址不接受 {method} 请求。",
    en="This address does not take {method} requests.",
    remedy_zh="可用的方法：{allowed}。",
    remedy_en="It takes: {allowed}.",
    http=405,
)
REQUEST_MALFORMED = define(
    "REQUEST_MALFORMED",
    zh="服务器无法读懂这个请求。",
    en="The server could not read this request.",
    remedy_zh="返回上一页后重试。",
    remedy_en="Go back and try again.",
    http=400,
)
BODY_TOO_LARGE = define(
    "BODY_TOO_LARGE",
    zh="提交的内容过大。",
    en="What was sent is too large.",
    remedy_zh="缩减内容或分次提交；大批数据用文件导入。",
    remedy_en="Send less at a time; bring large data in by a file.",
    http=413,
)
CONTENT_TYPE_UNKNOWN = define(
    "CONTENT_TYPE_UNKNOWN",
    zh="不接受“{value}”类型的内容。",
    en="Content of the type “{value}” is not accepted.",
    remedy_zh="以 UTF-8 编码的 application/json 提交，不要压缩。",
    remedy_en="Send application/json in UTF-8, not compressed.",
    http=415,
)
JSON_MALFORMED = define(
    "JSON_MALFORMED",
    zh="提交的内容不是有效的 JSON。",
    en="What was sent is not valid JSON.",
    remedy_zh="检查引号、逗号和括号；文字须为 UTF-8，不带字节顺序标记。",
    remedy_en="Check quotes, commas and brackets; use UTF-8 without a byte order mark.",
    http=400,
)
JSON_DUPLICATE_KEY = define(
    "JSON_DUPLICATE_KEY",
    zh="字段“{field}”出现了两次。",
    en="The field “{field}” appears twice.",
    why_zh="无法判断以哪一个值为准。",
    why_en="It cannot be known which value is meant.",
    remedy_zh="只保留一个。",
    remedy_en="Keep one of them.",
    http=400,
)
JSON_NUMBER = define(
    "JSON_NUMBER",
    zh="数字“{value}”不能这样提交。",
    en="The number “{value}” cannot be sent like this.",
    why_zh="JSON 中的小数和过大的数在途中可能变样。",
    why_en="Fractions and very large numbers may change on their way in JSON.",
    remedy_zh='小数写成字符串，如 "0.1"；整数不超过 18 位。',
    remedy_en='Write fractions as text, such as "0.1"; whole numbers have at most 18 digits.',
)
FIELD_NOT_ACCEPTED = define(
    "FIELD_NOT_ACCEPTED",
    zh="字段“{field}”的内容不能接受（{kind}）。",
    en="The field “{field}” cannot be accepted ({kind}).",
    remedy_zh="对照接口说明检查字段名和类型。",
    remedy_en="Compare its name and type with the description of the API.",
)
PARAMETER_REPEATED = define(
    "PARAMETER_REPEATED",
    zh="参数“{name}”出现了多次。",
    en="The parameter “{name}” appears more than once.",
    remedy_zh="只保留一个。",
    remedy_en="Keep one of them.",
)
SERVER_FAULT = define(
    "SERVER_FAULT",
    zh="程序出错了，编号 {error_id}。",
    en="Something went wrong on our side; its number is {error_id}.",
    why_zh="没有完成的操作已全部撤回。",
    why_en="What was not finished has been undone.",
    remedy_zh="稍后重试；如仍出错，把编号告诉系统管理员。",
    remedy_en="Try again later; if it stays, tell a system administrator the number.",
    http=500,
)
TOO_MANY_TRIES = define(
    "TOO_MANY_TRIES",
    zh="尝试次数过多。",
    en="There were too many tries.",
    remedy_zh="稍等几分钟再试。",
    remedy_en="Wait a few minutes and try again.",
    http=429,
)
PASSWORD_REFUSED = define(
    "PASSWORD_REFUSED",
    zh="不能使用这个密码：{reason}",
    en="This password cannot be used: {reason}",
    remedy_zh="换一个更长、更不常见的密码，一句话也可以。",
    remedy_en="Choose a longer, less common one; a sentence is welcome.",
)
