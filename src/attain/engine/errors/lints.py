"""Warnings: allowed, but unwise."""

from __future__ import annotations

from typing import Final

from attain.core.errors import Severity, define

LINT_TABLE_OUTSIDE: Final = define(
    "LINT_TABLE_OUTSIDE",
    zh="表“{name}”没有覆盖 {side}，也没有写 otherwise。",
    en="The table “{name}” does not cover {side}, and has no otherwise.",
    why_zh="落在外面的人没有结果，会挡住发布。",
    why_en="Whoever falls outside has no result, which blocks publication.",
    remedy_zh="加一档，或写 otherwise。",
    remedy_en="Add a band, or write otherwise.",
    severity=Severity.warning,
)
LINT_BAND_UNREACHABLE: Final = define(
    "LINT_BAND_UNREACHABLE",
    zh="表“{name}”的这一档（从 {value} 起）永远到不了。",
    en="A band of “{name}” (from {value}) can never be reached.",
    why_zh="输入“{input}”不会达到这个数。",
    why_en="Its input “{input}” never gets there.",
    remedy_zh="核对上限或这一档。",
    remedy_en="Check the cap, or the band.",
    severity=Severity.warning,
)
LINT_EDGE_OF_TWO_ROWS: Final = define(
    "LINT_EDGE_OF_TWO_ROWS",
    zh="表“{name}”有两行都含边界 {edge}：正好等于它时，先写的一行算数。",
    en="Two rows of “{name}” both have the edge {edge}: exactly there the row that is written "
    "first counts.",
    why_zh="正好等于边界的人，差一行就差一笔钱。",
    why_en="For somebody exactly on the edge, the row decides about money.",
    remedy_zh="让一行不含它：上面一行写 above: {edge}，或下面一行写 until: {edge}。",
    remedy_en="Let one of them leave it out: above: {edge} in the upper row, or until: {edge} in "
    "the lower one.",
    severity=Severity.warning,
)
LINT_PRINTED_EDGES: Final = define(
    "LINT_PRINTED_EDGES",
    zh="表“{name}”的边界 {edge} 像是照印着的“到 {last}、从 {edge} 起”抄的；"
    "{between} 落在{side}一档。",
    en="The table “{name}” has the edge {edge}, as if copied from a table printed with {last} and "
    "{edge} side by side; {between} falls into the band {side}.",
    why_zh="印的表没有说 {between} 属于哪一档，那里的人差一档就差一笔钱。",
    why_en="The printed table does not say where {between} belongs, and the band decides about "
    "money.",
    remedy_zh="如果 {between} 属于另一档，整张表改写 {word}: {last}；"
    "如果读的本来是整数，先取整，例如 floor(x) 或 round(x, 1%, 'down')。",
    remedy_en="If {between} belongs to the other band, write {word}: {last} in the whole table; if "
    "whole numbers are meant, round what is read first, such as floor(x) or round(x, 1%, 'down').",
    severity=Severity.warning,
)
LINT_OWN_ROWS: Final = define(
    "LINT_OWN_ROWS",
    zh="“{name}”从“{relation}”归集，按“{subject}”取的已经只是本人的行；"
    "条件“{column} = this.{column}”只在其中再筛选。",
    en="“{name}” gathers from “{relation}” one's own rows, those of the same “{subject}”; the "
    "condition “{column} = this.{column}” only leaves out some of these.",
    why_zh="要的如果是“{column}”相同的所有人的，这个数就少了别人的。",
    why_en="If those of everybody with the same “{column}” are meant, the others' are left out.",
    remedy_zh="要所有人的：“{column}”是名单的，写进 subjects，在 each: [{column}, {period}] 上"
    "归集，再按名称读；不是名单的，用 groups 和 group_sum（同组合计）加总。只要本人的，不用改。",
    remedy_en="For everybody's: where “{column}” is a list, say it under subjects, gather for "
    "each: [{column}, {period}], and read that by its name; where it is none, add up by groups "
    "and group_sum. For one's own nothing needs to change.",
    severity=Severity.warning,
)
LINT_EDGE_NOT_PERCENT: Final = define(
    "LINT_EDGE_NOT_PERCENT",
    zh="表“{name}”按比率读，边界写的是 {edge}：那是 {edge} 倍，不是 {edge}%。",
    en="The table “{name}” is read for a ratio, and its edge {edge} means {edge} times, not "
    "{edge} %.",
    why_zh="谁也到不了 {edge} 倍，各档会静静地落空。",
    why_en="Nobody ever reaches {edge} times, so bands would silently never apply.",
    remedy_zh="写 {edge}%；确实指 {edge} 倍时，写 {edge}00%。",
    remedy_en="Write {edge}%; if {edge} times is meant, {edge}00%.",
    severity=Severity.warning,
)
LINT_PLAIN_NUMBER: Final = define(
    "LINT_PLAIN_NUMBER",
    zh="“{name}”给出 {value} 这样的普通数字，却没有写单位：会显示成 {shown}%。",
    en="“{name}” gives plain numbers such as {value} and says no unit: it is shown as {shown}%.",
    why_zh="没有单位的小数是比率，显示成百分比；看的人会不明白。",
    why_en="A number with decimals and without a unit is a ratio, which is shown as a percentage; "
    "nobody would understand it.",
    remedy_zh="在这一列写 unit: money、count 或 points；确实是比率时写成百分比。",
    remedy_en="Say unit: money, count or points at the column; where a ratio is meant, write it as "
    "a percentage.",
    severity=Severity.warning,
)
LINT_RATINGS_SHOWN: Final = define(
    "LINT_RATINGS_SHOWN",
    zh="“{name}”汇总评价人的打分，并写明作为结果显示；只有一两人评分时，就等于公开了他们的打分。",
    en="“{name}” gathers what raters gave and says that it is shown as a result: where one or two "
    "rated, that tells what they gave.",
    why_zh="同级和下属的打分要匿名，否则没有人说真话。",
    why_en="Peers and those below rate honestly only if they stay unknown.",
    remedy_zh="去掉 show: true：这样的列不作为结果显示，但照常计入得分；"
    "要按人数门槛显示，用计分卡的 raters。",
    remedy_en="Leave show: true out: such a column is no result, and counts in the score all the "
    "same; raters in a scorecard show a group's mean from a number of raters on.",
    severity=Severity.warning,
)
LINT_WHOLE_RATIO: Final = define(
    "LINT_WHOLE_RATIO",
    zh="“{name}”取整为整数，却没有写单位：表格和结算单上会把 6 显示成 600%。",
    en="“{name}” is rounded to whole numbers and says no unit: tables and statements show 6 as "
    "600%.",
    why_zh="金额除以金额是比率，比率按百分比显示。",
    why_en="An amount divided by an amount is a ratio, and ratios are shown as percentages.",
    remedy_zh="在这一列写 unit: count。",
    remedy_en="Say unit: count at the column.",
    severity=Severity.warning,
)
LINT_FRACTIONS_COMPARED: Final = define(
    "LINT_FRACTIONS_COMPARED",
    zh="“{by}”比较的“{name}”由几个除不尽的数算成，每一个都只存到小数第18位（金额第6位）。",
    en="“{by}” compares “{name}”, which is put together of fractions that are stored with 18 "
    "decimals each (amounts with six).",
    why_zh="应当正好是 90 的，可能是 89.999999999999999999，于是不到 90；"
    "应当并列的，名次也会不同。",
    why_en="What is 90 on paper may be 89.999999999999999999, which is below 90, and equals may "
    "get different places.",
    remedy_zh="在“{name}”写 round（如 round: 0.01），或最后才除：写 sum(mark) / items，"
    "不要先存 1 / items 再相乘。",
    remedy_en="Say round at “{name}” (round: 0.01), or divide last: sum(mark) / items instead of a "
    "stored 1 / items times each mark.",
    severity=Severity.warning,
)
LINT_CLIFF: Final = define(
    "LINT_CLIFF",
    zh="表“{name}”在 {value} 处跳档：到了这里，整额按 {after} 计算，差一点就按 {before}。",
    en="The table “{name}” has a cliff at {value}: one step more and the whole amount is paid at "
    "{after} instead of {before}.",
    why_zh="差一点就差一大笔，容易让人压单、凑单，或把业务拖到下一期。",
    why_en="Cliffs invite people to push business into one period or hold it back.",
    remedy_zh="想避免的，改用 marginal（分段累进）或 curve（插值）；制度就是整额计的，不用改。",
    remedy_en="Consider marginal slices or a curve.",
    severity=Severity.warning,
)
LINT_RATE_FALLS: Final = define(
    "LINT_RATE_FALLS",
    zh="表“{name}”越往上越低：{value} 起由 {before} 降为 {after}。",
    en="The table “{name}” falls as its input rises: from {value} on {after} instead of {before}.",
    why_zh="越过这一档，多出的部分得得更少；整额计时，全部都更少。",
    why_en="What lies beyond brings less; where a table is read whole, all of it does.",
    remedy_zh="核对各档的值。",
    remedy_en="Check the values of the bands.",
    severity=Severity.warning,
)
LINT_UNUSED: Final = define(
    "LINT_UNUSED",
    zh="{what}“{name}”没有被使用。",
    en="The {what} “{name}” is not used.",
    why_zh="也许公式里写错了名称。",
    why_en="Perhaps a rule names another one by mistake.",
    remedy_zh="删除，或核对应该使用它的公式。",
    remedy_en="Remove it, or check the rule that should use it.",
    severity=Severity.warning,
)
LINT_NAME_HIDDEN: Final = define(
    "LINT_NAME_HIDDEN",
    zh="“{by}”里的“{name}”取自所在行的列，不是同名的参数。",
    en="“{name}” in “{by}” is the column of its row, not the parameter of that name.",
    why_zh="同名时先取所在行的列；想用参数的人会得到另一个数。",
    why_en="The row's own column comes first; whoever meant the parameter gets another number.",
    remedy_zh="给参数换一个名称。",
    remedy_en="Give the parameter another name.",
    severity=Severity.warning,
)
LINT_WEIGHTS: Final = define(
    "LINT_WEIGHTS",
    zh="“{name}”各行的权重合计 {total}，不是 100。",
    en="The weights of “{name}” add up to {total}, not 100.",
    why_zh="满分的人也得不到 100 分。",
    why_en="Nobody could reach full marks.",
    remedy_zh="改正权重，或写明 weights: divide_by_sum。",
    remedy_en="Correct the weights, or write weights: divide_by_sum.",
    severity=Severity.warning,
)
LINT_NO_EXAMPLES: Final = define(
    "LINT_NO_EXAMPLES",
    zh="方案没有例子。",
    en="The plan has no examples.",
    why_zh="没有例子，就没有人验证过规则算得对。",
    why_en="Without examples nobody has shown that the rules give the right numbers.",
    remedy_zh="在 examples 中写出几种情况及其结果，最好包括边界。",
    remedy_en="Write some situations and their results under examples, those on an edge first.",
    severity=Severity.warning,
)
LINT_UNUSUAL_RATE: Final = define(
    "LINT_UNUSUAL_RATE",
    zh="表“{name}”里有不寻常的比率 {value}。",
    en="The table “{name}” has an unusual rate of {value}.",
    why_zh="可能把 5% 写成了 5。",
    why_en="Perhaps 5 was written for 5%.",
    remedy_zh="核对；确实如此时无需改动。",
    remedy_en="Check it; if it is meant, leave it.",
    severity=Severity.warning,
)
LINT_ROUND_STEP: Final = define(
    "LINT_ROUND_STEP",
    zh="“{name}”舍入到 {step} 的倍数：舍入写的是步长，不是小数位数。",
    en="“{name}” is rounded to multiples of {step}: a rounding is told its step, not how many "
    "decimals.",
    why_zh="电子表格里写的是位数，照抄过来会把金额改掉几块钱。",
    why_en="Spreadsheets are told the number of decimals; copied from there, amounts move by whole "
    "units.",
    remedy_zh="保留 {step} 位小数，步长写 {small}；确实要 {step} 的倍数时无需改动。",
    remedy_en="For {step} decimals the step is {small}; if multiples of {step} are meant, leave "
    "it.",
    severity=Severity.warning,
)
LINT_TRUE_UP_WINDOW: Final = define(
    "LINT_TRUE_UP_WINDOW",
    zh="“{name}”写了 restart: {restart}，按日历重新起算；“{column}”却按“{window}”累计。",
    en="The true-up of “{name}” begins again with each {restart} of the calendar, and “{column}” "
    "is counted over “{window}”.",
    why_zh="两者不在同一个月重新起算：这之间已经发过的会再发一遍，或者被扣回。",
    why_en="They do not begin in the same month: what was paid between is paid a second time, or "
    "taken back.",
    remedy_zh="把“{column}”写成 in: {restart} to date；一直累计、从不归零的，写 "
    "true_up: {{restart: never}}；财年不从一月开始的，为方案声明自己的日历。",
    remedy_en="Count “{column}” in: {restart} to date; what is counted on for ever says true_up: "
    "{{restart: never}}; for a fiscal year that does not begin in January give the plan a calendar "
    "of its own.",
    severity=Severity.warning,
)
LINT_TRUE_UP_OF_PERIOD: Final = define(
    "LINT_TRUE_UP_OF_PERIOD",
    zh="“{name}”按累计应得的增加额发放（true_up），“{column}”却只算本期。",
    en="“{name}” pays the increase of what is earned to date, and “{column}” is counted for the "
    "period alone.",
    why_zh="每期扣掉的只是上一期的金额，不是到上期为止的累计。",
    why_en="Each period would take off what the one before has earned, not all that was earned "
    "until then.",
    remedy_zh="把“{column}”写成 in: {window}；不按累计计算的，删去 true_up。",
    remedy_en="Count “{column}” in: {window}; without anything to date leave true_up out.",
    severity=Severity.warning,
)
LINT_WEEKS_ACROSS: Final = define(
    "LINT_WEEKS_ACROSS",
    zh="“{name}”按周计算，又累计 in: {kind} to date；有的周跨两个 {kind}。",
    en="“{name}” is counted by the week, in: {kind} to date; some weeks lie in two of them.",
    why_zh="跨期的周算在后一个 {kind} 里：它在前一个 {kind} 里的那几天，哪一周的累计都不含。",
    why_en="Such a week belongs to the later {kind}: its days in the earlier one are in what no "
    "week counts to date.",
    remedy_zh="为方案声明自己的日历，周正好拼满月和年；或确认没有跨期的周。",
    remedy_en="Give the plan a calendar of its own in which weeks make up months and years; leave "
    "it where no week lies across.",
    severity=Severity.warning,
)
LINT_DIMENSION_COLUMN: Final = define(
    "LINT_DIMENSION_COLUMN",
    zh="“{name}”的维度“{dimension}”按“{linked}”汇总，取值却来自“{source}”的“{column}”。",
    en="“{name}” gathers the dimension “{dimension}” by “{linked}”, and its values come from "
    "“{column}” of “{source}”.",
    why_zh="只在“{linked}”中出现的值没有行，它们的数不计入任何一行，合计偏小。",
    why_en="What stands in “{linked}” alone has no row: it is counted nowhere, and sums are too "
    "small.",
    remedy_zh="用 stack 把两列叠成一列，维度取叠好的列；确认两列取值相同时可以保留。",
    remedy_en="Stack the two columns into one and take the dimension from the stack; leave it "
    "where both have the same values.",
    severity=Severity.warning,
)
LINT_SCORE_AS_FACTOR: Final = define(
    "LINT_SCORE_AS_FACTOR",
    zh="“{name}”乘的是计分卡“{score}”的分数本身，不是系数。",
    en="“{name}” is multiplied by the points of the scorecard “{score}”, not by a factor.",
    why_zh="85 分会把金额乘成 85 倍，而不是 0.85 倍。",
    why_en="85 points make the amount 85 times as large, not 0.85 times.",
    remedy_zh="写成 multiply: {score} / 100，或按分数查系数表；分数乘单价时，写进 base 更清楚。",
    remedy_en="Write multiply: {score} / 100, or read a factor from a table by the score; if it is "
    "points times the price of a point, say so in base.",
    severity=Severity.warning,
)
LINT_PAID_TWICE: Final = define(
    "LINT_PAID_TWICE",
    zh="“{name}”里已经加上了“{part}”，而“{part}”自己也会支付。",
    en="“{name}” contains “{part}”, which is paid by itself as well.",
    why_zh="incentives 下面的每一项都各自支付，加在里面的那一项会支付两次。",
    why_en="Everything under incentives is paid, so what is added to another is paid twice.",
    remedy_zh="只是中间一步的，把“{part}”写到 formulas 下面；各自支付的，去掉“{name}”里的这一步；"
    "只想看合计的，把“{name}”写到 formulas 下面。",
    remedy_en="If “{part}” is a step on the way, write it under formulas; if each is paid, leave "
    "it out of “{name}”; if “{name}” only shows the sum, write that under formulas.",
    severity=Severity.warning,
)
LINT_NO_BEGINNING: Final = define(
    "LINT_NO_BEGINNING",
    zh="方案要用上一期的结果，却没有写从哪天起生效。",
    en="The plan goes on from its own earlier results, and does not say from when it holds.",
    why_zh="前面的期间没有计算时，运行不会停下，而是从零开始：累计和结转都偏小。",
    why_en="Where an earlier period was not calculated, a run does not stop but begins anew: what "
    "is counted to date or carried over is too small.",
    remedy_zh="写 effective: {{from: …}}，例如第一期的第一天；此后缺了哪一期，运行就会停下来说明。",
    remedy_en="Write effective: {{from: …}} with the first day of the first period; a run then "
    "stops and names the period that is absent.",
    severity=Severity.warning,
)
LINT_RANK_OF_SOME: Final = define(
    "LINT_RANK_OF_SOME",
    zh="“{name}”的这一步用到“{place}”，只有“{group}”里的人才有。",
    en="This step of “{name}” reads “{place}”, which only members of “{group}” have.",
    why_zh="不在组里的人，整笔金额都变成不适用，不只是这一步。",
    why_en="To everybody else the whole amount is not applicable, and not this step alone.",
    remedy_zh="其余照发，写 {step}: if_missing(…, {nothing})；只发给组里的人，前面加一步 gate。",
    remedy_en="Where they get the rest, write {step}: if_missing(…, {nothing}); where only members "
    "of the group are paid, say so in a gate before.",
    severity=Severity.warning,
)
LINT_INDIVIDUAL: Final = define(
    "LINT_INDIVIDUAL",
    zh="“{name}”的规则点名了一个人。",
    en="The rule of “{name}” names a single person.",
    why_zh="点名的规则容易显得不公，批准的人应当看到它。",
    why_en="Rules for one person easily look unfair; whoever approves the plan should see it.",
    remedy_zh="改用带日期的个人参数或人工决定，并写明理由。",
    remedy_en="Use a dated parameter of that person, or a decision with its reason.",
    severity=Severity.warning,
)

