"""`attain import`: bring files into the lake, and take an import back."""

from __future__ import annotations

import getpass
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from attain.cli import errors
from attain.cli.completing import datasets
from attain.cli.importing.declaring import declare, tell
from attain.cli.importing.flow import Importing, Wishes
from attain.cli.language import said, say
from attain.cli.options import AsJson, InWorkspace, open_workspace
from attain.cli.output import FAILED, done, has_errors, print_json, problem_data, remark
from attain.cli.workspace import Workspace
from attain.core.errors import AttainError, problem
from attain.lake import FileCatalog, undo


def import_files(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help=say("文件：xlsx、csv 或 Parquet", "Files: xlsx, csv or Parquet"),
            metavar=say("文件…", "FILE…"),
            show_default=False,
        ),
    ] = None,
    dataset: Annotated[
        str | None,
        typer.Option(
            help=say("数据集名称", "The dataset it is"),
            metavar=say("名称", "NAME"),
            autocompletion=datasets,
        ),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option(help=say("工作表", "The sheet"), metavar=say("名称", "NAME")),
    ] = None,
    covers: Annotated[
        list[str] | None,
        typer.Option(
            help=say(
                "文件在哪些期间是完整的，如 2026-01..2026-03",
                "Periods for which it is complete, such as 2026-01..2026-03",
            ),
            metavar=say("期间", "PERIODS"),
        ),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help=say("指明一列：列名=表头或列字母", "Say a column: COLUMN=header or letter"),
            metavar=say("列=表头", "COLUMN=HEADER"),
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            help=say("不导入的列；* 是所有多余的列", "Columns to leave out; * all unknown ones"),
            metavar=say("表头", "HEADER"),
        ),
    ] = None,
    header: Annotated[
        int | None,
        typer.Option(
            help=say("表头所在的行", "The row of the headers"), metavar=say("行号", "ROW"), min=1
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            help=say("文本文件的编码", "Encoding of a text file"), metavar="utf-8|gb18030"
        ),
    ] = None,
    delimiter: Annotated[
        str | None,
        typer.Option(help=say("文本文件的分隔符", "What separates its columns"), metavar=",|;"),
    ] = None,
    accept_good: Annotated[
        bool,
        typer.Option(
            "--accept-good",
            help=say("先导入正确的行，其余写入文件", "Store good rows, the others go to a file"),
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=say("不再询问", "Do not ask"))] = False,
    again: Annotated[
        bool,
        typer.Option("--again", help=say("同一文件再导入一次", "Import the same file once more")),
    ] = False,
    reason: Annotated[
        str,
        typer.Option(
            help=say("数据异常时说明为什么是对的", "Why unusual data are right"),
            metavar=say("理由", "TEXT"),
            show_default=False,
        ),
    ] = "",
    declared: Annotated[
        bool,
        typer.Option(
            "--declare",
            help=say(
                "只按文件写出数据集的声明", "Only write a declaration from what the file holds"
            ),
        ),
    ] = False,
    taken_back: Annotated[
        str | None,
        typer.Option(
            "--undo",
            help=say("撤销一个数据集最近一次导入", "Take back the last import of a dataset"),
            metavar=say("数据集", "DATASET"),
            autocompletion=datasets,
        ),
    ] = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Show what a file holds and how it reconciles, ask, and store it."""
    where = open_workspace(workspace)
    if taken_back is not None:
        _undo(where, taken_back, as_json=as_json)
        return
    if not files:
        raise AttainError(problem(errors.ARGUMENT_MISSING, name=say("文件", "FILE")))
    options = {"encoding": encoding, "delimiter": delimiter}
    wishes = Wishes(
        dataset=dataset,
        sheet=sheet,
        covers=tuple(covers or ()),
        columns=tuple(mapped or ()),
        ignore=tuple(ignore or ()),
        header_row=header,
        options={name: value for name, value in options.items() if value},
        accept_good=accept_good,
        yes=yes,
        again=again,
        reason=reason,
        as_json=as_json,
    )
    if declared:
        written = declare(where, files, wishes)
        print_json({"written": [str(one) for one in written]}) if as_json else tell(written)
        return
    _bring_in(where, files, wishes)


def _bring_in(workspace: Workspace, files: list[Path], wishes: Wishes) -> None:
    outcome = Importing(workspace, wishes).run(files)
    if wishes.as_json:
        problems = [problem_data(one) for one in outcome.problems]
        print_json({"tables": outcome.tables, "problems": problems})
    if outcome.failed or has_errors(outcome.problems):
        raise typer.Exit(FAILED)


def _undo(workspace: Workspace, name: str, *, as_json: bool) -> None:
    from attain.lake.choosing import named_dataset

    schema = named_dataset(name, workspace.schemas)
    moment = datetime.now(ZoneInfo(workspace.settings.time_zone)).replace(microsecond=0)
    receipt = undo(FileCatalog(workspace.lake), schema.dataset, by=getpass.getuser(), at=moment)
    if as_json:
        print_json({"dataset": receipt.dataset, "version": receipt.version, "rows": receipt.rows})
        return
    label = said(schema.labels, schema.dataset)
    done(
        say(
            "已撤销{label}最近一次导入；现有{rows:,}行",
            "The last import of {label} is undone; {rows:,} rows now",
            label=label,
            rows=receipt.rows,
        )
    )
    remark(say("被撤销的版本仍保留在库里", "The version is kept, only no longer current"))
