"""Sheets, headers and columns (B2, B14 to B18)."""

from __future__ import annotations

from typing import Final

from attain.core.errors import Severity, define

NO_DATA_ROWS: Final = define(
    "NO_DATA_ROWS",
    zh="只有表头，没有数据行。",
    en="There is a header, but no row of data.",
    why_zh="没有数据不等于业绩为零，所以不算导入成功。",
    why_en="No data does not mean zero, so this does not count as an import.",
    remedy_zh="检查导出的条件；确实没有业务时，用 --covers 说明期间并确认。",
    remedy_en="Check the export; if nothing happened, say so by stating the period it covers.",
)
SHEET_AMBIGUOUS: Final = define(
    "SHEET_AMBIGUOUS",
    zh="有几个工作表都可能是要导入的：{sheets}。",
    en="Several sheets could be meant: {sheets}.",
    remedy_zh="指明要导入的工作表。",
    remedy_en="Name the sheet to be imported.",
)
SHEET_MISSING: Final = define(
    "SHEET_MISSING",
    zh="没有可以导入的工作表“{sheet}”。可见的工作表：{sheets}；隐藏的：{hidden}。",
    en="There is no sheet “{sheet}” to import. Visible sheets: {sheets}; hidden: {hidden}.",
    remedy_zh="核对名称；隐藏的工作表先取消隐藏。",
    remedy_en="Check the name; unhide a hidden sheet first.",
)
HIDDEN_SHEETS: Final = define(
    "HIDDEN_SHEETS",
    zh="没有读取隐藏的工作表：{hidden}。",
    en="Hidden sheets were not read: {hidden}.",
    remedy_zh="如果其中有要导入的数据，先取消隐藏。",
    remedy_en="Unhide them if they hold data to be imported.",
    severity=Severity.note,
)
HEADER_NOT_FOUND: Final = define(
    "HEADER_NOT_FOUND",
    zh="没有找到表头。数据集“{dataset}”需要的列：{columns}。",
    en="No header was found. The dataset “{dataset}” needs the columns {columns}.",
    why_zh="表头要在一行里写全；合并成两行的表头无法判断含义。",
    why_en="A header stands in one row; one merged over two rows cannot be told apart.",
    remedy_zh="把列名写在同一行；没有表头的文件逐列指明。",
    remedy_en="Write the column names in one row; without a header, say what each column is.",
)
HEADER_FOUND: Final = define(
    "HEADER_FOUND",
    zh="表头在第 {row} 行；它上面的内容没有导入。",
    en="The header is row {row}; what stands above it was not imported.",
    remedy_zh="如果不对，指明表头所在的行。",
    remedy_en="If that is wrong, say which row is the header.",
    severity=Severity.note,
)
HEADER_NORMALISED: Final = define(
    "HEADER_NORMALISED",
    zh="表头“{value}”含全角或不可见字符，已读作“{read}”。",
    en="The header “{value}” has full-width or invisible characters and was read as “{read}”.",
    remedy_zh="不需要处理；如果读错了，改表头。",
    remedy_en="Nothing to do; change the header if it was read wrongly.",
    severity=Severity.note,
)
DUPLICATE_HEADER: Final = define(
    "DUPLICATE_HEADER",
    zh="{first} 列和 {second} 列的表头都是“{value}”。",
    en="The columns {first} and {second} both have the header “{value}”.",
    why_zh="无法知道要用哪一列。",
    why_en="There is no way to know which of them is meant.",
    remedy_zh="给其中一列改名，或删去不用的一列。",
    remedy_en="Rename one of them, or delete the one not needed.",
)
MISSING_COLUMN: Final = define(
    "MISSING_COLUMN",
    zh="缺少必需的列“{column}”。",
    en="The required column “{column}” is not there.",
    remedy_zh="补上这一列，或说明文件里的哪一列就是它。可用的表头：{names}。",
    remedy_en="Add it, or say which column of the file it is. Accepted headers: {names}.",
)
UNKNOWN_COLUMN: Final = define(
    "UNKNOWN_COLUMN",
    zh="数据集里没有“{value}”这一列。",
    en="The dataset has no column “{value}”.",
    why_zh="未经确认就忽略一列，可能漏掉需要的数据。",
    why_en="A column ignored without asking may be one that is needed.",
    remedy_zh="确认忽略这一列，或说明它对应哪一列。相近的有：{nearest}。",
    remedy_en="Confirm that it is ignored, or say which column it is. Similar ones: {nearest}.",
)
COLUMNS_BY_POSITION: Final = define(
    "COLUMNS_BY_POSITION",
    zh="文件没有表头，已按位置对应：{columns}。",
    en="The file has no header; the columns were taken by their position: {columns}.",
    why_zh="位置对应是推测，需要有人看过预览。",
    why_en="This is a guess that somebody should confirm in the preview.",
    remedy_zh="核对预览；不对时逐列指明。",
    remedy_en="Check the preview; if it is wrong, say what each column is.",
    severity=Severity.warning,
)
HEADER_UNIT: Final = define(
    "HEADER_UNIT",
    zh="表里写着“{value}”，“{column}”却没有声明一个数是多少：6.5 会当作 6.5，不是 {many}。",
    en="The table says “{value}”, while “{column}” declares nothing of it: 6.5 would be 6.5, not "
    "{many}.",
    why_zh="差的是 {times} 倍，提成、完成率都跟着错。",
    why_en="Whatever is calculated of it is {times} times too small.",
    remedy_zh="在数据集里给这一列声明 written: {{times: {times}}}；数其实已经写全的，声明 "
    "written: {{times: 1}}。",
    remedy_en="Declare written: {{times: {times}}} for the column in its dataset; if the numbers "
    "are written in full all the same, written: {{times: 1}}.",
)
COLUMN_UNTITLED: Final = define(
    "COLUMN_UNTITLED",
    zh="该列有数据但没有表头。",
    en="The column has data but no header.",
    remedy_zh="写上列名，或确认忽略这一列。",
    remedy_en="Give it a name, or confirm that it is ignored.",
)
ENCODING_GUESSED: Final = define(
    "ENCODING_GUESSED",
    zh="文件编码按 {encoding} 读取，这是推测。",
    en="The file was read as {encoding}, which is a guess.",
    remedy_zh="看一眼预览里的中文是否正确。",
    remedy_en="Look at the preview: is the text readable?",
    severity=Severity.warning,
)
FORMULA_CELLS: Final = define(
    "FORMULA_CELLS",
    zh="表中有 {count} 个公式单元格，使用的是文件里保存的计算结果。",
    en="{count} cells hold formulas; the results stored in the file were used.",
    why_zh="保存的结果可能不是最新的。",
    why_en="Stored results may be out of date.",
    remedy_zh="建议在表格软件中重新计算并“粘贴为数值”。",
    remedy_en="Better recalculate and paste as values.",
    severity=Severity.warning,
)
HIDDEN_ROWS: Final = define(
    "HIDDEN_ROWS",
    zh="有 {count} 行被隐藏或筛掉，也一并导入了。",
    en="{count} rows are hidden or filtered out; they were read as well.",
    why_zh="看着文件的人看不到它们，合计会对不上：{totals}。",
    why_en="Who looks at the file does not see them, and totals seem wrong: {totals}.",
    remedy_zh="不想导入的行要删除，而不是隐藏。",
    remedy_en="Delete rows that shall not be imported instead of hiding them.",
    severity=Severity.warning,
)
HIDDEN_COLUMNS: Final = define(
    "HIDDEN_COLUMNS",
    zh="被隐藏的列也一并读取了：{columns}。",
    en="Hidden columns were read as well: {columns}.",
    remedy_zh="不想导入的列要删除。",
    remedy_en="Delete columns that shall not be imported.",
    severity=Severity.warning,
)
STRUCK_OUT_ROWS: Final = define(
    "STRUCK_OUT_ROWS",
    zh="有 {count} 行带删除线，仍按有效数据读取。",
    en="{count} rows are struck out; they were read as valid data.",
    why_zh="删除线只是格式，不代表数据已删除。",
    why_en="Striking out is only a format; the data are still there.",
    remedy_zh="作废的行要真正删除。",
    remedy_en="Delete rows that are no longer valid.",
    severity=Severity.warning,
)
DATE_1904: Final = define(
    "DATE_1904",
    zh="该工作簿使用 1904 日期系统，已按它换算日期。",
    en="The workbook counts days from 1904; the dates were converted accordingly.",
    remedy_zh="在预览里核对几个日期。",
    remedy_en="Check a few dates in the preview.",
    severity=Severity.note,
)
BLANK_ROWS: Final = define(
    "BLANK_ROWS",
    zh="跳过了 {count} 个空行，第一个是第 {first} 行。",
    en="{count} blank rows were skipped, the first is row {first}.",
    remedy_zh="如果空行处应有数据，检查来源。",
    remedy_en="If data should stand there, check the source.",
    severity=Severity.note,
)
