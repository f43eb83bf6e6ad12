"""Which dataset a table of a file is: unknown, unclear, or none."""

from __future__ import annotations

from typing import Final

from attain.core.errors import Severity, define

DATASET_UNKNOWN: Final = define(
    "DATASET_UNKNOWN",
    zh="没有数据集“{name}”。",
    en="There is no dataset “{name}”.",
    remedy_zh="相近的有：{near}。自己的数据集写在 datasets/ 里。",
    remedy_en="Close ones are: {near}. Your own are declared in datasets/.",
)
DATASET_UNCLEAR: Final = define(
    "DATASET_UNCLEAR",
    zh="看不出这是哪个数据集，可能是：{candidates}。",
    en="It is not clear which dataset this is; it could be: {candidates}.",
    remedy_zh="用 --dataset 名称 指明，或按数据集的名称给工作表改名。",
    remedy_en="Say so with --dataset NAME, or call the sheet by the name of its dataset.",
)
SHEET_FITS_NOTHING: Final = define(
    "SHEET_FITS_NOTHING",
    zh="它的名称和表头都不符合任何数据集，没有导入。",
    en="Neither its name nor its headers fit a dataset; it is left out.",
    remedy_zh="用 --sheet 和 --dataset 指明，或在 datasets/ 里声明这个数据集。",
    remedy_en="Name it with --sheet and --dataset, or declare the dataset in datasets/.",
    severity=Severity.warning,
)
