"""What can be wrong with an expression, in the words of those who write and read rules.

Every problem names line and position inside the expression; whoever read the expression
from a file adds where the expression stands.
"""

from __future__ import annotations

from typing import Final

from attain.core.errors import Severity, Where, define
from attain.expressions.tree import Span

PLAN_SYNTAX: Final = define(
    "PLAN_SYNTAX",
    zh="公式在“{found}”处无法读懂。",
    en="The formula cannot be read at “{found}”.",
    remedy_zh="{remedy}",
    remedy_en="{remedy}",
)
PLAN_UNKNOWN_NAME: Final = define(
    "PLAN_UNKNOWN_NAME",
    zh="这里没有名为“{name}”的数据。",
    en="Nothing here is called “{name}”.",
    remedy_zh="{remedy}",
    remedy_en="{remedy}",
)
PLAN_UNKNOWN_FUNCTION: Final = define(
    "PLAN_UNKNOWN_FUNCTION",
    zh="没有名为“{name}”的函数。",
    en="There is no function called “{name}”.",
    remedy_zh="{remedy}",
    remedy_en="{remedy}",
)
PLAN_ARGUMENTS: Final = define(
    "PLAN_ARGUMENTS",
    zh="“{name}”的参数不对：{fault}。",
    en="“{name}” is given the wrong arguments: {fault}.",
    remedy_zh="按 {signature} 的写法填写。",
    remedy_en="Write it as {signature}.",
)
PLAN_STILL_MONEY: Final = define(
    "PLAN_STILL_MONEY",
    zh="这里应为{declared}，但算出来仍是{found}。",
    en="What is wanted here is {declared}, but this still gives {found}.",
    why_zh="金额除以不带单位的数字仍是金额；金额除以金额才是比率。",
    why_en="An amount divided by a number without a unit stays an amount; divided by an amount it "
    "is a ratio.",
    remedy_zh="给作除数的目标或标准写上单位，"
    "例如 parameters: {{goal: {{is: 1000, unit: money}}}}；"
    "除数是写明的数字时，写 ratio_of(sales, 1000)。",
    remedy_en="Give the target or standard it is divided by its unit, such as parameters: "
    "{{goal: {{is: 1000, unit: money}}}}; for a number that is written out, write "
    "ratio_of(sales, 1000).",
)
PLAN_TYPE: Final = define(
    "PLAN_TYPE",
    zh="{what}：{first}与{second}。",
    en="{what}: {first} and {second}.",
    why_zh="单位不同的数值放在一起没有含义，却会改变某个人的得分或金额。",
    why_en="Values of different units mean nothing together, yet would change somebody's "
    "score or pay.",
    remedy_zh="{remedy}",
    remedy_en="{remedy}",
)
PLAN_NONDETERMINISTIC: Final = define(
    "PLAN_NONDETERMINISTIC",
    zh="“{name}”每次计算结果可能不同，规则中不能使用。",
    en="“{name}” may give another value each time, so rules cannot use it.",
    why_zh="同样的规则和数据必须永远算出同样的结果。",
    why_en="The same rules and data must always give the same result.",
    remedy_zh="如需日期，用 period_end（期间最后一天）或数据中的日期。",
    remedy_en="For a date, use period_end (the last day of the period) or a date of the data.",
)
PLAN_TOO_COMPLEX: Final = define(
    "PLAN_TOO_COMPLEX",
    zh="公式过于复杂：{what}为 {size}，上限为 {limit}。",
    en="The formula is too complex: {what} is {size}, and at most {limit} is accepted.",
    remedy_zh="把它拆成几个有名称的指标。",
    remedy_en="Divide it into several named columns.",
)
PLAN_DIV_ZERO: Final = define(
    "PLAN_DIV_ZERO",
    zh="这里除以零。",
    en="This divides by zero.",
    remedy_zh="改正除数。",
    remedy_en="Correct the divisor.",
)
PLAN_DIV_UNGUARDED: Final = define(
    "PLAN_DIV_UNGUARDED",
    zh="除数“{divisor}”可能为零；那时结果为“无数据”。",
    en="The divisor “{divisor}” may be zero; the result is then “no data”.",
    remedy_zh="如果需要别的结果，写 if({divisor} = 0, …, …) 或 if_missing(…, …)。",
    remedy_en="If another result is wanted, write if({divisor} = 0, …, …) or if_missing(…, …).",
    severity=Severity.note,
)
PLAN_SIGNS_NORMALISED: Final = define(
    "PLAN_SIGNS_NORMALISED",
    zh="全角符号“{found}”已按“{read}”读取。",
    en="The full-width signs “{found}” were read as “{read}”.",
    remedy_zh="整份方案都这样读；如果不是这个意思，改用半角符号。",
    remedy_en="It is so in the whole plan; if that is not what was meant, write half-width signs.",
    severity=Severity.note,
)
PLAN_THOUSANDS: Final = define(
    "PLAN_THOUSANDS",
    zh="“{found}”在公式里是逗号隔开的几个数。",
    en="“{found}” is several numbers with commas between them to a formula.",
    remedy_zh="如果是一个数，写成 {digits}；如果是几个参数，逗号后空一格。",
    remedy_en="If it is one number, write {digits}; if they are several arguments, leave a blank "
    "after the comma.",
    severity=Severity.note,
)


def place(span: Span) -> Where:
    """The place of a stretch of an expression, for a problem."""
    return Where(
        line=span.line,
        position=span.position,
        end_line=span.end_line,
        end_position=span.end_position,
    )
