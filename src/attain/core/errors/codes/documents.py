"""Codes of YAML documents and of what datasets declare."""

from __future__ import annotations

from typing import Final

from attain.core.errors.catalogue import define

YAML_SYNTAX: Final = define(
    "YAML_SYNTAX",
    zh="文件不是有效的 YAML：{detail}。",
    en="The file is not valid YAML: {detail}.",
    remedy_zh="检查该行的缩进、冒号和引号。",
    remedy_en="Check indentation, colons and quotation marks of this line.",
)
YAML_DUPLICATE_KEY: Final = define(
    "YAML_DUPLICATE_KEY",
    zh="“{key}”写了两次，第一次在第 {first_line} 行。",
    en="“{key}” is written twice; the first is on line {first_line}.",
    why_zh="只有一个会生效，另一个会悄悄消失。",
    why_en="Only one would hold, and the other would disappear silently.",
    remedy_zh="删除或改名其中一个。",
    remedy_en="Remove or rename one of them.",
)
YAML_TOO_LARGE: Final = define(
    "YAML_TOO_LARGE",
    zh="文件太大或嵌套太深：{what} 超过上限 {limit}。",
    en="The document is too large or too deep: {what} is above the limit of {limit}.",
    remedy_zh="拆分成几个文件。",
    remedy_en="Divide it into several files.",
)
YAML_TAG: Final = define(
    "YAML_TAG",
    zh="不允许使用 YAML 标记“{tag}”。",
    en="The YAML tag “{tag}” is not accepted.",
    remedy_zh="直接写值，不要标记。",
    remedy_en="Write the value without a tag.",
)
YAML_UNQUOTED: Final = define(
    "YAML_UNQUOTED",
    zh="“{value}”的括号不成对：它在逗号处被拆开了。",
    en="“{value}” has a bracket without its partner: it was cut at a comma.",
    why_zh="在花括号或方括号里，没有引号的公式遇到逗号就会被拆成两段。",
    why_en="Inside braces or square brackets, a comma cuts a formula in two "
    "unless it stands in quotation marks.",
    remedy_zh='给公式加引号：{{is: "max(a, b)"}}。',
    remedy_en='Put the formula into quotation marks: {{is: "max(a, b)"}}.',
)
YAML_CUT: Final = define(
    "YAML_CUT",
    zh="“{value}”前面有一个逗号，这句话被拆成了两段。",
    en="There is a comma before “{value}”: the sentence was cut in two.",
    why_zh="在花括号里，没有引号的文字遇到逗号就结束，后面的成了另一个键。",
    why_en="Inside braces a text without quotation marks ends at a comma; what follows is taken "
    "for another key.",
    remedy_zh='给整句话加引号：{{en: "Commission, net of returns"}}。',
    remedy_en='Put all of it into quotation marks: {{en: "Commission, net of returns"}}.',
)
FIELD_UNKNOWN: Final = define(
    "FIELD_UNKNOWN",
    zh="这里不认识“{key}”；可以写：{known}。",
    en="“{key}” is not known here; these are: {known}.",
    why_zh="不认识的内容若被忽略，规则就会悄悄少一条。",
    why_en="If it were ignored, a rule would be missing silently.",
    remedy_zh="核对拼写，或删除它。",
    remedy_en="Check the spelling, or remove it.",
)
FIELD_MISSING: Final = define(
    "FIELD_MISSING",
    zh="缺少“{key}”。",
    en="“{key}” is missing.",
    remedy_zh="补充“{key}”。",
    remedy_en="Add “{key}”.",
)
FIELD_INVALID: Final = define(
    "FIELD_INVALID",
    zh="“{key}”的值“{value}”不能接受：{detail}。",
    en="“{value}” is not accepted for “{key}”: {detail}.",
    remedy_zh="按说明更正。",
    remedy_en="Correct it as described.",
)
NAME_INVALID: Final = define(
    "NAME_INVALID",
    zh="“{value}”不能作为名称。",
    en="“{value}” cannot be a name.",
    remedy_zh="以文字或字母开头，只用文字、字母、数字和下划线，不超过 {limit} 个字符。",
    remedy_en="Begin with a letter; use letters, digits and underscores only, "
    "at most {limit} characters.",
)
DATASET_NAME: Final = define(
    "DATASET_NAME",
    zh="数据集不能叫“{value}”。",
    en="A dataset cannot be called “{value}”.",
    why_zh="数据集的名称也是文件夹和编号的一部分，要在每台机器上都写得出。",
    why_en="The name of a dataset is part of folders and keys, and has to work on every machine.",
    remedy_zh="用小写英文字母、数字和下划线，以字母开头，不超过 {limit} 个字符。"
    "方案里的来源可以用中文名，再写明数据集：{value}: {{from: my_rows, ...}}。",
    remedy_en="Use small letters a to z, digits and underscores, beginning with a letter, at most "
    "{limit} characters. A source of a plan may have another name and say its dataset: "
    "{value}: {{from: my_rows, ...}}.",
)
SCHEMA_COLUMN_UNKNOWN: Final = define(
    "SCHEMA_COLUMN_UNKNOWN",
    zh="数据集“{dataset}”的“{part}”提到了不存在的列“{column}”。",
    en="“{part}” of the dataset “{dataset}” names the column “{column}”, which does not exist.",
    remedy_zh="声明该列，或更正名称。",
    remedy_en="Declare the column, or correct the name.",
)
SCHEMA_COLUMN_TAKEN: Final = define(
    "SCHEMA_COLUMN_TAKEN",
    zh="数据集“{dataset}”的列“{column}”出现了两次。",
    en="The dataset “{dataset}” has two columns “{column}”.",
    remedy_zh="改名其中一列；期间列 x 会占用 x、x_from、x_until 三个名称。",
    remedy_en="Rename one of them; a period column x also takes the names x_from and x_until.",
)
SCHEMA_ALIAS_TAKEN: Final = define(
    "SCHEMA_ALIAS_TAKEN",
    zh="数据集“{dataset}”的列“{first}”与“{second}”都叫“{alias}”。",
    en="The columns “{first}” and “{second}” of the dataset “{dataset}” share the name “{alias}”.",
    why_zh="这样就无法判断表头属于哪一列。",
    why_en="A header with that name could belong to either.",
    remedy_zh="从其中一列删除这个别名。",
    remedy_en="Remove the alias from one of them.",
)
SCHEMA_COLUMN_TYPE: Final = define(
    "SCHEMA_COLUMN_TYPE",
    zh="数据集“{dataset}”的列“{column}”是“{type}”类型，不能用作“{option}”。",
    en="Column “{column}” of the dataset “{dataset}” has the type “{type}” "
    "and cannot serve as its “{option}”.",
    remedy_zh="选择日期类型的列。",
    remedy_en="Choose a column of the type date.",
)
SCHEMA_COLUMN_OPTION: Final = define(
    "SCHEMA_COLUMN_OPTION",
    zh="列“{column}”是“{type}”类型：“{option}”缺少或不适用。",
    en="Column “{column}” has the type “{type}”: its “{option}” is missing or does not belong.",
    remedy_zh="money 需要 currency（或 currency_from），key 需要 of；scale 只用于数字，"
    "金额最多 6 位小数。",
    remedy_en="Money needs a currency (or currency_from), a key needs `of`; a scale belongs "
    "to numbers only, and money has at most 6 decimals.",
)
SCHEMA_SYSTEM_COLUMN: Final = define(
    "SCHEMA_SYSTEM_COLUMN",
    zh="系统数据集“{dataset}”的列“{column}”不能改变类型。",
    en="The column “{column}” of the system dataset “{dataset}” keeps its type.",
    remedy_zh="另加自己的列。",
    remedy_en="Add a column of your own instead.",
)
