"""The commands of the program, each in a module of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from attain.cli.commands.check import check
from attain.cli.commands.doctor import doctor
from attain.cli.commands.importing import import_files
from attain.cli.commands.init import init
from attain.cli.commands.packs import app as packs
from attain.cli.commands.schema import schema
from attain.cli.commands.testing import run_tests
from attain.cli.language import say
from attain.cli.program import Command


def register(app: typer.Typer) -> None:
    """Add every command to the program, in the order in which people meet them."""

    def add(name: str, run: Callable[..., Any], zh: str, en: str) -> None:
        app.command(name, cls=Command, help=say(zh, en))(run)

    add("init", init, "建立一个工作文件夹", "Make a workspace")
    add(
        "import", import_files, "导入数据文件，或撤销导入", "Bring files in, or take an import back"
    )
    add("check", check, "检查方案", "Check plans")
    add("test", run_tests, "计算方案里的例子并核对", "Calculate the examples of plans and compare")
    add("schema", schema, "方案语言的 JSON Schema", "The JSON Schema of the plan language")
    app.add_typer(packs, name="packs", help=say("现成的方案包", "Ready-made packs"))
    add("doctor", doctor, "检查程序、机器和工作文件夹", "Look after program, machine, workspace")
