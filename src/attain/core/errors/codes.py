"""The codes of core: numbers, dates, currencies, periods, calendars, keys and documents."""

from __future__ import annotations

from typing import Final

from attain.core.errors.catalogue import define
from attain.core.errors.models import Severity

# --- numbers (S: reliability 5.0, B23 to B29) ---

NUMBER_FORMAT: Final = define(
    "NUMBER_FORMAT",
    zh="“{value}”不是可以接受的数字写法。",
    en="“{value}” is not a number in an accepted form.",
    why_zh="猜测数字的含义可能改变某个人的得分或金额。",
    why_en="Guessing what was meant could change somebody's score or pay.",
    remedy_zh="请写成 1234.50 这样的形式：可带正负号、数字和一个小数点，不用指数、下划线或单位。",
    remedy_en="Write it like 1234.50: an optional sign, digits and one decimal point; "
    "no exponent, underscore or unit.",
)
NUMBER_AMBIGUOUS: Final = define(
    "NUMBER_AMBIGUOUS",
    zh="“{value}”有两种读法：{first} 或 {second}。",
    en="“{value}” can be read in two ways: {first} or {second}.",
    why_zh="分隔符“{sign}”既可能是千位分隔符，也可能是小数点。",
    why_en="The sign “{sign}” may separate thousands or decimals.",
    remedy_zh="请去掉千位分隔符，或在该列的设置中说明数字的写法。",
    remedy_en="Remove the thousands separators, or declare how this column writes its numbers.",
)
NUMBER_TOO_LONG: Final = define(
    "NUMBER_TOO_LONG",
    zh="“{value}”有 {digits} 位数字，最多允许 {limit} 位。",
    en="“{value}” has {digits} digits; at most {limit} are accepted.",
    remedy_zh="请检查是否把编号当成了金额，或多粘贴了内容。",
    remedy_en="Check whether an identifier stands in a column of amounts, or too much was pasted.",
)
TOO_MANY_DECIMALS: Final = define(
    "TOO_MANY_DECIMALS",
    zh="“{value}”有 {decimals} 位小数，这里最多 {scale} 位。",
    en="“{value}” has {decimals} decimals; at most {scale} are accepted here.",
    why_zh="系统从不悄悄四舍五入，否则合计会对不上。",
    why_en="Nothing is rounded silently, because the totals would no longer agree.",
    remedy_zh="请在来源中先取整到 {scale} 位小数，再重新提交。",
    remedy_en="Round it to {scale} decimals where it comes from, and send it again.",
)
NUMBER_NORMALISED: Final = define(
    "NUMBER_NORMALISED",
    zh="“{value}”含全角或千位符号，已读作 {read}。",
    en="“{value}” has full-width signs or separators and was read as {read}.",
    remedy_zh="如果不是这个意思，请改用半角数字重新填写。",
    remedy_en="If that is not what was meant, write it again with plain digits.",
    severity=Severity.note,
)
NUMBER_FROM_PERCENT: Final = define(
    "NUMBER_FROM_PERCENT",
    zh="“{value}”按百分数读作 {read}。",
    en="“{value}” was read as a percentage: {read}.",
    remedy_zh="如果不是百分数，请去掉百分号。",
    remedy_en="If it is not a percentage, remove the percent sign.",
    severity=Severity.note,
)
PERCENT_NOT_ALLOWED: Final = define(
    "PERCENT_NOT_ALLOWED",
    zh="“{value}”带百分号，但这里不是比率。",
    en="“{value}” has a percent sign, but this is not a ratio.",
    remedy_zh="请填写数字本身，或把该列声明为比率 (ratio)。",
    remedy_en="Write the number itself, or declare the column as a ratio.",
)
NUMBER_NOT_WHOLE: Final = define(
    "NUMBER_NOT_WHOLE",
    zh="“{value}”不是整数。",
    en="“{value}” is not a whole number.",
    remedy_zh="这里只接受整数；如需小数，请为该列声明 scale。",
    remedy_en="Only whole numbers stand here; declare a scale for the column if parts are wanted.",
)
NUMBER_MISSING: Final = define(
    "NUMBER_MISSING",
    zh="这里没有数字。",
    en="There is no number here.",
    why_zh="空白不等于零。",
    why_en="Blank is not zero.",
    remedy_zh="请填写数字；确实为零时请写 0。",
    remedy_en="Write a number; write 0 where zero is meant.",
)
NUMBER_TOO_LARGE_FOR_CELL: Final = define(
    "NUMBER_TOO_LARGE_FOR_CELL",
    zh="单元格中的 {value} 超过 15 位，表格软件已经丢失了末尾数字。",
    en="The cell holds {value}, more than 15 digits: the spreadsheet has lost the last ones.",
    remedy_zh="请把该列设为文本格式后重新输入。",
    remedy_en="Format the column as text and enter the value again.",
)
CELL_ERROR: Final = define(
    "CELL_ERROR",
    zh="单元格中是错误值 {value}。",
    en="The cell holds the error {value}.",
    why_zh="错误值既不是空白，也不是零。",
    why_en="An error is neither blank nor zero.",
    remedy_zh="请在来源表格中修正公式或数据。",
    remedy_en="Mend the formula or the data in the workbook.",
)
AMOUNT_OVERFLOW: Final = define(
    "AMOUNT_OVERFLOW",
    zh="计算结果超过 {digits} 位数字，无法保存。",
    en="The result has more than {digits} digits and cannot be stored.",
    why_zh="结果若被截断就是错的，所以计算停止，不发布任何内容。",
    why_en="A cut result would be wrong, so the calculation stops and nothing is published.",
    remedy_zh="请检查规则中的乘法和单位，以及来源数据中过大的数值。",
    remedy_en="Check the multiplications and units of the rule, and the data for values "
    "far too large.",
)
DIVISION_BY_ZERO: Final = define(
    "DIVISION_BY_ZERO",
    zh="{value} 除以零没有结果。",
    en="{value} divided by zero has no result.",
    remedy_zh="请在规则中先判断除数，或用 if_missing 说明该怎么办。",
    remedy_en="Test the divisor first, or say with if_missing what shall hold.",
)

