"""The codes of plans in the product: what keeps a text from being saved, approved or in force."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

PLAN_CODE_TAKEN: Final = define(
    "PLAN_CODE_TAKEN",
    zh="已经有一个叫“{code}”的方案。",
    en="There is already a plan called “{code}”.",
    remedy_zh="换一个代号，或在原方案上新建版本。",
    remedy_en="Choose another code, or make a new version of that plan.",
    http=409,
)
PLAN_CODE_CHANGED: Final = define(
    "PLAN_CODE_CHANGED",
    zh="文本开头写的是“{found}”，这个方案的代号是“{code}”。",
    en="The text begins with “{found}”, but the code of this plan is “{code}”.",
    why_zh="结果和结算单按代号归属，代号不能改。",
    why_en="Results and statements belong to the code, so it never changes.",
    remedy_zh="把第一行改回 plan: {code}，或另建一个方案。",
    remedy_en="Write plan: {code} again, or make another plan.",
)
PLAN_TEXT_TOO_LONG: Final = define(
    "PLAN_TEXT_TOO_LONG",
    zh="方案文本有{size}个字符，最多{limit}个。",
    en="The text of the plan has {size} characters; {limit} are allowed.",
    remedy_zh="把方案拆成几个，或把公用的定义放进指标文档。",
    remedy_en="Split the plan, or move shared definitions into a document of indicators.",
)
PLAN_NOT_EDITABLE: Final = define(
    "PLAN_NOT_EDITABLE",
    zh="第{number}版已经提交或批准，文本不能再改。",
    en="Version {number} is submitted or approved; its text can no longer change.",
    why_zh="审批签的就是这份文本。",
    why_en="The approval signs this very text.",
    remedy_zh="收回后再改，或新建一个版本。",
    remedy_en="Take it back first, or make a new version.",
    http=409,
)
PLAN_SAVED_ELSEWHERE: Final = define(
    "PLAN_SAVED_ELSEWHERE",
    zh="这一版在你打开之后被别人保存过。",
    en="Somebody saved this version after you opened it.",
    why_zh="直接保存会盖掉对方的修改。",
    why_en="Saving now would overwrite their changes.",
    remedy_zh="先看两边的差别，再决定留哪一份。",
    remedy_en="Look at the differences first, then decide which text stays.",
    http=409,
)
CHANGED_SINCE_REVIEW: Final = define(
    "CHANGED_SINCE_REVIEW",
    zh="{plan}第{number}版的文本和送审时不一样了。",
    en="The text of version {number} of {plan} is not the one that was reviewed.",
    why_zh="审批签的是送审的那份文本，改过的没有人看过。",
    why_en="The approval signs the text that was submitted; nobody has seen the changed one.",
    remedy_zh="重新提交审批。",
    remedy_en="Submit it for approval again.",
    http=409,
)
PLAN_TEXT_DAMAGED: Final = define(
    "PLAN_TEXT_DAMAGED",
    zh="{plan}第{number}版的文本和它的指纹对不上，不能使用。",
    en="The text of version {number} of {plan} does not match its fingerprint and cannot be used.",
    why_zh="已批准的文本在数据库里被改动过。",
    why_en="An approved text was changed in the database.",
    remedy_zh="从备份恢复这一版，并查看审计记录。",
    remedy_en="Restore this version from a backup, and look into the audit log.",
    http=500,
)
PLAN_HAS_ERRORS: Final = define(
    "PLAN_HAS_ERRORS",
    zh="检查发现{count}处必须改的错误。",
    en="The check found {count} errors that must be mended.",
    remedy_zh="打开“文本”，按行改好再提交。",
    remedy_en="Open the text, mend the lines that are marked, and submit again.",
)
PLAN_EXAMPLES_FAIL: Final = define(
    "PLAN_EXAMPLES_FAIL",
    zh="有{count}个示例没有通过。",
    en="{count} examples fail.",
    remedy_zh="打开“示例”，看期望和实得差在哪里。",
    remedy_en="Open the examples and see what was expected and what came out.",
)
PLAN_EXAMPLES_UNRUN: Final = define(
    "PLAN_EXAMPLES_UNRUN",
    zh="这份文本的示例还没有跑过。",
    en="The examples of this text have not been run yet.",
    remedy_zh="打开“示例”跑一遍。",
    remedy_en="Open the examples and run them.",
)
PLAN_EXAMPLES_ABSENT: Final = define(
    "PLAN_EXAMPLES_ABSENT",
    zh="方案里一个示例也没有。",
    en="The plan has no example.",
    why_zh="没有示例，谁也说不清改动之后结果还对不对。",
    why_en="Without one nobody can tell whether a change keeps the results right.",
    remedy_zh="至少写一个示例：给什么数据，应得多少。",
    remedy_en="Write at least one: given these facts, expect this amount.",
)
PLAN_FROM_MISSING: Final = define(
    "PLAN_FROM_MISSING",
    zh="没有说从哪天起生效。",
    en="The first day is missing.",
    remedy_zh="填上生效日期，它应是一个核算期间的第一天。",
    remedy_en="Give the day; it is the first day of a period of the plan.",
)
PLAN_FROM_INSIDE: Final = define(
    "PLAN_FROM_INSIDE",
    zh="{day} 在期间 {period} 中间，新版本只能从期间的第一天起生效。",
    en="{day} lies inside the period {period}; a version begins with a period.",
    why_zh="一个期间只能按一份规则核算。",
    why_en="A period is calculated by one set of rules.",
    remedy_zh="改成 {start} 或 {next}；期间中间改变的数值写成带日期的参数。",
    remedy_en="Use {start} or {next}; write what changes inside a period as a dated parameter.",
)
PLAN_VERSIONS_OVERLAP: Final = define(
    "PLAN_VERSIONS_OVERLAP",
    zh="第{other}版从 {day} 起生效，新版本不能从同一天或更早起生效。",
    en="Version {other} is in force from {day}; a new one cannot begin on that day or before.",
    remedy_zh="选更晚的日期，或先退役第{other}版。",
    remedy_en="Choose a later day, or retire version {other} first.",
    http=409,
)
PLAN_PERIOD_PUBLISHED: Final = define(
    "PLAN_PERIOD_PUBLISHED",
    zh="{period} 的结果已经发布，第{number}版不能从 {day} 起生效。",
    en="The results of {period} are published; version {number} cannot begin on {day}.",
    why_zh="已发布的期间按原规则结算，改规则要走追溯更正。",
    why_en="A published period stands by its rules; changing them is a retroactive correction.",
    remedy_zh="从 {next} 起生效；确需追溯，先撤回该期间的发布。",
    remedy_en="Begin on {next}; to go back further, withdraw the publication of that period first.",
    http=409,
)
MEMBER_OVERLAPS: Final = define(
    "MEMBER_OVERLAPS",
    zh="{subject}在 {from_date} 到 {until_date} 已经参与这个方案。",
    en="{subject} is already on this plan from {from_date} until {until_date}.",
    remedy_zh="先结束原来的一段，或改成不重叠的日期。",
    remedy_en="End that stretch first, or choose dates that do not overlap.",
    http=409,
)
MEMBER_IMPORT_GONE: Final = define(
    "MEMBER_IMPORT_GONE",
    zh="这份检查结果已经不在了。",
    en="This check is no longer there.",
    why_zh="检查过的文件保留一天。",
    why_en="A checked file is kept for a day.",
    remedy_zh="重新上传文件。",
    remedy_en="Upload the file again.",
    http=404,
)
MEMBER_IMPORT_NOT_READY: Final = define(
    "MEMBER_IMPORT_NOT_READY",
    zh="文件还不能导入：有{count}处错误，或没有任何变化。",
    en="The file cannot be brought in: it has {count} errors, or changes nothing.",
    remedy_zh="改好文件再上传。",
    remedy_en="Correct the file and upload it again.",
    http=409,
)
MEMBER_IMPORT_OUTDATED: Final = define(
    "MEMBER_IMPORT_OUTDATED",
    zh="其中有参与人在这之后被改动过。",
    en="Some of these participants were changed since.",
    why_zh="照旧内容办理会盖掉别人的改动，所以一行也没有改。",
    why_en="Going on would overrule what was done since; nothing was changed.",
    remedy_zh="重新上传文件，看过现在的差异再导入；要撤销的，逐行修改。",
    remedy_en="Upload the file again and look at what differs now; undo single rows by hand.",
    http=409,
)
MEMBER_IMPORT_UNDONE: Final = define(
    "MEMBER_IMPORT_UNDONE",
    zh="这次导入已经撤销过。",
    en="This import was taken back already.",
    remedy_zh="刷新页面，看现在的参与人。",
    remedy_en="Reload the page and look at the participants as they are now.",
    http=409,
)
MEMBER_DATES: Final = define(
    "MEMBER_DATES",
    zh="结束日期 {until_date} 不晚于开始日期 {from_date}。",
    en="The end, {until_date}, is not after the beginning, {from_date}.",
    remedy_zh="结束日期是不再参与的第一天。",
    remedy_en="The end is the first day without the plan.",
)
MEMBER_SHARE: Final = define(
    "MEMBER_SHARE",
    zh="“{share}”不是大于0、不超过100%的比例。",
    en="“{share}” is no share above 0 and up to 100 %.",
    remedy_zh="例如 100% 或 0.5。",
    remedy_en="Such as 100 % or 0.5.",
)
MEMBER_UNKNOWN: Final = define(
    "MEMBER_UNKNOWN",
    zh="没有工号、组织或岗位“{code}”。",
    en="There is no person, unit or position “{code}”.",
    remedy_zh="先在“人员”里建好，或检查代码。",
    remedy_en="Add it under People first, or check the code.",
)
PACK_INSTALLED: Final = define(
    "PACK_INSTALLED",
    zh="方案包“{pack}”已经装过。",
    en="The pack “{pack}” is installed already.",
    remedy_zh="打开它看有没有新版本。",
    remedy_en="Open it to see whether there is a newer version.",
    http=409,
)
PACK_NOT_INSTALLED: Final = define(
    "PACK_NOT_INSTALLED",
    zh="方案包“{pack}”还没有装。",
    en="The pack “{pack}” is not installed.",
    remedy_zh="先安装它。",
    remedy_en="Install it first.",
    http=409,
)
PACK_PARTS_TAKEN: Final = define(
    "PACK_PARTS_TAKEN",
    zh="方案包“{pack}”里的{names}已经存在，内容不同。",
    en="{names} of the pack “{pack}” exist already with another content.",
    why_zh="装上去会盖掉现在的内容。",
    why_en="Installing would overwrite what is there.",
    remedy_zh="换一个包，或先改名现有的数据集和方案。",
    remedy_en="Choose another pack, or rename what is there first.",
    http=409,
)
EXAMPLES_TOO_SLOW: Final = define(
    "EXAMPLES_TOO_SLOW",
    zh="示例跑了{seconds}秒还没有结束，已停止。",
    en="The examples were stopped after {seconds} seconds.",
    why_zh="有一步膨胀得太大，正式核算也会这样。",
    why_en="Some step grows too large, and a real run would do the same.",
    remedy_zh="减少示例里的行，或检查没有条件的关联。",
    remedy_en="Use fewer rows, or look for a match without a condition.",
)
CHECK_TOO_SLOW: Final = define(
    "CHECK_TOO_SLOW",
    zh="检查用了{seconds}秒还没有结束，已停止。",
    en="The check was stopped after {seconds} seconds.",
    why_zh="方案展开后太大。",
    why_en="The plan grows too large when it is expanded.",
    remedy_zh="减少嵌套，或拆成几个方案。",
    remedy_en="Nest less, or split the plan.",
)
PLAN_TOO_DEEP: Final = define(
    "PLAN_TOO_DEEP",
    zh="方案嵌套太深，读不下去。",
    en="The plan is nested too deeply to be read.",
    remedy_zh="把嵌套的部分拆成有名字的列。",
    remedy_en="Give the nested parts names of their own.",
)
PLAN_TOO_MANY_PARTS: Final = define(
    "PLAN_TOO_MANY_PARTS",
    zh="方案有{size}个结果项，最多{limit}个。",
    en="The plan has {size} components; {limit} are allowed.",
    remedy_zh="把不需要展示的列写成 show: false，或拆成几个方案。",
    remedy_en="Write show: false where nobody looks, or split the plan.",
)
PLAN_CHILD_FAILED: Final = define(
    "PLAN_CHILD_FAILED",
    zh="检查没有跑完，它占用的内存超过了上限。",
    en="The check did not finish; it needed more memory than it may use.",
    remedy_zh="减少示例里的行，或检查没有条件的关联。",
    remedy_en="Use fewer rows in the examples, or look for a match without a condition.",
)
START_RATES: Final = define(
    "START_RATES",
    zh="比例没有填对：每一档要有起点和比例，起点不能重复。",
    en="The rates are not complete: each band needs an edge and a rate, and no edge stands twice.",
    remedy_zh="例如 100% 起 3%。",
    remedy_en="Such as 3 % from 100 %.",
)
START_FILTER: Final = define(
    "START_FILTER",
    zh="筛选的文字“{text}”里有引号。",
    en="The text “{text}” of the filter has quotation marks.",
    remedy_zh="去掉引号，或先建好方案再在文本里写条件。",
    remedy_en="Leave them out, or write the condition into the plan's text afterwards.",
)
START_DATASET: Final = define(
    "START_DATASET",
    zh="“{name}”不能直接用来算提成。",
    en="“{name}” cannot be paid by as it is.",
    why_zh="它要有一个日期、一列金额和一列指向人员的业务员。",
    why_en="It needs a date, a column of money, and a column that names a person.",
    remedy_zh="在“数据”里把这些列的类型改好。",
    remedy_en="Give these columns their types under Data.",
)
