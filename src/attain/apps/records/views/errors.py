"""What lists, imports and types of records refuse, and what to do about it."""

from __future__ import annotations

from attain.core.errors import Severity, define

RECORD_FILTER_NAME = define(
    "RECORD_FILTER_NAME",
    zh="筛选没有起名，或名称超过{limit}个字。",
    en="The filter has no name, or one longer than {limit} characters.",
    remedy_zh="起一个{limit}个字以内的名称再保存。",
    remedy_en="Give it a name of at most {limit} characters and save again.",
    http=422,
)
RECORD_FILTER_LONG = define(
    "RECORD_FILTER_LONG",
    zh="筛选条件太长，保存不了（{length}个字符，最多{limit}个）。",
    en="The conditions are too long to keep ({length} characters, at most {limit}).",
    remedy_zh="减少“属于”里的取值，或拆成两个筛选。",
    remedy_en="Name fewer values, or keep two filters.",
    http=422,
)
RECORD_FILTERS_MANY = define(
    "RECORD_FILTERS_MANY",
    zh="这一类记录已经保存了{limit}个筛选，到了上限。",
    en="You keep {limit} filters for these records already, which is the most there can be.",
    remedy_zh="先删掉不用的筛选。",
    remedy_en="Delete some you no longer use.",
    http=409,
)
RECORDS_NOT_CHOSEN = define(
    "RECORDS_NOT_CHOSEN",
    zh="没有选中记录。",
    en="No records were chosen.",
    remedy_zh="回到列表，勾选要办理的记录。",
    remedy_en="Go back to the list and tick the records.",
    http=422,
)
RECORDS_CHOSEN_MANY = define(
    "RECORDS_CHOSEN_MANY",
    zh="选中了{count}条记录，一次最多{limit}条。",
    en="{count} records were chosen; {limit} can be done at once.",
    remedy_zh="分几次办理。",
    remedy_en="Do them in several goes.",
    http=422,
)
RECORD_ACTION_UNKNOWN = define(
    "RECORD_ACTION_UNKNOWN",
    zh="“{kind}”没有“{action}”这个操作。",
    en="“{kind}” has no action {action}.",
    remedy_zh="从列表下方的操作里选一个。",
    remedy_en="Choose one of the actions below the list.",
    http=422,
)
RECORD_FIELD_UNKNOWN = define(
    "RECORD_FIELD_UNKNOWN",
    zh="“{kind}”没有可以填写的字段“{field}”。",
    en="“{kind}” has no field {field} that can be filled in.",
    remedy_zh="可以填写的字段：{accepted}。",
    remedy_en="These can be filled in: {accepted}.",
    http=422,
)
RECORD_IMPORT_SHEET = define(
    "RECORD_IMPORT_SHEET",
    zh="文件里没有数据：找不到写着“{column}”等列名的一行。",
    en="The file holds no data: no row with headings such as “{column}” was found.",
    remedy_zh="下载模板，把数据填在列名下面再上传。",
    remedy_en="Download the template, fill in the rows below its headings and upload it again.",
    http=422,
)
RECORD_IMPORT_COLUMN = define(
    "RECORD_IMPORT_COLUMN",
    zh="列“{column}”对不上任何字段。",
    en="Column “{column}” belongs to no field.",
    remedy_zh="改成模板里的列名，或删掉这一列。",
    remedy_en="Use a heading of the template, or remove the column.",
    severity=Severity.warning,
)
RECORD_IMPORT_ROWS = define(
    "RECORD_IMPORT_ROWS",
    zh="文件有{count}行数据，一次最多{limit}行。",
    en="The file has {count} rows; {limit} can be brought in at once.",
    remedy_zh="拆成几个文件，分几次导入。",
    remedy_en="Split it into several files.",
    http=422,
)
RECORD_TEXT_LONG = define(
    "RECORD_TEXT_LONG",
    zh="声明太长：{length}个字符，最多{limit}个。",
    en="The declaration is too long: {length} characters, at most {limit}.",
    remedy_zh="把不相干的内容拆成另一个类型。",
    remedy_en="Declare what does not belong together as types of their own.",
    http=422,
)
RECORD_TEXT_NOT_UTF8 = define(
    "RECORD_TEXT_NOT_UTF8",
    zh="文件不是UTF-8编码，第{position}个字节读不出来。",
    en="The file is not UTF-8: byte {position} cannot be read.",
    remedy_zh="在编辑器里另存为UTF-8编码，再上传。",
    remedy_en="Save it as UTF-8 in your editor and upload it again.",
    http=422,
)