# --- currencies ---

CURRENCY_UNKNOWN: Final = define(
    "CURRENCY_UNKNOWN",
    zh="不认识的币种“{value}”。",
    en="“{value}” is not a known currency.",
    remedy_zh="请使用三位字母代码，例如 CNY、USD、EUR。",
    remedy_en="Use the three-letter code, such as CNY, USD or EUR.",
)
CURRENCY_ALIAS: Final = define(
    "CURRENCY_ALIAS",
    zh="“{value}”读作币种 {read}。",
    en="“{value}” was read as the currency {read}.",
    remedy_zh="建议直接使用 {read}。",
    remedy_en="Better write {read}.",
    severity=Severity.note,
)
CURRENCY_MIXED: Final = define(
    "CURRENCY_MIXED",
    zh="{first} 与 {second} 不能直接相加或比较。",
    en="{first} and {second} cannot be added or compared.",
    remedy_zh="请先按声明的汇率换算成同一币种。",
    remedy_en="Convert them into one currency by a declared rate first.",
)
AMOUNT_NOT_PAYABLE: Final = define(
    "AMOUNT_NOT_PAYABLE",
    zh="{value} {currency} 比该币种的最小单位更细，不能支付。",
    en="{value} {currency} is finer than the smallest unit of the currency and cannot be paid.",
    remedy_zh="请在规则中先取整，例如 round: 0.01。",
    remedy_en="Round it in the rule first, for example with round: 0.01.",
)

# --- dates (B33 to B37) ---

