"""What can go wrong with runs and publications, in both languages."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

RUN_UNKNOWN: Final = define(
    "RUN_UNKNOWN",
    zh="没有核算 #{run}。",
    en="There is no run #{run}.",
    remedy_zh="从核算列表中选择。",
    remedy_en="Choose one from the list of runs.",
    http=404,
)
PLAN_NOT_IN_FORCE: Final = define(
    "PLAN_NOT_IN_FORCE",
    zh="方案“{plan}”在 {period} 没有生效的版本。",
    en="No version of plan “{plan}” is in force in {period}.",
    why_zh="正式核算和预估只用已批准并生效的版本。",
    why_en="Live and provisional runs use only versions that were approved and put in force.",
    remedy_zh="先批准并生效一个版本，或对草稿做试算。",
    remedy_en="Approve a version and put it in force, or try a draft in a trial run.",
)
PERIOD_NOT_OF_THE_PLAN: Final = define(
    "PERIOD_NOT_OF_THE_PLAN",
    zh="方案“{plan}”按{kind}核算，{period} 不是这样的期间。",
    en="Plan “{plan}” is calculated by {kind}; {period} is not such a period.",
    remedy_zh="改用类似 {example} 的期间。",
    remedy_en="Use a period such as {example}.",
)
NOTHING_TO_RUN: Final = define(
    "NOTHING_TO_RUN",
    zh="{period} 没有可以核算的方案。",
    en="No plan can be calculated for {period}.",
    remedy_zh="选择一个方案，或换一个期间。",
    remedy_en="Choose a plan, or another period.",
)
SCHEDULE_UNKNOWN: Final = define(
    "SCHEDULE_UNKNOWN",
    zh="没有定时 #{number}。",
    en="There is no schedule #{number}.",
    remedy_zh="从定时列表中选择。",
    remedy_en="Choose one from the list of schedules.",
    http=404,
)
SCHEDULE_CHANGED: Final = define(
    "SCHEDULE_CHANGED",
    zh="定时 #{number} 在你之前已经改动过。",
    en="Schedule #{number} was changed before you did.",
    why_zh="你看到的是旧内容，照旧内容办理会盖掉别人的改动。",
    why_en="You saw it as it was before; acting on that would overrule what was done since.",
    remedy_zh="刷新页面，看过现在的内容再决定。",
    remedy_en="Reload the page, look at it as it is now, and decide again.",
    http=409,
)
SCHEDULE_WHEN: Final = define(
    "SCHEDULE_WHEN",
    zh="定时缺少时间：每天和每周要有时刻，每周还要有星期几。",
    en="The schedule lacks a time: daily and weekly ones need an hour, weekly ones also a weekday.",
    remedy_zh="补上时刻（如 02:30）和星期几，或改为每次导入之后。",
    remedy_en="Give an hour such as 02:30 and the weekday, or choose after each import.",
    http=422,
)
SCHEDULE_PLAN: Final = define(
    "SCHEDULE_PLAN",
    zh="没有方案“{plan}”。",
    en="There is no plan “{plan}”.",
    remedy_zh="选择已有的方案，或选择全部方案。",
    remedy_en="Choose a plan there is, or all plans.",
    http=422,
)
SCHEDULE_READER: Final = define(
    "SCHEDULE_READER",
    zh="通知的人里有人看不到核算。",
    en="Some of the people to tell may not open runs.",
    why_zh="预估没有发布，只给财务、人事、方案管理员和审计看。",
    why_en="Estimates are not published: finance, HR, plan administrators and auditors see them.",
    remedy_zh="只选有这些角色的人。",
    remedy_en="Choose people who have one of these roles.",
    http=422,
)
RESULT_NOT_PUBLISHED: Final = define(
    "RESULT_NOT_PUBLISHED",
    zh="方案“{plan}”要用“{other}”在 {period} 的结果，而那个结果还没有发布。",
    en="Plan “{plan}” reads the results of “{other}” for {period}, which are not published.",
    why_zh="正式核算只读已发布的结果，否则工资会建立在可能还会变的数字上。",
    why_en="A live run reads published results only, or pay would rest on numbers that may change.",
    remedy_zh="先核算并发布“{other}”的 {period}，或改做预估。",
    remedy_en="Run and publish “{other}” for {period} first, or make a provisional run.",
)
RESULT_FAILED: Final = define(
    "RESULT_FAILED",
    zh="方案“{plan}”要用“{other}”在 {period} 的结果，而它没有算成。",
    en="Plan “{plan}” reads the results of “{other}” for {period}, whose calculation failed.",
    remedy_zh="先解决“{other}”的问题。",
    remedy_en="Solve the problem of “{other}” first.",
)
DATASET_NOT_THERE: Final = define(
    "DATASET_NOT_THERE",
    zh="“{label}”（{dataset}）还没有数据，而方案“{plan}”需要它。",
    en="“{label}” ({dataset}) has no data yet, and plan “{plan}” reads it.",
    remedy_zh="先导入这份数据，再重新核算。",
    remedy_en="Import it, then run again.",
)
RUN_INTERRUPTED: Final = define(
    "RUN_INTERRUPTED",
    zh="核算 #{run} 中断了，没有留下任何结果。",
    en="Run #{run} was interrupted and left no result.",
    why_zh="程序在计算途中停止。未完成的结果不会被任何人看到。",
    why_en="The program stopped half-way. Nobody ever sees results that are not whole.",
    remedy_zh="重新开始，结果会与未中断时完全一样。",
    remedy_en="Start it again; the result will be the same to the last digit.",
    http=409,
)
RUN_NOT_DONE: Final = define(
    "RUN_NOT_DONE",
    zh="核算 #{run} 还没有完成。",
    en="Run #{run} is not finished.",
    remedy_zh="等它完成，或重新开始。",
    remedy_en="Wait until it has finished, or start it again.",
    http=409,
)
RUN_NOT_LIVE: Final = define(
    "RUN_NOT_LIVE",
    zh="核算 #{run} 是{kind}，不能发布。",
    en="Run #{run} is {kind} and cannot be published.",
    why_zh="只有正式核算的结果才能发布和支付。",
    why_en="Only the results of live runs are ever published or paid.",
    remedy_zh="做一次正式核算。",
    remedy_en="Make a live run.",
)
PEOPLE_WITHOUT_DATA: Final = define(
    "PEOPLE_WITHOUT_DATA",
    zh="{count}人暂无数据，不能发布。",
    en="{count} people have no data, so this cannot be published.",
    why_zh="没有数据不等于零，发布了他们会被少算。",
    why_en="Missing is not zero: they would be paid too little.",
    remedy_zh="补齐数据，或在说明理由后免除，再重新核算。",
    remedy_en="Complete the data or waive it with a reason, then run again.",
    http=409,
)
RUN_IS_OLD: Final = define(
    "RUN_IS_OLD",
    zh="{plan} {period} 已有更新的核算 #{newer}，不能再发布 #{run}。",
    en="{plan} {period} has the newer run #{newer}; #{run} can no longer be published.",
    remedy_zh="发布 #{newer}。",
    remedy_en="Publish #{newer}.",
    http=409,
)
RUN_INPUT_UNDONE: Final = define(
    "RUN_INPUT_UNDONE",
    zh="核算 #{run} 用了“{label}”的一次导入（{file}），而{by}已在 {at} 撤销了它。",
    en="Run #{run} read an import of “{label}” ({file}) that {by} undid on {at}.",
    why_zh="发布出去，工资就建立在已经收回的数据上。",
    why_en="Published, pay would rest on data that was taken back.",
    remedy_zh="重新核算这个期间，发布新的核算；已经在准备的那一版先退回。",
    remedy_en="Run the period again and publish that run; return a revision in preparation first.",
    http=409,
)
ALREADY_PUBLISHED: Final = define(
    "ALREADY_PUBLISHED",
    zh="{plan} {period} 已发布的结果与核算 #{run} 完全相同。",
    en="The published results of {plan} {period} are exactly those of run #{run}.",
    remedy_zh="不用再发布。",
    remedy_en="There is nothing to publish.",
    http=409,
)
PUBLICATION_UNDER_WAY: Final = define(
    "PUBLICATION_UNDER_WAY",
    zh="{plan} {period} 的第{revision}版正在准备发布。",
    en="Revision {revision} of {plan} {period} is being prepared already.",
    remedy_zh="先发布或退回第{revision}版。",
    remedy_en="Publish or refuse revision {revision} first.",
    http=409,
)
STAGED_ROWS_DIFFER: Final = define(
    "STAGED_ROWS_DIFFER",
    zh="载入的“{relation}”与核算 #{run} 的摘要不符。",
    en="The rows of “{relation}” that were loaded do not have the digest of run #{run}.",
    why_zh="结果文件可能被改动或损坏，所以没有发布。",
    why_en="The files of the run may have been changed or damaged, so nothing was published.",
    remedy_zh="重新核算，并通知系统管理员检查磁盘。",
    remedy_en="Run again, and tell the system administrator to check the disk.",
    http=500,
)
RUN_FOLDER_LOST: Final = define(
    "RUN_FOLDER_LOST",
    zh="核算 #{run} 的结果文件不在了。",
    en="The files of run #{run} are not there any more.",
    remedy_zh="重新核算：同样的数据和方案会得到同样的结果。",
    remedy_en="Run again: the same data and plan give the same result.",
    http=410,
)
NUMBER_UNKNOWN: Final = define(
    "NUMBER_UNKNOWN",
    zh="这次核算里没有这个数字。",
    en="This run has no such number.",
    remedy_zh="从结果表中选择一个数字。",
    remedy_en="Choose a number from the table of results.",
    http=404,
)
WAIVER_NEEDS_PERSON: Final = define(
    "WAIVER_NEEDS_PERSON",
    zh="你的账号没有对应的人员，不能作免除决定。",
    en="Your account belongs to no person of the company, so you cannot waive anything.",
    remedy_zh="让系统管理员把账号与人员对应起来。",
    remedy_en="Ask the system administrator to name the person of your account.",
    http=403,
)
WAIVER_OF_ONESELF: Final = define(
    "WAIVER_OF_ONESELF",
    zh="不能免除自己的数据。",
    en="Nobody waives their own numbers.",
    remedy_zh="让同事来决定。",
    remedy_en="Let a colleague decide.",
    http=403,
)
RUNS_NOT_OF_ONE_PLAN: Final = define(
    "RUNS_NOT_OF_ONE_PLAN",
    zh="#{before} 和 #{after} 不是同一方案的核算，无法比较。",
    en="#{before} and #{after} are runs of different plans and cannot be compared.",
    remedy_zh="选择同一方案的两次核算。",
    remedy_en="Choose two runs of one plan.",
)
WAIVER_NEEDS_REASON: Final = define(
    "WAIVER_NEEDS_REASON",
    zh="没有写免除的理由。",
    en="The reason for the waiver is missing.",
    why_zh="免除会改变结果，以后要能查到为什么。",
    why_en="A waiver changes results; later somebody will ask why.",
    remedy_zh="写上理由再提交。",
    remedy_en="Write the reason and submit again.",
)
