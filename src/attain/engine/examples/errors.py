"""What can be wrong with an example itself."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

EXAMPLE_PERIOD: Final = define(
    "EXAMPLE_PERIOD",
    zh="例子“{example}”没有说是哪个期间。",
    en="The example “{example}” does not say which period.",
    remedy_zh="写上 period，例如 period: 2026-03。",
    remedy_en="Write its period, such as period: 2026-03.",
)

EXAMPLE_NAME: Final = define(
    "EXAMPLE_NAME",
    zh="例子“{example}”里的“{name}”既不是数据来源，也不是列。",
    en="“{name}” in the example “{example}” is neither a source nor a column.",
    remedy_zh="这里有：{nearest}。",
    remedy_en="There are: {nearest}.",
)

EXAMPLE_COLUMN: Final = define(
    "EXAMPLE_COLUMN",
    zh="例子“{example}”：{source}没有“{name}”这一列。",
    en="The example “{example}”: {source} has no column “{name}”.",
    remedy_zh="可用的列：{known}。",
    remedy_en="Its columns: {known}.",
)

EXAMPLE_UNREAD: Final = define(
    "EXAMPLE_UNREAD",
    zh="例子“{example}”给了{source}，方案里却没有哪条规则读它。",
    en="The example “{example}” gives rows of {source}, which no rule of the plan reads.",
    why_zh="给了也不起作用：算出来和没有它们时一样。",
    why_en="They would change nothing: the result is what it is without them.",
    remedy_zh="{remedy}",
    remedy_en="{remedy}",
)

EXAMPLE_BLANK: Final = define(
    "EXAMPLE_BLANK",
    zh="例子“{example}”：{source}有一行没有写“{column}”，而这一列必填。",
    en="The example “{example}”: a row of {source} lacks “{column}”, which is required.",
    why_zh="文件里这样的行不会入库，例子就不该用它来证明什么。",
    why_en="A file's row without it is never stored; an example should not prove what follows.",
    remedy_zh="写上它的值；如果它真的可能没有，删去这一列的 required: true。",
    remedy_en="Write its value; if it may well be missing, take required: true off the column.",
)

EXAMPLE_UNRATED: Final = define(
    "EXAMPLE_UNRATED",
    zh="例子“{example}”：{source}有一行既没有得分（score），也没有评语等级（choice）。",
    en="The example “{example}”: a row of {source} has neither a score nor a choice.",
    why_zh="评语（comment）只是说明，不计分。",
    why_en="A comment only explains; it gives no points.",
    remedy_zh="用分数评的写 得分: 90，用文字评的写 评语等级: 好。",
    remedy_en="Write score: 90, or choice: good where the rating is in words.",
)
EXAMPLE_OUTSIDE: Final = define(
    "EXAMPLE_OUTSIDE",
    zh="例子“{example}”：{source}的“{column}”里还有 {codes}，没有参加计算。",
    en="The example “{example}”: {codes} in “{column}” of {source} take no part.",
    why_zh="没有列出{kind}时，只有expect里和“{subject}”列里的参加；合计、排名都不含其他人。",
    why_en="Where {kind} are not listed, only those in expect and in columns called “{subject}” "
    "take part; sums, shares and ranks are without the others.",
    remedy_zh="他们也要算的，在 given 里列出来：{kind}: [{everybody}]。",
    remedy_en="If they should, list them in given: {kind}: [{everybody}].",
)

EXAMPLE_GONE: Final = define(
    "EXAMPLE_GONE",
    zh="例子“{example}”：{source}里的 {codes} 在{period}没有一天在册，没有自己的行。",
    en="The example “{example}”: {codes} of {source} hold on no day of {period} and have no row.",
    why_zh="只有期间内在册的对象才计算；此后属于他们的数据不计入任何人。",
    why_en="A row is made for those alone who are in force in the period; what is theirs later on "
    "counts for nobody.",
    remedy_zh="离开后还要计算的，在 subjects 里用 while 写明到什么时候："
    "{subject}: {{from: {kind}, while: 一个是/否列}}；或改写这些行的起止日期。",
    remedy_en="Where they still earn or owe, say under subjects as long as what: {subject}: "
    "{{from: {kind}, while: a yes/no column}}; or change the days of their rows.",
)

EXAMPLE_NO_DAYS: Final = define(
    "EXAMPLE_NO_DAYS",
    zh="例子“{example}”没有给 days 的行，而方案从 days 里数日子，数出来都是 0。",
    en="The example “{example}” gives no rows of days, of which the plan counts: it counts 0.",
    why_zh="例子里只有写出来的数据；国家的放假安排只有按 basis: working_days 的分段自己知道。",
    why_en="An example has the data that it says; the national calendar is known to stretches by "
    "basis: working_days alone.",
    remedy_zh="在 given 里写出要数的日子：days: [{{calendar: work, date: 2026-03-02, "
    "is_working: true}}, ...]。",
    remedy_en="Say the days that count under given: days: [{{calendar: work, date: 2026-03-02, "
    "is_working: true}}, ...].",
)

EXAMPLE_OF_ROWS: Final = define(
    "EXAMPLE_OF_ROWS",
    zh="例子“{example}”：{source}是{each}的合计，没有“{name}”这一列。",
    en="The example “{example}”: {source} is the sum for {each} and has no column “{name}”.",
    remedy_zh="每一笔的金额叫“{line}”，在 expect 里写它。",
    remedy_en="The amount of each single row is “{line}”: expect that.",
)

EXAMPLE_KEY: Final = define(
    "EXAMPLE_KEY",
    zh="例子“{example}”：“{column}”的一行没有说明是哪一行。",
    en="The example “{example}”: a row of “{column}” does not say which row it is.",
    remedy_zh="写出 {keys}。",
    remedy_en="Name {keys}.",
)

EXAMPLE_RESULT: Final = define(
    "EXAMPLE_RESULT",
    zh="例子“{example}”：“{row}”这一行没有写“{name}”。",
    en="The example “{example}”: the row “{row}” does not say its “{name}”.",
    why_zh="在那个方案的结果里它总有值，而本方案要用到它。",
    why_en="In the results of that plan it always has a value, and this plan reads it.",
    remedy_zh="写上它的值。",
    remedy_en="Write its value.",
)

EXAMPLE_VALUE: Final = define(
    "EXAMPLE_VALUE",
    zh="例子“{example}”：“{column}”不会等于“{value}”。",
    en="The example “{example}”: “{column}” can never be “{value}”.",
    remedy_zh="写 1234.50、12%、2026-03-15、true 这样的值；没有数值的写 无数据、不适用，"
    "没过门槛的写 不符合条件（no data、not applicable、not eligible）。",
    remedy_en="Write a value such as 1234.50, 12%, 2026-03-15 or true; where there is none, "
    "no data, not applicable, or not eligible for a gate that was not passed.",
)

EXAMPLE_NOT_REFUSED: Final = define(
    "EXAMPLE_NOT_REFUSED",
    zh="例子“{example}”应当以 {code} 被拒绝，但算出了结果。",
    en="The example “{example}” should be refused with {code}, but was calculated.",
    remedy_zh="检查规则，或删去 refused。",
    remedy_en="Look at the rule, or remove refused.",
)
EXAMPLE_ROW_TWICE: Final = define(
    "EXAMPLE_ROW_TWICE",
    zh="例子“{example}”：{source}里主键 {key} 的行写了两次。",
    en="The example “{example}”: the row {key} of {source} stands twice.",
    why_zh="真实数据里同一主键只有一行，例子就不该证明别的情况。",
    why_en="Real data has one row for a key; an example should not prove anything else.",
    remedy_zh="删去一行，或改主键。",
    remedy_en="Remove one of the two, or change its key.",
)
