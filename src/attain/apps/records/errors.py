"""Why something cannot be done with a record, besides what its life cycle and values say."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

RECORD_BEGIN_REFUSED: Final = define(
    "RECORD_BEGIN_REFUSED",
    zh="你不能新建“{type}”。",
    en="You may not begin a record of the type “{type}”.",
    remedy_zh="可以新建的人：{who}。",
    remedy_en="It is for {who}.",
    http=403,
)
RECORD_TYPE_OFF: Final = define(
    "RECORD_TYPE_OFF",
    zh="“{type}”已停用，不能新建。",
    en="The type “{type}” is switched off; nobody begins a new record.",
    remedy_zh="在“记录类型”里重新启用，或改用别的类型。",
    remedy_en="Switch it on again under Record types, or use another type.",
    http=409,
)
RECORD_LOCKED: Final = define(
    "RECORD_LOCKED",
    zh="{number}的状态是“{state}”，内容已锁定，不能修改。",
    en="{number} is in the state “{state}”, in which its fields are locked.",
    why_zh="正在办理或已办结的内容，改了就和大家看到、同意的不一样了。",
    why_en="What others are deciding on, or have decided, must stay what they saw.",
    remedy_zh="先退回或撤回，再修改。",
    remedy_en="Have it returned or withdraw it first.",
    http=409,
)
RECORD_CHANGE_REFUSED: Final = define(
    "RECORD_CHANGE_REFUSED",
    zh="你不能修改{number}。",
    en="You may not change {number}.",
    remedy_zh="可以修改的人：{who}。",
    remedy_en="It is for {who}.",
    http=403,
)
FIELD_STALE: Final = define(
    "FIELD_STALE",
    zh="“{field}”现在是“{theirs}”，你要改成“{mine}”。",
    en="“{field}” is now “{theirs}”; you wanted “{mine}”.",
    remedy_zh="看过两边再决定留哪一个。",
    remedy_en="Compare the two and decide which one stays.",
    http=409,
)
VALUE_TAKEN: Final = define(
    "VALUE_TAKEN",
    zh="“{field}”的值“{value}”已经用在{number}上。",
    en="The value “{value}” of “{field}” stands in {number} already.",
    why_zh="这一栏不允许重复。",
    why_en="No two records may have the same.",
    remedy_zh="打开那一条，或改成别的值。",
    remedy_en="Open that record, or use another value.",
    http=409,
)
REFERENCE_UNKNOWN: Final = define(
    "REFERENCE_UNKNOWN",
    zh="“{field}”所指的“{value}”不存在，或者你看不到。",
    en="“{field}” names “{value}”, which is not there or not for you to see.",
    remedy_zh="从列表中选择。",
    remedy_en="Choose one from the list.",
)
NUMBER_TAKEN: Final = define(
    "NUMBER_TAKEN",
    zh="编号“{number}”已经有了。",
    en="There is a record with the number “{number}” already.",
    remedy_zh="去掉这一行，或留空由系统编号。",
    remedy_en="Leave the line out, or leave the number empty to have one given.",
    http=409,
)
STATE_UNKNOWN: Final = define(
    "STATE_UNKNOWN",
    zh="“{type}”没有“{state}”这个状态。",
    en="A record of the type “{type}” has no state “{state}”.",
    remedy_zh="可用的状态：{known}。",
    remedy_en="Its states: {known}.",
)
ACTION_ASKS_NOT: Final = define(
    "ACTION_ASKS_NOT",
    zh="办理“{action}”时不能填写“{field}”。",
    en="“{action}” does not ask for “{field}”.",
    remedy_zh="先修改这条记录，再办理。",
    remedy_en="Change the record first, then take the action.",
)
ALLOWANCE_EXCEEDED: Final = define(
    "ALLOWANCE_EXCEEDED",
    zh="{record}的“{allowance}”还剩 {left}，不够 {amount}。",
    en="“{allowance}” of {record} has {left} left, which is less than {amount}.",
    why_zh="额度共 {limit}，已占用 {reserved}，已支出 {spent}。",
    why_en="Of {limit}, {reserved} are set aside and {spent} are spent.",
    remedy_zh="减少金额，或先按程序追加额度。",
    remedy_en="Ask for less, or have the limit raised first.",
    http=409,
)
ALLOWANCE_BELOW_USED: Final = define(
    "ALLOWANCE_BELOW_USED",
    zh="{record}的“{allowance}”已经用了 {used}，不能降到 {limit}。",
    en="{used} of “{allowance}” of {record} are used; it cannot be lowered to {limit}.",
    remedy_zh="先释放占用的金额，或改成不低于 {used}。",
    remedy_en="Release what is set aside first, or make it {used} at least.",
    http=409,
)
ALLOWANCE_NOT_RESERVED: Final = define(
    "ALLOWANCE_NOT_RESERVED",
    zh="这条记录在{record}的“{allowance}”里只占用了 {reserved}，不能释放 {amount}。",
    en="This record has set aside {reserved} of “{allowance}” of {record}; it cannot release "
    "{amount}.",
    remedy_zh="把金额改成不超过 {reserved}。",
    remedy_en="Make it {reserved} at most.",
    http=409,
)
ALLOWANCE_AMOUNT: Final = define(
    "ALLOWANCE_AMOUNT",
    zh="“{allowance}”的金额是 {amount}，应大于0。",
    en="The amount for “{allowance}” is {amount}; it must be above 0.",
    remedy_zh="改正金额后再办理。",
    remedy_en="Correct the amount and try again.",
)
ALLOWANCE_ABSENT: Final = define(
    "ALLOWANCE_ABSENT",
    zh="找不到额度“{allowance}”：它所属的记录没有填写。",
    en="The allowance “{allowance}” cannot be found: the record it belongs to is not named.",
    remedy_zh="先填写所属的记录。",
    remedy_en="Name that record first.",
    http=409,
)
SECRET_REFUSED: Final = define(
    "SECRET_REFUSED",
    zh="你不能查看“{field}”。",
    en="You may not read “{field}”.",
    why_zh="这一栏保密，只给少数人因特定用途查看，每次查看都有记录。",
    why_en="It is confidential: a few may read it for one purpose, and every reading is noted.",
    remedy_zh="可以查看的人：{who}。",
    remedy_en="It is for {who}.",
    http=403,
)
SECRET_PURPOSE_MISSING: Final = define(
    "SECRET_PURPOSE_MISSING",
    zh="没有写查看的用途。",
    en="The purpose is missing.",
    remedy_zh="写下为什么要看，至少2个字。",
    remedy_en="Write what you read it for, in two signs at least.",
)
SECRET_OFF: Final = define(
    "SECRET_OFF",
    zh="“{field}”没有启用，不能填写。",
    en="“{field}” is not switched on; it cannot be filled in.",
    why_zh="这类个人信息默认不收集，由公司决定是否启用。",
    why_en="Such personal data are not collected unless the company decides to.",
    remedy_zh="由人事在“记录类型”里启用。",
    remedy_en="HR can switch it on under Record types.",
    http=403,
)
SECRET_CONSENT_MISSING: Final = define(
    "SECRET_CONSENT_MISSING",
    zh="填写“{field}”要先征得本人同意。",
    en="“{field}” needs the consent of the person it speaks of.",
    remedy_zh="征得同意后，勾选“已征得本人同意”再保存。",
    remedy_en="Ask for it, mark “consent given” and save again.",
)
COMMENT_EMPTY: Final = define(
    "COMMENT_EMPTY",
    zh="评论里没有内容。",
    en="The comment is empty.",
    remedy_zh="写点什么再发送。",
    remedy_en="Write something first.",
)
COMMENT_TOO_LONG: Final = define(
    "COMMENT_TOO_LONG",
    zh="评论有{length}个字符，最多{limit}个。",
    en="The comment has {length} characters; {limit} are allowed.",
    remedy_zh="分成几条，或作为附件上传。",
    remedy_en="Divide it, or attach it as a file.",
)
COMMENT_REFUSED: Final = define(
    "COMMENT_REFUSED",
    zh="你不能在{number}上评论或添加附件。",
    en="You may not comment on {number} or attach to it.",
    remedy_zh="查看的人可以看，不能改。",
    remedy_en="Whoever only examines may look and not write.",
    http=403,
)
COMMENT_NOT_YOURS: Final = define(
    "COMMENT_NOT_YOURS",
    zh="这条评论是别人写的，不能修改。",
    en="Somebody else wrote this comment; you cannot change it.",
    remedy_zh="另写一条评论。",
    remedy_en="Write a comment of your own.",
    http=403,
)
MENTION_UNSEEN: Final = define(
    "MENTION_UNSEEN",
    zh="找不到要提到的同事“{person}”。",
    en="The colleague “{person}” whom you mention is not known.",
    remedy_zh="从列表中选择同事。",
    remedy_en="Choose a colleague from the list.",
)
FIELD_TAKES_NO_FILE: Final = define(
    "FIELD_TAKES_NO_FILE",
    zh="“{field}”不是附件栏。",
    en="“{field}” takes no files.",
    remedy_zh="把附件加在记录下方。",
    remedy_en="Attach the file to the record itself.",
)
RECORD_TYPE_CHANGE_REFUSED: Final = define(
    "RECORD_TYPE_CHANGE_REFUSED",
    zh="记录类型“{type}”不能这样改：{reason}。",
    en="The record type “{type}” cannot be changed like this: {reason}.",
    why_zh="已有的记录会读不出来，或失去意义。",
    why_en="Records that are there would lose what they say.",
    remedy_zh="按原因调整声明，例如用 was: 说明改名。",
    remedy_en="Adjust the declaration, for instance with was: for what was renamed.",
    http=409,
)
RECORD_TYPE_VERSION_LOW: Final = define(
    "RECORD_TYPE_VERSION_LOW",
    zh="“{type}”的第{version}版已经安装，内容不同。",
    en="Version {version} of “{type}” is installed already with another text.",
    remedy_zh="把 version 改成 {next}。",
    remedy_en="Make it version: {next}.",
    http=409,
)
RECORD_TYPE_NOT_YOURS: Final = define(
    "RECORD_TYPE_NOT_YOURS",
    zh="你不能安装或修改记录类型。",
    en="You may not install or change record types.",
    remedy_zh="由方案管理员或人事办理。",
    remedy_en="It is for plan administrators and HR.",
    http=403,
)
RECORD_LOAD_REFUSED: Final = define(
    "RECORD_LOAD_REFUSED",
    zh="你不能用文件导入“{type}”。",
    en="You may not load records of the type “{type}” from a file.",
    remedy_zh="由人事或方案管理员导入，或逐条新建。",
    remedy_en="HR and plan administrators load files; others begin them one by one.",
    http=403,
)
RECORD_COLUMN_UNKNOWN: Final = define(
    "RECORD_COLUMN_UNKNOWN",
    zh="“{type}”没有“{column}”这一列。",
    en="A record of the type “{type}” has no column “{column}”.",
    remedy_zh="可用的列：{known}。",
    remedy_en="Its columns: {known}.",
)
RECORD_FILE_EMPTY: Final = define(
    "RECORD_FILE_EMPTY",
    zh="文件“{file}”里没有记录。",
    en="The file “{file}” holds no records.",
    remedy_zh="第一行写列名，从第二行起每行一条。",
    remedy_en="The first line names the columns; each line after it is one record.",
)
