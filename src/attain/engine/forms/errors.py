"""The codes of mistakes in forms."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

BELOW_SHAPE: Final = define(
    "BELOW_SHAPE",
    zh="“{name}”里的 below 写法不成立。",
    en="below is not written as it must be in “{name}”.",
    remedy_zh="写 below(树, 汇总方式, 值)，如 below(team, sum, 销售额)；"
    "数人数写 below(team, count, true)。汇总方式：{known}。",
    remedy_en="Write below(path, aggregate, value), such as below(team, sum, sales); how many are "
    "below is below(team, count, true). Aggregates: {known}.",
)
BELOW_PATH: Final = define(
    "BELOW_PATH",
    zh="“{name}”里的 below 按“{path}”往下看，但方案里没有这棵树。",
    en="below looks down “{path}” in “{name}”, but the plan has no such path.",
    remedy_zh="在 paths 中写明它；已有：{known}。",
    remedy_en="Declare it in paths; there are: {known}.",
)
WEIGHTS_NOT_100: Final = define(
    "PLAN_WEIGHTS_NOT_100",
    zh="“{name}”的权重合计 {total}%，应为 {expected}%，差 {gap}%。",
    en="The weights of “{name}” add up to {total}%, not {expected}%: {gap}% off.",
    why_zh="权重不足或超出会让每个人的得分整体偏低或偏高。",
    why_en="Weights that do not add up shift everybody's score.",
    remedy_zh="调整各行权重使合计正好为 {expected}%，或写明 weights: divide_by_sum。",
    remedy_en="Change the rows' weights until they add up exactly to {expected}%, "
    "or declare weights: divide_by_sum.",
)
WEIGHTS_IN_HUNDREDTHS: Final = define(
    "PLAN_WEIGHTS_IN_HUNDREDTHS",
    zh="“{name}”的权重合计 {total}，应为 {expected}：权重以百分之一计，0.6 只是 0.6%。",
    en="The weights of “{name}” add up to {total}, not {expected}: they are in hundredths, "
    "and 0.6 is 0.6% alone.",
    why_zh="权重不足或超出会让每个人的得分整体偏低或偏高。",
    why_en="Weights that do not add up shift everybody's score.",
    remedy_zh="60% 写 60，也可以写 60%。",
    remedy_en="Write 60, or 60%.",
)
SCALE_BEYOND_WEIGHT: Final = define(
    "SCALE_BEYOND_WEIGHT",
    zh="“{row}”权重 {weight}，评语“{word}”却给 {points} 分。",
    en="“{row}” weighs {weight}, yet the word “{word}” gives {points} points.",
    why_zh="scale 写的是这一行实得的分，不再乘权重；超过权重，总分会超过 100。",
    why_en="A scale gives points as they count, out of the row's weight, so the total would exceed "
    "100.",
    remedy_zh="按权重写分，如 {word}: {weight}；百分制的先乘权重：权重30时，85分写 25.5。",
    remedy_en="Write them out of the weight, such as {word}: {weight}; of a score of 0 to 100 take "
    "the weight's share: 85 at a weight of 30 is 25.5.",
)
WEIGHTS_NOT_100_SINCE: Final = define(
    "PLAN_WEIGHTS_NOT_100_SINCE",
    zh="自 {since} 起，“{name}”的权重合计 {total}%，应为 {expected}%，差 {gap}%。",
    en="From {since} on, the weights of “{name}” add up to {total}%, not {expected}%: {gap}% off.",
    why_zh="每个阶段的权重都要单独合计。",
    why_en="The weights of every phase have to add up by themselves.",
    remedy_zh="调整自该日起生效的权重。",
    remedy_en="Change the weights that hold from that day on.",
)
WEIGHT_UNSAID: Final = define(
    "SCORECARD_WEIGHT_UNSAID",
    zh="“{name}”里有的行写了权重，{rows} 没有写。",
    en="Some rows of “{name}” say a weight, {rows} do not.",
    remedy_zh="每行都写权重；都不写则平均分配；只供参考的行写 info。",
    remedy_en="Say the weight of every row, or of none: then they share equally. A row that is "
    "only shown says info.",
)
ROW_KIND: Final = define(
    "SCORECARD_ROW_KIND",
    zh="计分行“{name}”写了 {count} 种算法，必须正好写一种。",
    en="The row “{name}” says {count} ways to score; it must say exactly one.",
    remedy_zh="在 {known} 中选一种。",
    remedy_en="Choose one of {known}.",
)
STEP_KIND: Final = define(
    "INCENTIVE_STEP_KIND",
    zh="激励“{name}”的第 {number} 步写了 {count} 种做法，必须正好写一种。",
    en="Step {number} of the incentive “{name}” says {count} things to do; "
    "it must say exactly one.",
    remedy_zh="在 {known} 中选一种；一步只做一件事，按书写顺序执行。",
    remedy_en="Choose one of {known}: a step does one thing, in the written order.",
)
FIRST_STEP: Final = define(
    "INCENTIVE_FIRST_STEP",
    zh="激励“{name}”没有从 base 开始。",
    en="The incentive “{name}” does not begin with a base.",
    remedy_zh="第一步写 base：要发的金额由什么算出，其后才是门槛、系数、封顶等。",
    remedy_en="Let the first step be base: what the amount is computed from; gates, multipliers "
    "and caps come after it.",
)
PAY_SHARES: Final = define(
    "PAY_SHARES_NOT_100",
    zh="激励“{name}”的发放比例合计 {total}%，不是 100%。",
    en="The pay parts of the incentive “{name}” add up to {total}%, not 100%.",
    why_zh="否则一部分金额永远不会发放，或多发。",
    why_en="Otherwise some of the amount is never paid, or paid twice.",
    remedy_zh="调整各部分的 share，使合计正好为 100%。",
    remedy_en="Change the shares until they add up exactly to 100%.",
)
PAY_DATE: Final = define(
    "PAY_DATE",
    zh="看不懂发放日期“{value}”。",
    en="The pay date “{value}” cannot be read.",
    remedy_zh="{meant}写成 day 10 of month + 2、end of quarter + 1、period end、2027-01-15，"
    "或结果是日期的公式，如 add_days(period_end, 30)。",
    remedy_en="{meant}Write day 10 of month + 2, end of quarter + 1, period end, 2027-01-15, "
    "or a formula that gives a date, such as add_days(period_end, 30).",
)
GRADE_UNKNOWN: Final = define(
    "GRADE_UNKNOWN",
    zh="“{name}”的 {part} 提到等级“{grade}”，但 bands 里没有这个等级。",
    en="The {part} of “{name}” name the grade “{grade}”, which no band gives.",
    remedy_zh="改为以下之一：{known}。",
    remedy_en="Use one of {known}.",
)
COUNTER_UNKNOWN: Final = define(
    "COUNTER_UNKNOWN",
    zh="计数“{name}”换算自“{of}”，但没有这个计数。",
    en="The counter “{name}” converts “{of}”, which is no counter of this plan.",
    remedy_zh="改为以下之一：{known}。",
    remedy_en="Use one of {known}.",
)
FORM_SOURCE: Final = define(
    "FORM_SOURCE",
    zh="“{name}”读取“{source}”，但{fault}。",
    en="“{name}” reads “{source}”, but {fault}.",
    remedy_zh="核对名称；已有：{known}。事件要有自己的编号（单列主键）和日期，"
    "日期也可以写在这里：date: 列名。",
    remedy_en="Check the name; there are {known}. An event needs a number of its own (a key of one "
    "column) and a date, which may also be said here, date: column.",
)
CREDIT_KEY: Final = define(
    "CREDIT_SOURCE_KEY",
    zh="业绩归属“{name}”读取“{source}”，但{fault}。",
    en="The credits “{name}” are of “{source}”, but {fault}.",
    remedy_zh="已经归属的业绩要再归给上级时，写 {{sum: amount, from: 归属名, link: {{seller: "
    "participant}}, through: 树名}}。事实要有单列主键和日期，日期也可以写在这里：dated: 列名；"
    "可用的有：{known}。",
    remedy_en="Where credits are credited on to those above, write {{sum: amount, from: the "
    "credits, link: {{seller: participant}}, through: a path}}. Facts need a key of one column "
    "and a date, which may also be said here, dated: column; there are {known}.",
)
CREDIT_ORIGINS: Final = define(
    "CREDIT_ORIGINS",
    zh="归属规则“{name}”同时写了 {said}，一条规则只能写一种。",
    en="The credit rule “{name}” says {said}; a rule says one of them.",
    why_zh="from 是分成的行，by 是按日期有效的归属行，along 是事实所写的人的上级。",
    why_en="from are the rows of a split, by the dated rows of who is responsible, along those "
    "above the person whom the fact names.",
    remedy_zh="分开写成几条规则。分成所得要再算给上级时，先按 from 归属，再汇总："
    "{{sum: amount, from: 归属名, link: {{seller: participant}}, through: 树名}}。",
    remedy_en="Write a rule for each. Where those above the people of a split are credited as "
    "well, split first and gather: {{sum: amount, from: the credits, link: {{seller: "
    "participant}}, through: a path}}.",
)
CREDIT_SPLIT_FACT: Final = define(
    "CREDIT_SPLIT_FACT",
    zh="归属规则“{name}”按“{split}”分，但没有写它的哪一列指向事实。",
    en="The credit rule “{name}” splits by “{split}” and does not say which of its columns leads "
    "to the fact.",
    remedy_zh="加上 fact: 列名，例如 fact: order。",
    remedy_en="Add fact: and the column, such as fact: order.",
)
COUNTER_ORIGIN: Final = define(
    "COUNTER_ORIGIN",
    zh="计数的来源没有写清：from 是一个数据来源，every 和 of 是另一个计数每几次算一次。",
    en="It is not clear where the events come from: from names a source, every and of convert "
    "another counter.",
    remedy_zh="写 {{from: 来源}} 或 {{every: 3, of: 另一个计数}}，两者只写一种。",
    remedy_en="Write {{from: a source}} or {{every: 3, of: another counter}}, one of the two.",
)
CREDIT_FACT: Final = define(
    "CREDIT_FACT",
    zh="业绩归属“{name}”：“{split}”的“{link}”指向“{to}”，不是事实“{source}”。",
    en="The credits “{name}”: “{link}” of “{split}” leads to “{to}”, not to the facts “{source}”.",
    why_zh="分成要写在被拆分的那一行上。",
    why_en="A split belongs to the row that is divided.",
    remedy_zh="分成属于“{to}”、要拆的是“{source}”时，写 relations: {{parts: "
    "{{pair: [{source}, {split}], on: {{{link}: {link}}}}}}}，再在 parts 上算 金额 * right.share。",
    remedy_en="Where shares belong to “{to}” and “{source}” are divided, write relations: {{parts: "
    "{{pair: [{source}, {split}], on: {{{link}: {link}}}}}}}, and calculate amount * right.share "
    "on parts.",
)
CREDIT_UNLESS: Final = define(
    "CREDIT_UNLESS",
    zh="归属规则“{name}”写了 unless: {unless}，但没有写着 from 或 by 的这条规则。",
    en="The credit rule “{name}” says unless: {unless}, which is no rule with from or by here.",
    remedy_zh="写一条带 from 或 by 的规则的名称；现有：{known}。",
    remedy_en="Name a rule with from or by; there are: {known}.",
)
DECISION_UNKNOWN: Final = define(
    "DECISION_UNKNOWN",
    zh="interventions 提到“{name}”，但方案里没有这一列。",
    en="The interventions name “{name}”, which is no column of this plan.",
    remedy_zh="写方案中的列名，或 row(行名).score；有几张计分卡时写 row(卡名, 行名).score。"
    "相近的列：{known}。",
    remedy_en="Name a column of the plan, or row(name).score; with several cards, row(card, "
    "name).score. Columns like it: {known}.",
)
NAME_TAKEN: Final = define(
    "PLAN_NAME_TAKEN",
    zh="“{section}”自己会写出“{name}”，这个名称不能再用。",
    en="“{section}” writes an entry “{name}” of its own, so the name is taken.",
    remedy_zh="给这一项换一个名称；“attain check --expand”列出系统写出的各项。",
    remedy_en="Choose another name for this one; “attain check --expand” shows what is written.",
)
