"""`attain init`: a first workspace, ready to import, test and run."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from attain.cli import errors
from attain.cli.language import language, say
from attain.cli.output import console, fail, heading, remark, shown_path, table
from attain.cli.starter import WORKBOOK, write_starter
from attain.core.errors import problem


def init(
    folder: Annotated[
        Path,
        typer.Argument(
            help=say("新文件夹", "A new folder"),
            metavar=say("文件夹", "FOLDER"),
            show_default=False,
        ),
    ],
) -> None:
    """Write one workbook, one declared dataset and one plan into a new folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise fail([problem(errors.FOLDER_NOT_EMPTY, folder=str(folder))])
    rows = [(shown_path(path), _about(path)) for path in write_starter(folder, language())]
    console.print(table(None, ("", ""), rows))
    heading(say("接下来：", "Next:"))
    for step in _steps(folder):
        remark(f"  {step}")


def _about(path: Path) -> str:
    """What a file of the first workspace is for."""
    about = {
        WORKBOOK: say("三张表：人员、订单、目标", "three sheets: people, orders, targets"),
        "attain.yaml": say("公司的设置", "the company's settings"),
        "orders.yaml": say("数据集“订单”有哪些列", "which columns the dataset orders has"),
        "first-plan.yaml": say("第一个方案，带一个例子", "a first plan with an example"),
    }
    return about[path.name]


def _steps(folder: Path) -> list[str]:
    return [
        f"cd {shlex.quote(str(folder))}",
        f"attain import {WORKBOOK}",
        "attain test",
        "attain run first-plan --period 2026-01",
        "attain explain runs/first-plan/2026-01 --subject li",
    ]
