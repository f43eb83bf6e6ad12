"""What can be wrong with datasets in the product, besides what the lake says of files."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

DATASET_NOT_DECLARED: Final = define(
    "DATASET_NOT_DECLARED",
    zh="没有名为“{name}”的数据集。",
    en="There is no dataset called “{name}”.",
    remedy_zh="请核对名称，或先新建这个数据集。相近的有：{near}。",
    remedy_en="Check the name, or make the dataset first. Close ones are: {near}.",
    http=404,
)
DATASET_OF_SYSTEM: Final = define(
    "DATASET_OF_SYSTEM",
    zh="“{name}”由系统的“{owner}”维护，不能用文件导入。",
    en="“{name}” is kept by “{owner}” in this system; files cannot be imported into it.",
    why_zh="同一份数据只能有一个来源，否则两边会互相覆盖。",
    why_en="One thing has one source; two would overwrite each other.",
    remedy_zh="请在“{owner}”页面里修改或导入。",
    remedy_en="Change it, or import it, on the pages of “{owner}”.",
    http=409,
)
DECLARATION_IN_USE: Final = define(
    "DECLARATION_IN_USE",
    zh="“{name}”已有数据，新的声明改变了这些列：{columns}。",
    en="“{name}” has rows, and the new declaration changes these columns: {columns}.",
    why_zh="已存的数据不能按另一种类型来读。",
    why_en="Stored rows cannot be read as another type.",
    remedy_zh="请保留这些列的类型，或另建一个数据集。",
    remedy_en="Keep the types of these columns, or make another dataset.",
    http=409,
)
IMPORT_REFUSED: Final = define(
    "IMPORT_REFUSED",
    zh="“{file}”没有入库：{reasons}。",
    en="“{file}” was not imported: {reasons}.",
    remedy_zh="请按所列原因更正后再导入。",
    remedy_en="Correct what is listed, then import it again.",
)
PROVIDER_TWICE: Final = define(
    "PROVIDER_TWICE",
    zh="数据集“{name}”已有来源“{owner}”。",
    en="The dataset “{name}” is already provided by “{owner}”.",
    remedy_zh="一个数据集只能有一个来源；请通知系统管理员。",
    remedy_en="A dataset has one source; tell the system's administrator.",
    http=500,
)
