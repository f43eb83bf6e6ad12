"""What stops a calculation, or is noted as an issue of it."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

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
