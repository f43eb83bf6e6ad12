"""Options that several commands have, written once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attain.cli.completing import plan_names
from attain.cli.language import say
from attain.cli.workspace import Workspace

InWorkspace = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        help=say("工作文件夹；默认从当前文件夹向上找", "The workspace; by default around here"),
        metavar=say("文件夹", "DIR"),
        show_default=False,
    ),
]

AsJson = Annotated[bool, typer.Option("--json", help=say("给程序读的 JSON", "JSON, for programs"))]


def open_workspace(folder: Path | None) -> Workspace:
    """The workspace named, or the one around the current folder.

    :raises AttainError: WORKSPACE_MISSING.
    """
    return Workspace.find(folder or Path.cwd())


PlansAsked = Annotated[
    list[str] | None,
    typer.Argument(
        help=say(
            "方案或记录类型：文件或名称；默认全部",
            "Plans and record types, by file or name; by default all",
        ),
        metavar=say("[方案…]", "[PLAN…]"),
        autocompletion=plan_names,
        show_default=False,
    ),
]
