"""What can be wrong with the declaration of a record type, and with the values of a record."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

RECORD_DAY_FORMAT: Final = define(
    "RECORD_DAY_FORMAT",
    zh="“{value}”不是可以识别的日期写法。",
    en="“{value}” is no day that can be read.",
    remedy_zh="写法如：entered + 2 working days、starts_on - 1 month、bid_on。",
    remedy_en="Write it like: entered + 2 working days, starts_on - 1 month, bid_on.",
)
RECORD_LENGTH_FORMAT: Final = define(
    "RECORD_LENGTH_FORMAT",
    zh="“{value}”不是可以识别的时长。",
    en="“{value}” is no length of time that can be read.",
    remedy_zh="写法如：7 days、2 working days、1 week、24 months。",
    remedy_en="Write it like: 7 days, 2 working days, 1 week, 24 months.",
)
RECORD_OPTION_MISFIT: Final = define(
    "RECORD_OPTION_MISFIT",
    zh="字段“{field}”是{type}类型，“{option}”的写法不合适或缺少。",
    en="The field “{field}” is a {type}; “{option}” is missing or does not fit it.",
    remedy_zh="对照字段类型说明补上或删去“{option}”。",
    remedy_en="Add “{option}” or take it out, as the field's type asks.",
)
RECORD_SENSITIVE_OPEN: Final = define(
    "RECORD_SENSITIVE_OPEN",
    zh="字段“{field}”标为敏感信息，却没有保密设置。",
    en="The field “{field}” is marked sensitive but is not confidential.",
    why_zh="法律保护的个人信息不能出现在列表、导出和数据集中。",
    why_en="What the law protects must appear in no list, export or dataset.",
    remedy_zh="写上 confidential，注明用途和谁可以查看。",
    remedy_en="Add confidential with the purpose and who may read it.",
)
RECORD_QUORUM: Final = define(
    "RECORD_QUORUM",
    zh="会签需要 {needed} 席同意，而总共有 {seats} 席。",
    en="The consultation needs {needed} seats and has {seats}.",
    remedy_zh="needed 应在 1 与总席位数之间。",
    remedy_en="Let needed be between 1 and the number of seats.",
)
RECORD_EFFECT: Final = define(
    "RECORD_EFFECT",
    zh="这一后续动作没有写全，或写了不止一种。",
    en="This effect is not complete, or it is more than one.",
    remedy_zh="每条只写一种：set 配 to，create 配 with，reserve、spend 或 release 配 amount，"
    "notify 配 say。",
    remedy_en="Write one: set with to, create with with, reserve, spend or release with amount, "
    "notify with say.",
)
RECORD_TWICE: Final = define(
    "RECORD_TWICE",
    zh="“{name}”声明了两次：{first}和{second}。",
    en="“{name}” is declared twice: in {first} and in {second}.",
    remedy_zh="改名或删去其中一个。",
    remedy_en="Rename or remove one of them.",
)
RECORD_NAME_TAKEN: Final = define(
    "RECORD_NAME_TAKEN",
    zh="“{name}”已有别的含义，不能作为记录类型的名称。",
    en="“{name}” means something else already and cannot name a record type.",
    remedy_zh="换一个名称。",
    remedy_en="Choose another name.",
)
RECORD_NAME_RESERVED: Final = define(
    "RECORD_NAME_RESERVED",
    zh="“{name}”是每条记录自带的名称，字段不能使用。",
    en="“{name}” is something every record has; no field can be called so.",
    remedy_zh="换一个名称。",
    remedy_en="Choose another name.",
)
RECORD_WORD_UNKNOWN: Final = define(
    "RECORD_WORD_UNKNOWN",
    zh="“{part}”提到“{word}”，这里没有{kind}叫这个名称。",
    en="“{part}” speaks of “{word}”; there is no {kind} of that name here.",
    remedy_zh="可用的有：{known}。",
    remedy_en="There are: {known}.",
)
RECORD_FIELD_UNFIT: Final = define(
    "RECORD_FIELD_UNFIT",
    zh="“{part}”需要{wanted}，而“{field}”是{type}。",
    en="“{part}” takes {wanted}, but “{field}” is {type}.",
    remedy_zh="改用合适的字段。",
    remedy_en="Name a field that fits.",
)
RECORD_FIELD_SECRET: Final = define(
    "RECORD_FIELD_SECRET",
    zh="“{part}”用到了保密字段“{field}”。",
    en="“{part}” uses the confidential field “{field}”.",
    why_zh="保密字段的内容会从别的地方泄露出去。",
    why_en="What is kept apart would show in another place.",
    remedy_zh="去掉，或改用不保密的字段。",
    remedy_en="Take it out, or use a field that is not confidential.",
)
RECORD_WHO_UNKNOWN: Final = define(
    "RECORD_WHO_UNKNOWN",
    zh="“{part}”中的“{word}”不是指人的词。",
    en="“{word}” in “{part}” does not say who.",
    remedy_zh="可以写：{known}。",
    remedy_en="It can be: {known}.",
)
RECORD_PATTERN: Final = define(
    "RECORD_PATTERN",
    zh="编号格式“{value}”不能使用：{fault}。",
    en="The pattern “{value}” cannot be used: {fault}.",
    remedy_zh="写法如：HD-{{year}}-{{n:4}}。",
    remedy_en="Write it like HD-{{year}}-{{n:4}}.",
)
RECORD_CIRCLE: Final = define(
    "RECORD_CIRCLE",
    zh="这些计算字段互相引用：{fields}。",
    en="These computed fields depend on each other: {fields}.",
    remedy_zh="让其中一个不再引用其他字段。",
    remedy_en="Let one of them stand without the others.",
)
RECORD_DRIFTS: Final = define(
    "RECORD_DRIFTS",
    zh="计算字段“{field}”用到了“{word}”，它会在无人修改时自己变化。",
    en="The computed field “{field}” uses “{word}”, which changes without anybody writing.",
    why_zh="记录的值要能查到是谁在何时写的。",
    why_en="Whoever reads a record must be able to tell who wrote its values and when.",
    remedy_zh="只用本记录的字段；需要当时的值时，用 default 或操作的 set 写入字段。",
    remedy_en="Use the record's own fields; to keep a value of a moment, write it with default or "
    "with an action's set.",
)
RECORD_VERDICT_MISSING: Final = define(
    "RECORD_VERDICT_MISSING",
    zh="状态“{state}”要会签，却没有表示“{verdict}”的操作。",
    en="The state “{state}” consults, but has no action with the verdict “{verdict}”.",
    remedy_zh="在这一状态下分别声明 agree 和 object 两个操作。",
    remedy_en="Declare an action with agree and one with object from this state.",
)
RECORD_VERDICT_IDLE: Final = define(
    "RECORD_VERDICT_IDLE",
    zh="操作“{action}”是会签意见，而状态“{state}”没有会签。",
    en="The action “{action}” is a verdict, but nobody is consulted in “{state}”.",
    remedy_zh="给该状态写上 consult，或去掉 verdict。",
    remedy_en="Give the state consult, or take out the verdict.",
)
RECORD_CHOICE_UNKNOWN: Final = define(
    "RECORD_CHOICE_UNKNOWN",
    zh="“{field}”没有“{value}”这个选项。",
    en="“{field}” has no choice “{value}”.",
    remedy_zh="可选：{known}。",
    remedy_en="It can be {known}.",
)
RECORD_NOTHING: Final = define(
    "RECORD_NOTHING",
    zh="{folder}里没有记录类型。",
    en="There are no record types in {folder}.",
    remedy_zh="在 records 文件夹里放一个 .yaml 文件。",
    remedy_en="Put a .yaml file into the folder records.",
)

# What is wrong with the values of a record.

VALUE_REQUIRED: Final = define(
    "VALUE_REQUIRED",
    zh="“{field}”没有填写。",
    en="“{field}” is not filled in.",
    remedy_zh="填写后再保存。",
    remedy_en="Fill it in before saving.",
)
VALUE_TOO_SMALL: Final = define(
    "VALUE_TOO_SMALL",
    zh="“{field}”是 {value}，不能小于 {limit}。",
    en="“{field}” is {value}; the least is {limit}.",
    remedy_zh="改为 {limit} 或更大。",
    remedy_en="Make it {limit} or more.",
)
VALUE_TOO_LARGE: Final = define(
    "VALUE_TOO_LARGE",
    zh="“{field}”是 {value}，不能大于 {limit}。",
    en="“{field}” is {value}; the most is {limit}.",
    remedy_zh="改为 {limit} 或更小。",
    remedy_en="Make it {limit} or less.",
)
VALUE_TOO_EARLY: Final = define(
    "VALUE_TOO_EARLY",
    zh="“{field}”是 {value}，不能早于 {limit}。",
    en="“{field}” is {value}; the first day is {limit}.",
    remedy_zh="选择 {limit} 或之后的日期。",
    remedy_en="Choose {limit} or a later day.",
)
VALUE_TOO_LATE: Final = define(
    "VALUE_TOO_LATE",
    zh="“{field}”是 {value}，不能晚于 {limit}。",
    en="“{field}” is {value}; the last day is {limit}.",
    remedy_zh="选择 {limit} 或之前的日期。",
    remedy_en="Choose {limit} or an earlier day.",
)
VALUE_TOO_LONG: Final = define(
    "VALUE_TOO_LONG",
    zh="“{field}”有 {length} 个字符，最多 {limit} 个。",
    en="“{field}” has {length} characters; it can have {limit}.",
    remedy_zh="缩短。",
    remedy_en="Shorten it.",
)
VALUE_CONTROL: Final = define(
    "VALUE_CONTROL",
    zh="“{field}”含有不能显示的字符。",
    en="“{field}” contains signs that cannot be shown.",
    remedy_zh="重新输入，不要从别处粘贴。",
    remedy_en="Type it instead of pasting it.",
)
ROWS_TOO_FEW: Final = define(
    "ROWS_TOO_FEW",
    zh="“{field}”有 {count} 行，至少要 {limit} 行。",
    en="“{field}” has {count} rows; it needs {limit}.",
    remedy_zh="补充。",
    remedy_en="Add rows.",
)
ROWS_TOO_MANY: Final = define(
    "ROWS_TOO_MANY",
    zh="“{field}”有 {count} 行，最多 {limit} 行。",
    en="“{field}” has {count} rows; it can have {limit}.",
    remedy_zh="拆成几条记录。",
    remedy_en="Divide them among several records.",
)
RECORD_CHECK_FAILED: Final = define(
    "RECORD_CHECK_FAILED",
    zh="不能保存：{reason}。",
    en="It cannot be saved: {reason}.",
    remedy_zh="改正后再保存。",
    remedy_en="Correct it and save again.",
)
VALUE_COMPUTED: Final = define(
    "VALUE_COMPUTED",
    zh="“{field}”由系统计算，不能填写。",
    en="“{field}” is computed; nobody fills it in.",
    remedy_zh="删去这一栏。",
    remedy_en="Leave it out.",
)
VALUE_BY_ACTION: Final = define(
    "VALUE_BY_ACTION",
    zh="“{field}”只能在办理操作时写入。",
    en="“{field}” is written by actions only.",
    why_zh="谁批准、批准了多少，不能由填写人自己写。",
    why_en="Who approved, and how much, is not for whoever fills the record in to write.",
    remedy_zh="去掉这一栏，由相应的操作写入。",
    remedy_en="Leave it out; the action writes it.",
)
VALUE_UNKNOWN: Final = define(
    "VALUE_UNKNOWN",
    zh="{type}没有“{field}”这一栏。",
    en="{type} has no field “{field}”.",
    remedy_zh="可用的字段：{known}。",
    remedy_en="Its fields: {known}.",
)
