"""Codes of numbers, amounts and currencies."""

from __future__ import annotations

from typing import Final

from attain.core.errors.catalogue import define
from attain.core.errors.models import Severity

NUMBER_FORMAT: Final = define(
    "NUMBER_FORMAT",
    zh="“{value}”不是可以接受的数字写法。",
    en="“{value}” is not a number in an accepted form.",
    why_zh="猜测数字的含义可能改变某个人的得分或金额。",
    why_en="Guessing what was meant could change somebody's score or pay.",
    remedy_zh="写成 1234.50 这样的形式：可带正负号、数字和一个小数点，"
    "不用指数、下划线或单位。{hint}",
    remedy_en="Write it like 1234.50: an optional sign, digits and one decimal point; "
    "no exponent, underscore or unit.{hint}",
)
NUMBER_AMBIGUOUS: Final = define(
    "NUMBER_AMBIGUOUS",
    zh="“{value}”有两种读法：{first} 或 {second}。",
    en="“{value}” can be read in two ways: {first} or {second}.",
    why_zh="分隔符“{sign}”既可能是千位分隔符，也可能是小数点。",
    why_en="The sign “{sign}” may separate thousands or decimals.",
    remedy_zh="去掉千位分隔符，或在该列的设置中说明数字的写法。",
    remedy_en="Remove the thousands separators, or declare how this column writes its numbers.",
)
NUMBER_TOO_LONG: Final = define(
    "NUMBER_TOO_LONG",
    zh="“{value}”有 {digits} 位数字，最多允许 {limit} 位。",
    en="“{value}” has {digits} digits; at most {limit} are accepted.",
    remedy_zh="检查是否把编号当成了金额，或多粘贴了内容。",
    remedy_en="Check whether an identifier stands in a column of amounts, or too much was pasted.",
)
TOO_MANY_DECIMALS: Final = define(
    "TOO_MANY_DECIMALS",
    zh="“{value}”有 {decimals} 位小数，这里最多 {scale} 位。",
    en="“{value}” has {decimals} decimals; at most {scale} are accepted here.",
    why_zh="系统从不悄悄四舍五入，否则合计会对不上。",
    why_en="Nothing is rounded silently, because the totals would no longer agree.",
    remedy_zh="在来源中先取整到 {scale} 位小数，再重新提交；这些小数都要时，给数据集的这一列声明 "
    "scale: {decimals}（金额最多 6 位）。",
    remedy_en="Round it to {scale} decimals where it comes from, and send it again; or, if all of "
    "them count, declare scale: {decimals} for the dataset's column (money has at most 6).",
)
NUMBER_NORMALISED: Final = define(
    "NUMBER_NORMALISED",
    zh="“{value}”已读作 {read}。",
    en="“{value}” was read as {read}.",
    why_zh="它含有全角字符、千位分隔符、货币符号、单位或记账式负号。",
    why_en="It has full-width signs, separators, a currency sign, a unit or an accounting minus.",
    remedy_zh="如果不是这个意思，改写成 -1234.50 的形式。",
    remedy_en="If that is not what was meant, write it like -1234.50.",
    severity=Severity.note,
)
PERCENT_NOT_ALLOWED: Final = define(
    "PERCENT_NOT_ALLOWED",
    zh="“{value}”带百分号或千分号，但这里不是比率。",
    en="“{value}” has a percent or per-mille sign, but this is not a ratio.",
    remedy_zh="填写数字本身，或把该列声明为比率 (ratio)。",
    remedy_en="Write the number itself, or declare the column as a ratio.",
)
NUMBER_NOT_WHOLE: Final = define(
    "NUMBER_NOT_WHOLE",
    zh="“{value}”不是整数。",
    en="“{value}” is not a whole number.",
    remedy_zh="这里只接受整数；如需小数，为该列声明 scale。",
    remedy_en="Only whole numbers stand here; declare a scale for the column if parts are wanted.",
)
NUMBER_MISSING: Final = define(
    "NUMBER_MISSING",
    zh="这里没有数字。",
    en="There is no number here.",
    why_zh="空白不等于零。",
    why_en="Blank is not zero.",
    remedy_zh="填写数字；确实为零时写 0。",
    remedy_en="Write a number; write 0 where zero is meant.",
)
NUMBER_TOO_LARGE_FOR_CELL: Final = define(
    "NUMBER_TOO_LARGE_FOR_CELL",
    zh="单元格中的 {value} 超过 15 位，表格软件已经丢失了末尾数字。",
    en="The cell holds {value}, more than 15 digits: the spreadsheet has lost the last ones.",
    remedy_zh="把该列设为文本格式后重新输入。",
    remedy_en="Format the column as text and enter the value again.",
)
CELL_ERROR: Final = define(
    "CELL_ERROR",
    zh="单元格中是错误值 {value}。",
    en="The cell holds the error {value}.",
    why_zh="错误值既不是空白，也不是零。",
    why_en="An error is neither blank nor zero.",
    remedy_zh="在来源表格中修正公式或数据。",
    remedy_en="Mend the formula or the data in the workbook.",
)
AMOUNT_OVERFLOW: Final = define(
    "AMOUNT_OVERFLOW",
    zh="计算结果超过 {digits} 位数字，无法保存。",
    en="The result has more than {digits} digits and cannot be stored.",
    why_zh="结果若被截断就是错的，所以计算停止，不发布任何内容。",
    why_en="A cut result would be wrong, so the calculation stops and nothing is published.",
    remedy_zh="检查规则中的乘法和单位，以及来源数据中过大的数值。",
    remedy_en="Check the multiplications and units of the rule, and the data for values "
    "far too large.",
)
DIVISION_BY_ZERO: Final = define(
    "DIVISION_BY_ZERO",
    zh="{value} 除以零没有结果。",
    en="{value} divided by zero has no result.",
    remedy_zh="在规则中先判断除数，或用 if_missing 说明该怎么办。",
    remedy_en="Test the divisor first, or say with if_missing what shall hold.",
)


CURRENCY_UNKNOWN: Final = define(
    "CURRENCY_UNKNOWN",
    zh="不认识的币种“{value}”。",
    en="“{value}” is not a known currency.",
    remedy_zh="使用三位字母代码，例如 CNY、USD、EUR。",
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
    remedy_zh="先按声明的汇率换算成同一币种。",
    remedy_en="Convert them into one currency by a declared rate first.",
)
AMOUNT_NOT_PAYABLE: Final = define(
    "AMOUNT_NOT_PAYABLE",
    zh="{value} {currency} 比该币种的最小单位更细，不能支付。",
    en="{value} {currency} is finer than the smallest unit of the currency and cannot be paid.",
    remedy_zh="在规则中先取整，例如 round: 0.01。",
    remedy_en="Round it in the rule first, for example with round: 0.01.",
)
