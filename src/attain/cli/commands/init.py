"""`attain init`: a first workspace, ready to import, test and run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attain.cli import errors
from attain.cli.language import language, say
from attain.cli.output import console, fail
from attain.cli.starter import WORKBOOK, write_starter
from attain.core.errors import problem


def init(
    folder: Annotated[Path, typer.Argument(help=say("新文件夹", "A new folder"))],
) -> None:
    """Write one workbook, one declared dataset and one plan into a new folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise fail([problem(errors.FOLDER_NOT_EMPTY, folder=str(folder))])
    for path in write_starter(folder, language()):
        console.print(f"  {path}")
    console.print(
        say(
            "\n接下来：\n  cd {folder}\n  attain import {workbook}\n"
            "  attain test\n  attain run plans/first-plan.yaml --period 2026-01",
            "\nNext:\n  cd {folder}\n  attain import {workbook}\n"
            "  attain test\n  attain run plans/first-plan.yaml --period 2026-01",
            folder=folder,
            workbook=WORKBOOK,
        )
    )