DATE_FORMAT: Final = define(
    "DATE_FORMAT",
    zh="“{value}”不是可以接受的日期写法。",
    en="“{value}” is not a date in an accepted form.",
    remedy_zh="请写成 2026-09-30、2026/9/30 或 2026年9月30日。",
    remedy_en="Write it like 2026-09-30, 2026/9/30 or 2026年9月30日.",
)
DATE_AMBIGUOUS: Final = define(
    "DATE_AMBIGUOUS",
    zh="“{value}”有两种读法：{first} 或 {second}。",
    en="“{value}” can be read in two ways: {first} or {second}.",
    why_zh="日期决定业绩属于哪个期间、归属谁。",
    why_en="The date decides to which period and to whom a result belongs.",
    remedy_zh="请改写成 2026-09-30 的形式，或在该列的设置中说明日和月的顺序。",
    remedy_en="Write it like 2026-09-30, or declare the order of day and month for this column.",
)
DATE_INVALID: Final = define(
    "DATE_INVALID",
    zh="“{value}”不存在于日历中。",
    en="“{value}” is not in the calendar.",
    remedy_zh="请核对年、月、日。",
    remedy_en="Check year, month and day.",
)
DATE_OUT_OF_RANGE: Final = define(
    "DATE_OUT_OF_RANGE",
    zh="日期 {value} 不在 {earliest} 至 {latest} 之间。",
    en="The date {value} is not between {earliest} and {latest}.",
    why_zh="这样的日期多半是录入或导出时的错误。",
    why_en="Such a date is most often a slip of entry or export.",
    remedy_zh="请核对日期；如果确实需要，请调整允许的日期范围。",
    remedy_en="Check the date; if it is right, widen the range of accepted dates.",
)
DATE_MISSING: Final = define(
    "DATE_MISSING",
    zh="这里没有日期。",
    en="There is no date here.",
    remedy_zh="请填写日期。",
    remedy_en="Write a date.",
)
DATE_NORMALISED: Final = define(
    "DATE_NORMALISED",
    zh="“{value}”读作 {read}。",
    en="“{value}” was read as {read}.",
    remedy_zh="如果不是这一天，请写成 2026-09-30 的形式。",
    remedy_en="If another day is meant, write it like 2026-09-30.",
    severity=Severity.note,
)
TIME_IN_DATE_COLUMN: Final = define(
    "TIME_IN_DATE_COLUMN",
    zh="“{value}”带有时间，但这里只接受日期。",
    en="“{value}” has a time of day, but only a date stands here.",
    remedy_zh="请去掉时间，或在该列的设置中允许带时间的日期。",
    remedy_en="Remove the time, or let this column accept dates with a time.",
)
TIME_DROPPED: Final = define(
    "TIME_DROPPED",
    zh="“{value}”中的时间已按企业时区略去，读作 {read}。",
    en="The time in “{value}” was dropped in the company's time zone: {read}.",
    remedy_zh="如果日期不对，请核对来源系统的时区。",
    remedy_en="If the day is wrong, check the time zone of the source.",
    severity=Severity.note,
)
BOOLEAN_FORMAT: Final = define(
    "BOOLEAN_FORMAT",
    zh="“{value}”既不是“是”也不是“否”。",
    en="“{value}” is neither true nor false.",
    remedy_zh="请写“是”或“否”（也可写 true、false、1、0）。",
    remedy_en="Write true or false (also 是, 否, yes, no, 1, 0).",
)

# --- periods and calendars ---

