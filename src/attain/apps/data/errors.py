"""What can be wrong with datasets in the product, besides what the lake says of files."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

DATASET_NOT_DECLARED: Final = define(
    "DATASET_NOT_DECLARED",
    zh="没有名为“{name}”的数据集。",
    en="There is no dataset called “{name}”.",
    remedy_zh="核对名称，或先新建这个数据集。相近的有：{near}。",
    remedy_en="Check the name, or make the dataset first. Close ones are: {near}.",
    http=404,
)
DATASET_OF_SYSTEM: Final = define(
    "DATASET_OF_SYSTEM",
    zh="“{name}”由系统的“{owner}”维护，不能用文件导入。",
    en="“{name}” is kept by “{owner}” in this system; files cannot be imported into it.",
    why_zh="同一份数据只能有一个来源，否则两边会互相覆盖。",
    why_en="One thing has one source; two would overwrite each other.",
    remedy_zh="在“{owner}”页面里修改或导入。",
    remedy_en="Change it, or import it, on the pages of “{owner}”.",
    http=409,
)
DECLARATION_IN_USE: Final = define(
    "DECLARATION_IN_USE",
    zh="“{name}”已有数据，新的声明改变了这些列：{columns}。",
    en="“{name}” has rows, and the new declaration changes these columns: {columns}.",
    why_zh="已存的数据不能按另一种类型来读。",
    why_en="Stored rows cannot be read as another type.",
    remedy_zh="保留这些列的类型，或另建一个数据集。",
    remedy_en="Keep the types of these columns, or make another dataset.",
    http=409,
)
PROVIDER_TWICE: Final = define(
    "PROVIDER_TWICE",
    zh="数据集“{name}”已有来源“{owner}”。",
    en="The dataset “{name}” is already provided by “{owner}”.",
    remedy_zh="一个数据集只能有一个来源；让系统管理员处理。",
    remedy_en="A dataset has one source; tell the system's administrator.",
    http=500,
)
IMPORT_NOT_WAITING: Final = define(
    "IMPORT_NOT_WAITING",
    zh="这批导入已不在这一步。",
    en="This import is no longer at this step.",
    why_zh="别人可能已经处理过它。",
    why_en="Somebody else may have dealt with it.",
    remedy_zh="刷新页面，看它现在到了哪一步。",
    remedy_en="Reload the page and see where it stands.",
    http=409,
)
KEY_NEEDED: Final = define(
    "KEY_NEEDED",
    zh="还没有选出用哪几列区分每一行。",
    en="No column is chosen that tells the rows apart.",
    why_zh="没有主键，同一行再次导入时就会算成两行。",
    why_en="Without a key, a row that is imported again counts twice.",
    remedy_zh="至少勾选一列，例如单号；一列不够时可以勾选几列。",
    remedy_en="Tick at least one column, such as the order number; several if one is not enough.",
)
MONTHS_WRONG: Final = define(
    "MONTHS_WRONG",
    zh="覆盖期间写得不对。",
    en="The months of the coverage are not valid.",
    remedy_zh="填起止月份，例如2026-01至2026-03；截止月不能早于起始月。",
    remedy_en="Give the first and the last month, such as 2026-01 and 2026-03, in this order.",
)
