"""`attain export`: the results of a run as a workbook, or as CSV files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attain.cli import errors
from attain.cli.completing import runs
from attain.cli.language import say
from attain.cli.options import AsJson
from attain.cli.output import counted, done, listed, print_json, shown_path
from attain.cli.runs.exporting import write_folder, write_workbook
from attain.cli.runs.opening import OpenRun
from attain.cli.runs.sheets import sheets
from attain.core.errors import AttainError, problem


def export(
    run: Annotated[
        Path,
        typer.Argument(
            help=say("核算结果的文件夹", "The folder of a run"),
            metavar=say("核算", "RUN"),
            autocompletion=runs,
            show_default=False,
        ),
    ],
    to: Annotated[
        Path,
        typer.Option(
            "--to",
            "-t",
            help=say("结果.xlsx，或放 CSV 的文件夹", "results.xlsx, or a folder for CSV files"),
            metavar=say("文件", "FILE"),
            show_default=False,
        ),
    ],
    force: Annotated[
        bool, typer.Option("--force", help=say("覆盖已有文件", "Replace what is there"))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write every standard relation with labels and codes, numbers as numbers."""
    opened = OpenRun.at(run)
    suffix = to.suffix.lower()
    if suffix not in ("", ".xlsx"):
        raise AttainError(problem(errors.SUFFIX_UNKNOWN, name=to.name))
    is_taken = to.is_file() or (to.is_dir() and any(to.iterdir()))
    if is_taken and not force:
        raise AttainError(problem(errors.TARGET_TAKEN, path=str(to)))
    to.parent.mkdir(parents=True, exist_ok=True)
    write = write_workbook if suffix == ".xlsx" else write_folder
    counts = write(sheets(opened), to)
    if as_json:
        print_json({"file": str(to), "rows": counts})
        return
    shown = listed(f"{name} {number:,}" for name, number in counts.items())
    total = counted(sum(counts.values()), "行", "row", "rows")
    done(f"{shown_path(to)}  {total}{say('（', ' (')}{shown}{say('）', ')')}")
