"""`attain packs`: what ready-made plans there are, and how to start from one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markdown import Markdown

from attain.cli import packs as gallery
from attain.cli.completing import pack_names
from attain.cli.language import language, said, say
from attain.cli.options import AsJson
from attain.cli.output import console, done, print_json, remark, shown_path, table
from attain.cli.packs import Pack
from attain.cli.program import Command, Commands

app = typer.Typer(cls=Commands, invoke_without_command=True)

Id = Annotated[
    str,
    typer.Argument(
        help=say("方案包的名称", "The pack"),
        metavar=say("名称", "ID"),
        autocompletion=pack_names,
        show_default=False,
    ),
]


@app.callback()
def packs(context: typer.Context, as_json: AsJson = False) -> None:
    """List the packs, unless one of the commands below is given."""
    if context.invoked_subcommand is None:
        listed(as_json=as_json)


@app.command("list", cls=Command, help=say("列出方案包", "List the packs"))
def listed(as_json: AsJson = False) -> None:
    """All packs, in a table."""
    found = gallery.packs()
    if as_json:
        print_json({"packs": [_as_data(one) for one in found]})
        return
    columns = (say("名称", "Id"), say("方案包", "Pack"))
    rows = [(one.pack, said(one.summary) or said(one.label, one.pack)) for one in found]
    console.print(table(None, columns, rows))
    remark(say("查看：attain packs show 名称", "Look at one: attain packs show ID"))


@app.command("show", cls=Command, help=say("介绍一个方案包", "Describe a pack"))
def show(name: Id, as_json: AsJson = False) -> None:
    """What a pack is for, and what is in it."""
    pack = gallery.find_pack(name)
    if as_json:
        files = [path.as_posix() for path in gallery.pack_files(pack)]
        print_json({**_as_data(pack), "files": files})
        return
    text = gallery.readme(pack, language())
    console.print(Markdown(text) if text else said(pack.summary, pack.pack))
    console.print()
    for path in gallery.pack_files(pack):
        remark(f"  {path.as_posix()}")
    remark(
        say(
            "\n使用：attain packs install {name} 文件夹",
            "\nStart from it: attain packs install {name} FOLDER",
            name=pack.pack,
        )
    )


@app.command("install", cls=Command, help=say("复制到工作文件夹", "Copy one into a workspace"))
def install(
    name: Id,
    folder: Annotated[
        Path,
        typer.Argument(
            help=say("新的或已有的工作文件夹", "A new or existing workspace"),
            metavar=say("文件夹", "FOLDER"),
            show_default=False,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Put plans, declarations and sample data of a pack where they can be changed."""
    pack = gallery.find_pack(name)
    written = list(gallery.install(pack, folder))
    if as_json:
        print_json({"pack": pack.pack, "files": [str(path) for path in written]})
        return
    for path in written:
        remark(f"  {shown_path(path)}")
    done(
        say(
            "{label}已在 {folder}",
            "{label} is in {folder}",
            label=said(pack.label, pack.pack),
            folder=shown_path(folder),
        )
    )
    _say_next(pack, folder)


def _say_next(pack: Pack, folder: Path) -> None:
    data = [path for path in gallery.pack_files(pack) if path.parts[0] == "data"]
    steps = [f"cd {shown_path(folder)}", "attain test"]
    if data:
        steps.insert(1, f"attain import {data[0].parent.as_posix()}/*")
    remark(say("接下来：", "Next:"))
    for step in steps:
        remark(f"  {step}")


def _as_data(pack: Pack) -> dict[str, Any]:
    return {
        "pack": pack.pack,
        "version": pack.version,
        "label": said(pack.label, pack.pack),
        "summary": said(pack.summary),
        "covers": list(pack.covers),
    }