# --- the health of a scheme (S25) ---

LINT_SINGLE_INDICATOR: Final = define(
    "LINT_SINGLE_INDICATOR",
    zh="计分卡“{name}”只有一个指标“{row}”。",
    en="The scorecard “{name}” has a single indicator, “{row}”.",
    why_zh="只看一个数，别的都会被放下：品牌、客户关系、协作。",
    why_en="Whatever is not measured is let go: brand, customers, working together.",
    remedy_zh="至少加一个其他类别的指标，或确认只考核这一项。",
    remedy_en="Add an indicator of another kind, or make sure that one is meant.",
    severity=Severity.warning,
)
LINT_INDIVIDUAL_ONLY: Final = define(
    "LINT_INDIVIDUAL_ONLY",
    zh="计分卡“{name}”只考核个人，没有团队指标。",
    en="The scorecard “{name}” measures persons only and has no team indicator.",
    why_zh="人人只顾自己的数，容易互相拆台。",
    why_en="People are set against each other and stop helping.",
    remedy_zh="加一行团队的指标（经由 through 汇总，或团队的列）。",
    remedy_en="Add a row about the team: gathered through a path, or a column of a unit.",
    severity=Severity.warning,
)
LINT_TIES_UNDEFINED: Final = define(
    "LINT_TIES_UNDEFINED",
    zh="“{name}”按名次定结果，但没有写同分时怎么办。",
    en="“{name}” goes by place, and does not say what decides between equals.",
    why_zh="同分的人会一起落到下一等，或一起拿奖，往往不是想要的结果。",
    why_en="Equals then fall, or win, together, which is often not what was meant.",
    remedy_zh="写上决定先后的列：ties: [...]，或 rank(x, 第二列)。",
    remedy_en="Name what decides: ties: [...], or rank(x, second_column).",
    severity=Severity.warning,
)
LINT_PERIOD_NEVER: Final = define(
    "LINT_PERIOD_NEVER",
    zh="“{name}”拿期间与“{label}”比较，没有期间写成这样。",
    en="“{name}” compares a period with “{label}”, and no period is written so.",
    why_zh="两者永远不相等：条件从不成立，筛选后什么也不剩。",
    why_en="They are never equal: the condition never holds, and nothing is left of what it "
    "filters.",
    remedy_zh="期间写作 2026-Q3、2026-03、2026；只比季度或月份，写 right(季度, 2) = 'Q3'。",
    remedy_en="Periods are written 2026-Q3, 2026-03, 2026; for the quarter of any year compare a "
    "part, right(quarter, 2) = 'Q3'.",
    severity=Severity.warning,
)
LINT_VAGUE_TARGET: Final = define(
    "LINT_VAGUE_TARGET",
    zh="计分行“{row}”没有标准：{why}。",
    en="The row “{row}” has no standard: {why}.",
    why_zh="标准说不清，分数就各打各的。",
    why_en="Without a standard everybody scores by their own.",
    remedy_zh="写明目标、标准或评分等级。",
    remedy_en="Give it a target, a standard or a rating scale.",
    severity=Severity.warning,
)
LINT_NO_FEEDBACK: Final = define(
    "LINT_NO_FEEDBACK",
    zh="方案有考核得分，但没有写结果出来后多久面谈反馈。",
    en="The plan scores people, and does not say when the result is talked over.",
    why_zh="反馈来得晚，就来不及改进。",
    why_en="Feedback that comes late improves nothing.",
    remedy_zh="在开头写 feedback，例如 feedback: 5 working days。",
    remedy_en="Say it in the head, such as feedback: 5 working days.",
    severity=Severity.warning,
)
