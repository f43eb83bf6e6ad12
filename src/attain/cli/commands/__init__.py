"""The commands of the program, each in a module of its own."""

from __future__ import annotations

import typer

from attain.cli.commands.init import init
from attain.cli.language import say


def register(app: typer.Typer) -> None:
    """Add every command to the program, in the order in which people meet them."""
    app.command("init", help=say("建立一个工作文件夹", "Make a workspace"))(init)