PERIOD_FORMAT: Final = define(
    "PERIOD_FORMAT",
    zh="“{value}”不是期间的写法。",
    en="“{value}” is not a period.",
    remedy_zh="请写成 2026、2026-H1、2026-Q1、2026-03、2026-W05 "
    "或 2026-01-01/2026-02-15（止日不含）。",
    remedy_en="Write 2026, 2026-H1, 2026-Q1, 2026-03, 2026-W05 "
    "or 2026-01-01/2026-02-15 (the end is exclusive).",
)
PERIOD_UNKNOWN: Final = define(
    "PERIOD_UNKNOWN",
    zh="日历“{calendar}”中没有期间“{value}”。",
    en="The calendar “{calendar}” has no period “{value}”.",
    remedy_zh="请核对期间，或补充该日历的行。",
    remedy_en="Check the period, or add the rows to the calendar.",
)
PERIOD_REVERSED: Final = define(
    "PERIOD_REVERSED",
    zh="期间的止日 {until} 不在起日 {start} 之后。",
    en="The period ends on {until}, which is not after its start {start}.",
    remedy_zh="止日是不含在内的第一天，必须晚于起日。",
    remedy_en="The end is the first day not included and must be later than the start.",
)
PERIOD_NOT_NESTED: Final = define(
    "PERIOD_NOT_NESTED",
    zh="期间“{period}”不完全属于任何一个“{kind}”。",
    en="The period “{period}” does not lie inside one {kind}.",
    why_zh="例如跨月的一周不属于任何一个月。",
    why_en="A week across two months, for example, belongs to neither.",
    remedy_zh="请按日期汇总到“{kind}”，或选用能整除的期间。",
    remedy_en="Gather by date into the {kind}, or choose periods that nest.",
)
PERIOD_OUTSIDE_CALENDAR: Final = define(
    "PERIOD_OUTSIDE_CALENDAR",
    zh="日历“{calendar}”的“{kind}”没有覆盖 {day}。",
    en="The calendar “{calendar}” has no {kind} that covers {day}.",
    remedy_zh="请补充该日历的行。",
    remedy_en="Add the rows to the calendar.",
)
PERIOD_KIND_UNKNOWN: Final = define(
    "PERIOD_KIND_UNKNOWN",
    zh="日历“{calendar}”没有“{kind}”这种期间；有：{known}。",
    en="The calendar “{calendar}” has no periods of the kind “{kind}”; it has {known}.",
    remedy_zh="请从上列中选择，或为日历补充这种期间。",
    remedy_en="Choose one of these, or add rows of this kind to the calendar.",
)
CALENDAR_UNKNOWN: Final = define(
    "CALENDAR_UNKNOWN",
    zh="没有名为“{calendar}”的日历；有：{known}。",
    en="There is no calendar “{calendar}”; there are {known}.",
    remedy_zh="请在 attain.yaml 中声明该日历，或核对名称。",
    remedy_en="Declare it in attain.yaml, or check the name.",
)
CALENDAR_EMPTY: Final = define(
    "CALENDAR_EMPTY",
    zh="日历“{calendar}”没有任何行。",
    en="The calendar “{calendar}” has no rows.",
    remedy_zh="请至少为一种期间填写行。",
    remedy_en="Give it rows of at least one kind.",
)
CALENDAR_GAP: Final = define(
    "CALENDAR_GAP",
    zh="日历“{calendar}”的“{kind}”在 {start} 至 {until} 之间有空缺（止日不含）。",
    en="The calendar “{calendar}” has no {kind} from {start} until {until} (exclusive).",
    why_zh="落在空缺中的事实不会计入任何期间。",
    why_en="Facts of these days would count in no period.",
    remedy_zh="请让“{first}”的止日等于“{second}”的起日。",
    remedy_en="Let “{first}” end on the day on which “{second}” begins.",
)
CALENDAR_OVERLAP: Final = define(
    "CALENDAR_OVERLAP",
    zh="日历“{calendar}”的“{first}”与“{second}”在 {start} 至 {until} 之间重叠（止日不含）。",
    en="In the calendar “{calendar}”, “{first}” and “{second}” overlap "
    "from {start} until {until} (exclusive).",
    why_zh="这些日子的事实会被计算两次。",
    why_en="Facts of these days would count twice.",
    remedy_zh="请让前一期的止日等于后一期的起日。",
    remedy_en="Let the first end on the day on which the second begins.",
)
CALENDAR_DUPLICATE: Final = define(
    "CALENDAR_DUPLICATE",
    zh="日历“{calendar}”中“{label}”出现了两次。",
    en="The calendar “{calendar}” has “{label}” twice.",
    remedy_zh="请给每个期间不同的名称。",
    remedy_en="Give every period a label of its own.",
)
CALENDAR_PARENT: Final = define(
    "CALENDAR_PARENT",
    zh="日历“{calendar}”的“{label}”不在上级期间“{parent}”之内，或该上级不存在。",
    en="In the calendar “{calendar}”, “{label}” does not lie inside its parent “{parent}”, "
    "or there is no such parent.",
    remedy_zh="请更正上级名称或起止日期。",
    remedy_en="Correct the parent's label or the dates.",
)
CALENDAR_NOT_TILED: Final = define(
    "CALENDAR_NOT_TILED",
    zh="日历“{calendar}”的“{parent}”没有被它的“{kind}”完整覆盖。",
    en="In the calendar “{calendar}”, “{parent}” is not wholly covered by its {kind} periods.",
    why_zh="否则下级期间之和不等于上级。",
    why_en="Otherwise the parts would not add up to the whole.",
    remedy_zh="请补齐或更正下级期间。",
    remedy_en="Add or correct the periods below it.",
)
CALENDAR_DAY_UNKNOWN: Final = define(
    "CALENDAR_DAY_UNKNOWN",
    zh="不知道 {day} 是否工作日。",
    en="It is not known whether {day} is a working day.",
    why_zh="法定节假日安排每年公布一次，已知的只有 {first} 至 {last} 年。",
    why_en="Public holidays are announced year by year; those of {first} to {last} are known.",
    remedy_zh="请在 days 数据集中填写该年的工作日。",
    remedy_en="Give the working days of that year in the dataset days.",
)
WINDOW_FORMAT: Final = define(
    "WINDOW_FORMAT",
    zh="“{value}”不是可以使用的时间窗口：{limit}。",
    en="“{value}” cannot be used as a window: {limit}.",
    remedy_zh="例如 to day 12、last 3 months、12 months from July。",
    remedy_en="For example: to day 12, last 3 months, 12 months from July.",
)

