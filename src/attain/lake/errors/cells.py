"""Single cells that cannot be taken as they are (B19 to B22, B30 to B32, B36, B40, B55, B56)."""

from __future__ import annotations

from typing import Final

from attain.core.errors import Severity, define

VALUE_MISSING: Final = define(
    "VALUE_MISSING",
    zh="“{column}”必须填写，这里是空的。",
    en="“{column}” is required, and this cell is blank.",
    why_zh="空白不等于零。",
    why_en="Blank is not zero.",
    remedy_zh="填写；确实为零时写 0。",
    remedy_en="Fill it in; write 0 where zero is meant.",
)
DATE_BLANK: Final = define(
    "DATE_BLANK",
    zh="“{column}”是这个数据集的业务日期，这里是空的。",
    en="“{column}” is the business date of this dataset, and this cell is blank.",
    why_zh="没有业务日期，这一行不属于任何一个月。",
    why_en="Without it the row belongs to no month.",
    remedy_zh="填写。没有日期的行本来就有的（如未成交的商机），从数据集的声明中去掉 date:，"
    "在方案里写 sources: {{数据集: {{date: {column}}}}}：这样的行留着，但不计入任何月份。",
    remedy_en="Fill it in. Where rows may well have none, such as deals that are still open, take "
    "date: out of the declaration and say in the plan sources: {{dataset: {{date: {column}}}}}: "
    "then such rows stay, and count in no month.",
)
FORMULA_NO_VALUE: Final = define(
    "FORMULA_NO_VALUE",
    zh="单元格里是公式，但文件中没有保存它的结果。",
    en="The cell holds a formula, and its result is not stored in the file.",
    why_zh="没有结果的公式既不是空白，也不是零。",
    why_en="A formula without a result is neither blank nor zero.",
    remedy_zh="用表格软件打开、重新计算并保存，或“粘贴为数值”。",
    remedy_en="Open it in a spreadsheet program, recalculate and save, or paste it as a value.",
)
FORMULA_NOT_ALLOWED: Final = define(
    "FORMULA_NOT_ALLOWED",
    zh="金额列里不接受公式，这里显示的是 {value}。",
    en="A column of amounts accepts no formulas; this one shows {value}.",
    why_zh="文件里保存的计算结果可能与公式不符。",
    why_en="The result stored in the file may not be what the formula gives.",
    remedy_zh="把该列“粘贴为数值”后再导入。",
    remedy_en="Paste the column as values and import it again.",
)
ID_AS_NUMBER: Final = define(
    "ID_AS_NUMBER",
    zh="编号“{value}”被存成了数字，末尾或小数部分可能已经丢失。",
    en="The code “{value}” is stored as a number; digits may have been lost.",
    why_zh="表格软件只保留 15 位数字。",
    why_en="A spreadsheet keeps only 15 digits of a number.",
    remedy_zh="先把该列设为文本格式，再重新填写编号。",
    remedy_en="Format the column as text first, and enter the codes again.",
)
ID_LOST_ZEROS: Final = define(
    "ID_LOST_ZEROS",
    zh="编号“{value}”应有 {width} 位，前面的零可能丢失了。",
    en="The code “{value}” should have {width} characters; leading zeros may be lost.",
    remedy_zh="先把该列设为文本格式，再填写完整的编号。",
    remedy_en="Format the column as text first, and enter the whole code.",
)
TYPE_MISMATCH: Final = define(
    "TYPE_MISMATCH",
    zh="“{column}”应为{expected}，这里是{found}：{value}。",
    en="“{column}” takes {expected}; this is {found}: {value}.",
    remedy_zh="核对是否填错了列，或改正单元格的格式。",
    remedy_en="Check whether it stands in the wrong column, or mend the format of the cell.",
)
MERGED_CELLS: Final = define(
    "MERGED_CELLS",
    zh="数据区里有合并单元格 {range}。",
    en="Cells are merged in the data: {range}.",
    why_zh="合并区只有第一格有值，其余各行属于谁无法确定。",
    why_en="Only the first cell of the range has a value; to whom the others belong is not known.",
    remedy_zh="取消合并，并在每一行填写。",
    remedy_en="Unmerge the cells and fill in every row.",
)
BAD_CHARACTER: Final = define(
    "BAD_CHARACTER",
    zh="“{value}”里有无法使用的字符（控制符、乱码或方向符）。",
    en="“{value}” has characters that cannot be used (control, broken or direction signs).",
    why_zh="这样的字符看不见，却会让同一个名称变成两个，或显示成别的样子。",
    why_en="They are invisible, and make two names of one or show one thing for another.",
    remedy_zh="重新输入该内容；整列都是乱码时，检查导出的编码。",
    remedy_en="Type it again; if the whole column is broken, check the encoding of the export.",
)
BLANK_WORD: Final = define(
    "BLANK_WORD",
    zh="“{value}”不是这一列的值；数据库和人常用它表示没有。",
    en="“{value}” is no value of this column; databases and people write it for nothing.",
    why_zh="无数据和写错了不一样，所以不猜。",
    why_en="Nothing and a slip are not the same, so this is not guessed.",
    remedy_zh='表示没有时，给这一列声明 written: {{blank: ["{value}"]}}；否则填上值。',
    remedy_en='If it means nothing, declare written: {{blank: ["{value}"]}} for the column; '
    "otherwise fill the value in.",
)
TEXT_LIKE_FORMULA: Final = define(
    "TEXT_LIKE_FORMULA",
    zh="“{value}”看起来像公式，已按普通文字保存。",
    en="“{value}” looks like a formula; it was stored as plain text.",
    why_zh="有人可能想借导出的表格运行命令；导出时会作处理。",
    why_en="Somebody may want a later export to run it; exports make it harmless.",
    remedy_zh="确认这是不是要填写的内容。",
    remedy_en="Check whether this is really the content.",
    severity=Severity.warning,
)
TEXT_NUMBERS: Final = define(
    "TEXT_NUMBERS",
    zh="该列有 {count} 个数字存成了文本，已按数字读取。",
    en="{count} numbers of this column are stored as text; they were read as numbers.",
    remedy_zh="不需要处理；如需统一，把该列转换为数字。",
    remedy_en="Nothing to do; convert the column to numbers if you like.",
    severity=Severity.note,
)
BINARY_NOISE: Final = define(
    "BINARY_NOISE",
    zh="“{value}”末尾是表格软件计算留下的误差，已读作 {read}。",
    en="“{value}” ends in noise of the spreadsheet's arithmetic and was read as {read}.",
    remedy_zh="不需要处理；建议在表格里用 ROUND 取整。",
    remedy_en="Nothing to do; rounding in the spreadsheet would avoid it.",
    severity=Severity.note,
)
DATE_SUSPECT: Final = define(
    "DATE_SUSPECT",
    zh="日期 {value} 相差 1462 天后为 {shifted}：该列可能混淆了 1900 与 1904 日期系统。",
    en="The date {value} would be {shifted} if days were counted from 1904 (or from 1900) instead.",
    remedy_zh="在原工作簿中核对日期，另存后再导入。",
    remedy_en="Check the dates in the original workbook, save it again and import that.",
)
DATE_OPEN: Final = define(
    "DATE_OPEN",
    zh="失效日 {value} 按“长期有效”读取。",
    en="The end {value} was read as “without end”.",
    remedy_zh="长期有效时也可以留空。",
    remedy_en="A blank says the same.",
    severity=Severity.note,
)
OUT_OF_RANGE: Final = define(
    "OUT_OF_RANGE",
    zh="{value} 不在允许的范围 {least} 至 {most} 内。",
    en="{value} is not between {least} and {most}.",
    remedy_zh="核对数值；范围不对时修改数据集的声明。",
    remedy_en="Check the value, or the range declared for the dataset.",
)
RATIO_PLAIN: Final = define(
    "RATIO_PLAIN",
    zh="这一列是比率，没有百分号的 {value} 按 {read}% 算。",
    en="This is a column of ratios, in which {value} without a sign is {read}%.",
    why_zh="10 写作比率是1,000%，乘上金额就多算一百倍。",
    why_en="An amount times 10 is a hundred times what 10 % of it would be.",
    remedy_zh="指百分之几的，单元格写成 10% 或 0.1；或把这一列声明为 {{type: count}}，"
    "在方案里除以 100。是单价、倍数或小时数的，声明为 money 或 count。",
    remedy_en="Where percent are meant, write the cells as 10% or 0.1, or declare the column as "
    "{{type: count}} and divide it by 100 in the plan. Where it is a price, a number of hours or "
    "the like, declare money or count.",
    severity=Severity.warning,
)
UNKNOWN_REFERENCE: Final = define(
    "UNKNOWN_REFERENCE",
    zh="在“{kind}”中找不到“{value}”。",
    en="There is no “{value}” among “{kind}”.",
    why_zh="系统从不自动改成相近的编号。",
    why_en="Nothing is ever matched to a similar code by itself.",
    remedy_zh="先导入它，或改正编号。相近的有：{nearest}。文件总这样写的，导入 aliases.csv"
    "（kind、code、key 三列）说明它指哪一个。本来就可能找不到的，把这一列声明为 code，"
    "在方案里用 match 去找。",
    remedy_en="Import it first, or correct the code. Similar ones: {nearest}. Where files always "
    "write it so, say in an aliases.csv with the columns kind, code, key which one it is. Where "
    "codes may well lead nowhere, declare the column as code and look it up with match in the "
    "plan.",
)
CODE_POINT_ZERO: Final = define(
    "CODE_POINT_ZERO",
    zh="“{value}”是程序把编号当成小数写的；“{kind}”中有“{code}”。",
    en="“{value}” is a code that a program took for a decimal number; “{kind}” has “{code}”.",
    why_zh="系统从不自动改成相近的编号。",
    why_en="Nothing is ever matched to a similar code by itself.",
    remedy_zh="在这一列的声明里写 written: {{point_zero: true}}，14.0 就是编号 14。",
    remedy_en="Declare written: {{point_zero: true}} for the column: 14.0 is then the code 14.",
)
REFERENCES_UNCHECKED: Final = define(
    "REFERENCES_UNCHECKED",
    zh="“{kind}”还没有数据，这一列的编号没有核对。",
    en="“{kind}” has no rows yet, so the codes of this column were not checked.",
    why_zh="指向不存在的编号，要到方案里找不到那一行时才看得出来。",
    why_en="A code that leads nowhere then shows only where a plan finds no row.",
    remedy_zh="先导入“{kind}”，再导入这个文件；已经导入的，撤销后按这个顺序重新导入。",
    remedy_en="Import “{kind}” first, then this file; if it is imported already, take it back and "
    "import both in this order.",
    severity=Severity.warning,
)
REFERENCES_ABSENT: Final = define(
    "REFERENCES_ABSENT",
    zh="“{dataset}”里已有 {count} 个“{column}”编号不在这份“{kind}”里：{codes}。",
    en="“{dataset}” has {count} codes under “{column}” that are not in this list of “{kind}”: "
    "{codes}.",
    why_zh="那些行先于名单导入，当时没有核对；它们不属于任何人，谁的合计里都没有。",
    why_en="Those rows came in before the list and were not checked then; they belong to nobody, "
    "and nobody's sum holds them.",
    remedy_zh="写法不同的（例如写了姓名），先运行 attain import --undo {dataset}，再重新导入"
    "那个文件，名单里没有的编号会逐行指出；编号没错的，补进名单。",
    remedy_en="Where they are only written otherwise, such as names instead of codes, take that "
    "import back with attain import --undo {dataset} and import its file again: each code that "
    "the list lacks is then told with its row. Where they are right, add them to the list.",
    severity=Severity.warning,
)
UNKNOWN_PERSON: Final = define(
    "UNKNOWN_PERSON",
    zh="人员中没有编号“{value}”。",
    en="Nobody has the code “{value}”.",
    why_zh="系统从不自动认人，以免把业绩记到别人名下。",
    why_en="Nobody is matched by similarity: results must not go to someone else.",
    remedy_zh="先导入该人员，或改正编号。相近的有：{nearest}。文件里写的一直是姓名或另一套编号时，"
    "导入编号对照：类型写 people，编号写文件里的写法，主键写工号。",
    remedy_en="Import the person first, or correct the code. Similar ones: {nearest}. Where files "
    "always say names, or codes of another system, import aliases: kind people, code as the "
    "files write it, key the staff number.",
)
ALIAS_KIND: Final = define(
    "ALIAS_KIND",
    zh="“{value}”不是数据集，编号对照的类型要写数据集的名称。",
    en="“{value}” is no dataset; the kind of an alias is the name of a dataset.",
    remedy_zh="人写 people，组织单元写 units，自己声明的名册写它的名称。相近的有：{nearest}。",
    remedy_en="Write people for people, units for units, and for a list of your own its name. "
    "Similar ones: {nearest}.",
)
PERSON_AMBIGUOUS: Final = define(
    "PERSON_AMBIGUOUS",
    zh="有几个人都叫“{value}”：{codes}。",
    en="Several people are called “{value}”: {codes}.",
    remedy_zh="填写工号。",
    remedy_en="Write the staff number.",
)
CURRENCY_NOT_STATED: Final = define(
    "CURRENCY_NOT_STATED",
    zh="这一行有金额，但没有币种。",
    en="The row has an amount and no currency.",
    remedy_zh="填写币种，例如 CNY。",
    remedy_en="Write the currency, such as CNY.",
)
