"""Files that cannot be taken for a dataset, and imports that nobody answered for."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

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
DATASET_DECLARED: Final = define(
    "DATASET_DECLARED",
    zh="“{path}”已经声明了这个数据集，没有改动。",
    en="“{path}” declares this dataset already; it is left as it is.",
    remedy_zh="要重新生成，先删掉它；另一个数据集用 --dataset 名称 起名。",
    remedy_en="To write it anew, remove it first; call another dataset by --dataset NAME.",
)
DATASET_NO_LIST: Final = define(
    "DATASET_NO_LIST",
    zh="“{dataset}”是系统数据集，不能从文件推出声明。",
    en="“{dataset}” is a dataset of the system; its declaration cannot be read off a file.",
    why_zh="只有人员、单位、岗位这类名单可以补列，而且文件里要有一列能单独区分每一行。",
    why_en="Only lists such as people, units and positions take more columns, from a file of which "
    "one column alone tells the rows apart.",
    remedy_zh="用 --dataset 起别的名称。",
    remedy_en="Call it by another name with --dataset.",
)
ANSWER_NEEDED: Final = define(
    "ANSWER_NEEDED",
    zh="入库前要有人确认，而这里没有人可以回答。",
    en="Somebody has to confirm before anything is stored, and nobody can answer here.",
    remedy_zh="看过上面的内容后，加上 --yes。",
    remedy_en="Look at what is shown above, then add --yes.",
)