# --- keys, rows and intervals ---

KEY_KIND: Final = define(
    "KEY_KIND",
    zh="“{value}”不能作为主键的种类。",
    en="“{value}” cannot be a kind of keys.",
    remedy_zh="请用小写英文字母开头，只含小写字母、数字和下划线。",
    remedy_en="Begin with a small letter; use small letters, digits and underscores only.",
)
KEY_EMPTY: Final = define(
    "KEY_EMPTY",
    zh="编号是空的。",
    en="The code is empty.",
    remedy_zh="请填写编号；没有编号的行无法被引用。",
    remedy_en="Give a code; a row without one cannot be referred to.",
)
REFERENCE_AMBIGUOUS: Final = define(
    "REFERENCE_AMBIGUOUS",
    zh="编号“{value}”同时存在于 {kinds}。",
    en="The code “{value}” exists in {kinds}.",
    remedy_zh="请写明种类，例如 {example}。",
    remedy_en="Say which one is meant, for example {example}.",
)
INTERVAL_INVALID: Final = define(
    "INTERVAL_INVALID",
    zh="生效日 {start} 不早于失效日 {until}。",
    en="It takes effect on {start}, which is not before its end {until}.",
    remedy_zh="失效日是不再有效的第一天，必须晚于生效日。",
    remedy_en="The end is the first day on which it no longer holds; it must be later.",
)
INTERVAL_OVERLAP: Final = define(
    "INTERVAL_OVERLAP",
    zh="“{value}”的两段有效期在 {start} 重叠。",
    en="Two stretches of “{value}” overlap on {start}.",
    remedy_zh="请让前一段的失效日等于后一段的生效日。",
    remedy_en="Let the first end on the day on which the second begins.",
)

# --- documents (declarations, plans and other YAML) ---

