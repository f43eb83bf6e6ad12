"""How to do at the command line what a remedy asks for.

Remedies of the lake and the engine speak to readers of pages and of this program alike;
which option is meant is known here only.
"""

from __future__ import annotations

from typing import Final

from attain.cli.language import language
from attain.core.errors import Problem
from attain.core.labels import Labels, labels

_HINTS: Final[dict[str, Labels]] = {
    "UNKNOWN_COLUMN": labels(
        "命令行：--ignore “{value}” 忽略这一列，--ignore '*' 忽略所有多余的列，"
        "或 --map 列名=“{value}”",
        "here: --ignore “{value}” leaves it out, --ignore '*' all such columns, "
        "--map COLUMN=“{value}” says what it is",
    ),
    "MISSING_COLUMN": labels(
        "命令行：--map 列名=表头（或列字母），如 --map amount=E",
        "here: --map COLUMN=HEADER (or its letter), such as --map amount=E",
    ),
    "HEADER_NOT_FOUND": labels(
        "命令行：--header 行号 指明表头在哪一行",
        "here: --header ROW says which row has the headers",
    ),
    "SHEET_AMBIGUOUS": labels("命令行：--sheet 工作表名", "here: --sheet NAME"),
    "SHEET_FITS_NOTHING": labels(
        "命令行：--declare 按文件写出声明",
        "here: --declare writes a declaration from what the file holds",
    ),
    "SHEET_MISSING": labels("命令行：--sheet 工作表名", "here: --sheet NAME"),
    "ENCODING_UNKNOWN": labels("命令行：--encoding gb18030", "here: --encoding gb18030"),
    "FILE_ALREADY_IMPORTED": labels(
        "命令行：--again 再导入一次", "here: --again imports it once more"
    ),
    "ROWS_REJECTED": labels(
        "命令行：--accept-good 先导入正确的行", "here: --accept-good loads the good rows"
    ),
    "REASON_NEEDED": labels("命令行：--reason “理由”", "here: --reason “why it is right”"),
    "TOTAL_UNUSUAL": labels("命令行：--reason “理由”", "here: --reason “why it is right”"),
    "PERIOD_MISMATCH": labels(
        "命令行：--covers 2026-03 写明文件覆盖的期间",
        "here: --covers 2026-03 says for which periods the file is complete",
    ),
    "RESULT_MISSING": labels(
        "命令行：--from 最早期间 连续核算，或 --results 文件夹 指明结果",
        "here: --from PERIOD runs the periods before it, --results DIR names a result",
    ),
    "RUN_OUT_OF_MEMORY": labels("命令行：--memory 4GB", "here: --memory 4GB"),
}


def hint(found: Problem) -> str:
    """The option that solves a problem, or nothing."""
    text = _HINTS.get(found.code)
    if text is None:
        return ""
    values = {name: str(value) for name, value in found.values.items()}
    return text.get(language()).format_map(_Known(values))


class _Known(dict[str, str]):
    """Values by name; a name that is not given stays blank."""

    def __missing__(self, name: str) -> str:
        return ""
