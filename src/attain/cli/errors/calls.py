"""Calls of the program that cannot be understood, and what the machine refuses."""

from __future__ import annotations

from typing import Final

from attain.core.errors import define

COMMAND_UNKNOWN: Final = define(
    "COMMAND_UNKNOWN",
    zh="没有命令“{name}”。",
    en="There is no command “{name}”.",
    remedy_zh="可用的命令：{near}。",
    remedy_en="There are: {near}.",
)
OPTION_UNKNOWN: Final = define(
    "OPTION_UNKNOWN",
    zh="这个命令没有选项“{option}”。",
    en="This command has no option “{option}”.",
    remedy_zh="相近的选项：{near}。",
    remedy_en="Close ones are: {near}.",
)
OPTION_WITHOUT_VALUE: Final = define(
    "OPTION_WITHOUT_VALUE",
    zh="选项“{option}”后面要写一个值。",
    en="The option “{option}” needs a value after it.",
    remedy_zh="用 --help 查看写法。",
    remedy_en="See --help for its form.",
)
ARGUMENT_MISSING: Final = define(
    "ARGUMENT_MISSING",
    zh="缺少“{name}”。",
    en="“{name}” is missing.",
    remedy_zh="补上它，或用 --help 查看写法。",
    remedy_en="Add it, or see --help.",
)
ARGUMENT_TOO_MANY: Final = define(
    "ARGUMENT_TOO_MANY",
    zh="多出的内容“{words}”不知道是什么。",
    en="“{words}” is more than this command takes.",
    remedy_zh="去掉它；名称里有空格时要加引号。",
    remedy_en="Leave it out; put a name with blanks into quotation marks.",
)
VALUE_WRONG: Final = define(
    "VALUE_WRONG",
    zh="“{name}”的值不对。",
    en="The value of “{name}” is not right.",
    remedy_zh="{detail}",
    remedy_en="{detail}",
)
CALL_WRONG: Final = define(
    "CALL_WRONG",
    zh="这条命令读不懂：{detail}",
    en="The command cannot be understood: {detail}",
    remedy_zh="用 --help 查看写法。",
    remedy_en="See --help.",
)
OPTIONS_CLASH: Final = define(
    "OPTIONS_CLASH",
    zh="“{first}”和“{second}”不能同时使用。",
    en="“{first}” and “{second}” cannot be used together.",
    remedy_zh="只留一个。",
    remedy_en="Keep one of them.",
)
LANGUAGE_UNKNOWN: Final = define(
    "LANGUAGE_UNKNOWN",
    zh="没有语言“{language}”。",
    en="There is no language “{language}”.",
    remedy_zh="写 --lang zh 或 --lang en。",
    remedy_en="Use --lang zh or --lang en.",
)
FILE_SYSTEM: Final = define(
    "FILE_SYSTEM",
    zh="无法读写“{path}”：{detail}。",
    en="“{path}” cannot be read or written: {detail}.",
    remedy_zh="检查权限、磁盘空间，以及文件是否被别的程序占用。",
    remedy_en="Check rights, space on the disk, and whether another program holds the file.",
    http=507,
)
PROGRAM_FAULT: Final = define(
    "PROGRAM_FAULT",
    zh="程序出错：{kind}，在 {at}。",
    en="This is a fault of the program: {kind}, at {at}.",
    why_zh="输入再不对，也不该看到这一条。",
    why_en="No input, however wrong, should lead here.",
    remedy_zh="设置环境变量 {variable}=1 再运行一次，把全部输出交给维护人员。",
    remedy_en="Set {variable}=1, run it again, and send all of the output to the maintainers.",
    http=500,
)