YAML_SYNTAX: Final = define(
    "YAML_SYNTAX",
    zh="文件不是有效的 YAML：{detail}。",
    en="The file is not valid YAML: {detail}.",
    remedy_zh="请检查该行的缩进、冒号和引号。",
    remedy_en="Check indentation, colons and quotation marks of this line.",
)
YAML_DUPLICATE_KEY: Final = define(
    "YAML_DUPLICATE_KEY",
    zh="“{key}”写了两次，第一次在第 {first_line} 行。",
    en="“{key}” is written twice; the first is on line {first_line}.",
    why_zh="只有一个会生效，另一个会悄悄消失。",
    why_en="Only one would hold, and the other would disappear silently.",
    remedy_zh="请删除或改名其中一个。",
    remedy_en="Remove or rename one of them.",
)
YAML_TOO_LARGE: Final = define(
    "YAML_TOO_LARGE",
    zh="文件太大或嵌套太深：{what} 超过上限 {limit}。",
    en="The document is too large or too deep: {what} is above the limit of {limit}.",
    remedy_zh="请拆分成几个文件。",
    remedy_en="Divide it into several files.",
)
YAML_TAG: Final = define(
    "YAML_TAG",
    zh="不允许使用 YAML 标记“{tag}”。",
    en="The YAML tag “{tag}” is not accepted.",
    remedy_zh="请直接写值，不要标记。",
    remedy_en="Write the value without a tag.",
)
YAML_UNQUOTED: Final = define(
    "YAML_UNQUOTED",
    zh="“{value}”的括号不成对：它在逗号处被拆开了。",
    en="“{value}” has a bracket without its partner: it was cut at a comma.",
    why_zh="在花括号或方括号里，没有引号的公式遇到逗号就会被拆成两段。",
    why_en="Inside braces or square brackets, a comma cuts a formula in two "
    "unless it stands in quotation marks.",
    remedy_zh='请给公式加引号：{{is: "max(a, b)"}}。',
    remedy_en='Put the formula into quotation marks: {{is: "max(a, b)"}}.',
)
FIELD_UNKNOWN: Final = define(
    "FIELD_UNKNOWN",
    zh="这里不认识“{key}”；可以写：{known}。",
    en="“{key}” is not known here; these are: {known}.",
    why_zh="不认识的内容若被忽略，规则就会悄悄少一条。",
    why_en="If it were ignored, a rule would be missing silently.",
    remedy_zh="请核对拼写，或删除它。",
    remedy_en="Check the spelling, or remove it.",
)
FIELD_MISSING: Final = define(
    "FIELD_MISSING",
    zh="缺少“{key}”。",
    en="“{key}” is missing.",
    remedy_zh="请补充“{key}”。",
    remedy_en="Add “{key}”.",
)
FIELD_INVALID: Final = define(
    "FIELD_INVALID",
    zh="“{key}”的值“{value}”不能接受：{detail}。",
    en="“{value}” is not accepted for “{key}”: {detail}.",
    remedy_zh="请按说明更正。",
    remedy_en="Correct it as described.",
)
NAME_INVALID: Final = define(
    "NAME_INVALID",
    zh="“{value}”不能作为名称。",
    en="“{value}” cannot be a name.",
    remedy_zh="请以文字或字母开头，只用文字、字母、数字和下划线，不超过 {limit} 个字符。",
    remedy_en="Begin with a letter; use letters, digits and underscores only, "
    "at most {limit} characters.",
)
SCHEMA_COLUMN_UNKNOWN: Final = define(
    "SCHEMA_COLUMN_UNKNOWN",
    zh="数据集“{dataset}”的“{part}”提到了不存在的列“{column}”。",
    en="“{part}” of the dataset “{dataset}” names the column “{column}”, which does not exist.",
    remedy_zh="请声明该列，或更正名称。",
    remedy_en="Declare the column, or correct the name.",
)
SCHEMA_COLUMN_TAKEN: Final = define(
    "SCHEMA_COLUMN_TAKEN",
    zh="数据集“{dataset}”的列“{column}”出现了两次。",
    en="The dataset “{dataset}” has two columns “{column}”.",
    remedy_zh="请改名其中一列；期间列 x 会占用 x、x_from、x_until 三个名称。",
    remedy_en="Rename one of them; a period column x also takes the names x_from and x_until.",
)
SCHEMA_ALIAS_TAKEN: Final = define(
    "SCHEMA_ALIAS_TAKEN",
    zh="数据集“{dataset}”的列“{first}”与“{second}”都叫“{alias}”。",
    en="The columns “{first}” and “{second}” of the dataset “{dataset}” share the name “{alias}”.",
    why_zh="这样就无法判断表头属于哪一列。",
    why_en="A header with that name could belong to either.",
    remedy_zh="请从其中一列删除这个别名。",
    remedy_en="Remove the alias from one of them.",
)
SCHEMA_COLUMN_TYPE: Final = define(
    "SCHEMA_COLUMN_TYPE",
    zh="数据集“{dataset}”的列“{column}”是“{type}”类型，不能用作“{option}”。",
    en="Column “{column}” of the dataset “{dataset}” has the type “{type}” "
    "and cannot serve as its “{option}”.",
    remedy_zh="请选择日期类型的列。",
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
    remedy_zh="请另加自己的列。",
    remedy_en="Add a column of your own instead.",
)

# --- digests and manifests ---

VALUE_NOT_EXACT: Final = define(
    "VALUE_NOT_EXACT",
    zh="“{value}”不能按 {unit} 精确保存。",
    en="“{value}” cannot be kept exactly as {unit}.",
    why_zh="保存的值必须与计算的值一位不差，结果才能复现。",
    why_en="Stored and calculated values must agree to the last digit, "
    "or results cannot be repeated.",
    remedy_zh="请先按声明的小数位取整。",
    remedy_en="Round it to the declared number of decimals first.",
)
VERSION_CONFLICT: Final = define(
    "VERSION_CONFLICT",
    zh="数据集“{dataset}”在此期间已有新版本 {found}（原以为是 {expected}）。",
    en="The dataset “{dataset}” has a newer version {found} (expected {expected}).",
    why_zh="直接覆盖会丢失别人刚提交的数据。",
    why_en="Writing over it would lose what somebody else has just committed.",
    remedy_zh="请重新预览并再次提交。",
    remedy_en="Preview the import again and commit once more.",
    http=409,
)
VERSION_UNKNOWN: Final = define(
    "VERSION_UNKNOWN",
    zh="找不到数据集“{dataset}”的版本 {version}。",
    en="The dataset “{dataset}” has no version {version}.",
    remedy_zh="请核对版本号，或重新导入数据。",
    remedy_en="Check the version, or import the data again.",
    http=404,
)
