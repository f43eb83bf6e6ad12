"""What a command needs and does not find: workspaces, plans, runs, people in results."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

WORKSPACE_MISSING: Final = define(
    "WORKSPACE_MISSING",
    zh="在“{folder}”和它上面的文件夹里都没有 attain.yaml。",
    en="Neither “{folder}” nor a folder above it has an attain.yaml.",
    why_zh="数据、方案和结果都放在一个公司的文件夹里。",
    why_en="Data, plans and results live in one folder of the company.",
    remedy_zh="用 attain init 文件夹 建一个，或先进入已有的文件夹。",
    remedy_en="Make one with attain init FOLDER, or go into an existing one.",
)
FILE_NOT_UTF8: Final = define(
    "FILE_NOT_UTF8",
    zh="这个文件不是 UTF-8 文本，从第 {position} 个字节起无法读取。",
    en="The file is not UTF-8 text; it cannot be read from byte {position} on.",
    remedy_zh="用编辑器另存为 UTF-8。",
    remedy_en="Save it as UTF-8 in your editor.",
)
FILE_ABSENT: Final = define(
    "FILE_ABSENT",
    zh="没有文件“{path}”。",
    en="There is no file “{path}”.",
    remedy_zh="检查路径；方案通常在 plans/ 里。",
    remedy_en="Check the path; plans usually live in plans/.",
)
FOLDER_NOT_EMPTY: Final = define(
    "FOLDER_NOT_EMPTY",
    zh="“{folder}”不是空文件夹。",
    en="The folder “{folder}” is not empty.",
    why_zh="现有文件可能被覆盖。",
    why_en="Files in it could be overwritten.",
    remedy_zh="换一个新的文件夹名。",
    remedy_en="Choose a new folder.",
)
RUN_ABSENT: Final = define(
    "RUN_ABSENT",
    zh="“{path}”里没有完整的核算结果（缺少 manifest.json）。",
    en="“{path}” holds no complete run: there is no manifest.json.",
    remedy_zh="用 attain run 核算，或指向一个已完成的核算文件夹。",
    remedy_en="Calculate with attain run, or name the folder of a finished run.",
)
DATASET_EMPTY: Final = define(
    "DATASET_EMPTY",
    zh="方案要读数据集“{dataset}”，但它还没有数据。",
    en="The plan reads the dataset “{dataset}”, which has no data yet.",
    remedy_zh="先用 attain import 导入。",
    remedy_en="Bring it in first with attain import.",
)
SUBJECT_UNKNOWN: Final = define(
    "SUBJECT_UNKNOWN",
    zh="结果里没有“{subject}”。",
    en="There is nobody “{subject}” in the results.",
    remedy_zh="写编号；相近的有：{near}。",
    remedy_en="Name a code; close ones are: {near}.",
)
COMPONENT_UNKNOWN: Final = define(
    "COMPONENT_UNKNOWN",
    zh="结果里没有项目“{component}”。",
    en="The results have no component “{component}”.",
    remedy_zh="可用的项目：{known}。",
    remedy_en="Components: {known}.",
)
PLANS_ABSENT: Final = define(
    "PLANS_ABSENT",
    zh="“{folder}”里没有方案。",
    en="There is no plan in “{folder}”.",
    remedy_zh="把方案放进 plans/，或写出方案文件的路径。",
    remedy_en="Put one into plans/, or name the file of a plan.",
)
PLAN_TWICE: Final = define(
    "PLAN_TWICE",
    zh="两个文件都叫方案“{plan}”：{files}。",
    en="Two files are called the plan “{plan}”: {files}.",
    why_zh="结果按方案的名称存放，会互相覆盖。",
    why_en="Results are kept by the name of the plan, and one would replace the other.",
    remedy_zh="改掉其中一个文件开头的 plan。",
    remedy_en="Change the `plan` at the head of one of them.",
)
RUN_INPUTS_ABSENT: Final = define(
    "RUN_INPUTS_ABSENT",
    zh="“{path}”里没有核算时用的方案和数据版本（缺少 {file}）。",
    en="“{path}” does not say which plan and data it was made from: there is no {file}.",
    remedy_zh="用 attain run 重新核算。",
    remedy_en="Calculate it again with attain run.",
)
RUNS_DIFFER_IN_KIND: Final = define(
    "RUNS_DIFFER_IN_KIND",
    zh="两次核算不是同一个方案的同一期间：“{first}”和“{second}”。",
    en="The two runs are not of one plan and period: “{first}” and “{second}”.",
    remedy_zh="选同一方案、同一期间的两次核算。",
    remedy_en="Choose two runs of the same plan and period.",
)
SUFFIX_UNKNOWN: Final = define(
    "SUFFIX_UNKNOWN",
    zh="不知道怎样导出为“{name}”。",
    en="“{name}” is nothing that can be exported to.",
    remedy_zh="写成 结果.xlsx，或一个文件夹（导出 CSV）。",
    remedy_en="Use a name that ends with .xlsx, or a folder for CSV files.",
)
PACK_UNKNOWN: Final = define(
    "PACK_UNKNOWN",
    zh="没有方案包“{name}”。",
    en="There is no pack “{name}”.",
    remedy_zh="可用的有：{near}。",
    remedy_en="There are: {near}.",
)
FILES_TAKEN: Final = define(
    "FILES_TAKEN",
    zh="“{folder}”里已有内容不同的同名文件：{files}。",
    en="“{folder}” has other files of the same name: {files}.",
    why_zh="覆盖会丢掉里面的修改。",
    why_en="Replacing them would lose what was changed there.",
    remedy_zh="换一个文件夹，或先把这些文件改名。",
    remedy_en="Choose another folder, or rename these files first.",
)
PERIOD_NOT_OF_PLAN: Final = define(
    "PERIOD_NOT_OF_PLAN",
    zh="方案“{plan}”按{kind}核算，而 {period} 不是。",
    en="The plan “{plan}” is calculated by {kind}, which {period} is not.",
    remedy_zh="写成方案的期间，如 {example}。",
    remedy_en="Name a period of the plan, such as {example}.",
)
PERIODS_REVERSED: Final = define(
    "PERIODS_REVERSED",
    zh="--from {start} 在 --period {end} 之后。",
    en="--from {start} comes after --period {end}.",
    remedy_zh="--from 写最早的期间。",
    remedy_en="Give the earliest period to --from.",
)
TARGET_TAKEN: Final = define(
    "TARGET_TAKEN",
    zh="“{path}”已经存在。",
    en="“{path}” is there already.",
    remedy_zh="换一个名称，或加上 --force 覆盖它。",
    remedy_en="Choose another name, or add --force to replace it.",
)
