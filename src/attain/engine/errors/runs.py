"""What stops a calculation, or is noted as an issue of it."""

from __future__ import annotations

from typing import Final

from attain.core.errors import Severity, define

RESULT_MISSING: Final = define(
    "RESULT_MISSING",
    zh="方案“{plan}”读取 {period} 的结果，但没有指定这一结果。",
    en="The plan “{plan}” reads the results of {period}, and none were named.",
    why_zh="没有上期结果，结转会从头算起，金额就错了。",
    why_en="Without them what is carried over would start anew, and amounts would be wrong.",
    remedy_zh="先计算 {period}，或在运行时指定其结果。",
    remedy_en="Calculate {period} first, or name its results for this run.",
)
RESULTS_UNNAMED: Final = define(
    "RESULTS_UNNAMED",
    zh="方案“{plan}”读取方案“{other}”的结果，但一期结果也没有指定。",
    en="The plan “{plan}” reads results of the plan “{other}”, and none were named for this run.",
    why_zh="没有那些结果，读到的就是零，金额就错了。",
    why_en="Without them everything read there would be zero, and amounts would be wrong.",
    remedy_zh="先计算“{other}”的相应期间，再在运行时指定其结果。",
    remedy_en="Calculate the periods of “{other}” first, then name their results for this run.",
)
TREE_CYCLE: Final = define(
    "TREE_CYCLE",
    zh="层级中有循环：{chain}。",
    en="The hierarchy has a circle: {chain}.",
    why_zh="循环中的人会成为自己的上级。",
    why_en="Everybody in it would be their own superior.",
    remedy_zh="在层级数据中改正其中一条关系。",
    remedy_en="Correct one of these edges in the hierarchy's data.",
)
TREE_SECOND_PARENT: Final = define(
    "TREE_SECOND_PARENT",
    zh="同一天有两个上级：{chain}。",
    en="There are two parents on the same day: {chain}.",
    remedy_zh="在层级数据中只保留一个，或改正起止日期。",
    remedy_en="Keep one of them in the hierarchy's data, or correct the dates.",
)
TREE_UNKNOWN_PARENT: Final = define(
    "TREE_UNKNOWN_PARENT",
    zh="上级不存在：{chain}。",
    en="A parent is not known: {chain}.",
    remedy_zh="先导入该上级，或改正层级数据。",
    remedy_en="Import the parent first, or correct the hierarchy's data.",
)
TREE_TOO_DEEP: Final = define(
    "TREE_TOO_DEEP",
    zh="层级比 below 往下看的层数还深：{key}（检查“{name}”）。",
    en="The tree is deeper than below looks: {key} (check “{name}”).",
    why_zh="更深的人会被漏掉，结果就不对。",
    why_en="Whoever stands deeper would be left out, and the result would be wrong.",
    remedy_zh="在这棵树上写更大的 levels，如 levels: 16。",
    remedy_en="Say more levels at the path, such as levels: 16.",
)
LINE_TWICE: Final = define(
    "LINE_TWICE",
    zh="明细“{key}”出现了两次。",
    en="The line “{key}” was made twice.",
    why_zh="同一笔钱不能付两次。",
    why_en="The same money must not be paid twice.",
    remedy_zh="在 lines 的 key 中补上能区分明细的列。",
    remedy_en="Add the columns that tell the lines apart to their key.",
)
CHECK_FAILED: Final = define(
    "CHECK_FAILED",
    zh="检查“{name}”不通过：{key}。",
    en="The check “{name}” does not hold for {key}.",
    remedy_zh="核对这一行的数据。",
    remedy_en="Check the data of this row.",
)

FACT_OUT_OF_DAYS: Final = define(
    "FACT_OUT_OF_DAYS",
    severity=Severity.warning,
    zh="“{column}”没有计入{source}的 {rows} 行{sum}：它们的归属对象在{period}没有一天在册。{first}",
    en="“{column}” is without {rows} rows of {source}{sum}: whoever they name is in force on no "
    "day of {period}. {first}",
    why_zh="只有期间内在册的对象才有自己的行，这些数据在该期间不计入任何人，合计也少了这些。",
    why_en="Rows are made for those alone who are in force in the period; these count for nobody, "
    "and totals are lower by them.",
    remedy_zh="改正这些行的日期或归属，或改正归属对象的起止日期；离开后仍要计算的，"
    "在 subjects 里用 while 写明到什么时候。然后重新计算。",
    remedy_en="Correct the day or the name on these rows, or the days of whoever they name; where "
    "those who left still earn, say under subjects as long as what: while. Then run again.",
)
VERSION_IN_PERIOD: Final = define(
    "VERSION_IN_PERIOD",
    severity=Severity.warning,
    zh="“{column}”在{period}内变过，{source}有 {rows} 行按最后一天的算：{first}",
    en="“{column}” changed within {period}; {rows} rows of {source} take it as on the last day: "
    "{first}",
    why_zh="变动之前的那些天也按新的算。",
    why_en="The days before the change are calculated by what came after it.",
    remedy_zh="就是要按最后一天的，在这一列写 at: period end；要按第一天的，写 at: period_start；"
    "要前后分开算的，按它的变动分段（cut），或在明细的每一行上读它。",
    remedy_en="If the last day's is meant, say at: period end on the column, at: period_start for "
    "the first day's; to calculate each part by its own, cut the period by it, or read it on rows "
    "of facts.",
)
