"""How a plan is written: keys, scalars and what makes a column."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

PLAN_EMPTY: Final = define(
    "PLAN_EMPTY",
    zh="这里没有填写内容。",
    en="Nothing is written here.",
    remedy_zh="填写，或删除这一项。",
    remedy_en="Write the value, or remove the key.",
)
PLAN_KEY_EMPTY: Final = define(
    "PLAN_KEY_EMPTY",
    zh="“{key}”后面没有内容。",
    en="Nothing is written after “{key}”.",
    why_zh="它可能是没有写完的规则，也可能是一个没加引号、在逗号处被拆开的公式。",
    why_en="It may be a rule that was not finished, or a formula without quotation marks that "
    "was cut at a comma.",
    remedy_zh="填写“{key}”或删除它；公式加引号。",
    remedy_en="Write its value, or remove “{key}”; put formulas into quotation marks.",
)
PLAN_SCALAR: Final = define(
    "PLAN_SCALAR",
    zh="这里应是一个值，而不是一组。",
    en="A single value is expected here, not a list or a mapping.",
    why_zh="花括号、方括号或缩进会被读成一组内容。",
    why_en="Braces, square brackets and indentation are read as a group of values.",
    remedy_zh="如果是公式，加引号。",
    remedy_en="If it is a formula, put it into quotation marks.",
)
PLAN_FLAG: Final = define(
    "PLAN_FLAG",
    zh="“{value}”不是 true 或 false。",
    en="“{value}” is neither true nor false.",
    why_zh="yes、no、on、off 在这里只是普通文字。",
    why_en="yes, no, on and off are plain words here.",
    remedy_zh="写 true 或 false。",
    remedy_en="Write true or false.",
)
PLAN_DATE: Final = define(
    "PLAN_DATE",
    zh="“{value}”不是日期。",
    en="“{value}” is not a date.",
    remedy_zh="写成 2026-03-15。",
    remedy_en="Write it like 2026-03-15.",
)
PLAN_LANGUAGE: Final = define(
    "PLAN_LANGUAGE",
    zh="本方案用第 {version} 版语言编写，这里只认识第 {known} 版。",
    en="This plan is written in version {version} of the language; only {known} is known here.",
    remedy_zh="升级系统，或改用第 {known} 版的写法。",
    remedy_en="Upgrade the system, or write the plan in version {known}.",
)
PLAN_DATES: Final = define(
    "PLAN_DATES",
    zh="失效日 {until_date} 不在生效日 {from_date} 之后。",
    en="The end {until_date} is not after the start {from_date}.",
    remedy_zh="失效日是不再有效的第一天，必须晚于生效日。",
    remedy_en="The end is the first day on which it no longer holds, so it is after the start.",
)
PLAN_COLUMN_EMPTY: Final = define(
    "PLAN_COLUMN_EMPTY",
    zh="没有写明这一列如何计算。",
    en="Nothing says how this column is calculated.",
    remedy_zh="写其中一项：{known}。",
    remedy_en="Write one of these: {known}.",
)
PLAN_COLUMN_TWICE: Final = define(
    "PLAN_COLUMN_TWICE",
    zh="这一列同时写了几种算法：{makers}。",
    en="This column is calculated in several ways at once: {makers}.",
    why_zh="没有逗号保护的公式也会被拆成几项。",
    why_en="A formula without quotation marks may also have been cut into several keys.",
    remedy_zh="只保留一种；其余另立一列。公式加引号。",
    remedy_en="Keep one of them; make the others columns of their own. Put formulas in quotes.",
)
PLAN_COLUMN_OPTION: Final = define(
    "PLAN_COLUMN_OPTION",
    zh="“{option}”不能与“{maker}”一起使用。",
    en="“{option}” means nothing together with “{maker}”.",
    why_zh="如果忽略它，结果会与作者的意思不同。",
    why_en="If it were ignored, the result would not be what its author meant.",
    remedy_zh="删除“{option}”，或写到它起作用的地方。",
    remedy_en="Remove “{option}”, or say it where it counts.",
)
PLAN_VERSIONS_BESIDE: Final = define(
    "PLAN_VERSIONS_BESIDE",
    zh="“{said}”与“versions”并列，没有写清“{said}”从哪天到哪天有效。",
    en="“{said}” stands beside “versions”, and nothing says on which days it holds.",
    why_zh="读哪一个，结果不同。",
    why_en="Which of them is read makes another number.",
    remedy_zh="把“{said}”移进 versions，作第一个版本；第一个版本不写 from 就从一开始有效。",
    remedy_en="Move “{said}” into versions, as the first of them; without from, the first holds "
    "from the beginning.",
)
PLAN_WHERE_OF_GROUP: Final = define(
    "PLAN_WHERE_OF_GROUP",
    zh="“where”写在了按组比较的列上，谁参加比较由组决定。",
    en="“where” stands in a column that compares; who is compared is said by its group.",
    why_zh="如果忽略它，名次会把不该参加的人也算进去。",
    why_en="If it were ignored, people would have places who should have none.",
    remedy_zh="把 where: {test} 移到 groups 的“{group}”里。",
    remedy_en="Move where: {test} into the group “{group}”, under groups.",
)
PLAN_UNIT: Final = define(
    "PLAN_UNIT",
    zh="“{value}”不是可用的单位。",
    en="“{value}” is not a unit.",
    remedy_zh="写其中一个：{known}。",
    remedy_en="Write one of these: {known}.",
)
PLAN_UNIT_DIFFERS: Final = define(
    "PLAN_UNIT_DIFFERS",
    zh="“{name}”声明为 {declared}，但算出来是 {found}。",
    en="“{name}” is declared as {declared}, but its rule gives {found}.",
    why_zh="比率、计数、得分、天数之间可以改称；金额、文字、日期不能。",
    why_en="Ratio, count, points and days may be renamed into each other; money, text and dates "
    "may not.",
    remedy_zh="改正 unit，或修改公式；金额要变成得分或个数，写 ratio_of(sales, 1)：每 1.00 算 1。",
    remedy_en="Correct the unit, or the rule; an amount becomes points or a number by "
    "ratio_of(sales, 1), one for each 1.00.",
)
PLAN_ROUNDING: Final = define(
    "PLAN_ROUNDING",
    zh="取整写成了“{value}”，这里要写取到多少的倍数。",
    en="A rounding says “{value}”, and the number is wanted that values become multiples of.",
    why_zh="“两位小数”对金额和对百分数不是一回事，猜错会多付或少付。",
    why_en="Two decimals of an amount are not those of a percentage; a wrong guess pays too much "
    "or too little.",
    remedy_zh="{meant}",
    remedy_en="{meant}",
)
PLAN_USES_UNKNOWN: Final = define(
    "PLAN_USES_UNKNOWN",
    zh="没有提供指标文件“{document}”。",
    en="The document “{document}” is not there.",
    remedy_zh="核对名称和版本，或先发布该指标文件。",
    remedy_en="Check name and version, or publish the document first.",
)
PLAN_TOO_MANY: Final = define(
    "PLAN_TOO_MANY",
    zh="方案过于庞大：{what}有 {size} 个，最多 {limit} 个。",
    en="The plan is too large: {size} {what}, and at most {limit} are accepted.",
    remedy_zh="拆成几个方案。",
    remedy_en="Divide it into several plans.",
)
PLAN_CHECK: Final = define(
    "PLAN_CHECK",
    zh="检查“{name}”应写 column 或 holds 其中之一。",
    en="The check “{name}” needs either a column or a condition (holds).",
    remedy_zh="只写一个。",
    remedy_en="Write exactly one of them.",
)
