"""Grains, windows, orders, groups, and what makes rows."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

PLAN_NO_SUBJECT: Final = define(
    "PLAN_NO_SUBJECT",
    zh="方案没有写明考核谁，“{name}”也没有写 each。",
    en="The plan does not say who is measured, and “{name}” has no each.",
    remedy_zh="写 subjects，例如 subjects: {{seller: people}}。",
    remedy_en="Write subjects, for instance subjects: {{seller: people}}.",
)
PLAN_GRAIN_UNKNOWN: Final = define(
    "PLAN_GRAIN_UNKNOWN",
    zh="“{name}”不是对象、维度、期间，也不是数据来源。",
    en="“{name}” is no subject, dimension or period, and no source.",
    remedy_zh="核对名称；已有：{known}。",
    remedy_en="Check the name; these are there: {known}.",
)
PLAN_SUBJECT_KIND: Final = define(
    "PLAN_SUBJECT_KIND",
    zh="数据集“{dataset}”的对象可以是 {known}，不能是“{kind}”。",
    en="The subjects of the dataset “{dataset}” are {known}, not “{kind}”.",
    why_zh="这样永远查不到一行，所有人都会没有数据。",
    why_en="No row would ever be found, and nobody would have data.",
    remedy_zh="在 datasets/{dataset}.yaml 里写 dataset: {dataset}、"
    "columns: {{subject: {{of: {kind}}}}}；或把这个数作为“{kind}”自己的一列来读。",
    remedy_en="Write datasets/{dataset}.yaml with dataset: {dataset} and columns: {{subject: "
    "{{of: {kind}}}}}; or read the number from a column of “{kind}” itself.",
)
PLAN_TARGET_DIMENSION: Final = define(
    "PLAN_TARGET_DIMENSION",
    zh="{name} 查不到目标：{fault}。",
    en="{name} finds no target of its own: {fault}.",
    why_zh="目标对不上就没有数据；只对上一个维度，同一个目标会算几遍。",
    why_en="Without a match there is no data; by one dimension alone the same target would count "
    "several times.",
    remedy_zh="把目标作为自己的来源：goals: {{key: [seller, month, {dimensions}], date: month, "
    "columns: ...}}，在同一口径上写 {{sum: goal, from: goals}}；"
    "只有一个维度时，也可以把它的列声明为 text。",
    remedy_en="Give the goals as a source of their own, goals: {{key: [seller, month, "
    "{dimensions}], date: month, columns: ...}}, and gather them at the same grain, {{sum: goal, "
    "from: goals}}; a single dimension may as well be taken from a column of the type text.",
)
PLAN_GRAIN_SHAPE: Final = define(
    "PLAN_GRAIN_SHAPE",
    zh="口径“{grain}”不成立：{fault}。",
    en="The grain “{grain}” is not possible: {fault}.",
    remedy_zh="写一个来源，或对象、维度加至多一种期间，例如 [seller, quarter]；"
    "来源的每一行要每期一个值，就把它写成对象：subjects: {{shop: {{from: 来源}}}}。",
    remedy_en="Write a source, or subjects and dimensions with at most one kind of period, such as "
    "[seller, quarter]; for a value of each row of a source in each period make it a subject: "
    "subjects: {{shop: {{from: source}}}}.",
)
PLAN_DATE_NEEDED: Final = define(
    "PLAN_DATE_NEEDED",
    zh="“{relation}”没有业务日期，不知道属于哪个期间。",
    en="“{relation}” has no date, so it is not known to which period a row belongs.",
    remedy_zh="在来源中写 date: 列名（日期列，或期间列：按期间的第一天计），或写 dated: 列名；"
    "与期间无关时写 in: all。",
    remedy_en="Give the source a date: a column of dates, or one of periods, whose first day then "
    "counts; or write dated: column; without regard to periods, in: all.",
)
PLAN_PERIOD_OF_ROW: Final = define(
    "PLAN_PERIOD_OF_ROW",
    zh="“{relation}”没有业务日期，不知道“{name}”是哪个期间的。",
    en="“{relation}” has no date, so it is not known of which period “{name}” is.",
    remedy_zh="要用汇总或匹配的那一行的期间，写 this.{name}；"
    "要用明细自己的，在来源中写 date: 列名。",
    remedy_en="For the period of the row that gathers or matches write this.{name}; for that of "
    "the row itself give the source a date.",
)
PLAN_ROW_PERIOD: Final = define(
    "PLAN_ROW_PERIOD",
    zh="“{relation}”没有业务日期，不知道读哪个期间的 [{grain}]。",
    en="“{relation}” has no date, so it is not known of which period it reads [{grain}].",
    remedy_zh="在来源中写 date: 列名；要读所计算期间的那一行，就匹配它："
    'own: {{each: {relation}, match: [{grain}], where: "{match}"}}，再读 own.列名。',
    remedy_en="Give the source a date; for the row of the period that is calculated match it, "
    'own: {{each: {relation}, match: [{grain}], where: "{match}"}}, and read own.column.',
)
PLAN_WINDOW: Final = define(
    "PLAN_WINDOW",
    zh="“{value}”不是可用的区间。",
    en="“{value}” is not a window.",
    remedy_zh="{meant}可以写：period、year to date、to day 20、last 12 months、"
    "12 months from July、life to date、all，或 {{from: ..., until: ...}}。",
    remedy_en="{meant}Write period, year to date, to day 20, last 12 months, 12 months from July, "
    "life to date, all, or {{from: ..., until: ...}}.",
)
PLAN_WINDOW_GRAIN: Final = define(
    "PLAN_WINDOW_GRAIN",
    zh="“{value}”需要有期间或日期的行，而“{relation}”没有。",
    en="“{value}” needs rows with a period or a date, and “{relation}” has neither.",
    remedy_zh="口径里写上期间，例如 each: [seller, month, line]；"
    "或写 in: all、in: {{from: ..., until: ...}}。",
    remedy_en="Name a period in its grain, such as each: [seller, month, line]; or write in: all, "
    "or in: {{from: ..., until: ...}}.",
)
PLAN_SHIFT: Final = define(
    "PLAN_SHIFT",
    zh="“{value}”没有说清区间往前后移多少。",
    en="“{value}” does not say how far a window is moved.",
    remedy_zh="往前一年写 -1 year，往前三个月写 -3 months，往前一期写 -1 period。",
    remedy_en="Write it like -1 year, -3 months or -1 period.",
)
PLAN_OF_GATHER: Final = define(
    "PLAN_OF_GATHER",
    zh="“{name}”不是汇总得到的列，不能换一个区间再归集。",
    en="“{name}” is not a gather, so it cannot be repeated in another window.",
    remedy_zh="of 后面写用 sum、count 等得到的列。",
    remedy_en="Name a column made by sum, count and so on.",
)
PLAN_FROM_NEEDED: Final = define(
    "PLAN_FROM_NEEDED",
    zh="没有写明从哪里汇总。",
    en="It is not said where the rows to gather come from.",
    remedy_zh="{remedy}",
    remedy_en="{remedy}",
)
PLAN_ORDER_NEEDED: Final = define(
    "PLAN_ORDER_NEEDED",
    zh="“{function}”要看前面的行，但没有写明顺序。",
    en="“{function}” looks at earlier rows, but their order is not said.",
    remedy_zh="在 orderings 中定义顺序，并在这一列写 along: 顺序名。",
    remedy_en="Define an order under orderings and write along: its name in this column.",
)
PLAN_ORDER_UNKNOWN: Final = define(
    "PLAN_ORDER_UNKNOWN",
    zh="“{relation}”没有名为“{name}”的顺序。",
    en="There is no ordering “{name}” of “{relation}”.",
    remedy_zh="核对名称；已有：{known}。",
    remedy_en="Check the name; these are there: {known}.",
)
PLAN_ORDER_NOT_TOTAL: Final = define(
    "PLAN_ORDER_NOT_TOTAL",
    zh="顺序“{name}”可能出现并列：排序列最后没有写全“{relation}”的主键（{key}）。",
    en="The ordering “{name}” may have ties: its columns do not end in all of the key of "
    "“{relation}” ({key}).",
    why_zh="并列的两行谁先谁后会改变金额。",
    why_en="Which of two tied rows comes first would change amounts.",
    remedy_zh="在 by 的最后加上 {lacking}。",
    remedy_en="Add {lacking} at the end of by.",
)
PLAN_STATE_PERIOD: Final = define(
    "PLAN_STATE_PERIOD",
    zh="这里的 previous 要逐个 {kind} 往下接，而方案每个 {period} 才核算一次。",
    en="previous goes along {kind}s here, but the plan is calculated per {period}.",
    why_zh="上一期的值取自上一次核算；同一次核算里，更短的各期互相接不上。",
    why_en="State is kept between runs, not inside one.",
    remedy_zh="把方案的 period 改为 {kind}，或写 {{of: ..., shift: -1 {kind}}}，从那期的事实算起。",
    remedy_en="Let the plan's period be {kind}, or gather with {{of: ..., shift: -1 {kind}}}.",
)
PLAN_BACK: Final = define(
    "PLAN_BACK",
    zh="previous 的第三个参数是往回几期，要写一个不小于 1 的整数。",
    en="The third argument of previous is how many periods back: a whole number from 1.",
    remedy_zh="往回一期写 previous(x, 0)；往回三期写 previous(x, 0, 3)；"
    "每年重新起算写 previous(x, 0, 1, year)。",
    remedy_en="One period back is previous(x, 0), three are previous(x, 0, 3); what begins again "
    "every year is previous(x, 0, 1, year).",
)
PLAN_BACK_ALONG: Final = define(
    "PLAN_BACK_ALONG",
    zh="这里的 previous 按顺序“{ordering}”看上一行，不能再写往回几期、从何时重新起算。",
    en="This previous looks at the row before in the ordering “{ordering}”: it takes no number of "
    "periods and no restart.",
    remedy_zh="写 previous(x, start)；要再往前一行的，另设一列 one_back: previous(x, 0)，再写 "
    "previous(one_back, 0)；每年重新起算的，在顺序里写 per: [..., year]。",
    remedy_en="Write previous(x, start); for two rows back let a column hold the row before, "
    "one_back: previous(x, 0), and write previous(one_back, 0); what begins again every year says "
    "so in the ordering, per: [..., year].",
)
PLAN_RESTART: Final = define(
    "PLAN_RESTART",
    zh="“{found}”不是比 {kind} 长的期间，不能从它起重新起算；可以写：{known}。",
    en="A state along {kind}s cannot begin again with each “{found}”; it can with {known}.",
    remedy_zh="例如 previous(owed, 0, 1, year)：每年第一期取起始值，不要求上年的结果。",
    remedy_en="For example previous(owed, 0, 1, year): each year's first period takes the start "
    "value and asks for no result of the year before.",
)
PLAN_RESTART_NEVER: Final = define(
    "PLAN_RESTART_NEVER",
    zh="没有比 {kind} 更长的期间，无法按“{found}”重新起算。",
    en="No period is longer than the {kind}, so nothing can begin again with each “{found}”.",
    why_zh="true_up 与 previous(..., {found}) 都在更长的期间开始时归零。",
    why_en="A true_up, like previous(..., {found}), starts from nothing in each longer period.",
    remedy_zh="逐期补差、从不归零的，写 true_up: {{restart: never}}，previous 则写 "
    "previous(to_date, 0)；每期单独算清的，去掉 true_up。",
    remedy_en="What is paid by its increase and never begins again says true_up: {{restart: "
    "never}}, or previous(to_date, 0). Where each period stands alone, leave true_up out.",
)
PLAN_BELOW_PLACE: Final = define(
    "PLAN_BELOW_PLACE",
    zh="below 只能写在列的规则（is）里。",
    en="below stands in the rule (is) of a column only.",
    remedy_zh="先写成一列：team_best: {{is: “below(team, max, sold)”}}，再在这里读取它。",
    remedy_en="Make it a column, team_best: {{is: “below(team, max, sold)”}}, and read that here.",
)
PLAN_STAYS: Final = define(
    "PLAN_STAYS",
    zh="对象“{subject}”不能凭“{name}”保留：它不是 {grain} 上的是非列。",
    en="The subject “{subject}” cannot stay by “{name}”: it is no yes/no column of {grain}.",
    remedy_zh="写这一口径上结果为是或否的列，如 owed <> 0。",
    remedy_en="Name a column of that grain that is true or false, such as owed <> 0.",
)
PLAN_STATE_UNIT: Final = define(
    "PLAN_STATE_UNIT",
    zh="“{name}”读取自己更早的值，但看不出它的单位。",
    en="“{name}” reads its own earlier value, and its unit cannot be told.",
    remedy_zh="写 unit，或给 previous 一个起始值：previous({name}, 0)。",
    remedy_en="Write its unit, or give previous a start: previous({name}, 0).",
)
PLAN_STATE_START: Final = define(
    "PLAN_STATE_START",
    zh="“{function}”在循环中没有起始值。",
    en="“{function}” reads itself and has no start.",
    remedy_zh="改用 before({name})，或 previous({name}, 起始值)，例如 previous({name}, 0)。",
    remedy_en="Use before({name}), or previous({name}, start), such as previous({name}, 0).",
)
PLAN_GROUP_NEEDED: Final = define(
    "PLAN_GROUP_NEEDED",
    zh="“{function}”要与同组比较，但没有写明与谁比较。",
    en="“{function}” compares with others, but it is not said with whom.",
    remedy_zh="在 groups 中定义人群，并在这一列写 within: 人群名。",
    remedy_en="Define a population under groups and write within: its name in this column.",
)
PLAN_GROUP_UNKNOWN: Final = define(
    "PLAN_GROUP_UNKNOWN",
    zh="“{relation}”没有名为“{name}”的人群。",
    en="There is no group “{name}” of “{relation}”.",
    remedy_zh="核对名称；已有：{known}。",
    remedy_en="Check the name; these are there: {known}.",
)
PLAN_GROUP_ELSEWHERE: Final = define(
    "PLAN_GROUP_ELSEWHERE",
    zh="“{name}”是 {of} 的人群，而这一列按 {relation} 计算。",
    en="“{name}” is a group of {of}, and this column has a value for each {relation}.",
    remedy_zh="在人群里写 of: {relation}，或给这一列写 each: {of}。",
    remedy_en="Write of: {relation} in the group, or each: {of} in this column.",
)
PLAN_MATCH_TEST: Final = define(
    "PLAN_MATCH_TEST",
    zh="匹配没有写明条件。",
    en="Nothing says which row matches.",
    remedy_zh='写 link: {{列: 值}} 或 where: "zip = this.zip"。',
    remedy_en='Write link: {{column: value}}, or where: "zip = this.zip".',
)
PLAN_PATH_UNKNOWN: Final = define(
    "PLAN_PATH_UNKNOWN",
    zh="没有名为“{name}”的树。",
    en="There is no path called “{name}”.",
    remedy_zh="在 paths 中定义；已有：{known}。",
    remedy_en="Define it under paths; these are there: {known}.",
)
PLAN_CARD_ROW: Final = define(
    "PLAN_CARD_ROW",
    zh="“{name}”不知道是哪张计分卡的哪一行。",
    en="It is not known which row of which scorecard “{name}” is.",
    remedy_zh="核对行名；几张卡有同名的行时写上卡名：{known}。",
    remedy_en="Check the row's name; where several cards have it, name the card: {known}.",
)
PLAN_RELATION_SHAPE: Final = define(
    "PLAN_RELATION_SHAPE",
    zh="关系“{name}”的写法不成立：{fault}。",
    en="The relation “{name}” is not possible: {fault}.",
    remedy_zh="写 pair、cut、stack 之一，并写全它所需的内容。",
    remedy_en="Write one of pair, cut and stack, with all that it needs.",
)
PLAN_PAIR_COLUMN: Final = define(
    "PLAN_PAIR_COLUMN",
    zh="关系“{name}”：“{column}”是算出来的，“{side}”里没有存这一列，on 只对照存着的列。",
    en="The relation “{name}”: “{column}” is calculated and not stored in “{side}”, and on "
    "compares stored columns only.",
    remedy_zh='算出来的列写成条件，代替 on 里的这一项：where: "{left} = right.{right}"。',
    remedy_en="Say it by a condition, in place of this entry of on: "
    'where: "{left} = right.{right}".',
)
PLAN_SHARE: Final = define(
    "PLAN_SHARE",
    zh="分摊的写法不成立：{fault}。",
    en="The split is not possible: {fault}.",
    remedy_zh="写 share_out、by（或 capacity）和 within。",
    remedy_en="Write share_out, by (or capacity) and within.",
)
PLAN_DECIDED: Final = define(
    "PLAN_DECIDED",
    zh="“{name}”不是每个对象每期一个值，人工决定对不上。",
    en="“{name}” is not at the grain of a subject and a period, so decisions do not fit it.",
    remedy_zh="人工决定只能用于 [对象, 期间] 的列。",
    remedy_en="Decisions apply to columns of [subject, period].",
)
PLAN_PERIOD_KIND: Final = define(
    "PLAN_PERIOD_KIND",
    zh="日历“{calendar}”没有“{kind}”这种期间。",
    en="The calendar “{calendar}” has no periods of the kind “{kind}”.",
    remedy_zh="可以写：{known}。",
    remedy_en="Write one of these: {known}.",
)
PLAN_PERIOD_DAY: Final = define(
    "PLAN_PERIOD_DAY",
    zh="日历“{calendar}”没有“{kind}”这种期间。",
    en="The calendar “{calendar}” has no periods of the kind “{kind}”.",
    remedy_zh="要按天算，期间写 month，把日期列作维度：dimensions: {{day: {{from: calls, column: "
    "on_day}}}}，再写 each: [seller, month, day]；一天算一次的，要用带“天”的自己的日历。",
    remedy_en="For a value of each day take the month and make the date a dimension, dimensions: "
    "{{day: {{from: calls, column: on_day}}}}, and write each: [seller, month, day]; runs of a "
    "single day need a calendar of your own that has days.",
)
PLAN_VERSION_CHANGE: Final = define(
    "PLAN_VERSION_CHANGE",
    zh="“{name}”在 {day} 变更，正好在 {period} 之内，“{column}”不知道用哪一版。",
    en="“{name}” changes on {day}, inside {period}, and “{column}” does not say which version.",
    remedy_zh="写 at: period end，或按任职分段 (cut)，或在明细上计算。",
    remedy_en="Write at: period end, cut the period, or calculate on the finer rows.",
)
PLAN_VALUE_CHANGE: Final = define(
    "PLAN_VALUE_CHANGE",
    zh="“{name}”在 {key} 的日期之内变更，不知道用哪一版。",
    en="“{name}” changes inside the days of {key}, and nobody says which version counts.",
    remedy_zh="在读取它的列写 at: period end（最后一天的；分段 cut 还可以写 at: from，"
    "第一天的），或在明细上按各自的日期计算。",
    remedy_en="Write at: period end at the column that reads it (that of the last day; on "
    "stretches also at: from, that of the first), or calculate on the finer rows, each by its own "
    "date.",
)
