"""Files that cannot be read at all (B1 to B13, B39, B42, B43)."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

FILE_EMPTY: Final = define(
    "FILE_EMPTY",
    zh="文件是空的（0 字节）。",
    en="The file is empty (0 bytes).",
    remedy_zh="重新导出或重新上传文件。",
    remedy_en="Export the file again, or upload it again.",
    http=400,
)
FILE_TYPE_MISMATCH: Final = define(
    "FILE_TYPE_MISMATCH",
    zh="文件名以“{name}”结尾，但内容其实是 {found}。",
    en="The name ends in “{name}”, but the content is {found}.",
    why_zh="按错误的格式读取会悄悄改变数据。",
    why_en="Reading it as something it is not would change the data without a word.",
    remedy_zh="用表格软件打开后另存为 .xlsx，或把扩展名改成与内容一致。",
    remedy_en="Open it in a spreadsheet program and save it as .xlsx, or rename it to what it is.",
    http=415,
)
FILE_TYPE_UNSUPPORTED: Final = define(
    "FILE_TYPE_UNSUPPORTED",
    zh="暂不能读取 {found} 格式。",
    en="Files of the type {found} cannot be read.",
    remedy_zh="用 Excel 或 WPS 打开并另存为“Excel 工作簿 (.xlsx)”；压缩文件先解压。",
    remedy_en="Open it in Excel, WPS or LibreOffice and save it as an Excel workbook (.xlsx); "
    "unpack an archive first.",
    http=415,
)
FILE_DAMAGED: Final = define(
    "FILE_DAMAGED",
    zh="文件已损坏或不完整。",
    en="The file is damaged or not complete.",
    why_zh="损坏的文件可能缺少行，合计就会出错。",
    why_en="Rows may be missing from a damaged file, and totals would be wrong.",
    remedy_zh="从来源系统重新导出；如果是下载的文件，重新下载。",
    remedy_en="Export it again from its source; if it was downloaded, download it again.",
    http=400,
)
FILE_READER_STOPPED: Final = define(
    "FILE_READER_STOPPED",
    zh="读取程序因该文件而中止，没有导入任何数据。",
    en="The reader was stopped by this file. Nothing was imported.",
    remedy_zh="用表格软件打开并另存为新的 .xlsx，再试一次；仍然失败时联系系统管理员。",
    remedy_en="Open it in a spreadsheet program, save it as a new .xlsx and try again; "
    "if it still fails, ask the system administrator.",
    http=400,
)
FILE_TOO_SLOW: Final = define(
    "FILE_TOO_SLOW",
    zh="{seconds} 秒内没有读完该文件，已停止，没有导入任何数据。",
    en="The file could not be read within {seconds} seconds. Nothing was imported.",
    remedy_zh="把文件拆成几份，或删去多余的工作表和格式后再试。",
    remedy_en="Split the file, or remove sheets and formats that are not needed, and try again.",
    http=413,
)
FILE_ENCRYPTED: Final = define(
    "FILE_ENCRYPTED",
    zh="文件有密码或权限保护。",
    en="The file is protected by a password or by rights management.",
    remedy_zh="在表格软件中取消密码和权限保护，另存后再导入。",
    remedy_en="Remove the protection in the spreadsheet program, save the file and import that.",
    http=415,
)
FILE_ACTIVE_CONTENT: Final = define(
    "FILE_ACTIVE_CONTENT",
    zh="文件中有宏、外部链接、嵌入对象或数据连接（{name}）。",
    en="The file has macros, external links, embedded objects or data connections ({name}).",
    why_zh="这些内容会运行程序或从别处取数，今天看到的数字明天可能不同。",
    why_en="They run programs or fetch data from elsewhere: tomorrow they may show other numbers.",
    remedy_zh="把数据“粘贴为数值”到一个新的 .xlsx 工作簿后再导入。",
    remedy_en="Paste the data as values into a new .xlsx workbook and import that.",
    http=415,
)
FILE_TOO_LARGE: Final = define(
    "FILE_TOO_LARGE",
    zh="文件有 {size} 字节，上限是 {limit} 字节。",
    en="The file has {size} bytes; at most {limit} are accepted.",
    remedy_zh="拆成几份；较大的数据用 CSV 或 Parquet。",
    remedy_en="Split it; for large data use CSV or Parquet.",
    http=413,
)
FILE_TOO_LARGE_UNPACKED: Final = define(
    "FILE_TOO_LARGE_UNPACKED",
    zh="文件解开后过大：{size}，上限是 {limit}。",
    en="The file is too large once unpacked: {size}; the limit is {limit}.",
    why_zh="很小的文件可以解开成占满整台机器的数据，因此在解开之前就停止。",
    why_en="A small file can unpack into more than a machine holds, so it is refused before that.",
    remedy_zh="把数据复制到一个新的工作簿，删去空白的格式行；较大的数据用 CSV 或 Parquet。",
    remedy_en="Copy the data into a new workbook without formatted empty rows; "
    "for large data use CSV or Parquet.",
    http=413,
)
FILE_BAD_ARCHIVE: Final = define(
    "FILE_BAD_ARCHIVE",
    zh="该工作簿的内部结构不正常（{name}），不予读取。",
    en="The workbook is built in an irregular way ({name}) and is not read.",
    remedy_zh="用表格软件打开并另存为新的 .xlsx。",
    remedy_en="Open it in a spreadsheet program and save it as a new .xlsx.",
    http=415,
)
FILE_XML_FORBIDDEN: Final = define(
    "FILE_XML_FORBIDDEN",
    zh="工作簿的部件“{part}”含有文档类型或实体声明，不予读取。",
    en="The part “{part}” of the workbook declares a document type or entities and is not read.",
    remedy_zh="表格软件不会写出这样的文件。用表格软件打开并另存为新的 .xlsx。",
    remedy_en="No spreadsheet program writes this. Open it in one and save it as a new .xlsx.",
    http=415,
)
FILE_AMBIGUOUS: Final = define(
    "FILE_AMBIGUOUS",
    zh="工作簿中的“{reference}”出现不止一次或次序错乱，不同软件会读出不同的内容。",
    en="“{reference}” stands twice or out of order in the workbook: "
    "programs would read different contents.",
    remedy_zh="用表格软件打开，核对该行，另存为新的 .xlsx。",
    remedy_en="Open it in a spreadsheet program, check that row and save it as a new .xlsx.",
)
SHEET_TOO_WIDE: Final = define(
    "SHEET_TOO_WIDE",
    zh="表格有 {width} 列，上限是 {limit} 列。",
    en="The table has {width} columns; at most {limit} are accepted.",
    remedy_zh="检查最右侧是否有误填的单元格，删去多余的列。",
    remedy_en="Look for a stray cell far to the right, and delete the columns not needed.",
    http=413,
)
TOO_MANY_ROWS: Final = define(
    "TOO_MANY_ROWS",
    zh="表格超过 {limit} 行。没有导入任何数据，也不会只导入一部分。",
    en="The table has more than {limit} rows. Nothing was imported; a file is never cut.",
    remedy_zh="按月份拆成几个文件。",
    remedy_en="Split it into files, for example by month.",
    http=413,
)
ENCODING_UNKNOWN: Final = define(
    "ENCODING_UNKNOWN",
    zh="认不出文件的编码：第 {offset} 个字节起不是 UTF-8、UTF-16 或 GB18030 的中文。",
    en="The encoding is not known: from byte {offset} on it is not UTF-8, UTF-16 "
    "or Chinese in GB18030.",
    why_zh="猜错编码会让姓名和名称变成乱码。",
    why_en="With a wrong guess names turn into nonsense.",
    remedy_zh="在来源软件中选择“CSV UTF-8”导出，或另存为 .xlsx。",
    remedy_en="Export it as “CSV UTF-8”, or save it as .xlsx.",
)
ENCODING_MIXED: Final = define(
    "ENCODING_MIXED",
    zh="同一个文件里混用了两种编码。",
    en="The file mixes two encodings.",
    why_zh="多半是把两个系统导出的文件拼在了一起。",
    why_en="Most likely exports of two systems were put together.",
    remedy_zh="分别导入这两部分，或都用 UTF-8 重新导出。",
    remedy_en="Import the two parts one by one, or export both as UTF-8.",
)
CSV_QUOTE: Final = define(
    "CSV_QUOTE",
    zh="从这一行起引号不成对，后面的行可能被吞掉。",
    en="From this row on quotes do not match; the rows after it may be swallowed.",
    why_zh="一个没有闭合的引号会把后面的许多行变成一个字段。",
    why_en="A quote that is never closed turns the rows after it into one field.",
    remedy_zh='补上或删去该行的引号；字段里的引号要写两次 ("")。',
    remedy_en='Close or remove the quote; inside a field a quote is written twice ("").',
)
FIELD_TOO_LONG: Final = define(
    "FIELD_TOO_LONG",
    zh="内容超过 {limit} 个字符。",
    en="The content has more than {limit} characters.",
    remedy_zh="检查引号是否成对，或缩短内容。",
    remedy_en="Check whether quotes match, or shorten the content.",
)
