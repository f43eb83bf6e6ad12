"""What can be wrong with the sample company: each check has a code of its own."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

SAMPLE_CELL: Final = define(
    "SAMPLE_CELL",
    zh="{dataset} 的“{column}”列有 {rows} 个单元格不是 {type}，例如“{value}”。",
    en="In {dataset}, {rows} cells of “{column}” are no {type}, for example “{value}”.",
    remedy_zh="让生成器按声明的类型写出该列。",
    remedy_en="Let the generator write the column as it is declared.",
)
SAMPLE_BLANK: Final = define(
    "SAMPLE_BLANK",
    zh="{dataset} 的“{column}”列是必填的，却有 {rows} 行为空。",
    en="In {dataset}, “{column}” is required, and {rows} rows have none.",
    remedy_zh="补上数值，或把该列声明为可以缺失。",
    remedy_en="Fill it, or declare that it may be missing.",
)
SAMPLE_KEY_TWICE: Final = define(
    "SAMPLE_KEY_TWICE",
    zh="{dataset} 中有 {rows} 个主键出现不止一次，例如“{value}”。",
    en="In {dataset}, {rows} keys stand more than once, for example “{value}”.",
    remedy_zh="给每一行不同的主键。",
    remedy_en="Give every row a key of its own.",
)
SAMPLE_REFERENCE: Final = define(
    "SAMPLE_REFERENCE",
    zh="{dataset} 的“{column}”列有 {rows} 行指向不存在的 {kinds}，例如“{value}”。",
    en="In {dataset}, {rows} rows of “{column}” name {kinds} that are not there, "
    "such as “{value}”.",
    remedy_zh="核对编号，或补上被引用的行。",
    remedy_en="Check the code, or add the row that it names.",
)
SAMPLE_DATE: Final = define(
    "SAMPLE_DATE",
    zh="{dataset} 的“{column}”列有 {rows} 行不在 {first} 至 {last} 之间，例如 {value}。",
    en="In {dataset}, {rows} rows of “{column}” are not between {first} and {last}, "
    "such as {value}.",
    remedy_zh="把事实放在样例公司的期间之内。",
    remedy_en="Keep the facts inside the months of the sample company.",
)
SAMPLE_INTERVAL: Final = define(
    "SAMPLE_INTERVAL",
    zh="{dataset} 中有 {rows} 段有效期首尾颠倒或相互重叠，例如“{value}”。",
    en="In {dataset}, {rows} periods of validity are reversed or overlap, for example “{value}”.",
    remedy_zh="让前一段的失效日不晚于后一段的生效日。",
    remedy_en="Let each end on or before the day on which the next begins.",
)
SAMPLE_SPLIT: Final = define(
    "SAMPLE_SPLIT",
    zh="订单 {value} 的分成比例合计不是 1。",
    en="The shares of order {value} do not add up to 1.",
    remedy_zh="核对该订单的分成比例；叠加的不计在内。",
    remedy_en="Check the shares of the order; overlays are not counted.",
)
SAMPLE_CYCLE: Final = define(
    "SAMPLE_CYCLE",
    zh="层级“{hierarchy}”里有环：{path}。",
    en="The hierarchy “{hierarchy}” has a cycle: {path}.",
    remedy_zh="更正其中一个上级。",
    remedy_en="Correct one of the parents.",
)
SAMPLE_RULE: Final = define(
    "SAMPLE_RULE",
    zh="{rows} 行不符合“{rule}”，例如“{value}”。",
    en="{rows} rows break the rule “{rule}”, for example “{value}”.",
    remedy_zh="更正生成器。",
    remedy_en="Correct the generator.",
)
SAMPLE_TOTAL: Final = define(
    "SAMPLE_TOTAL",
    zh="控制总数 {total} 应为 {expected}，文件中是 {found}。",
    en="The control total {total} should be {expected}; the files have {found}.",
    remedy_zh="文件与控制总数必须由同一次生成得到。",
    remedy_en="Files and control totals must come from one and the same run.",
)
SAMPLE_CASE: Final = define(
    "SAMPLE_CASE",
    zh="边界情形 {case} 应为“{expected}”，文件中是“{found}”。",
    en="The boundary case {case} should give “{expected}”; the files give “{found}”.",
    remedy_zh="边界情形是刻意安排的，生成器必须保住它。",
    remedy_en="The case is there on purpose: the generator must keep it.",
)
SAMPLE_FOLDER: Final = define(
    "SAMPLE_FOLDER",
    zh="文件夹“{folder}”里有别的东西。",
    en="The folder “{folder}” holds something else.",
    why_zh="样例公司只写进新的、空的或以前生成过的文件夹。",
    why_en="The sample company is written only into a new or empty folder, or over an older one.",
    remedy_zh="用 --out 指定另一个文件夹。",
    remedy_en="Name another folder with --out.",
)
