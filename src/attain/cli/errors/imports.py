"""Files that cannot be taken for a dataset, and imports that nobody answered for."""

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
DATASET_UNREADY: Final = define(
    "DATASET_UNREADY",
    zh="“{dataset}”要引用“{needed}”，而它没有导入成功，所以先不检查。",
    en="“{dataset}” refers to “{needed}”, which was not imported; so it is not checked yet.",
    remedy_zh="先解决“{needed}”的问题，再导入一次。",
    remedy_en="Solve the problems of “{needed}”, then import again.",
)
COVERS_WRONG: Final = define(
    "COVERS_WRONG",
    zh="“{value}”不是期间，也不是两个期间之间的范围。",
    en="“{value}” is neither a period nor a range of periods.",
    remedy_zh="写成 2026-03、2026-Q1 或 2026-01..2026-03。",
    remedy_en="Write 2026-03, 2026-Q1 or 2026-01..2026-03.",
)
MAP_WRONG: Final = define(
    "MAP_WRONG",
    zh="“{value}”应写成 列名=表头，列名是数据集的列。",
    en="“{value}” should be COLUMN=HEADER, with a column of the dataset.",
    remedy_zh="数据集的列有：{columns}。",
    remedy_en="Its columns are: {columns}.",
)
ANSWER_NEEDED: Final = define(
    "ANSWER_NEEDED",
    zh="入库前要有人确认，而这里没有人可以回答。",
    en="Somebody has to confirm before anything is stored, and nobody can answer here.",
    remedy_zh="看过上面的内容后，加上 --yes。",
    remedy_en="Look at what is shown above, then add --yes.",
)
