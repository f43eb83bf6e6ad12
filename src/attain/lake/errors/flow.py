"""Imports as a whole: what was done before, what may not be committed, what cannot be undone."""

from __future__ import annotations

from typing import Final

from attain.core.errors import Severity, define

FILE_ALREADY_IMPORTED: Final = define(
    "FILE_ALREADY_IMPORTED",
    zh="这个文件（“{name}”）已由 {by} 在 {at} 导入过。",
    en="This file was imported before, as “{name}”, by {by} at {at}.",
    why_zh="重复导入通常是误操作。",
    why_en="Importing it twice is most often a slip.",
    remedy_zh="核对是否拿错了文件；确实要再导入时明确说明。",
    remedy_en="Check whether it is the right file; say so expressly if it shall be imported again.",
    http=409,
)
ROWS_REJECTED: Final = define(
    "ROWS_REJECTED",
    zh="{rows} 行中有 {rejected} 行有错误，没有提交任何数据。",
    en="{rejected} of {rows} rows have errors; nothing was committed.",
    why_zh="只导入一部分会让合计变小而不易察觉。",
    why_en="Half a file makes totals smaller without anybody noticing.",
    remedy_zh="更正后重新导入；或选择先导入正确的行，出错的行会生成文件供修改。",
    remedy_en="Correct the file and import it again; or choose to load the good rows: "
    "the others come back as a file to correct.",
)
FILE_REFUSED: Final = define(
    "FILE_REFUSED",
    zh="文件整体有 {count} 个问题，没有提交任何数据。",
    en="The file as a whole has {count} problems; nothing was committed.",
    remedy_zh="先解决所列问题。",
    remedy_en="Solve the problems listed first.",
)
REASON_NEEDED: Final = define(
    "REASON_NEEDED",
    zh="数据与往常相差很大，提交时需要写明理由。",
    en="The data are far from what is usual; a reason is needed to commit them.",
    remedy_zh="核对所列警告，并写明理由。",
    remedy_en="Look at the warnings, and give a reason.",
)
RECONCILIATION_FAILED: Final = define(
    "RECONCILIATION_FAILED",
    zh="“{what}”对不上：文件 {expected}，写入后 {found}。没有提交任何数据。",
    en="“{what}” does not reconcile: {expected} in the file, {found} written. "
    "Nothing was committed.",
    remedy_zh="这是系统的问题，把文件和本提示交给系统管理员。",
    remedy_en="This is a fault of the system: give the file and this message to its administrator.",
)
IMPORT_BUSY: Final = define(
    "IMPORT_BUSY",
    zh="数据集“{dataset}”正在提交另一次导入。",
    en="Another import of “{dataset}” is being committed.",
    remedy_zh="稍候再提交。",
    remedy_en="Wait a moment and commit again.",
    http=409,
)
CHECK_OUTDATED: Final = define(
    "CHECK_OUTDATED",
    zh="检查之后，“{dataset}”已有新的数据。",
    en="“{dataset}” has changed since the file was checked.",
    remedy_zh="重新检查后再提交。",
    remedy_en="Check the file again and commit that.",
    http=409,
)
NOTHING_TO_UNDO: Final = define(
    "NOTHING_TO_UNDO",
    zh="“{dataset}”没有可以撤销的导入。",
    en="“{dataset}” has no import that could be undone.",
    remedy_zh="核对数据集名称。",
    remedy_en="Check the name of the dataset.",
)
UNDO_NOT_LATEST: Final = define(
    "UNDO_NOT_LATEST",
    zh="版本 {version} 之后还有别的导入，只能从最近一次 {latest} 开始撤销。",
    en="Other imports came after version {version}; undo them first, the latest is {latest}.",
    remedy_zh="先撤销后面的导入，或导入更正后的文件。",
    remedy_en="Undo the later ones first, or import a corrected file.",
    http=409,
)
COVERAGE_NOT_FULL: Final = define(
    "COVERAGE_NOT_FULL",
    zh="{month} 有被拒绝的行，不算覆盖完整。",
    en="{month} has rejected rows, and does not count as covered.",
    why_zh="未覆盖的月份没有数据就是“无数据”，而不是零。",
    why_en="In a month that is not covered, no row means no data, not zero.",
    remedy_zh="修改并导入被拒绝的行；全部补齐时写明哪些期间是完整的。",
    remedy_en="Correct and import the rejected rows; with the last of them, say that the months "
    "are complete.",
    severity=Severity.warning,
)
SCHEMA_CHANGED: Final = define(
    "SCHEMA_CHANGED",
    zh="数据集“{dataset}”的声明已改变，已有数据不能直接合并：{columns}。",
    en="The declaration of “{dataset}” has changed; stored data cannot be joined to it: {columns}.",
    remedy_zh="恢复这些列的类型；或用 attain import --undo {dataset} 撤销原来的导入，再重新导入。",
    remedy_en="Restore the types of these columns; or take the imports back with attain import "
    "--undo {dataset} and import the files again.",
)
STORED_OTHERWISE: Final = define(
    "STORED_OTHERWISE",
    zh="“{dataset}”的“{column}”列现在声明为 {declared}，已有的行却是按 {stored} 存的。",
    en="“{column}” of “{dataset}” is declared as {declared} now, "
    "but its rows were stored as {stored}.",
    why_zh="编号与键互不相等：哪一行都对不上人，结果会全部变成 0。",
    why_en="Codes and keys are never equal: no row would find whom it belongs to, and all sums "
    "would be 0.",
    remedy_zh="用 attain import --undo {dataset} 撤销原来的导入，"
    "再把文件重新导入；或把声明改回去。",
    remedy_en="Take the imports back with attain import --undo {dataset} and import the files "
    "again; or restore the declaration.",
)
STORAGE_FULL: Final = define(
    "STORAGE_FULL",
    zh="存储空间不足，没有提交任何数据。",
    en="The storage is full. Nothing was committed.",
    remedy_zh="清理磁盘空间后再试。",
    remedy_en="Free some space and try again.",
    http=507,
)
PART_DAMAGED: Final = define(
    "PART_DAMAGED",
    zh="“{dataset}”的数据文件 {name} 缺失或已损坏。",
    en="The file {name} of “{dataset}” is missing or damaged.",
    remedy_zh="从备份恢复该文件。",
    remedy_en="Restore it from the backup.",
)
