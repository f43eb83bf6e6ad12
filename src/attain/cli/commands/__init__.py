"""The commands of the program, each in a module of its own that is read when it is called."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Final

from attain.cli.language import say
from attain.cli.program import Offer

OFFERS: Final = (
    Offer("init", "init:init", say("建立一个工作文件夹", "Make a workspace")),
    Offer(
        "import",
        "importing:import_files",
        say("导入数据，或撤销导入", "Bring data in, or take an import back"),
    ),
    Offer("check", "check:check", say("检查方案", "Check plans")),
    Offer(
        "test",
        "testing:run_tests",
        say("计算方案里的例子并核对", "Calculate the examples of plans and compare"),
    ),
    Offer("run", "run:run", say("核算一个期间", "Calculate a period")),
    Offer("explain", "explain:explain", say("看一个数字的来历", "Why a number is what it is")),
    Offer("diff", "diff:diff", say("比较两次核算", "Compare two runs")),
    Offer("export", "export:export", say("导出结果", "Write results to a workbook")),
    Offer(
        "schema", "schema:schema", say("方案语言的 JSON Schema", "The plan language as JSON Schema")
    ),
    Offer("packs", "packs:app", say("现成的方案包", "Ready-made packs")),
    Offer(
        "doctor",
        "doctor:doctor",
        say("检查程序、机器和工作文件夹", "Look after program, machine and workspace"),
    ),
)
"""In the order in which people meet them."""

GROUP: Final = "attain.commands"
"""The entry points by which other parts of the house offer commands: serve, backup and so on."""


def further_offers() -> tuple[Offer, ...]:
    """Commands of parts that the command line does not know."""
    return tuple(offer for point in entry_points(group=GROUP) for offer in point.load())
